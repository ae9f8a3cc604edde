// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataCategories } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import fc from 'fast-check';
import { Pool } from 'pg';
import { differences } from './compare';
import { mayLeave, type MayLeave } from './may-leave';
import { randomReferral } from './random-referrals';
import { drawUp, goOn, send, type Hub, type Sent } from './referring';
import { promotedFrom } from './sittings';
import { Traces, type Origin } from './traces';
import { waysBetween } from './ways';
import { arrivedAt, everyRow, filesUnder, messagesOf } from './what-arrived';
import { nowOf, todayOf } from '../journeys/clock';
import { gather } from '../journeys/people';
import type { Town } from '../town/town';
import { cp932 } from '../town/written';

interface Judged {
  readonly one: Sent;
  readonly may: MayLeave;
}

/** Desks that work at the same time. */
const atATime = 8;
const moreThan72Hours = 73 * 3_600_000;

/**
 * Random referrals between the two departments, with random words of everybody in them: screen, message, record and
 * `notCarried` of each against a reading of the law and of the layouts that the hub and the plugins know nothing of.
 */
export function sendingAtRandom(
  open: () => Promise<Town>,
  { referrals, seed, note }: { referrals: number; seed: number; note: (line: string) => void },
): void {
  const people = gather(open);
  const { town } = people;
  const traces = new Traces();
  /** Everything that was permitted at some time. */
  const permitted = new Set<string>();
  let database: Pool;
  let sent: readonly Sent[];
  let hub: Hub;

  beforeAll(async () => {
    const access = JSON.parse(readFileSync(join(town.dataDir, 'demo-access.json'), 'utf8')) as { databaseUrl: string };
    database = new Pool({ connectionString: access.databaseUrl, max: 1 });
    // The town may close before its last connection does.
    database.on('error', () => undefined);
    const ways = await waysBetween(people);
    const made = fc.sample(randomReferral, { numRuns: referrals, seed });
    const approver = people.seat({ role: 'approver' });
    const now = async (): Promise<Hub> => ({ approver, today: await todayOf(people) });
    const before = await now();
    const drafts = await atOnce(made, (planned, n) => {
      const direction = n % 2 === 0 ? 'konkyu to kaigo' : 'kaigo to konkyu';
      const number = `${String(seed % 100_000).padStart(5, '0')}${String(n).padStart(5, '0')}`;
      return drawUp({ ...planned, direction }, { n, way: ways[direction], traces, number, ...before });
    });
    const later = new Date((await nowOf(people)).getTime() + moreThan72Hours).toISOString();
    expect((await people.it_('POST', '/clock', { jumpTo: later })).status).toBe(200);
    hub = await now();
    sent = await atOnce(drafts, (draft) => send(draft, hub));
    const sittings = made.slice(0, Math.max(2, Math.round(referrals / 20)));
    const promoted = await atOnce(sittings, (planned, n) => {
      const direction = n % 2 === 0 ? 'konkyu to kaigo' : 'kaigo to konkyu';
      return promotedFrom({ ...planned, direction }, { n: referrals + n, way: ways[direction], traces, hub, people });
    });
    sent = [...sent, ...promoted];
    await settled();
  });
  afterAll(() => database?.end());

  it('has the same bits on screen, in the message and in the legacy record, of what may leave and nothing else', async () => {
    const all = judged(sent);
    expect(await wrongIn(all)).toEqual([]);
    const left = all.filter(isOut);
    note(`of ${all.length} referrals ${left.length} left and ${all.length - left.length} were held`);
    expect(left.length).toBeGreaterThan(referrals / 4);
    const timesOf = (each: readonly string[]) =>
      dataCategories.filter((c) => c !== 'household').map((category) => each.filter((c) => c === category).length);
    const went = timesOf(left.flatMap(({ may }) => may.members.flatMap((gone) => Object.keys(gone ?? {}))));
    const stayed = timesOf(left.flatMap(({ one, may }) => withheld(one, may)));
    note(
      `of each category at least ${Math.min(...went)} went, and ${Math.min(...stayed)} were there and stayed behind`,
    );
  });

  it('is the same again after something of it was taken back, refused or put right', async () => {
    const after = judged(await atOnce(sent, (one) => goOn(one, traces, hub)));
    await settled();
    expect(await wrongIn(after)).toEqual([]);
    const changed = after.filter(({ one }, n) => one !== sent[n]);
    note(`${changed.length} were corrected, refused in part or lost a consent afterwards`);
    expect(changed.length).toBeGreaterThan(referrals / 4);
    sent = after.map(({ one }) => one);
  });

  it('lets no withheld value into what leaves by the broker, the plugin’s database, or any file', async () => {
    expect(await leaks()).toEqual([]);
  });

  it('would be seen to differ where anything left that may not', async () => {
    const { one, may } = judged(sent).find((j) => isOut(j) && (j.may.members[0]?.concern?.boxes ?? []).length > 0)!;
    const [{ concern: _, ...less } = {}, ...others] = may.members;
    const seen = (await wrongIn([{ one, may: { ...may, members: [less, ...others] } }])).map(
      (sentence) => /: (place|[^:]+)/.exec(sentence)?.[1],
    );
    const everywhere = [
      'mask of the message',
      'mask of the record',
      'mask of the screen',
      'message',
      'place',
      'screen',
    ];
    expect(seen.sort()).toEqual(everywhere);

    const secrets = JSON.stringify(judged(sent).flatMap(heldBack)).replaceAll('𠮷', '吉');
    writeFileSync(join(town.dataDir, 'planted.csv'), cp932(secrets));
    expect(await leaks()).not.toEqual([]);
  });

  const judged = (each: readonly Sent[]): Judged[] =>
    each.map((one) => {
      const may = mayLeave(one, hub.today);
      may.members.forEach((items, m) => {
        for (const [category, group] of Object.entries(items ?? {}))
          for (const field of Object.keys(group as object))
            permitted.add(keyOf({ referral: one.n, ref: `m${m}`, category, field }));
      });
      return { one, may };
    });

  async function wrongIn(each: readonly Judged[]): Promise<string[]> {
    const [arrived, messages] = [await arrivedAt(town), messagesOf(town)];
    const wrong = await atOnce(each, async ({ one, may }) =>
      (await differences(one, may, { arrived: arrived.get(one.id), messages })).map(
        (sentence) => `referral ${one.n}, ${one.direction}: ${sentence}`,
      ),
    );
    return wrong.flat();
  }

  /** Of whom what was found where nobody may find it. */
  async function leaks(): Promise<string[]> {
    const outside = {
      broker: town.tapped(),
      'plugin database': await everyRow(database, 'legacy_konkyu'),
      ...filesUnder(town.dataDir),
    };
    // The search finds what has rightly left.
    for (const place of ['broker', 'plugin database'] as const) expect(traces.foundIn(outside[place])).not.toEqual([]);
    const found = Object.entries(outside).flatMap(([place, text]) =>
      traces.foundIn(text).flatMap((origin) => (permitted.has(keyOf(origin)) ? [] : [{ place, origin }])),
    );
    // At rest the hub has everything sealed.
    const inClear = traces.foundIn(await everyRow(database, 'public')).map((origin) => ({ place: 'hub', origin }));
    return [...new Set([...found, ...inClear].map(({ place, origin }) => `${place}: ${keyOf(origin)}`))];
  }

  /** Everything for a system has its receipt. */
  async function settled(): Promise<void> {
    const waiting = `select count(*)::int as n from delivery where plugin is not null and state in ('queued', 'claimed', 'sent')`;
    await waitFor(async () => (await database.query<{ n: number }>(waiting)).rows[0]?.n === 0, {
      what: 'every delivery to get its receipt',
      timeoutMs: 60_000 + referrals * 1_000,
      everyMs: 200,
    });
  }
}

const isOut = ({ may }: Judged) => may.members[0] !== undefined;

/** Categories that are there and stay behind. */
const withheld = (one: Sent, may: MayLeave): string[] =>
  one.members.flatMap((items, m) => Object.keys(items).filter((c) => !(c in (may.members[m] ?? {}))));

/** The values of them. */
const heldBack = ({ one, may }: Judged) =>
  one.members.flatMap((items, m) =>
    Object.entries(items).flatMap(([category, group]) => (category in (may.members[m] ?? {}) ? [] : [group])),
  );

const keyOf = ({ referral, ref, category, field }: Origin) => `${category}.${field} of ${ref} in referral ${referral}`;

async function atOnce<T, R>(each: readonly T[], work: (one: T, n: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < each.length; n = next++) results[n] = await work(each[n]!, n);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
