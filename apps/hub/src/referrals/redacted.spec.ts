// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member, MemberIdentifier } from '@tsunagi/domain';
import { saidToOthers, withNumbers } from './redacted';

const person = 'person-1';
const members = [{ ref: 'subject', person, present: [] }] as const;
const subject = (over: Partial<Member> = {}): Member => ({
  ref: 'subject',
  role: 'subject',
  identifiers: [],
  items: { identity: { name: '見本　花子' } },
  ...over,
});
const inKaigo = (value: string): MemberIdentifier => ({ system: 'kaigo', value });
const numbersOf = (numbers: readonly MemberIdentifier[], of = subject(), system: string | null = 'kaigo') =>
  withNumbers({ subject: of, others: [] }, { members }, new Map([[person, numbers]]), system).subject.identifiers;

describe('the numbers of the recipient’s own system', () => {
  it('go with the name', () => {
    expect(numbersOf([inKaigo('00990010-0000000123')])).toEqual([inKaigo('00990010-0000000123')]);
  });

  it('stay behind where the name does: a number says who somebody is', () => {
    const nameless = subject({ items: { concern: { boxes: ['care'] } } });
    expect(numbersOf([inKaigo('00990010-0000000123')], nameless)).toEqual([]);
  });

  it.each([null, 'konkyu'])('never go to a function whose system is another one (%s)', (system) => {
    expect(numbersOf([inKaigo('00990010-0000000123')], subject(), system)).toEqual([]);
  });

  it('stand once, after what the sender has said, and are never more than a member may have', () => {
    const said = subject({ identifiers: [inKaigo('1')] });
    expect(numbersOf([inKaigo('1'), inKaigo('2')], said)).toEqual([inKaigo('1'), inKaigo('2')]);
    const many = Array.from({ length: 12 }, (_, n) => inKaigo(String(n)));
    expect(numbersOf(many, said)).toHaveLength(10);
  });

  it('are each member’s own', () => {
    const son = subject({ ref: 'member-1', role: 'child' });
    const household = [...members, { ref: 'member-1', person: 'person-2', present: [] }] as const;
    const numbers = new Map([['person-2', [inKaigo('2')]]]);
    const { subject: mother, others } = withNumbers(
      { subject: subject(), others: [son] },
      { members: household },
      numbers,
      'kaigo',
    );
    expect([mother.identifiers, others[0]?.identifiers]).toEqual([[], [inKaigo('2')]]);
  });
});

it('what its sender marks in what is said of the hand-over is for nobody else', () => {
  const said = {
    question: '〔秘密〕いつですか。',
    phoned: { whom: '当直', at: '2026-11-28T00:00:00Z', by: '〔秘密〕' },
  };
  const content = { subject: subject(), others: [], said };
  const unsealed = { seals: [] };
  expect(saidToOthers(content, { kind: 'referral', members }, unsealed)).toEqual({
    said: { question: '〔…〕いつですか。', phoned: { ...said.phoned, by: '〔…〕' } },
  });
  expect(saidToOthers({}, { kind: 'referral', members }, unsealed)).toEqual({});
});

describe('what is said of the hand-over', () => {
  const said = { keepsDoing: '週に一度の訪問' };
  const behind = (more: object) => [{ ref: 'subject', person: 'person-1', present: [], ...more }] as const;
  const seals = [{ id: 'seal-1', person: 'person-1' }];

  it.each([
    ['a supervisor has not cleared it', { saidUncleared: true }, [], {}],
    ['nobody has read what is written of one who is protected', { textUnchecked: true }, seals, {}],
    ['she is protected no more', { textUnchecked: true }, [], { said }],
    ['somebody has read it', {}, seals, { said }],
    ['an item of hers waits, and it does not speak of it', { uncleared: ['narrative'] }, [], { said }],
  ] as const)('when %s', (_, member, standing, leaves) => {
    expect(saidToOthers({ said }, { kind: 'referral', members: behind(member) }, { seals: standing })).toEqual(leaves);
  });
});
