// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemAnswer, SubmissionSource } from '@tsunagi/contracts';
import type { ItemOutcome } from '@tsunagi/domain';
import { newId, type Tx } from '../platform';

/** Where a record stands among those of its system: by its own time, then by file and row. */
export interface PlaceInTime {
  readonly at: Date;
  readonly serial: number;
  readonly row: number;
}

export function isLater(one: PlaceInTime, other: PlaceInTime): boolean {
  return (one.at.getTime() - other.at.getTime() || one.serial - other.serial || one.row - other.row) > 0;
}

export const placeOf = (source: SubmissionSource): PlaceInTime => ({
  at: new Date(source.occurredAt),
  serial: source.fileSerial ?? 0,
  row: source.row ?? 0,
});

/**
 * Makes submissions of the same key or the same people go one after the other, whoever takes them: two messages at once
 * would both find nothing there. Held until the transaction ends; taken before any person.
 */
export async function lockKeys(
  tx: Tx,
  sender: string,
  keys: readonly string[],
  identifiers: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(k.lock) from
     (select distinct hashtextextended(name, 0) as lock from unnest($1::text[]) name order by lock) k`,
    [[...keys.map((key) => `${sender}\n${key}`), ...identifiers]],
  );
}

/** What becomes of a submission. */
export interface Answer {
  readonly outcome: ItemOutcome;
  readonly codes: readonly string[];
  readonly referralId?: string;
}

/** One submission as it was answered. It is kept as long as the referral, so a repeat is recognised for ever. */
export interface SubmissionOnFile {
  readonly itemId: string;
  readonly key: string;
  readonly contentHash: string;
  readonly occurredAt: Date;
  readonly serial: number;
  readonly row: number;
  readonly outcome: ItemOutcome;
  readonly codes: readonly string[];
  readonly pointer: string | undefined;
  readonly referral: string | undefined;
}

/**
 * The newest accepted content of a key. A record that asks for nothing (終了, or the department's own matter) is answered
 * without a referral, and closes none: the one that the key has goes on, and a later record speaks of it again.
 */
export interface LastOfKey extends SubmissionOnFile {
  readonly ofKey: string | undefined;
}

interface SubmissionRow {
  by: 'item' | 'key';
  item_id: string;
  key: string;
  content_hash: string;
  occurred_at: Date;
  file_serial: number;
  row: number;
  outcome: ItemOutcome;
  codes: string[];
  pointer: string | null;
  referral: string | null;
  from_function: string | null;
  of_key: string | null;
}

export interface KnownSubmissions {
  /** The answers that these items got before, by item id, and from which desk they came. */
  readonly first: ReadonlyMap<string, ItemAnswer & { contentHash: string; from: string | undefined }>;
  readonly last: Map<string, LastOfKey>;
}

/** What this sender has said before of these items and keys; the keys are locked. */
export async function knownSubmissions(
  tx: Tx,
  sender: string,
  itemIds: readonly string[],
  keys: readonly string[],
): Promise<KnownSubmissions> {
  const columns =
    's.item_id, s.key, s.content_hash, s.occurred_at, s.file_serial, s.row, s.outcome, s.codes, s.pointer, s.referral';
  const ofKey = `from submission s where s.sender = $1 and s.key = wanted.key and s.outcome not in ('duplicate', 'conflict', 'rejected')`;
  const newest = 'order by occurred_at desc, file_serial desc, row desc limit 1';
  const rows = await tx.query<SubmissionRow>(
    `select 'item' as by, first.*, (select r.from_function from referral r where r.id = first.referral) from_function, null as of_key from unnest($2::text[]) as wanted(item), lateral (
       select ${columns} from submission s where s.sender = $1 and s.item_id = wanted.item limit 1) first
     union all
     select 'key', newest.*, null, coalesce(newest.referral, (select s.referral ${ofKey} and s.referral is not null ${newest}))
     from unnest($3::text[]) as wanted(key), lateral (select ${columns} ${ofKey} ${newest}) newest`,
    [sender, itemIds, [...new Set(keys)]],
  );
  const of = (by: SubmissionRow['by']) => rows.filter((r) => r.by === by);
  return {
    first: new Map(
      of('item').map((r) => [
        r.item_id,
        {
          itemId: r.item_id,
          contentHash: r.content_hash,
          from: r.from_function ?? undefined,
          outcome: r.outcome,
          codes: r.codes,
          ...(r.pointer !== null && { pointer: r.pointer }),
          ...(r.referral !== null && { referralId: r.referral }),
        },
      ]),
    ),
    last: new Map(
      of('key').map((r) => [
        r.key,
        {
          itemId: r.item_id,
          key: r.key,
          contentHash: r.content_hash,
          occurredAt: r.occurred_at,
          serial: r.file_serial,
          row: r.row,
          outcome: r.outcome,
          codes: r.codes,
          pointer: undefined,
          referral: r.referral ?? undefined,
          ofKey: r.of_key ?? undefined,
        },
      ]),
    ),
  };
}

/**
 * The same key again: equal content or an older record is a duplicate; a record that says "new" with other content
 * conflicts; anything else is a new version.
 */
export function comparedWithLast(last: SubmissionOnFile, source: SubmissionSource): 'duplicate' | 'conflict' | 'newer' {
  if (source.contentHash === last.contentHash) return 'duplicate';
  if (isLater({ at: last.occurredAt, serial: last.serial, row: last.row }, placeOf(source))) return 'duplicate';
  return source.change === 'new' ? 'conflict' : 'newer';
}

/** A record from before the start: it is known from now on, and nothing else is made of it. */
export const tooOld = (itemId: string, source: SubmissionSource): SubmissionOnFile => ({
  itemId,
  key: source.key,
  contentHash: source.contentHash,
  occurredAt: new Date(source.occurredAt),
  serial: source.fileSerial ?? 0,
  row: source.row ?? 0,
  outcome: 'no_referral',
  codes: ['BEFORE_START'],
  pointer: undefined,
  referral: undefined,
});

export function saveSubmissions(tx: Tx, sender: string, submissions: readonly SubmissionOnFile[], now: Date): void {
  tx.insert(
    'submission',
    submissions.map((s) => ({
      id: newId(now),
      sender,
      item_id: s.itemId,
      key: s.key,
      content_hash: s.contentHash,
      occurred_at: s.occurredAt.toISOString(),
      file_serial: s.serial,
      row: s.row,
      outcome: s.outcome,
      codes: s.codes,
      pointer: s.pointer,
      referral: s.referral,
      received_at: now.toISOString(),
    })),
  );
}
