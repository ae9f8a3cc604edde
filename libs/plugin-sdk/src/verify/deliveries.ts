// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DisclosedReferral } from '@tsunagi/contracts';
import type { Plugin } from '../plugin/define-plugin';
import type { DeliveryOf } from '../plugin/sink';
import { arrivals, type Changes } from '../testing/arrivals';
import type { Bench } from './bench';

/** A desk of the plugin's department. */
const deskOf = ({ domain }: Plugin): DisclosedReferral['to'] => ({ domain, code: 'VERIFY', name: '見本市点検窓口' });

/** A referral with ids that no other has. */
export function aDelivery(bench: Bench, changes: Changes = {}): DeliveryOf<'referral'> {
  const ids = { deliveryId: bench.id(), referralId: bench.id(), claim: bench.id() };
  const { deliveryId, referralId, claim } = ids;
  const referral = arrivals(deskOf(bench.plugin)).aReferral({ deliveryId, referralId, ...changes });
  return { kind: 'referral', deliveryId: referral.deliveryId, claim, referral };
}

/** The same delivery under a newer claim of the hub. */
export function claimedAnew<D extends DeliveryOf<'referral' | 'supplement'>>(bench: Bench, delivery: D): D {
  return { ...delivery, claim: bench.id() };
}

export function supplementTo(bench: Bench, { referral }: DeliveryOf<'referral'>): DeliveryOf<'supplement'> {
  const deliveryId = bench.id();
  return { kind: 'supplement', deliveryId, claim: bench.id(), referral: { ...referral, deliveryId } };
}

export function recallOf(
  bench: Bench,
  { deliveryId: cancels, referral }: DeliveryOf<'referral'>,
): DeliveryOf<'recall'> {
  const [deliveryId, claim] = [bench.id(), bench.id()];
  return { kind: 'recall', deliveryId, claim, recall: { deliveryId, claim, cancels, referralId: referral.referralId } };
}

/** What became of a record of the legacy system, which is known by what its plugin sent along. */
export function aStatus(bench: Bench, echo: string | undefined): DeliveryOf<'status'> {
  const [deliveryId, claim, referralId] = [bench.id(), bench.id(), bench.id()];
  const status = { deliveryId, claim, referralId, code: '20' as const, at: '2026-11-20T10:00:00+09:00' };
  return { kind: 'status', deliveryId, claim, status: { ...status, ...(echo !== undefined && { echo }) } };
}
