// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { waitFor } from '@tsunagi/testing';
import type { Done } from '@tsunagi/testing/invariants';
import { claimOf, deliveryOf, gather } from './messages';
import type { Sequence } from './sequence';

export async function letPass(sequence: Sequence, minutes: number): Promise<Done> {
  sequence.play.clock.forward(minutes * 60_000);
  return { line: `${minutes} minutes later`, took: true, silence: true };
}

/** Nothing is due, and everything that may leave has left; after some time this is so of the other sequences as well. */
export async function settle(sequence: Sequence, everywhere: boolean): Promise<void> {
  await learnOfEverybody(sequence);
  if (everywhere) await sendAgain(sequence);
  await waitFor(
    async () => {
      const [open] = await sequence.play.under.rows(
        `select 1 from referral where (id = any($1::uuid[]) or $3) and clock_at <= $2
         union all select 1 from delivery d where d.referral = any($1::uuid[]) and d.plugin is not null and (d.state = 'claimed' or (d.state = 'queued' and d.not_before <= $2
           and not exists (select 1 from delivery e where e.person = d.person and e.plugin = d.plugin and e.seq < d.seq and e.state in ('queued', 'claimed', 'sent')))) limit 1`,
        [sequence.referrals, sequence.now, everywhere],
      );
      return open === undefined && (await areThere(sequence)) && (await receiptsOfStatuses(sequence));
    },
    { what: 'the hub to have done everything', everyMs: 15 },
  );
}

/**
 * What had no receipt for so long goes out again, after a pause: it is gone before anybody does anything more, since what it
 * brings is what was true when it left.
 */
async function sendAgain({ play, referrals }: Sequence): Promise<void> {
  const { clock, under } = play;
  const lostBefore = () => new Date(clock.now().getTime() - (under.config.timings?.receipt ?? 0));
  const lost = `select 1 from delivery where referral = any($1::uuid[]) and plugin is not null and state in ('claimed', 'sent')
    and coalesce(sent_at, claimed_at) < $2 limit 1`;
  await waitFor(async () => (await under.rows(lost, [referrals, lostBefore()])).length === 0, {
    what: 'what was lost to be found',
  });
  const [pause] = await under.rows<{ over: Date | null }>(
    `select max(not_before) as over from delivery where referral = any($1::uuid[]) and state = 'queued' and error = 'RECEIPT_MISSING'`,
    [referrals],
  );
  if (pause?.over && pause.over > clock.now()) clock.set(pause.over);
}

/** What is on its way to a host is with it: a broker outside takes its time. */
async function areThere({ play, referrals }: Sequence): Promise<boolean> {
  const out = await play.under.rows<{ claim: string; plugin: string }>(
    `select claim, plugin from delivery where referral = any($1::uuid[]) and plugin is not null and state = 'sent'`,
    [referrals],
  );
  return out.every(({ claim, plugin }) => play.hosts.get(plugin)!.deliveries.some((d) => claimOf(d) === claim));
}

/** Statuses and recalls are taken at once: nobody else's matter waits behind them. */
async function receiptsOfStatuses(sequence: Sequence): Promise<boolean> {
  gather(sequence);
  const waiting = await sequence.play.under.rows<{ id: string; plugin: string }>(
    `select id, plugin from delivery where referral = any($1::uuid[]) and kind in ('status', 'recall') and state = 'sent'`,
    [sequence.referrals],
  );
  for (const { id, plugin } of waiting) {
    const host = sequence.play.hosts.get(plugin)!;
    if (!host.deliveries.some((d) => deliveryOf(d) === id)) return false;
    await host.receipt(id, (await host.mayWrite(id)) ? 'delivered' : 'recalled');
  }
  return waiting.length === 0;
}

/** Whom these referrals are about, and what has grown out of them. */
export async function learnOfEverybody(sequence: Sequence): Promise<void> {
  const rows = await sequence.play.under.rows<{ id: string; members: { person: string }[] }>(
    `select id, members from referral where (id = any($1::uuid[]) or parent = any($1::uuid[]) or reopens = any($1::uuid[])
       or subject = any($2::uuid[])) and id <> $3`,
    [sequence.referrals, [...sequence.persons], sequence.own?.referral ?? randomUUID()],
  );
  for (const { id, members } of rows) {
    sequence.know(id);
    for (const { person } of members) sequence.persons.add(person);
  }
}
