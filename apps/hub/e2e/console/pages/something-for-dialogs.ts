// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { waitFor } from '@tsunagi/testing';
import { plainWords, somethingEverywhere, type Something } from './something-everywhere';
import { told } from '../../../test/many-desks';
import type { TwoDesks } from '../../../test/two-desks';

export interface AtTheDialogs extends Something {
  /** Sent to a hospital, which answers on the sheet. */
  readonly onPaper: string;
  /** The session of this one ends, by the name they sign in with. */
  signOut(login: string): Promise<void>;
  passwordOf(login: string): string;
}

/** What every page shows, and what is asked about there besides. */
export async function somethingForDialogs(desks: TwoDesks): Promise<AtTheDialogs> {
  const { under, konkyu } = desks;
  const something = await somethingEverywhere(desks, plainWords);
  konkyu.pausedSince = new Date(Date.now() - 60_000);
  const waits = 'select 1 from plugin_host where paused_since is not null';
  await waitFor(async () => (await under.rows(waits)).length > 0, { what: 'the hub to hear that a source waits' });
  const counted = [{ what: 'events', verdict: 'differs', system: 3, hub: { fewest: 2, most: 2 } }];
  await under.rows(
    `insert into plugin_day (plugin, day, counted_at, counts, differs_since, told)
     values ('konkyu', '2026-11-02', now(), $1::jsonb, now(), true)`,
    [JSON.stringify(counted)],
  );
  return {
    ...something,
    onPaper: await sentOnPaper(desks),
    async signOut(login) {
      await under.rows('delete from session where staff = (select id from staff where login = $1)', [login]);
    },
    passwordOf: (login) => under.access.staff.find(({ name }) => name === login)!.password,
  };
}

async function sentOnPaper({ under, sender, personOf, consent }: TwoDesks): Promise<string> {
  const [hospital] = await under.rows<{ id: string }>(`select id from desk_function where function_type = 'hospital'`);
  const { status, body } = await sender(
    'POST',
    '/referrals',
    {
      source: { system: 'web', key: randomUUID(), change: 'new', occurredAt: new Date().toISOString() },
      ...{ kind: 'referral', to: { function: hospital!.id }, urgency: 'normal', purpose: 'consultation' },
      ...{ howTheyMeet: 'person_visits', personInformed: told() },
      subject: {
        ...{ ref: 'subject', role: 'subject', identifiers: [] },
        items: { identity: { name: '見本　楓' }, concern: { boxes: ['income_work'] } },
      },
      others: [],
    },
    { 'idempotency-key': randomUUID() },
  );
  if (status !== 201) throw new Error(`referral on paper: ${status} ${body?.code}`);
  await consent(await personOf(body.id), { recipients: [{ function: hospital!.id }] });
  return body.id as string;
}
