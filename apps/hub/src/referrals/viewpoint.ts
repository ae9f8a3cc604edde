// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  actorsOf,
  extentsOf,
  hasArrived,
  hatsOf,
  multiAgency,
  seesWhole,
  type Actor,
  type Extent,
  type FieldGroup,
  type Hat,
  type Matter,
} from '@tsunagi/domain';
import type { ReferralRecord } from './referral.record';
import type { Caller } from '../access';
import type { Directory } from '../organizations';

/** From where a caller looks at a referral. Whoever has none learns not even that it exists. */
export interface Viewpoint {
  readonly sender: boolean;
  readonly recipient: boolean;
  readonly coordinator: boolean;
  /** Sees it for the municipality, whichever desk has it. */
  readonly oversees: boolean;
  /** Leads the support unit; it may have taken no part in the referral. */
  readonly lead: boolean;
  readonly actors: readonly Actor[];
  /** All of this group of fields. */
  whole(group: FieldGroup): boolean;
  /** This group as far as `extent` goes, at least. */
  has(group: FieldGroup, extent: Extent): boolean;
}

/** @param bySheet the caller holds the sheet that the person carries; before it is there, nobody at the desk knows of it. */
export function viewpointOf(
  caller: Caller,
  referral: Pick<
    ReferralRecord,
    | 'kind'
    | 'state'
    | 'conference'
    | 'channel'
    | 'everReceived'
    | 'everAccepted'
    | 'fromFunction'
    | 'toFunction'
    | 'lead'
    | 'sentAt'
  > & { readonly id?: string },
  directory: Pick<Directory, 'find'>,
  { bySheet = false }: { readonly bySheet?: boolean } = {},
): Viewpoint | undefined {
  const { kind, state, channel, lead } = referral;
  const matter: Matter = {
    id: referral.id,
    kind,
    state,
    from: referral.fromFunction,
    to: referral.toFunction,
    lead,
    released: referral.sentAt !== undefined,
    channel,
    atSitting: referral.conference !== undefined,
    arrived: hasArrived(referral),
    bySheet,
    toCoordinators: referral.toFunction !== undefined && isCoordinatorsDesk(referral.toFunction, directory),
  };
  const hats = hatsOf(caller, matter);
  return hats.length === 0 ? undefined : withHats(hats, matter.released, actorsOf(caller, matter, hats));
}

/** Where a referral is, and since when. */
export type Place = Pick<ReferralRecord, 'state' | 'version' | 'stateAt' | 'dueOn'>;

/** Whoever oversees or receives it sees where it is; a desk that only sent it, as far as it was told. */
export function asShown(r: ReferralRecord, viewpoint: Viewpoint | undefined): Place {
  if (viewpoint?.whole('line') === true) return r;
  return { state: r.toldState, version: r.toldVersion, stateAt: r.toldAt, dueOn: r.toldDueOn };
}

export const isCoordinatorsDesk = (functionId: string, directory: Pick<Directory, 'find'>): boolean =>
  directory.find(functionId)?.functionType === multiAgency;

const deskHats: ReadonlySet<Hat> = new Set(['sender', 'recipient', 'lead']);

const withHats = (hats: readonly Hat[], released: boolean, actors: readonly Actor[]): Viewpoint => ({
  sender: hats.includes('sender'),
  recipient: hats.includes('recipient'),
  coordinator: hats.includes('coordinator'),
  oversees: hats.some((hat) => !deskHats.has(hat)),
  lead: hats.includes('lead'),
  actors,
  whole: (group) => seesWhole(hats, group, released),
  has: (group, extent) => extentsOf(hats, group).has(extent),
});
