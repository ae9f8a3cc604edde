// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuditAction } from '@tsunagi/contracts';
import { knowsOf, may, type Conference, type ConferenceActor } from '@tsunagi/domain';
import { conferenceById, type StoredConference } from './conference.rows';
import type { Caller } from '../access';
import { audit } from '../audit';
import { NotFoundError, type Sealing, type Tx } from '../platform';

/** People only, each for the function that they act for. */
export function actorOf(
  caller: Caller,
): (Omit<ConferenceActor, 'secretariat'> & { secretariatOf?: string }) | undefined {
  if (caller.kind !== 'staff') return undefined;
  const desk = caller.acting;
  if (desk === undefined) return undefined;
  return { staff: caller.id, function: desk, ...(may(caller, 'conferences.hold', desk) && { secretariatOf: desk }) };
}

/** @throws {NotFoundError} as for one that does not exist. */
export async function findConference(
  tx: Tx,
  sealing: Sealing,
  caller: Caller,
  id: string,
  options: { readonly lock?: boolean } = {},
): Promise<{ stored: StoredConference; actor: ConferenceActor }> {
  const stored = await conferenceById(tx, sealing, id, options);
  const by = actorOf(caller);
  const actor = by && { ...by, secretariat: stored !== undefined && by.secretariatOf === stored.conference.host };
  if (!stored || !actor || !knowsOf(stored.conference, actor) || isShutOut(caller, stored.conference))
    throw new NotFoundError();
  return { stored, actor };
}

/** Whoever works with whom somebody fears is not at the table at which that one is discussed, though called to it before. */
const isShutOut = ({ excluded }: Caller, { persons }: Conference): boolean =>
  persons.some((person) => excluded?.persons.has(person));

/** Into the audit go ids, states and numbers, and nothing else of a conference. */
export function testify(
  tx: Tx,
  caller: Caller,
  conference: string,
  action: AuditAction,
  at: Date,
  details: Record<string, unknown>,
): void {
  audit(tx, [
    { at, actor: caller.actor, function: caller.acting, action, objectKind: 'conference', object: conference, details },
  ]);
}
