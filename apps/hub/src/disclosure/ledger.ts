// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay, type DataCategory, type DisclosureWay, type Permit } from '@tsunagi/domain';
import type { MemberOnFile } from './deciding';
import { isThere } from '../people';
import { newId, type Row, type Tx } from '../platform';

/** 提供記録: one line per delivery, and one more whenever it goes out anew with other content or on other words. */
export interface LedgerLine {
  readonly decision: string;
  readonly delivery: string;
  readonly referral: string;
  readonly person: string;
  readonly senderFunction: string;
  readonly recipientFunction: string;
  readonly permit: Pick<Permit, 'authority' | 'members'>;
  readonly way: Extract<DisclosureWay, 'message' | 'screen' | 'sheet' | 'feedback'>;
  /** The system, or who opened it; absent as long as nobody has. */
  readonly viewer?: string | undefined;
  /** The delivery was claimed before, so there may be a line of it already. */
  readonly again: boolean;
  /** The members of the referral, so that each finds the lines that speak of him or her. */
  readonly members: readonly MemberOnFile[];
}

/**
 * Written with the claim: no ledger line, no disclosure. A delivery that goes out again with the very same permit keeps
 * its line (and the decision under which it went first); an earlier claim with another one came to nothing, unless it had its go-ahead.
 */
export async function enterLedger(tx: Tx, lines: readonly LedgerLine[], now: Date): Promise<void> {
  if (lines.length === 0) return;
  const rows = lines.map((l) => ({
    id: newId(now),
    decision: l.decision,
    delivery: l.delivery,
    referral: l.referral,
    person: l.person,
    sender_function: l.senderFunction,
    recipient_function: l.recipientFunction,
    authority: l.permit.authority,
    members: withPersons(l),
    way: l.way,
    viewer: l.viewer,
    state: 'claimed',
    at: now.toISOString(),
  }));
  const before = new Set(lines.filter((l) => l.again).map((l) => l.delivery));
  const kept = await keepLines(
    tx,
    rows.filter((r) => before.has(r.delivery)),
  );
  tx.insert(
    'disclosure',
    rows.filter((r) => !kept.has(r.delivery)),
  );
}

/** Does the newest line of what has come to the screen of this desk say that this person has opened it, with this content, on this day? */
export async function hasOpened(
  tx: Pick<Tx, 'query'>,
  { referral, desk, viewer, version }: { referral: string; desk: string; viewer: string; version: number },
  day: string,
): Promise<boolean> {
  const [last] = await tx.query<{ same: boolean }>(
    `select coalesce(l.viewer = $3 and o.content_version = $4 and (o.receipted_at at time zone 'Asia/Tokyo')::date = $5::date, false) as same
     from disclosure l join delivery o on o.id = l.delivery
     where l.referral = $1 and l.recipient_function = $2 and l.way in ('screen', 'sheet') order by l.at desc, l.id desc limit 1`,
    [referral, desk, viewer, version, day],
  );
  return last?.same === true;
}

/**
 * Somebody sees it who was sent nothing, on a decision of its own: no delivery, and no taking part. Once more with the same
 * permit and the same content it is the same disclosure; each look is in the audit. Answers whether a line of this day names who
 * looked.
 */
export async function enterSight(
  tx: Tx,
  line: Omit<LedgerLine, 'decision' | 'delivery' | 'again' | 'way'> & {
    readonly decision: Row & { readonly id: string };
    readonly viewer: string;
  },
  contentVersion: number,
  now: Date,
): Promise<boolean> {
  const { permit, referral, senderFunction, recipientFunction } = line;
  const members = withPersons(line);
  const [last] = await tx.query<{ same: boolean; viewer: string; at: Date }>(
    `select l.viewer, l.at, l.authority = $3 and l.members = $4::jsonb and (d.inputs->>'contentVersion')::int = $5
       and not exists (select 1 from recall r where r.line = l.id) as same
     from disclosure l join disclosure_decision d on d.id = l.decision
     where l.referral = $1 and l.recipient_function = $2 and l.way = 'sight' order by l.at desc, l.id desc limit 1`,
    [referral, recipientFunction, permit.authority, JSON.stringify(members), contentVersion],
  );
  if (last?.same) return last.viewer === line.viewer && japaneseDay(last.at) === japaneseDay(now);
  const inputs = { ...(line.decision['inputs'] as object), contentVersion };
  tx.insert('disclosure_decision', [{ ...line.decision, direction: 'coordination', inputs }]);
  tx.insert('disclosure', [
    {
      id: newId(now),
      decision: line.decision.id,
      delivery: null,
      referral,
      person: line.person,
      sender_function: senderFunction,
      recipient_function: recipientFunction,
      authority: permit.authority,
      members,
      way: 'sight',
      viewer: line.viewer,
      state: 'written',
      at: now.toISOString(),
      go_at: now.toISOString(),
    },
  ]);
  return true;
}

/** What those who coordinate have looked at and may keep so far. */
export interface Sight {
  readonly line: string;
  readonly referral: string;
  readonly desk: string;
  readonly permit: Pick<Permit, 'authority' | 'members'>;
}

export async function sightsOf(tx: Tx, referrals: readonly string[]): Promise<Sight[]> {
  if (referrals.length === 0) return [];
  const rows = await tx.query<{
    id: string;
    referral: string;
    recipient_function: string;
    authority: Permit['authority'];
    members: Permit['members'];
  }>(
    `select l.id, l.referral, l.recipient_function, l.authority, l.members
     from disclosure l
     where l.referral = any($1::uuid[]) and l.way = 'sight'
       and not exists (select 1 from recall r where r.line = l.id) order by l.at, l.id`,
    [referrals],
  );
  return rows.map((r) => ({
    line: r.id,
    referral: r.referral,
    desk: r.recipient_function,
    permit: { authority: r.authority, members: r.members },
  }));
}

type LineBeside = Omit<LedgerLine, 'delivery' | 'again' | 'members' | 'way' | 'viewer'>;
type WordsLine = LineBeside & { readonly subject: MemberOnFile };

/** What they say of whom: of the subject and 連絡文 alone. Where nobody is in it, nothing is said of anybody. */
function membersOfWords({ subject: { ref, person }, permit }: WordsLine) {
  const theirs = permit.members.find((m) => m.ref === ref);
  const categories: DataCategory[] = theirs?.categories.length ? ['narrative'] : [];
  return [{ ref, categories, consents: theirs?.consents ?? [], person }];
}

/**
 * What a desk wrote to the other one beside the content: a line of its own.
 *
 * @param line.there the other desk can read it; otherwise it is on its way with the referral
 */
export function enterWords(tx: Tx, line: WordsLine & { readonly there: boolean }, now: Date): void {
  enterBeside(tx, line, { way: 'words', members: membersOfWords(line), there: line.there }, now);
}

/** A state has gone back to a desk on screen. */
export function enterFeedback(tx: Tx, line: LineBeside, now: Date): void {
  enterBeside(tx, line, { way: 'feedback', members: [], there: true }, now);
}

/** What no delivery brings. */
function enterBeside(
  tx: Tx,
  line: LineBeside,
  what: { readonly way: 'words' | 'feedback'; readonly members: readonly object[]; readonly there: boolean },
  now: Date,
): void {
  tx.insert('disclosure', [
    {
      id: newId(now),
      decision: line.decision,
      delivery: null,
      referral: line.referral,
      person: line.person,
      sender_function: line.senderFunction,
      recipient_function: line.recipientFunction,
      authority: line.permit.authority,
      members: what.members,
      way: what.way,
      state: what.there ? 'written' : 'claimed',
      at: now.toISOString(),
      go_at: what.there ? now.toISOString() : undefined,
    },
  ]);
}

/** Words that were on their way are there, on the decision of this moment. Answers whether there were any. */
export async function bringWords(tx: Tx, line: WordsLine, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `with there as (
       update disclosure set state = 'written', go_at = $3, decision = $4, authority = $5, members = $6
       where referral = $1 and recipient_function = $2 and way = 'words' and state = 'claimed' returning id
     ) select id from there`,
    [
      line.referral,
      line.recipientFunction,
      now,
      line.decision,
      line.permit.authority,
      JSON.stringify(membersOfWords(line)),
    ],
  );
  return rows.length > 0;
}

/** Words that never came to the other desk: they never will. */
export function recallWords(tx: Tx, referral: string): void {
  tx.change(
    'disclosure',
    `update disclosure set state = 'recalled' where referral = $1 and way = 'words' and state = 'claimed'`,
    [referral],
  );
}

const withPersons = ({ permit, members }: Pick<LedgerLine, 'permit' | 'members'>) =>
  permit.members.map((m) => ({ ...m, person: members.find((f) => f.ref === m.ref)?.person }));

/** Of deliveries that go out again: the lines that stand as they are; the others, if they never went, came to nothing. */
async function keepLines(
  tx: Tx,
  rows: readonly { readonly delivery: string; readonly decision: string }[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const again = await tx.query<{ delivery: string }>(
    `with again as (
       update disclosure l set decision = case when l.go_at is null then n.decision else l.decision end, viewer = coalesce(l.viewer, n.viewer)
       from jsonb_populate_recordset(null::disclosure, $1::jsonb) n
       where l.delivery = n.delivery and l.state = 'claimed' and l.authority = n.authority and l.members = n.members returning l.delivery
     ) select delivery from again`,
    [JSON.stringify(rows)],
  );
  tx.change(
    'disclosure',
    `update disclosure l set state = 'recalled' from unnest($1::uuid[], $2::uuid[]) as n(delivery, decision)
     where l.delivery = n.delivery and l.decision <> n.decision and l.state = 'claimed' and l.go_at is null`,
    [rows.map((r) => r.delivery), rows.map((r) => r.decision)],
  );
  return new Set(again.map((l) => l.delivery));
}

/** The host was told to write these, or a desk opens them: from here on they count as disclosed, whatever is heard of them. */
export function markGone(tx: Tx, lines: readonly { delivery: string; decision: string }[], now: Date): void {
  if (lines.length === 0) return;
  tx.change(
    'disclosure',
    `update disclosure l set go_at = coalesce(l.go_at, $3) from unnest($1::uuid[], $2::uuid[]) as g(delivery, decision)
     where l.delivery = g.delivery and l.decision = g.decision`,
    [lines.map((l) => l.delivery), lines.map((l) => l.decision), now],
  );
}

/** Their host was told to write these, and has answered that it could not: nothing of them has gone. */
export function neverWent(tx: Tx, deliveries: readonly string[]): void {
  if (deliveries.length === 0) return;
  tx.change('disclosure', `update disclosure set go_at = null where delivery = any($1::uuid[]) and state = 'claimed'`, [
    deliveries,
  ]);
}

/**
 * `written`: the recipient has it, by whichever claim had its go-ahead. `recalled`: it never arrived. A line that went
 * may have been written; it is never taken back as if it had not.
 */
export function closeLedger(tx: Tx, deliveries: readonly string[], state: 'written' | 'recalled'): void {
  if (deliveries.length === 0) return;
  tx.change(
    'disclosure',
    `update disclosure set state = case when go_at is null then 'recalled' else $2 end
     where delivery = any($1::uuid[]) and state = 'claimed' and (go_at is null or $2 = 'written')`,
    [deliveries, state],
  );
}

/**
 * What of the content this recipient of a referral has and may keep, by person: the members may have been corrected
 * since. What was taken back does not count.
 */
export async function disclosedTo(
  tx: Pick<Tx, 'query'>,
  referral: string,
  recipientFunction: string,
): Promise<Map<string, ReadonlySet<DataCategory>>> {
  const rows = await tx.query<{ members: (Permit['members'][number] & { person: string })[] }>(
    `select members from disclosure d where referral = $1 and recipient_function = $2 and delivery is not null and (go_at is not null or state = 'written')
       and not exists (select 1 from recall r where r.cancels = d.delivery)`,
    [referral, recipientFunction],
  );
  const seen = new Map<string, Set<DataCategory>>();
  for (const { person, categories } of rows.flatMap((r) => r.members)) {
    const all = seen.get(person) ?? new Set();
    for (const c of categories) all.add(c);
    seen.set(person, all);
  }
  return seen;
}

/** The lines of these deliveries that went, whatever is heard of them: what their recipients may hold. */
export async function goneBy(
  tx: Tx,
  deliveries: readonly string[],
): Promise<ReadonlyMap<string, readonly Pick<Permit, 'authority' | 'members'>[]>> {
  const rows = await tx.query<{ delivery: string; authority: Permit['authority']; members: Permit['members'] }>(
    `select delivery, authority, members from disclosure where delivery = any($1::uuid[]) and (go_at is not null or state = 'written')`,
    [deliveries],
  );
  const gone = new Map<string, Pick<Permit, 'authority' | 'members'>[]>();
  for (const { delivery, ...line } of rows) gone.set(delivery, [...(gone.get(delivery) ?? []), line]);
  return gone;
}

/**
 * What of the content of a referral has gone, to whom and of whom, whatever was taken back since. What the person carries has left
 * as well, and has come to no desk as long as it is not there.
 */
export async function whatWent(
  tx: Tx,
  referral: string,
  fromFunction: string,
): Promise<{ recipient: string | undefined; persons: { person: string; categories: DataCategory[] }[] }[]> {
  const rows = await tx.query<{ recipient: string | null; members: { person: string; categories: DataCategory[] }[] }>(
    `select case when d.authority <> 'to_person' or ${isThere('r')} then d.recipient_function end as recipient, d.members from disclosure d join referral r on r.id = d.referral
     where d.referral = $1 and d.recipient_function <> $2 and jsonb_array_length(d.members) > 0 and (d.go_at is not null or d.state = 'written') order by d.at, d.id`,
    [referral, fromFunction],
  );
  return rows.map(({ recipient, members }) => ({
    recipient: recipient ?? undefined,
    persons: members.map(({ person, categories }) => ({ person, categories })),
  }));
}
