// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { manyDesks, now, told, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';

describeWithServices(['postgres'], 'a recommendation (利用勧奨)', () => {
  let desks: ManyDesks;
  beforeAll(async () => (desks = await manyDesks({})));
  afterAll(() => desks?.close());

  const tell = async (who: Api = desks.at.kosodate) => {
    const answer = await who('POST', '/recommendations', { reference: 'ZEI-0001', told: told() });
    expect(answer.status).toBe(201);
    return answer.body.id as string;
  };
  const answer = async (id: string, body: object, who: Api = desks.at.kosodate, version?: number) => {
    const seen = await who('GET', `/recommendations/${id}`);
    return who('POST', `/recommendations/${id}/answer`, body, { 'if-match': String(version ?? seen.body.version) });
  };
  const referral = () => ({
    source: { system: 'web', key: randomUUID(), change: 'new', occurredAt: now() },
    kind: 'referral',
    to: { domain: 'konkyu' },
    urgency: 'normal',
    purpose: 'consultation',
    howTheyMeet: 'accompanied',
    personInformed: told(),
    subject: { ref: 'subject', role: 'subject', identifiers: [], items: { identity: { name: '見本　花子' } } },
    others: [],
  });

  it('is a record of the desk that noticed, and of nobody else', async () => {
    const id = await tell();
    const { status, body } = await desks.at.kosodate('GET', `/recommendations/${id}`);
    expect([status, body.answer, body.reference]).toEqual([200, 'told', 'ZEI-0001']);
    for (const who of [desks.at.hogo, desks.at.konkyu])
      expect((await who('GET', `/recommendations/${id}`)).status).toBe(404);
    expect((await answer(id, { answer: 'no' }, desks.at.hogo, 1)).status).toBe(404);
  });

  it('holds no item, and none leaves by it', async () => {
    const before = await desks.under.rows<{ all: number }>(
      'select (select count(*) from referral)::int + (select count(*) from disclosure)::int + (select count(*) from delivery)::int as all',
    );
    const named = { told: told(), subject: { items: { identity: { name: '見本　花子' } } } };
    expect((await desks.at.kosodate('POST', '/recommendations', named)).status).toBe(422);
    await answer(await tell(), { answer: 'not_now', askAgainOn: '2099-01-05' });
    const after = await desks.under.rows(
      'select (select count(*) from referral)::int + (select count(*) from disclosure)::int + (select count(*) from delivery)::int as all',
    );
    expect(after).toEqual(before);
    const [row] = await desks.under.rows<{ content: Buffer }>('select content from recommendation limit 1');
    expect(row?.content.includes(Buffer.from('ZEI-0001'))).toBe(false);
  });

  it('is not told tomorrow, and not by a contractor', async () => {
    const tomorrow = { ...told(), at: new Date(Date.now() + 86_400_000).toISOString() };
    const ahead = await desks.at.kosodate('POST', '/recommendations', { told: tomorrow });
    expect([ahead.status, ahead.body.errors[0].pointer]).toEqual([422, '/told/at']);
    const contractor = await desks.at.konkyu('POST', '/recommendations', { told: told() });
    expect([contractor.status, contractor.body.code]).toEqual([403, 'RECOMMENDATION_NOT_HERE']);
  });

  it('opens a つなぎ when the person wants to, with accompaniment offered; without a consent it waits', async () => {
    const id = await tell();
    const unaccompanied = await answer(id, { answer: 'wants_to', referral: referral() });
    expect(unaccompanied.status).toBe(422);
    const { status, body } = await answer(id, { answer: 'wants_to', accompanimentOffered: true, referral: referral() });
    expect([status, body.answer]).toEqual([200, 'wants_to']);
    const opened = (await desks.view(desks.at.kosodate, body.referralId)).body;
    expect([opened.kind, opened.state]).toEqual(['referral', 'awaiting_authority']);
    await desks.consent(desks.at.kosodate, body.referralId, { recipients: [{ domain: 'konkyu' }] });
    expect((await desks.view(desks.at.kosodate, body.referralId)).body.state).toBe('sent');
  });

  it('opens a つなぎ to somebody, not the end of one', async () => {
    const id = await tell();
    const { to: _, ...toNobody } = referral();
    const ended = { ...referral(), source: { ...referral().source, change: 'ended' } };
    for (const wanted of [toNobody, ended])
      expect((await answer(id, { answer: 'wants_to', accompanimentOffered: true, referral: wanted })).status).toBe(422);
    expect((await desks.at.kosodate('GET', `/recommendations/${id}`)).body.answer).toBe('told');
  });

  describe('of two answers at once', () => {
    const yes = () => ({ answer: 'wants_to', accompanimentOffered: true, referral: referral() });
    const opened = async () => (await desks.under.rows('select id from referral order by id')).length;
    /** The second comes while the first is being written. */
    const both = async (id: string, first: object, second: object) => {
      const client = new Client({ connectionString: desks.under.config.databaseUrl });
      await client.connect();
      await client.query('begin');
      await client.query('select 1 from recommendation where id = $1 for update', [id]);
      const waits = (n: number) =>
        waitFor(
          async () =>
            (
              await desks.under.rows(
                `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%update recommendation%'`,
              )
            ).length === n,
          { what: `${n} to wait` },
        );
      const one = answer(id, first, desks.at.kosodate, 1);
      await waits(1);
      const other = answer(id, second, desks.at.kosodate, 1);
      await waits(2);
      await client.end();
      return Promise.all([one, other]);
    };

    it('a yes that comes first counts, and stands with its つなぎ', async () => {
      const id = await tell();
      const [first, second] = await both(id, yes(), { answer: 'no' });
      expect([first.status, first.body.answer, second.status]).toEqual([200, 'wants_to', 412]);
      expect((await desks.view(desks.at.kosodate, first.body.referralId)).status).toBe(200);
    });

    it('a yes that comes second opens nothing', async () => {
      const id = await tell();
      const before = await opened();
      const [first, second] = await both(id, { answer: 'no' }, yes());
      expect([first.status, first.body.answer, second.status]).toEqual([200, 'no', 412]);
      expect(await opened()).toBe(before);
    });
  });

  it('takes no マイナンバー', async () => {
    const number = 'K-1234 5678 9018';
    for (const [body, pointer] of [
      [{ reference: number, told: told() }, '/reference'],
      [{ told: { ...told(), by: number } }, '/told/by'],
      [{ told: { ...told(), how: number } }, '/told/how'],
    ] as const) {
      const refused = await desks.at.kosodate('POST', '/recommendations', body);
      expect([refused.status, refused.body.errors?.[0]]).toMatchObject([422, { code: 'S-MYNUMBER', pointer }]);
    }
  });

  it('opens nothing, and stays as it was, when the つなぎ is refused', async () => {
    const id = await tell();
    const nameless = { ...referral(), subject: { ...referral().subject, items: {} } };
    const refused = await answer(id, { answer: 'wants_to', accompanimentOffered: true, referral: nameless });
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'IDENTITY_MISSING']);
    expect((await desks.at.kosodate('GET', `/recommendations/${id}`)).body).toMatchObject({
      answer: 'told',
      version: 1,
    });
  });

  it('is asked again on its day; yes and no are for good', async () => {
    const due = await tell();
    const later = await tell();
    await answer(due, { answer: 'not_now', askAgainOn: '2026-01-05' });
    await answer(later, { answer: 'not_now', askAgainOn: '2099-01-05' });
    const { items } = (await desks.at.kosodate('GET', '/recommendations?askAgain=due')).body;
    expect(items.map((r: { id: string }) => r.id)).toEqual([due]);
    expect((await answer(due, { answer: 'no' })).body.answer).toBe('no');
    const again = await answer(due, { answer: 'not_now', askAgainOn: '2099-01-05' });
    expect([again.status, again.body.code]).toEqual([409, 'RECOMMENDATION_ANSWERED']);
    expect((await answer(later, { answer: 'no' }, desks.at.kosodate, 1)).status).toBe(412);
  });

  it('is counted: one’s own by answer, and by desk for those who answer for the municipality', async () => {
    const before = (await desks.at.takikan('GET', '/recommendations')).body.counts;
    expect(before).toEqual({ told: 0, wants_to: 0, not_now: 0, no: 0 });
    await tell(desks.at.takikan);
    await answer(await tell(desks.at.takikan), { answer: 'no' }, desks.at.takikan);
    const own = (await desks.at.takikan('GET', '/recommendations')).body;
    expect([own.counts, own.items.length]).toEqual([{ told: 1, wants_to: 0, not_now: 0, no: 1 }, 2]);
    const { items } = (await (await desks.as('coordinator'))('GET', '/recommendations/counts')).body;
    const ofTakikan = items.find((i: { function: { domain: string } }) => i.function.domain === 'takikan');
    expect(ofTakikan.counts).toEqual(own.counts);
    expect((await desks.at.takikan('GET', '/recommendations/counts')).status).toBe(403);
    expect((await (await desks.as('coordinator'))('GET', '/recommendations')).status).toBe(403);
  });
});
