// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hasSheet, type Permit } from '@tsunagi/domain';
import { channelOf, pluginTo } from './channel';
import type { Changes } from './changes';
import { subjectOf, type ReferralRecord } from './referral.record';
import { enterWaiting } from './on-screen';
import type { NewDelivery } from '../delivery';
import { enterLedger, markGone, type DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/**
 * What was decided goes on its way: into a lane, to the web desk, or on a sheet. A sheet is in somebody's hands from here
 * on, so the ledger says that it has gone.
 */
export function dispatch(
  tx: Tx,
  changes: Changes,
  sent: ReferralRecord & DisclosableReferral,
  on: { readonly permit: Permit; readonly decision: string },
  directory: Directory,
): { readonly delivery: string; readonly plugin: string | undefined } {
  const isBound = directory.wayOf(on.permit.rows) === 'hub_only';
  if (isBound) changes.keepInHub(sent);
  const channel = isBound ? 'hub_only' : channelOf(sent, directory);
  const plugin = isBound ? undefined : pluginTo(sent, directory);
  const isSheet = hasSheet(channel);
  const other = isSheet || channel === 'hub_only' ? (channel as NewDelivery['channel']) : undefined;
  if (channel === 'carried_by_person') changes.handOut(sent, on.permit);
  const delivery = changes.deliver({
    plugin,
    ...(other !== undefined && { channel: other }),
    kind: 'referral',
    referral: sent.id,
    person: subjectOf(sent),
  });
  if (isSheet) changes.afterDecisions(() => handedOut(tx, sent, { ...on, delivery }, changes.now));
  else if (plugin === undefined) changes.afterDecisions(() => enterWaiting(tx, sent, { ...on, delivery }, changes.now));
  return { delivery, plugin };
}

async function handedOut(
  tx: Tx,
  referral: ReferralRecord & DisclosableReferral,
  on: { readonly delivery: string; readonly permit: Permit; readonly decision: string },
  now: Date,
): Promise<void> {
  const { id, members, fromFunction: senderFunction, toFunction: recipientFunction } = referral;
  const about = { referral: id, person: subjectOf(referral), members, senderFunction, recipientFunction };
  const line = { ...about, ...on, way: 'sheet', again: false } as const;
  await enterLedger(tx, [line], now);
  markGone(tx, [line], now);
  tx.change('delivery', 'update delivery set decision = $2, content_version = $3, go_at = $4 where id = $1', [
    on.delivery,
    on.decision,
    referral.contentVersion,
    now,
  ]);
}
