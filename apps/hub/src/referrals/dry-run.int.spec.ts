// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  answersQueueOf,
  deliveriesQueueOf,
  dryRunLimits,
  hubQueueOf,
  type ReferralSubmission,
} from '@tsunagi/contracts';
import type { Courier } from '@tsunagi/messaging';
import { describeWithServices } from '@tsunagi/testing';
import { AHost } from '../../test/a-host';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { COURIER, Log } from '../platform';

describeWithServices(['postgres'], 'a dry run of what a plugin would send', () => {
  let under: HubUnderTest;
  let kaigo: AHost;
  let it_: Api;
  const noConsent = { asserted: { code: '9' as const, on: '2026-11-10' } };

  beforeAll(async () => {
    under = await hubUnderTest();
    kaigo = await AHost.start(under.broker, 'kaigo', 'kaigo');
    it_ = await under.as({ role: 'it_admin' });
  });
  afterAll(async () => {
    await kaigo?.stop();
    await under?.close();
  });

  const items = (submissions: readonly unknown[], name = 'a') =>
    submissions.map((submission, n) => ({ itemId: `${name}/${n + 1}`, submission }));
  const dryRun = (asked: readonly object[], plugin = 'kaigo') =>
    it_('POST', `/plugins/${plugin}/dry-run`, { items: asked });
  const said = (answers: { outcome: string; codes: string[] }[]) => answers.map((a) => [a.outcome, ...a.codes]);

  /** One file with everything in it: later rows depend on earlier ones. */
  function aFile(): ReferralSubmission[] {
    const twin = '0000004711';
    const repeated = aSubmission();
    return [
      aSubmission(),
      aSubmission(noConsent),
      aSubmission({ insured: twin }),
      aSubmission({ insured: twin }),
      repeated,
      repeated,
      aSubmission({ key: repeated.source.key, urgency: 'urgent' }),
      aSubmission({ to: { domain: 'other' } }),
      aSubmission({ to: 'unknown', kind: 'support_request' }),
      { ...aSubmission(), urgency: 'soon' } as never,
      aSubmission({ items: { narrative: { fact: '番号は 123456789018 です。', writtenOn: '2026-11-20' } } }),
    ];
  }

  it('says of each row what the intake says of it afterwards, and where it would go', async () => {
    const asked = items(aFile());
    const { status, body } = await dryRun(asked);
    expect(status).toBe(200);
    expect(said(body.answers)).toEqual([
      ['accepted'],
      ['held', 'ASSERTED_WITHOUT_CONSENT', 'CONSENT_MISSING'],
      ['accepted'],
      ['held', 'OPEN_TWIN'],
      ['accepted'],
      ['duplicate'],
      ['conflict', 'E-DUP-DIFF'],
      ['unrouted', 'UNROUTED'],
      [
        'draft',
        'KEEPS_DOING_MISSING',
        'NEXT_CONTACT_MISSING',
        'PERSON_NOT_INFORMED',
        'ASKED_MISSING',
        'MEETING_UNKNOWN',
      ],
      ['rejected', 'INVALID'],
      ['rejected', 'S-MYNUMBER'],
    ]);
    expect(body.answers[0]).toEqual({
      itemId: 'a/1',
      outcome: 'accepted',
      codes: [],
      sentence: '送付されます。',
      route: { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' },
    });
    expect(body.answers[9].pointer).toBe('/urgency');
    const real = await kaigo.send('referral.submitted.v1', asked as never);
    expect(said(real)).toEqual(said(body.answers));
    // What was answered once is answered so again, as in a real repetition.
    expect(said((await dryRun(asked)).body.answers)).toEqual(said(body.answers));
  });

  it('tells nobody who is protected, but what the row says itself', async () => {
    const insured = '0000009901';
    const whereabouts = { identity: { name: '見本　花子' }, contact: { address: '見本市秘町一丁目' } };
    // It goes nowhere, so that it is no twin of what comes.
    const waiting = aSubmission({ insured, to: { domain: 'other' } });
    const [taken] = await kaigo.send('referral.submitted.v1', items([waiting], 'taken') as never);
    const [{ person, desk }] = (await under.rows(
      'select subject as person, from_function as desk from referral where id = $1',
      [taken!.referralId],
    )) as [{ person: string; desk: string }];
    const worker = await under.as({ role: 'caseworker', function: desk });
    const seal = { ground: 'own', from: '2026-01-01' };
    expect((await worker('POST', `/persons/${person}/seal`, seal)).status).toBe(201);
    const row = aSubmission({ insured, items: whereabouts });
    const sealed = aSubmission({ insured, items: whereabouts });
    const { body } = await dryRun(items([row, { ...sealed, subject: { ...sealed.subject, sealed: true } }], 'p'));
    expect(body.answers.map((a: { codes: string[] }) => a.codes.includes('W-DV-ADDRESS'))).toEqual([false, true]);
    // Who is protected is met through the sender, whatever is written; of anybody else it is asked how.
    const call = { items: { identity: whereabouts.identity }, howTheyMeet: 'contact_permitted' as const };
    const [hers, anybodys] = [aSubmission({ ...call, insured, key: 'p/1' }), aSubmission({ ...call, key: 'p/2' })];
    const [one, other] = said((await dryRun(items([hers, anybodys], 'q'))).body.answers);
    expect([one, other]).toEqual([other, ['held', 'MEETING_UNKNOWN']]);
  });

  it('knows what is on file: keys that came before', async () => {
    const [first, changed] = [aSubmission(), aSubmission()];
    await kaigo.send('referral.submitted.v1', items([first], 'b') as never);
    const again = [first, { ...changed, source: { ...changed.source, key: first.source.key } }];
    expect(said((await dryRun(items(again, 'c'))).body.answers)).toEqual([['duplicate'], ['conflict', 'E-DUP-DIFF']]);
  });

  it('stores nothing and sends nothing: every table and every queue is as before', async () => {
    // Whose heartbeats would be written down meanwhile.
    await kaigo.stop();
    const before = await everything();
    expect(before.tables['referral']).toMatch(/^[1-9]/);
    const { status, body } = await dryRun(items([...aFile(), ...aFile()], 'd'));
    expect([status, body.answers.length]).toEqual([200, 22]);
    expect(await everything()).toEqual(before);
  });

  async function everything() {
    // What was entered before is sealed in its own time.
    const names = await under.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
         and table_name not in ('audit_seal', 'audit_sealer', 'audit_checkpoint')`,
    );
    const tables: Record<string, string> = {};
    for (const { name } of names) {
      // Leases of lanes are renewed all the time, and the last heartbeat of the host may still be read.
      const [row] = await under.rows<{ says: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(line, e'\\n' order by line)), '') as says
         from (select (to_jsonb(t) - array['lease_until', 'last_seen'])::text as line from "${name}" t) lines`,
      );
      tables[name] = row!.says;
    }
    const courier = under.hub.app.get<Courier>(COURIER);
    const queues: Record<string, number> = {};
    const shared = [...new Set(Object.values(hubQueueOf)), 'dead', answersQueueOf('kaigo')];
    for (const queue of [...shared, ...['kaigo', 'konkyu'].map(deliveriesQueueOf)])
      queues[queue] = (await courier.queueDepth(queue).catch(() => ({ messages: -1 }))).messages;
    return { tables, queues };
  }

  it('writes no content into the log and gives none back', async () => {
    const log = under.hub.app.get(Log);
    const lines: unknown[] = [];
    for (const level of ['info', 'warn', 'debug', 'failure'] as const)
      jest.spyOn(log, level).mockImplementation((...line: unknown[]) => void lines.push(line));
    const answer = await dryRun(items(aFile(), 'e'));
    jest.restoreAllMocks();
    expect(JSON.stringify(lines)).toContain('plugin dry run');
    for (const value of ['花子', '0991234567', 'KAI-', '123456789018', '家賃'])
      expect(JSON.stringify([lines, answer.body])).not.toContain(value);
  });

  it('takes a file of 1,000 rows in one piece', async () => {
    const rows = Array.from({ length: dryRunLimits.items }, (_, n) =>
      aSubmission({ insured: `00${n}`.padStart(10, '7') }),
    );
    const lean = rows.map((row) => ({
      ...row,
      subject: { ...row.subject, items: { concern: { boxes: ['income_work'] } } },
    }));
    const { status, body } = await dryRun(items(lean, 'f'));
    expect([status, body.answers.length]).toEqual([200, dryRunLimits.items]);
    expect((await dryRun([...items(lean, 'f'), ...items([lean[0]], 'g')])).status).toBe(422);
  });

  it('is for IT staff, and for plugins that are known', async () => {
    const caseworker = await under.as({ role: 'caseworker' });
    expect((await caseworker('POST', '/plugins/kaigo/dry-run', { items: items([{}]) })).status).toBe(403);
    expect((await dryRun(items([{}]), 'nobody')).status).toBe(404);
    expect((await dryRun([])).body.errors[0]).toMatchObject({ pointer: '/items', code: 'TOO_SHORT' });
  });
});
