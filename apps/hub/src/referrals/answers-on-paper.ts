// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hasSheet, mayEnterAnswerOnPaper } from '@tsunagi/domain';
import { channelOf } from './channel';
import { isRouted, pluginOf, type ReferralRecord } from './referral.record';
import type { Viewpoint } from './viewpoint';
import { worksAnybodyAt, type Caller } from '../access';
import { sheetOf } from '../delivery';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** Does this person enter at the sender's desk what the recipient has written on a sheet? No program has read one. */
export async function entersOnPaper(
  caller: Caller,
  referral: ReferralRecord,
  { sender }: Pick<Viewpoint, 'sender'>,
  { tx, directory, now }: { readonly tx: Pick<Tx, 'query'>; readonly directory: Directory; readonly now: Date },
): Promise<boolean> {
  if (caller.kind !== 'staff' || !sender || !isRouted(referral)) return false;
  const { id, toFunction } = referral;
  const channel = channelOf(referral, directory);
  if (!hasSheet(channel)) return false;
  return mayEnterAnswerOnPaper({
    channel,
    sheetIsOut: (await sheetOf(tx, id)) === 'out',
    answersByPlugin: pluginOf(directory.function(toFunction).channel) !== undefined,
    worksInHub: await worksAnybodyAt(tx, directory, toFunction, now),
  });
}
