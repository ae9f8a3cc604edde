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
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { AHost } from '../../test/a-host';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { signIn, type Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { COURIER, Log } from '../platform';

describeWithServices(['postgres'], 'a dry run of what a plugin would send', () => {
  let under: HubUnderTest;
  let kaigo: AHost;
  let it_: Api;
  const noConsent = { asserted: { code: '9' as const, on: '2026-11-10' } };

  beforeAll(async () => {
    under = await hubUnderTest({ timings: { hostStale: 60_000 } });
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

  describe('of a file as the legacy system writes it', () => {
    const content = Buffer.from('見本　花子,番号 123456789018,家賃').toString('base64');
    const tryFile = (more: object = {}, plugin = 'kaigo') =>
      it_('POST', `/plugins/${plugin}/dry-run/file`, { name: 'KAI00001.CSV', content, ...more });
    const checkSettings = (settings: object) => it_('POST', '/plugins/kaigo/config/check', settings);
    const rowOf = (row: number, submission: ReferralSubmission) =>
      ({ row, outcome: 'accepted', item: { itemId: `x/${row}`, submission } }) as const;

    beforeAll(async () => {
      await kaigo.stop();
      kaigo = await AHost.start(under.broker, 'kaigo', 'kaigo');
    });
    afterEach(() => {
      kaigo.tries = undefined;
      kaigo.tried.splice(0);
    });

    it('says so when no host answers in time, and when none is there', async () => {
      const { baseUrl } = await under.another({ timings: { ...under.config.timings, trial: 300 } });
      const impatient = await signIn(baseUrl, under.access, { role: 'it_admin' });
      const file = await impatient('POST', '/plugins/kaigo/dry-run/file', { name: 'KAI00001.CSV', content });
      expect([file.status, file.body.code, kaigo.tried.length]).toEqual([504, 'DRY_RUN_UNANSWERED', 1]);
      expect((await impatient('POST', '/plugins/kaigo/config/check', {})).body.code).toBe('CHECK_UNANSWERED');
      expect((await tryFile({}, 'nobody')).status).toBe(404);
      const hold = (holds: boolean) =>
        under.rows('update plugin_host set holds = $1 where host_id = $2 returning 1', [holds, 'kaigo.spec']);
      // A beat of the host takes it again.
      await kaigo.stop();
      await hold(false);
      expect((await tryFile()).body).toMatchObject({ code: 'HOST_AWAY', status: 409 });
      kaigo = await AHost.start(under.broker, 'kaigo', 'kaigo');
    });

    it('judges the rows that the plugin reads, of however many messages, and says where and with what each would go', async () => {
      const rows = [
        rowOf(1, aSubmission()),
        rowOf(2, aSubmission(noConsent)),
        { row: 3, outcome: 'quarantined', code: 'E-CD-HOKENSHA', field: 6 },
        rowOf(4, aSubmission({ to: { domain: 'other' } })),
        { row: 5, outcome: 'duplicate' },
      ] as const;
      // The second part comes first: nothing says that messages keep their order for ever.
      kaigo.tries = () => [
        { part: 2, parts: 2, rows: rows.slice(2) },
        { part: 1, parts: 2, rows: rows.slice(0, 2), notJudged: 3 },
      ];
      const { status, body } = await tryFile();
      expect([status, body.notJudged]).toEqual([200, 3]);
      expect(body.rows.map((r: { row: number }) => r.row)).toEqual([1, 2, 3, 4, 5]);
      expect(body.rows[0]).toEqual({
        ...{ row: 1, outcome: 'accepted', codes: [], sentence: '送付されます。' },
        route: { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' },
        // The row holds more: what no consent covers stays behind.
        leaves: ['identity', 'contact', 'household_outline', 'concern'],
      });
      expect(body.rows[1]).toMatchObject({ outcome: 'held', codes: ['ASSERTED_WITHOUT_CONSENT', 'CONSENT_MISSING'] });
      expect(body.rows[1]).not.toHaveProperty('leaves');
      expect(body.rows[2]).toMatchObject({ outcome: 'quarantined', codes: ['E-CD-HOKENSHA'], field: 6 });
      expect(body.rows[2].sentence).toMatch(/保険者/);
      expect(body.rows[3]).toMatchObject({ outcome: 'unrouted' });
      expect(body.rows[3]).not.toHaveProperty('route');
      expect(body.rows[4]).toMatchObject({ outcome: 'duplicate', codes: [] });
      expect(kaigo.tried).toMatchObject([{ file: { name: 'KAI00001.CSV', content } }]);
    });

    it('believes nobody but the host that was asked', async () => {
      const konkyu = await AHost.start(under.broker, 'konkyu', 'konkyu');
      let asked: Parameters<AHost['try']>;
      konkyu.tries = kaigo.tries = () => [{ rows: [] }];
      const answering = jest.spyOn(kaigo, 'try').mockImplementation((...what) => ((asked = what), Promise.resolve()));
      const answered = tryFile();
      await waitFor(() => asked !== undefined, { what: 'the question' });
      answering.mockRestore();
      await konkyu.try(asked![0], asked![1]);
      await konkyu.try(asked![0], asked![1], { plugin: 'kaigo', hostId: 'kaigo.spec' });
      await kaigo.try(asked![0], asked![1], { hostId: 'kaigo.other' });
      await kaigo.try(asked![0], asked![1], { rows: [rowOf(1, aSubmission())] });
      expect((await answered).body.rows).toHaveLength(1);
      await konkyu.stop();
    });

    it('refuses what is too large with its limit, and says why a file is not read', async () => {
      const large = await tryFile({ content: Buffer.alloc(80 * 1024 + 1).toString('base64') });
      expect([large.status, large.body.code]).toEqual([413, 'FILE_TOO_LARGE']);
      expect(large.body.detail).toContain('80 KiB');
      const withSettings = {
        content: Buffer.alloc(80 * 1024).toString('base64'),
        config: { memo: 'あ'.repeat(9_000) },
      };
      expect((await tryFile(withSettings)).body.code).toBe('FILE_TOO_LARGE');
      expect(kaigo.tried).toEqual([]);
      for (const [code, problem, status] of [
        ['TOO_MANY_ROWS', 'FILE_TOO_LARGE', 413],
        ['FILE_NOT_TAKEN', 'FILE_NOT_TAKEN', 422],
        ['READS_NO_FILES', 'READS_NO_FILES', 409],
        ['BAD_CONFIG', 'DRY_RUN_FAILED', 409],
      ] as const) {
        kaigo.tries = () => [{ ok: false, code }];
        const { body } = await tryFile();
        expect([body.code, body.status]).toEqual([problem, status]);
      }
    });

    it('checks settings before they are saved, and says in one sentence what is wrong and what to do', async () => {
      const finding = { name: 'フォルダー out', ok: false, code: 'EACCES', hint: '権限を与えてください。' };
      kaigo.tries = () => [{ ok: false, findings: [{ name: 'フォルダー in', ok: true }, finding] }];
      expect((await checkSettings({ folder: '/srv/kaigo', intake: {} })).body).toEqual({
        ok: false,
        says: 'フォルダー out: フォルダーを読み書きする権限がありません。',
        remedy: '権限を与えてください。',
        findings: [{ name: 'フォルダー in', ok: true }, finding],
      });
      // What is the hub's own is no plugin's business.
      expect(kaigo.tried).toMatchObject([{ config: { folder: '/srv/kaigo' } }]);
      expect(Object.keys(kaigo.tried[0]!.config)).toEqual(['folder']);
      kaigo.tries = () => [{ findings: [{ name: 'フォルダー in', ok: true }] }];
      expect((await checkSettings({})).body).toMatchObject({
        ok: true,
        says: expect.stringContaining('つながりました'),
      });
      kaigo.tries = () => [
        { ok: false, code: 'SECRET_MISSING', findings: [{ name: '接続', ok: false, code: 'SECRET_MISSING' }] },
      ];
      expect((await checkSettings({})).body.remedy).toContain('TSUNAGI_SECRETS_DIR');
      const asked = kaigo.tried.length;
      const secret = await checkSettings({ url: 'postgresql://a:secret@db/x' });
      expect([secret.body.code, kaigo.tried.length]).toEqual(['CONFIG_HOLDS_SECRET', asked]);
    });

    it('leaves database and broker as they were, but for who has tried; and nothing in the log', async () => {
      const log = under.hub.app.get(Log);
      const lines: unknown[] = [];
      for (const level of ['info', 'warn', 'debug', 'failure'] as const)
        jest.spyOn(log, level).mockImplementation((...line: unknown[]) => void lines.push(line));
      // No host sends what is none of the common schema.
      const mapped = aFile().filter(({ urgency }) => urgency !== ('soon' as never));
      kaigo.tries = ({ file }) => (file ? [{ rows: mapped.map((submission, n) => rowOf(n + 1, submission)) }] : [{}]);
      const countEntries = async () =>
        (await under.rows<{ n: number }>('select count(*)::int as n from audit_entry'))[0]!.n;
      const audited = () =>
        under.rows(
          `select action, details from audit_entry where action in ('plugin.dry_run_asked', 'plugin.settings_check_asked')
           order by at desc, id desc`,
        );
      // Names that came before are entered for the search in their own time.
      const named = async () => (await under.rows('select 1 from name_due')).length === 0;
      await waitFor(named, { what: 'the names to be entered' });
      const [before, entries, count] = [await everything(), await audited(), await countEntries()];
      const answers = [await tryFile(), await checkSettings({ folder: '/srv/other' })];
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const after = await everything();
      expect(await countEntries()).toBe(count + 2);
      jest.restoreAllMocks();
      // The host goes on beating.
      const ignoring = { audit_entry: '', plugin_host: '' };
      expect({ ...after, tables: { ...after.tables, ...ignoring } }).toEqual({
        ...before,
        tables: { ...before.tables, ...ignoring },
      });
      expect((await audited()).slice(0, -entries.length)).toEqual([
        { action: 'plugin.settings_check_asked', details: {} },
        { action: 'plugin.dry_run_asked', details: { bytes: Buffer.byteLength(content, 'base64') } },
      ]);
      for (const value of ['花子', '0991234567', 'KAI-', 'KAI00001', '123456789018', '家賃', content, '/srv/other'])
        expect(JSON.stringify([lines, answers[0]!.body])).not.toContain(value);
    });

    it('is for IT staff alone', async () => {
      const caseworker = await under.as({ role: 'caseworker' });
      for (const path of ['dry-run/file', 'config/check'])
        expect((await caseworker('POST', `/plugins/kaigo/${path}`, {})).status).toBe(403);
    });
  });
});
