// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { japaneseDay, type AuthorityCode, type DataCategory, type DisclosureWay, type LookedAt } from '@tsunagi/domain';
import { audit } from '../audit';
import { newId, type Tx } from '../platform';

/** Somebody has read or printed what is kept of persons. */
export interface Look {
  readonly way: Extract<DisclosureWay, 'conference' | 'read' | 'print'>;
  readonly what?: LookedAt;
  /** Who looked, and for which function; without one for the municipality. */
  readonly viewer: string;
  readonly function: string | undefined;
  /** Whose it was, where it was not that function's own. */
  readonly from?: string;
  readonly authority: AuthorityCode;
  /** Of whom the line is. */
  readonly person: string;
  /**
   * The id that was asked for, where it was no referral's: of a person the one by which that function knows her, so that a merge
   * or a split on which others decide makes no second line of the same look.
   */
  readonly askedFor?: string;
  readonly members: readonly { readonly ref: string; readonly person: string; readonly categories: DataCategory[] }[];
  readonly referral?: string;
  readonly conference?: string;
  /** Of the content that was seen; it is another disclosure when that has changed. */
  readonly version?: number;
  /** What the audit says beside it. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The lines of the ledger: of the same looks of one day there is one. What nobody is spoken of in is no disclosure. Who calls this
 * writes each look into the audit.
 */
export function enterLooks(tx: Tx, looks: readonly Look[], now: Date): void {
  tx.insert(
    'disclosure',
    looks
      .filter((l) => l.members.length > 0)
      .map((l) => ({
        id: newId(now),
        referral: l.referral,
        conference: l.conference,
        person: l.person,
        sender_function: l.from ?? l.function,
        recipient_function: l.function,
        authority: l.authority,
        members: l.members.map((m) => ({ ...m, consents: [] })),
        way: l.way,
        what: l.what,
        viewer: l.viewer,
        look: sameLook(l, now),
        state: 'written',
        at: now.toISOString(),
        go_at: now.toISOString(),
      })),
    'on conflict (look) where look is not null do nothing',
  );
}

/** The same, with its line of the audit. */
export function enterLook(tx: Tx, look: Look, now: Date): void {
  enterLooks(tx, [look], now);
  const { way, what, viewer, function: desk, referral, person, version } = look;
  audit(tx, {
    at: now,
    actor: viewer,
    function: desk,
    action: `${referral === undefined ? 'person' : 'referral'}.${way === 'print' ? 'printed' : 'read'}`,
    objectKind: referral === undefined ? 'person' : 'referral',
    object: referral ?? person,
    details: { what, ...look.details, ...(version !== undefined && { contentVersion: version }) },
  });
}

/** What makes two looks one line, in 64 characters. */
function sameLook(look: Look, now: Date): string {
  const { way, what, viewer, function: desk, authority, askedFor, members, referral, conference, version } = look;
  const seen = members.map((m) => [m.ref, [...m.categories].sort()]);
  const key = [way, what, viewer, desk, authority, askedFor, referral, conference, version, seen, japaneseDay(now)];
  return createHash('sha256').update(JSON.stringify(key)).digest('hex');
}
