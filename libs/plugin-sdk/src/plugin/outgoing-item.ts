// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MessageData } from '@tsunagi/contracts';
import type { RowFault } from './mapping';
import type { Origin } from './source';

type ItemOf<T extends ItemType> = Omit<MessageData<T>['items'][number], 'itemId'>;

/** The four kinds of message in which items go to the hub. */
export type ItemType =
  | 'referral.submitted.v1'
  | 'referral.response.v1'
  | 'rows.quarantined.v1'
  | 'recall.acknowledged.v1';

/** An item as it goes into a message. */
export type OutgoingItem = {
  readonly itemId: string;
  readonly origin: Origin;
  /** Set when the record was quarantined on this side. */
  readonly fault?: RowFault | undefined;
  /** Size in the message, in bytes; may be a little more than it really takes. */
  readonly bytes: number;
} & {
  readonly [T in ItemType]: { readonly type: T; readonly body: ItemOf<T> };
}[ItemType];

/**
 * What an item is about: the record of its key and the persons it names, or the delivery it answers. Of two items about the
 * same the hub must have answered the first before it sees the second, as it takes several messages at once.
 */
export function mattersOf(item: OutgoingItem): string[] {
  switch (item.type) {
    case 'referral.submitted.v1': {
      const { source, subject, others } = item.body.submission;
      const persons = [subject, ...others].flatMap(({ identifiers }) => identifiers);
      return [`record ${source.key}`, ...persons.map(({ system, value }) => `person ${system} ${value}`)];
    }
    case 'referral.response.v1':
      return [`delivery ${item.body.response.deliveryId}`];
    case 'recall.acknowledged.v1':
      return [`delivery ${item.body.acknowledgement.deliveryId}`];
    case 'rows.quarantined.v1':
      return [];
  }
}
