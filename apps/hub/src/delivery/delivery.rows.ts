// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  hasSheet,
  waitsForStaff,
  type DataCategory,
  type DeliveryChannel,
  type DeliveryState,
  type Feedback,
  type StatusCode,
  type Writes,
  type Written,
} from '@tsunagi/domain';
import { lockingPersons, saysDeath } from '../people';
import type { Tx } from '../platform';

/** `supplement`: a referral that went before, corrected. */
export type DeliveryKind = Written;
/** Does it bring the content of a referral? */
export const bringsContent = ({ kind }: { readonly kind: DeliveryKind }): boolean =>
  kind === 'referral' || kind === 'supplement';

/** A lane as its owner knows it; the epoch proves it at every claim. */
export interface HeldLane {
  readonly plugin: string;
  readonly owner: string;
  readonly epoch: string;
}

/** Something that must reach one recipient. Ids only: the body is built at the moment of sending. */
export interface NewDelivery {
  readonly id: string;
  readonly at: Date;
  /** Absent = the recipient's web desk. */
  readonly plugin: string | undefined;
  /** Absent = by the plugin, or where there is none to the web desk. */
  readonly channel?: Extract<DeliveryChannel, 'paper' | 'carried_by_person' | 'hub_only'> | undefined;
  readonly kind: DeliveryKind;
  readonly referral: string;
  readonly person: string;
  readonly status?: StatusCode;
  readonly statusAt?: Date;
  /** The event of the referral whose note goes along with a status, as far as the feedback scope says then. */
  readonly noteVersion?: number | undefined;
  /** A status with the code that went last: it brings only what `state+note` lets back beside the state. */
  readonly beside?: true;
  /** The delivery that a recall takes back. */
  readonly cancels?: string;
  /** It leaves at once, claimed in the same transaction. */
  readonly claimed?: Omit<NewTry, 'id'>;
}

export interface Delivery {
  readonly id: string;
  readonly plugin: string | null;
  readonly kind: DeliveryKind;
  readonly referral: string;
  readonly person: string;
  readonly status: StatusCode | null;
  readonly status_at: Date | null;
  /** Version of the referral's event that holds the note of a status. */
  readonly note_version: number | null;
  /** A status without a new code. */
  readonly beside: boolean | null;
  readonly cancels: string | null;
  readonly state: DeliveryState;
  readonly decision: string | null;
  /** The claim whose message may be written; an older message may not. */
  readonly claim: string | null;
  /** What the last claim of a status let flow back. */
  readonly feedback: Feedback | null;
  /** The version of the content that the last claim was built from. */
  readonly content_version: number | null;
  readonly attempts: number;
  readonly go_at: Date | null;
  /** Sealed: what staff of the desk have looked at and approved. */
  readonly approval: Buffer | null;
  /** As the settings of its plugin have it now. */
  readonly writes: Writes;
}

/** SQL: the settings of this plugin forbid to write what nobody has approved. */
const isConfirmed = (plugin: string) =>
  `exists (select 1 from plugin p join plugin_config_version c on c.plugin = p.id and c.version = p.config_version
     where p.id = ${plugin} and c.config->>'writes' = 'confirmed')`;

/** SQL: `waitsForStaff` of a delivery by a plugin of which `isConfirmed`. */
const unapproved = (d: string) => `(${d}.kind in ('referral', 'supplement') and ${d}.approval is null)`;

const columns = `id, plugin, kind, referral, person, status, status_at, note_version, beside, cancels, state, decision, claim, feedback, content_version, attempts, go_at,
  approval, case when ${isConfirmed('delivery.plugin')} then 'confirmed' else 'unattended' end as writes`;

/** Nobody has approved what must be approved before it is written. */
export const isUnapproved = ({ kind, writes, approval }: Delivery): boolean =>
  waitsForStaff(kind, { writes, approved: approval !== null });

/** It waits until staff of its desk approve it. */
export const isProposal = (delivery: Delivery): boolean => delivery.state === 'queued' && isUnapproved(delivery);

/** What waits for staff of these desks, the oldest first, after the one named. */
export function proposalsTo(
  tx: Pick<Tx, 'query'>,
  desks: readonly string[],
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Proposal[]> {
  return tx.query<Proposal>(
    `select d.id, d.referral, d.kind, d.plugin, d.not_before as since from delivery d join referral r on r.id = d.referral
     where d.state = 'queued' and ${unapproved('d')} and r.to_function = any($1::uuid[])
       and d.plugin = any(array(select id from plugin where ${isConfirmed('plugin.id')}))
       and ($2::uuid is null or d.seq > (select seq from delivery where id = $2)) order by d.seq limit $3`,
    [desks, after ?? null, limit],
  );
}

export interface Proposal {
  readonly id: string;
  readonly referral: string;
  readonly kind: 'referral' | 'supplement';
  readonly plugin: string;
  readonly since: Date;
}

/** Staff of its desk have approved it as it is now; of what they had approved before, no more is kept than was written last. */
export function approve(tx: Tx, { id, referral }: Delivery, approval: string, lastWritten: string | undefined): void {
  tx.change('delivery', 'update delivery set approval = $2 where id = $1', [id, approval]);
  tx.change(
    'delivery',
    'update delivery set approval = null where referral = $1 and approval is not null and id <> all($2::uuid[])',
    [referral, [id, ...(lastWritten === undefined ? [] : [lastWritten])]],
  );
}

/** What was approved of these is not what would be written now: they wait for staff again. */
export function voidApprovals(tx: Tx, ids: readonly string[]): void {
  if (ids.length === 0) return;
  tx.change('delivery', 'update delivery set approval = null where id = any($1::uuid[])', [ids]);
}

export function queueDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): void {
  // Nearly all go the ordinary way, and their rows say nothing of another.
  tx.insert('delivery', deliveries.filter((d) => d.channel === undefined).map(rowOf));
  tx.insert(
    'delivery',
    deliveries
      .filter((d) => d.channel !== undefined)
      // A sheet is out as soon as it is made.
      .map((d) => ({ ...rowOf(d), channel: d.channel, ...(d.channel && hasSheet(d.channel) && { state: 'sent' }) })),
  );
}

const rowOf = (d: NewDelivery) => ({
  id: d.id,
  plugin: d.plugin,
  kind: d.kind,
  referral: d.referral,
  person: d.person,
  status: d.status,
  status_at: d.statusAt?.toISOString(),
  note_version: d.noteVersion,
  beside: d.beside,
  cancels: d.cancels,
  state: d.claimed ? 'claimed' : isThereAtOnce(d) ? 'delivered' : 'queued',
  decision: d.claimed?.decision,
  claim: d.claimed?.claim,
  content_version: d.claimed?.contentVersion,
  claimed_at: d.claimed ? d.at.toISOString() : null,
  attempts: 0,
  not_before: d.at.toISOString(),
});

/** To a web desk nothing carries a recall: with its to-do it is there. */
const isThereAtOnce = ({ plugin, kind }: NewDelivery) => plugin === undefined && kind === 'recall';

/** Does a referral go by sheets, and is one of them out or has arrived? What was taken back opens nothing. */
export async function sheetOf(tx: Pick<Tx, 'query'>, referral: string): Promise<'none' | 'out' | 'taken_back'> {
  const rows = await tx.query<{ state: DeliveryState }>(
    `select state from delivery where referral = $1 and kind = 'referral' and channel in ('paper', 'carried_by_person')`,
    [referral],
  );
  if (rows.length === 0) return 'none';
  return rows.some(({ state }) => state !== 'recalled') ? 'out' : 'taken_back';
}

/**
 * Which of these lanes are still their owner's and have nothing waiting: what is decided in this transaction may leave by
 * them at once. Their rows are held until the transaction ends, like `nextOfLane` holds its own.
 */
export async function freeLanes(tx: Tx, lanes: readonly HeldLane[], now: Date, maxOut: number): Promise<Set<string>> {
  if (lanes.length === 0) return new Set();
  const rows = await tx.query<{ plugin: string }>(
    `select plugin from unnest($1::text[], $2::uuid[], $3::bigint[]) as held(plugin, owner, epoch) join lane using (plugin, owner, epoch)
     where exists (select 1 from plugin p where p.id = lane.plugin and p.enabled) and not ${isConfirmed('lane.plugin')}
       and not exists (select 1 from delivery d where d.plugin = lane.plugin and d.state = 'queued' and d.not_before <= $4)
       and (select count(*) from delivery d where d.plugin = lane.plugin and d.state in ('claimed', 'sent')) < $5
     for share of lane`,
    [lanes.map((l) => l.plugin), lanes.map((l) => l.owner), lanes.map((l) => l.epoch), now, maxOut],
  );
  return new Set(rows.map((r) => r.plugin));
}

/** By whom something waits or is under way to which plugin, as `person/plugin`: the next goes after it. */
export async function underWayTo(tx: Tx, persons: readonly string[]): Promise<Set<string>> {
  if (persons.length === 0) return new Set();
  const rows = await tx.query<{ place: string }>(
    `select person || '/' || plugin as place from delivery where person = any($1::uuid[]) and plugin is not null and state in ('queued', 'claimed', 'sent')`,
    [persons],
  );
  return new Set(rows.map((r) => r.place));
}

/**
 * Candidates of a lane that is still its owner's, in order: one person's deliveries go one after the other, and no more
 * are out than `maxOut`. What waits for staff of its desk is none, and holds nothing back: no recall, and nothing that they
 * have approved before it. The lane's row is held until the transaction ends, so that nobody takes it under a claim.
 */
export async function nextOfLane(
  tx: Tx,
  { plugin, owner, epoch }: HeldLane,
  now: Date,
  { batch, maxOut }: { readonly batch: number; readonly maxOut: number },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with ours as materialized (select plugin from lane where plugin = $1 and owner = $3 and epoch = $4 for share)
     select d.id from delivery d
     where d.plugin = $1 and d.state = 'queued' and d.not_before <= $2
       and exists (select 1 from ours) and not (${unapproved('d')} and (select ${isConfirmed('$1')}))
       and (select exists (select 1 from delivery w where w.plugin = $1 and w.state = 'queued' and w.not_before <= $2))
       and not exists (select 1 from delivery e where e.person = d.person and e.plugin = d.plugin and e.seq < d.seq and e.state in ('queued', 'claimed', 'sent')
         and not (e.state = 'queued' and ${unapproved('e')} and (select ${isConfirmed('$1')})))
     order by d.seq
     limit greatest(0, least($5, $6 - (select count(*)::int from delivery o where o.plugin = $1 and o.state in ('claimed', 'sent'))))`,
    [plugin, now, owner, epoch, batch, maxOut],
  );
  return rows.map((r) => r.id);
}

/** Locks and reads deliveries in the order of their lane. The caller holds the persons' locks. */
export function lockDeliveries(tx: Tx, ids: readonly string[]): Promise<Delivery[]> {
  return tx.query<Delivery>(`select ${columns} from delivery where id = any($1::uuid[]) order by seq for update`, [
    ids,
  ]);
}

/**
 * Locks everybody in the referrals behind these deliveries, in id order like `lockPersons`: all their locks are needed to
 * decide.
 */
async function lockPersonsOf(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(
    lockingPersons(
      `select (m->>'person')::uuid from delivery d join referral r on r.id = d.referral, jsonb_array_elements(r.members) m
       where d.id = any($1::uuid[])`,
    ),
    [ids],
  );
}

/** Persons first, then the deliveries in the order of their lane. */
export async function lockInOrder(tx: Tx, ids: readonly string[]): Promise<Delivery[]> {
  if (ids.length === 0) return [];
  const [, deliveries] = await Promise.all([lockPersonsOf(tx, ids), lockDeliveries(tx, ids)]);
  return deliveries;
}

/** Deliveries of these referrals that bring their content to a recipient, newest last. */
export function referralDeliveries(tx: Tx, referrals: readonly string[]): Promise<Delivery[]> {
  return tx.query<Delivery>(
    `select ${columns} from delivery where referral = any($1::uuid[]) and kind in ('referral', 'supplement') order by seq for update`,
    [referrals],
  );
}

export async function deliveryById(tx: Pick<Tx, 'query'>, ids: readonly string[]): Promise<Map<string, Delivery>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<Delivery>(`select ${columns} from delivery where id = any($1::uuid[])`, [ids]);
  return new Map(rows.map((d) => [d.id, d]));
}

/** The newest content of this referral that has gone to its recipient; 0 = none. */
export async function newestBrought(tx: Pick<Tx, 'query'>, referral: string): Promise<number> {
  const [row] = await tx.query<{ newest: number | null }>(
    `select max(content_version) as newest from delivery where referral = $1 and kind in ('referral', 'supplement') and go_at is not null`,
    [referral],
  );
  return row?.newest ?? 0;
}

/** What of a referral its recipient's system had no place for, in the newest of its deliveries that was written and stands. */
export async function notCarriedBy(tx: Pick<Tx, 'query'>, referral: string): Promise<DataCategory[]> {
  const [newest] = await tx.query<{ not_carried: DataCategory[] | null }>(
    `select not_carried from delivery where referral = $1 and kind in ('referral', 'supplement') and state in ('delivered', 'read')
     and not exists (select 1 from recall c where c.cancels = delivery.id) order by seq desc limit 1`,
    [referral],
  );
  return newest?.not_carried ?? [];
}

/** What brings the content of a referral to a system, as far as it has come. */
export type TriedDelivery = Pick<Delivery, 'kind' | 'state' | 'attempts'> & {
  readonly error: string | null;
  readonly claimed_at: Date | null;
  readonly not_before: Date;
  readonly receipted_at: Date | null;
  /** Its plugin is switched on. */
  readonly enabled: boolean;
  /** It waits until staff of its desk approve it. */
  readonly unapproved: boolean;
};

/** In the order in which they go; what went by no system is none of them. */
export function toSystems(tx: Pick<Tx, 'query'>, referral: string): Promise<TriedDelivery[]> {
  return tx.query<TriedDelivery>(
    `select d.kind, d.state, d.attempts, d.error, d.claimed_at, d.not_before, d.receipted_at,
       coalesce((select enabled from plugin p where p.id = d.plugin), false) as enabled,
       d.state = 'queued' and ${unapproved('d')} and ${isConfirmed('d.plugin')} as unapproved
     from delivery d where d.referral = $1 and d.plugin is not null and d.kind in ('referral', 'supplement') order by d.seq`,
    [referral],
  );
}

export function setDeliveryState(
  tx: Tx,
  ids: readonly string[],
  state: DeliveryState,
  error: string | null = null,
): void {
  if (ids.length === 0) return;
  tx.change('delivery', 'update delivery set state = $2, error = $3 where id = any($1::uuid[])', [ids, state, error]);
}

/** What is claimed for one more try; the attempts count when something went wrong. */
export interface NewTry {
  readonly id: string;
  readonly decision: string | null;
  readonly claim: string;
  readonly feedback: Feedback | null;
  readonly contentVersion: number | null;
}

export function claimDeliveries(tx: Tx, tries: readonly NewTry[], now: Date): void {
  if (tries.length === 0) return;
  tx.change(
    'delivery',
    `update delivery d set state = 'claimed', claimed_at = $6, claim = c.claim, feedback = c.feedback, content_version = c.content_version, decision = coalesce(c.decision, d.decision)
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[]) as c(id, decision, claim, feedback, content_version) where d.id = c.id`,
    [
      tries.map((t) => t.id),
      tries.map((t) => t.decision),
      tries.map((t) => t.claim),
      tries.map((t) => t.feedback),
      tries.map((t) => t.contentVersion),
      now,
    ],
  );
}

/** Has this status gone to the sender's system, or is it still to go? */
export async function statusGoes(tx: Tx, referral: string, status: StatusCode): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from delivery where referral = $1 and kind = 'status' and status = $2 and state not in ('recalled', 'parked') limit 1`,
    [referral, status],
  );
  return rows.length > 0;
}

/** Which of these deliveries are being taken back. */
export async function recalledOf(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ cancels: string }>('select cancels from recall where cancels = any($1::uuid[])', [ids]);
  return new Set(rows.map((r) => r.cancels));
}

/** Which of these referrals have something on its way that nobody was told to write yet: it will be built anew. */
export async function stillOnTheirWay(tx: Tx, referrals: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ referral: string }>(
    `select distinct referral from delivery where referral = any($1::uuid[]) and kind in ('referral', 'supplement') and go_at is null
     and (state in ('queued', 'claimed', 'sent') or (state = 'parked' and error = 'AUTHORITY_MISSING'))`,
    [referrals],
  );
  return new Set(rows.map((r) => r.referral));
}

/** Nobody was told to write it, or its host has answered that it could not and never will: it is not there. */
const isUnwritten = (delivery: string) =>
  `(${delivery}.go_at is null or (${delivery}.state = 'parked' and ${delivery}.receipted_at is not null and ${delivery}.error <> '${maybeWritten}'))`;
/** What a host says when it does not know itself. */
const maybeWritten = 'MAYBE_WRITTEN';

/**
 * What was parked of these referrals, for whatever reason, with nothing of it written: it is tried again and brings what is
 * true now. Answers which deliveries go anew, by referral.
 */
export async function requeueUnwritten(
  tx: Tx,
  referrals: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  if (referrals.length === 0) return new Map();
  const rows = await tx.query<{ referral: string; id: string }>(
    `with again as (
       update delivery d set state = 'queued', not_before = $2, error = null, attempts = 0, go_at = null, receipted_at = null
       where referral = any($1::uuid[]) and kind = 'referral' and state = 'parked' and ${isUnwritten('d')}
         and not exists (select 1 from recall c where c.cancels = d.id)
         and not exists (select 1 from delivery g where g.referral = d.referral and g.kind in ('referral', 'supplement') and not ${isUnwritten('g')})
       returning referral, id
     ) select referral, id from again`,
    [referrals, now],
  );
  return new Map(rows.map((r) => [r.referral, r.id]));
}

/**
 * SQL: it waits for somebody. Not what was taken back, nor a status after which the sender's system has heard a later one, nor what brings
 * the items of somebody who has died: what was never written of them stays unsent (DOMAIN §6).
 */
export const isReplayable = (d: string) => `(${d}.state = 'parked' and ${d}.plugin is not null
  and not exists (select 1 from recall c where c.cancels = ${d}.id)
  and not (${d}.kind = 'status' and exists (select 1 from delivery l where l.referral = ${d}.referral and l.kind = 'status'
    and l.seq > ${d}.seq and l.state in ('delivered', 'read')))
  and not (${d}.kind in ('referral', 'supplement') and exists (
    select 1 from person_fact f where f.person = ${d}.person and ${saysDeath('f')})))`;

/**
 * Whoever looks after the systems lets these be tried again, under the same id and with a fresh decision; what was taken back is not. The
 * caller holds their locks.
 */
export async function replayParked(tx: Tx, ids: readonly string[], now: Date): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `update delivery d set state = 'queued', not_before = $2, error = null, attempts = 0, receipted_at = null,
       go_at = case when ${isUnwritten('d')} then null else go_at end
     where id = any($1::uuid[]) and ${isReplayable('d')} returning id`,
    [ids, now],
  );
  return rows.map((r) => r.id);
}

/** What is out of these referrals says what is no longer so: nobody is told to write it, and it is built anew under the same id. */
export function buildAnew(tx: Tx, referrals: readonly string[], now: Date): void {
  if (referrals.length === 0) return;
  tx.change(
    'delivery',
    `update delivery set state = 'queued', not_before = $2
     where referral = any($1::uuid[]) and kind <> 'recall' and state in ('claimed', 'sent')`,
    [referrals, now],
  );
}

/** A parked delivery is tried again, with a fresh decision. */
export function requeue(tx: Tx, referrals: readonly string[], now: Date): void {
  tx.change(
    'delivery',
    `update delivery set state = 'queued', not_before = $2, error = null, attempts = 0
     where referral = any($1::uuid[]) and kind in ('referral', 'supplement') and state = 'parked' and error = 'AUTHORITY_MISSING'
       and not exists (select 1 from recall c where c.cancels = delivery.id)`,
    [referrals, now],
  );
}
