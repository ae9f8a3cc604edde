// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type {
  Addressee,
  Conference,
  ConferenceItem,
  ConferenceKind,
  ConferenceMember,
  ItemCategory,
  MemberItems,
} from '@tsunagi/domain';
import { lastMomentOfDay } from '@tsunagi/domain';
import { newId, type Sealing, type Tx } from '../platform';

/** What an item says; sealed. */
export interface ItemBody {
  readonly text: string;
  readonly whereaboutsChecked: boolean;
}

/** A text, and the function that wrote it; of older ones it is not known. */
export interface SignedText {
  readonly text: string;
  readonly by?: string;
}

/** What is to leave the sitting, and for where, in the words of which function; sealed until its contributor has agreed. */
export interface PromotedBody {
  readonly to: Addressee;
  readonly items: MemberItems;
  /** Of older ones it is not known. */
  readonly by?: string;
}

/** What was decided of the conference itself. */
interface Decided {
  readonly step: 'decline' | 'review' | 'end';
  readonly outcome?: 'go_on' | 'watch' | 'end';
}

/** The same as it is kept: why is sealed, for the version at which it was decided. */
export interface DecidedRow extends Decided {
  readonly at: string;
  readonly version: number;
  readonly sealed: string;
}

/** A conference as it is kept. Its texts are opened only for whoever may read them. */
export interface StoredConference {
  readonly conference: Conference;
  readonly version: number;
  readonly proposedBy: string;
  readonly reason: Buffer | null;
  readonly record: Buffer | null;
  readonly decided: readonly DecidedRow[];
  readonly promoted: ReadonlyMap<string, PromotedRow>;
  readonly bodies: ReadonlyMap<string, ItemBody>;
}

interface PromotedRow {
  readonly state: 'asked' | 'agreed';
  readonly sealed?: string;
  readonly referral?: string;
}

interface ConferenceRow {
  id: string;
  kind: ConferenceKind;
  parts: ConferenceKind[];
  host_function: string;
  chair: string | null;
  state: Conference['state'];
  version: number;
  persons: string[];
  proposed_by: string;
  reason: Buffer | null;
  held_on: string | null;
  held_days: string[];
  review_on: string | null;
  record: Buffer | null;
  decided: DecidedRow[];
}

interface MemberRow {
  part: number;
  staff: string | null;
  function: string | null;
  attendance: ConferenceMember['attendance'];
  mode: ConferenceMember['mode'];
  acknowledged_at: Date | null;
}

interface ItemRow {
  id: string;
  part: number;
  function: string;
  staff: string;
  person: string;
  category: ItemCategory;
  body: Buffer | null;
  informant: boolean;
  promoted: PromotedRow | null;
}

const columns =
  'id, kind, parts, host_function, chair, state, version, persons, proposed_by, reason, held_on::text, held_days::text[], review_on::text, record, decided';
export const places = {
  reason: (id: string) => `conference:${id}:reason`,
  record: (id: string) => `conference:${id}:record`,
  decided: (id: string, version: number) => `conference:${id}:decided:${version}`,
  item: (id: string) => `conference_item:${id}`,
  promoted: (id: string) => `conference_item:${id}:promoted`,
};

/** Reads one, with everybody and everything in it. */
export async function conferenceById(
  tx: Pick<Tx, 'query'>,
  sealing: Sealing,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<StoredConference | undefined> {
  const [row] = await tx.query<ConferenceRow>(
    `select ${columns} from conference where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  if (!row) return undefined;
  const members = await tx.query<MemberRow>(
    'select part, staff, function, attendance, mode, acknowledged_at from conference_member where conference = $1 order by part, id',
    [id],
  );
  const items = await tx.query<ItemRow>(
    'select id, part, function, staff, person, category, body, informant, promoted from conference_item where conference = $1 order by id',
    [id],
  );
  const bodies = new Map(
    items.flatMap((i) => (i.body ? [[i.id, sealing.open<ItemBody>(places.item(i.id), i.body)] as const] : [])),
  );
  return {
    conference: {
      id: row.id,
      kind: row.kind,
      parts: row.parts,
      state: row.state,
      persons: row.persons,
      host: row.host_function,
      chair: row.chair ?? undefined,
      heldOn: row.held_on ?? undefined,
      heldDays: row.held_days,
      reviewOn: row.review_on ?? undefined,
      members: members.map(toMember),
      items: items.map((i) => toItem(i, bodies.get(i.id))),
    },
    version: row.version,
    proposedBy: row.proposed_by,
    reason: row.reason,
    record: row.record,
    decided: row.decided,
    promoted: new Map(items.flatMap((i) => (i.promoted ? [[i.id, i.promoted] as const] : []))),
    bodies,
  };
}

const toMember = (row: MemberRow): ConferenceMember => ({
  part: row.part,
  seat: row.staff !== null && row.function !== null ? { staff: row.staff, function: row.function } : undefined,
  attendance: row.attendance,
  mode: row.mode,
  acknowledged: row.acknowledged_at !== null,
});

const toItem = (row: ItemRow, body: ItemBody | undefined): ConferenceItem => ({
  id: row.id,
  part: row.part,
  function: row.function,
  staff: row.staff,
  person: row.person,
  category: row.category,
  informant: row.informant,
  whereaboutsChecked: body?.whereaboutsChecked === true,
  promotion: row.promoted?.state,
  erased: body === undefined,
});

/** Texts that a step adds, sealed for their places. */
export interface NewTexts {
  readonly body?: ItemBody;
  readonly promoted?: PromotedBody;
  readonly record?: SignedText;
  /** Why it goes on, or does not. */
  readonly decided?: Decided & { readonly reason: SignedText };
  /** The draft that an item has become. */
  readonly referral?: string;
  /** Secrecy as it was shown. */
  readonly wording?: string;
}

/** Writes what a step has changed; the row is locked. What is erased is gone, its ids stay. */
export function saveStep(
  tx: Tx,
  sealing: Sealing,
  { conference: before, version }: StoredConference,
  after: Conference,
  texts: NewTexts,
  now: Date,
): void {
  const { id, state } = after;
  const isOver = state === 'ended' || state === 'declined';
  const record = texts.record !== undefined ? sealing.seal(places.record(id), texts.record) : null;
  // It shares up to the end of the day of its review, as long as it is open.
  const until = after.reviewOn === undefined ? null : new Date(lastMomentOfDay(after.reviewOn) + 1);
  tx.change(
    'conference',
    `update conference set state = $2, chair = $3, held_on = $4, held_days = $11, review_on = $5, shares_until = $6, version = $7,
       record = case when $8 then null else coalesce($9::bytea, record) end,
       reason = case when $8 then null else reason end,
       decided = decided || $12::jsonb,
       ended_at = case when $8 then coalesce(ended_at, $10) end, erased_at = case when $8 then coalesce(erased_at, $10) end
     where id = $1`,
    [
      id,
      state,
      after.chair ?? null,
      after.heldOn ?? null,
      after.reviewOn ?? null,
      until,
      version + 1,
      isOver,
      record,
      now,
      after.heldDays,
      JSON.stringify(decidedRows(sealing, { id, version, now }, texts)),
    ],
  );
  saveMembers(tx, before, after, texts, now);
  for (const item of after.items) {
    const was = before.items.find((i) => i.id === item.id);
    if (!was) insertItem(tx, sealing, id, item, texts, now);
    else if (item.erased && !was.erased) eraseItem(tx, item, now);
    else if (item !== was && !item.erased) savePromotion(tx, sealing, item, texts);
  }
}

function decidedRows(
  sealing: Sealing,
  { id, version, now }: { readonly id: string; readonly version: number; readonly now: Date },
  { decided }: NewTexts,
): DecidedRow[] {
  if (decided === undefined) return [];
  const { reason, ...rest } = decided;
  return [{ ...rest, at: now.toISOString(), version, sealed: sealing.seal(places.decided(id, version), reason) }];
}

function saveMembers(tx: Tx, before: Conference, after: Conference, { wording }: NewTexts, now: Date): void {
  const keyOf = (m: ConferenceMember) => `${m.part}/${m.seat?.staff ?? m.attendance}`;
  const known = new Map(before.members.map((m) => [keyOf(m), m]));
  const added = after.members.filter((m) => !known.has(keyOf(m)));
  tx.insert(
    'conference_member',
    added.map((m) => ({
      id: newId(now),
      conference: after.id,
      part: m.part,
      staff: m.seat?.staff ?? null,
      function: m.seat?.function ?? null,
      attendance: m.attendance,
      mode: m.mode,
      called_at: now.toISOString(),
    })),
  );
  for (const m of after.members) {
    const was = known.get(keyOf(m));
    if (!was || (was.acknowledged === m.acknowledged && was.seat?.function === m.seat?.function && isSameWay(was, m)))
      continue;
    tx.change(
      'conference_member',
      `update conference_member set function = $4, attendance = $5, mode = $6,
         acknowledged_at = case when $7 then coalesce(acknowledged_at, $8) end, wording = case when $7 then coalesce(wording, $9) end
       where conference = $1 and part = $2 and staff is not distinct from $3 and (staff is not null or attendance = $5)`,
      [
        after.id,
        m.part,
        m.seat?.staff ?? null,
        m.seat?.function ?? null,
        m.attendance,
        m.mode,
        m.acknowledged,
        now,
        wording ?? null,
      ],
    );
  }
}

const isSameWay = (one: ConferenceMember, other: ConferenceMember) =>
  one.attendance === other.attendance && one.mode === other.mode;

function insertItem(
  tx: Tx,
  sealing: Sealing,
  conference: string,
  item: ConferenceItem,
  { body }: NewTexts,
  now: Date,
): void {
  tx.insert('conference_item', [
    {
      id: item.id,
      conference,
      part: item.part,
      function: item.function,
      staff: item.staff,
      person: item.person,
      category: item.category,
      body: sealing.seal(places.item(item.id), body),
      informant: item.informant,
      entered_at: now.toISOString(),
    },
  ]);
}

function eraseItem(tx: Tx, { id }: ConferenceItem, now: Date): void {
  tx.change(
    'conference_item',
    `update conference_item set body = null, erased_at = $2, promoted = promoted - 'sealed' where id = $1`,
    [id, now],
  );
}

function savePromotion(tx: Tx, sealing: Sealing, { id, promotion }: ConferenceItem, texts: NewTexts): void {
  const row: PromotedRow | null =
    promotion === undefined
      ? null
      : promotion === 'asked'
        ? { state: 'asked', sealed: sealing.seal(places.promoted(id), texts.promoted) }
        : { state: 'agreed', ...(texts.referral !== undefined && { referral: texts.referral }) };
  tx.change('conference_item', 'update conference_item set promoted = $2::jsonb where id = $1', [
    id,
    row === null ? null : JSON.stringify(row),
  ]);
}

/** What was to leave the sitting, while its contributor is asked. */
export function promotedBody(sealing: Sealing, stored: StoredConference, item: string): PromotedBody {
  const sealed = stored.promoted.get(item)?.sealed;
  if (sealed === undefined) throw new Error('nobody has asked for this item');
  return sealing.open<PromotedBody>(places.promoted(item), bytesOf(sealed));
}

/** Of what is sealed inside of JSON. */
export const bytesOf = (sealed: string): Buffer => Buffer.from(sealed.slice(2), 'hex');
