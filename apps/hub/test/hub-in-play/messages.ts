// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CloudEvent } from '@tsunagi/contracts';
import type { DataCategory, Member } from '@tsunagi/domain';
import type { Shown } from '@tsunagi/testing/invariants';
import type { Sequence } from './sequence';

/** New messages of the hosts, as they left. */
export function gather(sequence: Sequence): void {
  for (const host of sequence.play.hosts.values())
    for (const message of host.deliveries)
      if (!sequence.messages.has(message) && sequence.referrals.includes(message.subject ?? '')) {
        sequence.messages.add(message);
        if (bringsContent(message)) sequence.left.push(shownBy(message));
      }
}

export function shownBy(message: CloudEvent): Shown {
  const { referral } = message.data as { referral: { to: { id: string }; subject: Member; others: Member[] } };
  const members = [referral.subject, ...referral.others].map(categoriesOf);
  return { way: 'message', referral: message.subject!, desk: referral.to.id, members };
}

export const deliveryOf = ({ data }: CloudEvent) => (data as { deliveryId: string }).deliveryId;

export const claimOf = ({ data }: CloudEvent) => (data as { claim: string }).claim;

export const bringsContent = ({ type }: CloudEvent) =>
  type === 'referral.sent.v1' || type === 'referral.supplemented.v1';

export const categoriesOf = ({ ref, items }: Pick<Member, 'ref' | 'items'>) => ({
  ref,
  fields: Object.entries(items).flatMap(([group, fields]) =>
    Object.keys(fields ?? {}).map((name) => `${group}.${name}`),
  ),
  categories: Object.entries(items).flatMap(([c, v]) => (Object.keys(v ?? {}).length > 0 ? (c as DataCategory) : [])),
});
