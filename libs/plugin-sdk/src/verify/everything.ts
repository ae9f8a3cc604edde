// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DisclosedReferral } from '@tsunagi/contracts';
import { disclosureMask, type DataCategory, type Member, type MemberItems } from '@tsunagi/domain';

/** A referral with something in every data category. */
const items = {
  identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1950-04-01', sex: 'female' },
  contact: { address: '見本県見本市見本町一丁目１番１号', telephone: '099-123-4567' },
  contact_wishes: { when: '平日の午前' },
  household_outline: { size: 2 },
  concern: { boxes: ['income_work'] },
  wishes: { wishes: '住み続けたい。' },
  care_level: { level: '21' },
  disability: { supportLevel: '21' },
  health: { illness: '持病がある。' },
  income_debt: { arrears: '滞納がある。' },
  public_assistance: { receiving: false },
  employment: { status: '求職中' },
  housing: { status: '借家' },
  education: { school: '見本小学校' },
  child_rearing: { note: '保育を希望。' },
  service_use: { office: '見本事業所' },
  abuse: { note: '心配がある。' },
  criminal: { note: '相談がある。' },
  narrative: { fact: '食事がとれていない。' },
  origin: { note: '見本国' },
} satisfies MemberItems;

/** Each thing that is told of a person, and the same with another value. Every category has at least one. */
export const others: readonly { readonly category: Exclude<DataCategory, 'household'>; readonly with: MemberItems }[] =
  [
    { category: 'identity', with: { identity: { ...items.identity, name: '見本　月子' } } },
    { category: 'identity', with: { identity: { ...items.identity, kana: 'ミホン ツキコ' } } },
    { category: 'identity', with: { identity: { ...items.identity, birthDate: '1951-05-02' } } },
    { category: 'identity', with: { identity: { ...items.identity, sex: 'male' } } },
    { category: 'contact', with: { contact: { ...items.contact, address: '見本県見本市試験町二丁目２番２号' } } },
    { category: 'contact', with: { contact: { ...items.contact, telephone: '099-765-4321' } } },
    { category: 'contact_wishes', with: { contact_wishes: { when: '平日の午後' } } },
    { category: 'household_outline', with: { household_outline: { size: 3 } } },
    { category: 'concern', with: { concern: { boxes: ['housing'] } } },
    { category: 'wishes', with: { wishes: { wishes: '転居したい。' } } },
    { category: 'care_level', with: { care_level: { level: '22' } } },
    { category: 'disability', with: { disability: { supportLevel: '22' } } },
    { category: 'health', with: { health: { illness: '通院している。' } } },
    { category: 'income_debt', with: { income_debt: { arrears: '滞納はない。' } } },
    { category: 'public_assistance', with: { public_assistance: { receiving: true } } },
    { category: 'employment', with: { employment: { status: '就労中' } } },
    { category: 'housing', with: { housing: { status: '持ち家' } } },
    { category: 'education', with: { education: { school: '試験小学校' } } },
    { category: 'child_rearing', with: { child_rearing: { note: '送迎を希望。' } } },
    { category: 'service_use', with: { service_use: { office: '試験事業所' } } },
    { category: 'abuse', with: { abuse: { note: '心配はない。' } } },
    { category: 'criminal', with: { criminal: { note: '相談はない。' } } },
    { category: 'narrative', with: { narrative: { fact: '眠れていない。' } } },
    { category: 'origin', with: { origin: { note: '試験国' } } },
  ];

const child = (name: string): Member => ({
  ref: 'child-1',
  role: 'child',
  identifiers: [],
  items: { identity: { name } },
});

export type Told = Pick<DisclosedReferral, 'others' | 'mask'> & Pick<Member, 'items'>;

export function everything(more: { readonly items?: MemberItems; readonly childName?: string } = {}): Told {
  const told: MemberItems = { ...items, ...more.items };
  const family = [child(more.childName ?? '見本　太郎')];
  const subject: Member = { ref: 'subject', role: 'subject', identifiers: [], items: told };
  return { items: told, others: family, mask: disclosureMask(subject, family) };
}
