// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decisions, preview, referralView, type DecisionView, type Preview } from '@tsunagi/contracts';
import type { HubClient } from '../http/hub-client';
import { unlessHidden } from '../http/unless-hidden';

/** A decision, kept or just made, in the words of the hub. */
export type Decided = Pick<DecisionView, 'outcome' | 'authority' | 'members' | 'reasons' | 'notAfter'>;

/** Why a referral may leave, or not. Codes, categories and sentences; nothing of its content. */
export interface Explanation {
  readonly state: string;
  /** What holds now. The hub tells the sender only, and only where the recipient is known. */
  readonly now?: Decided & { readonly to: string };
  /** The decisions the hub has kept, newest first. */
  readonly history: readonly DecisionView[];
}

/**
 * Of the answers only what is explained: the content that a sender may see stays behind.
 * @returns undefined where the referral does not exist for this client
 */
export async function readExplanation(hub: HubClient, id: string): Promise<Explanation | undefined> {
  const seen = await unlessHidden(hub.get(`/api/v1/referrals/${id}`, referralView));
  if (!seen) return undefined;
  const kept = await unlessHidden(hub.get(`/api/v1/referrals/${id}/decision`, decisions));
  const now = await unlessHidden(hub.post('/api/v1/disclosures/preview', { referralId: id }, preview));
  return { state: seen.state, ...(now && { now: decidedOf(now) }), history: kept?.items ?? [] };
}

function decidedOf({ decision, to, sentences }: Preview): NonNullable<Explanation['now']> {
  const permit = decision.outcome === 'permit' ? decision : undefined;
  return {
    outcome: decision.outcome,
    to: to.name,
    ...(permit && { authority: permit.authority }),
    members: permit?.members ?? [],
    reasons: decision.reasons.map((code, at) => ({ code, sentence: sentences[at] ?? code })),
    ...(permit?.notAfter !== undefined && { notAfter: permit.notAfter }),
  };
}
