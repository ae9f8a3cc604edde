// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  authorityList,
  configVersions,
  disclosureLines,
  examplesOf,
  parkedPage,
  releasedRow,
  waitingPage,
  type WaitingPage,
} from '@tsunagi/contracts';
import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from './program';
import { faultRemedies } from './texts';

let cwd: string;
beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), 'cli-'))));
afterEach(() => rmSync(cwd, { recursive: true }));

async function tsunagi(line: string, env: Record<string, string> = {}) {
  const [out, error] = [new PassThrough(), new PassThrough()];
  const code = await run(line.split(' '), { env, cwd, out, error });
  return { code, out: String(out.read() ?? ''), error: String(error.read() ?? '') };
}

describe('the command line', () => {
  it('explains itself', async () => {
    expect(await tsunagi('--help')).toMatchObject({ code: 0, out: expect.stringContaining('起動する') });
  });

  it.each(['bogus', 'start nothing', 'sandbox write', 'plugin show'])('ends with 2 on %j', async (line) => {
    expect(await tsunagi(line)).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['bogus', 'bogus というコマンドはありません。'],
    ['plugin show', 'id を指定してください。'],
    ['plugin list --nothing', '--nothing という指定はありません。'],
    ['sandbox write', '--rows <n> を付けてください。'],
    ['sandbox write --rows', '--rows <n> の値を入れてください。'],
    ['plugin list kaigo', '要らないものが付いています。'],
    ['start nothing', 'nothing は使えません。\n使えるもの：hub, plugins, sandbox'],
    ['init --for nothing', 'nothing は使えません。\n使えるもの：compose, systemd'],
  ])('says in Japanese what is wrong with %j', async (line, says) => {
    const { error } = await tsunagi(line);
    expect(error).toContain(says);
    expect(error).not.toContain('error');
    expect(JSON.parse((await tsunagi(`${line} --json`)).out)).toMatchObject({ ok: false });
  });

  it('explains a command in Japanese', async () => {
    const { out } = await tsunagi('sandbox clock --help');
    for (const title of ['使い方：', '付けられるもの：', 'コマンド：']) expect(out).toContain(title);
    expect(out).not.toMatch(/display help|Options|Commands/);
  });

  it('refuses a start with one of the two URLs, with the other one’s name', async () => {
    const { code, error } = await tsunagi('start', { DATABASE_URL: 'postgres://hub@db/x' });
    expect([code, error.includes('AMQP_URL も設定')]).toEqual([2, true]);
  });

  it('writes a file of the sandbox', async () => {
    const { code, out } = await tsunagi('sandbox write --rows 3 --seed 2 --bad E-DATE:2 --json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ rows: 3 });
    expect(readdirSync(join(cwd, 'var/sandbox/kaigo/in'))).toEqual([expect.stringMatching(/^KAI\d{5}\.CSV$/)]);
  });

  it('writes one of another system, with what can be wrong in its files', async () => {
    const { code } = await tsunagi('sandbox write --for shogai --rows 3 --bad E-ERA:2 E-HASH');
    expect(code).toBe(0);
    expect(readdirSync(join(cwd, 'var/sandbox/shogai/in'))).toEqual([expect.stringMatching(/^SHG\d{5}\.DAT$/)]);
    for (const wrong of ['--for konkyu', '--for shogai --bad E-CD-HOKENSHA:1', '--bad E-ERA:1'])
      expect((await tsunagi(`sandbox write --rows 3 ${wrong}`)).code).toBe(2);
  });

  it.each(['--rows 0', '--rows 1e3', '--rows 3 --bad E-NONE:1', '--rows 3 --bad E-DATE', '--rows 3 --seed -1'])(
    'does not write one with %s',
    async (options) => {
      expect((await tsunagi(`sandbox write ${options}`)).code).toBe(2);
    },
  );

  it.each(['--rows 0', '--rows 3 --bad E-COUNT', '--rows 3 --bad E-ERA', '--rows 3 --seed 999'])(
    'writes no consultation with %s',
    async (options) => {
      const database = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' };
      const { code, error } = await tsunagi(`sandbox consult ${options}`, database);
      expect([code, error]).toEqual([2, expect.stringMatching(/^--(rows|bad|seed) の値が正しくありません/)]);
    },
  );

  it.each<[string, Record<string, string>]>([
    ['start', {}],
    ['sandbox write --rows 1', {}],
    ['sandbox show', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' }],
  ])('refuses %j at once where no folder can be made', async (line, env) => {
    const { code, error } = await tsunagi(line, { ...env, TSUNAGI_DATA_DIR: '/proc/tsunagi' });
    expect([code, error]).toEqual([2, expect.stringMatching(/\/proc\/tsunagi .+\n.*TSUNAGI_DATA_DIR/)]);
  });

  it('says where to get access when there is none', async () => {
    expect(await tsunagi('plugin list')).toMatchObject({
      code: 2,
      error: expect.stringContaining('TSUNAGI_CLIENT_ID'),
    });
  });
});

describe('check-file', () => {
  const sample = join(__dirname, '../../../plugins/kaigo/samples/KAI26111.CSV');
  /** The sample with a birthday that never was, under a name of its own. */
  const spoilt = () => {
    const [control = '', first = '', ...rest] = readFileSync(sample, 'latin1').split('\r\n');
    const fields = first.split(',');
    fields[11] = '19400231';
    writeFileSync(join(cwd, 'KAI00001.CSV'), [control, fields.join(','), ...rest].join('\r\n'), 'latin1');
  };

  it('ends with 0 for a sound file, without a hub', async () => {
    expect(await tsunagi(`check-file kaigo ${sample}`)).toMatchObject({ code: 0, error: '' });
  });

  it('names row, field and what to do about it, and no value', async () => {
    spoilt();
    const { code, out } = await tsunagi('check-file kaigo KAI00001.CSV');
    expect([code, out]).toEqual([
      2,
      expect.stringMatching(/^1 +10 +生年月日 +行を保留 +E-DATE +存在しない日付か、期間の終わりが始まりより前です。$/m),
    ]);
    expect(out).toContain(faultRemedies['E-DATE']);
    const asJson = await tsunagi('check-file kaigo KAI00001.CSV --json');
    expect(JSON.parse(asJson.out)).toMatchObject({
      outcome: 'quarantined',
      findings: [{ row: 1, field: 10, fieldName: '生年月日', code: 'E-DATE', severity: 'quarantined' }],
    });
    for (const text of [out, asJson.out]) expect(text).not.toContain('19400231');
  });

  it('goes by the settings that it is given, and names those that are wrong', async () => {
    const settings = { folder: '/x', functionCode: '9970100005', insurerNumbers: ['00990028'] };
    writeFileSync(join(cwd, 'kaigo.json'), JSON.stringify(settings));
    expect((await tsunagi(`check-file kaigo ${sample} --config kaigo.json`)).out).toContain('証記載保険者番号');
    writeFileSync(join(cwd, 'kaigo.json'), JSON.stringify({ ...settings, folder: '' }));
    const { code, error } = await tsunagi(`check-file kaigo ${sample} --config kaigo.json`);
    expect([code, error]).toEqual([2, expect.stringContaining('/folder')]);
  });

  it.each(['hogo', 'konkyu', '../kaigo', 'Kaigo'])('lists the kinds it knows when asked for %s', async (kind) => {
    const { code, error } = await tsunagi(`check-file ${kind} ${sample}`);
    expect([code, error]).toEqual([2, expect.stringContaining('kaigo（介護保険）')]);
  });

  it('reads files of fixed length, and says where a record is too short and which day was probably meant', async () => {
    const file = readFileSync(join(__dirname, '../../../plugins/shogai/samples/SHG24061.DAT'));
    writeFileSync(join(cwd, 'SHG24061.DAT'), file);
    expect(await tsunagi('check-file shogai SHG24061.DAT')).toMatchObject({ code: 0, error: '' });
    writeFileSync(join(cwd, 'SHG00001.DAT'), file.subarray(0, 990));
    expect((await tsunagi('check-file shogai SHG00001.DAT')).out).toMatch(
      /E-RECLEN +長さの違うレコードがあります。（はじめから 500 バイトの所）$/m,
    );
    const born = file.toString('latin1').replace('13601015', '14310501');
    writeFileSync(join(cwd, 'SHG00002.DAT'), born, 'latin1');
    const { code, out } = await tsunagi('check-file shogai SHG00002.DAT');
    expect([code, out]).toEqual([2, expect.stringMatching(/ 11 +生年月日 .*（2019-05-01 のことではありませんか）$/m)]);
    expect(out).not.toContain('4310501');
  });

  it('says when there is no such file', async () => {
    const { code, error } = await tsunagi('check-file kaigo KAI00002.CSV');
    expect([code, error]).toEqual([2, expect.stringContaining('KAI00002.CSV を読めません（ENOENT）')]);
  });
});

describe('over HTTP', () => {
  let server: Server;
  let asked: {
    path: string;
    body: string;
    authorization: string | undefined;
    version: string | undefined;
    cookie: string | undefined;
  }[];
  let answers: Record<string, [number, unknown, Record<string, string>?]>;

  beforeEach(async () => {
    asked = [];
    answers = { 'POST /api/v1/oauth/token': [200, { access_token: 't0ken', token_type: 'Bearer', expires_in: 900 }] };
    server = createServer((request, response) => {
      void textOf(request).then((body) => {
        const path = `${request.method} ${request.url}`;
        const { authorization, 'if-match': version, cookie } = request.headers;
        asked.push({ path, body, authorization, version, cookie });
        const [status, json, headers] = answers[path] ?? [404, problem('NOT_FOUND')];
        const told = typeof json === 'function' ? (json as (body: string) => unknown)(body) : json;
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(told));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const environment = () => ({
    TSUNAGI_PORT: String((server.address() as AddressInfo).port),
    TSUNAGI_CLIENT_ID: 'it',
    TSUNAGI_CLIENT_SECRET: 's3cret',
  });
  const kaigo = {
    id: 'kaigo',
    title: '介護保険',
    domain: 'kaigo',
    version: '0.1.0',
    enabled: true,
    laneOpen: true,
    waiting: 0,
    parked: 0,
    configVersion: 1,
    intake: { guard: 'off' } as object,
  };
  const detail = {
    ...kaigo,
    sdkRange: '^0.1.0',
    configSchema: {},
    config: {},
    codeVersions: [],
    hosts: [],
    days: [],
    functions: [],
  };

  it('signs in as the client and lists the plugins', async () => {
    answers['GET /api/v1/plugins'] = [200, { items: [kaigo] }];
    const { code, out } = await tsunagi('plugin list', environment());
    expect([code, out]).toEqual([0, expect.stringContaining('介護保険')]);
    expect(asked.at(-1)?.authorization).toBe('Bearer t0ken');
  });

  describe('the clock of a demo', () => {
    const ahead = { now: '2026-11-21T05:03:00Z', aheadSeconds: 90_000 };

    it.each([
      ['advance 1d', { advance: 'P1D' }],
      ['advance 90m', { advance: 'PT90M' }],
      ['advance P1W', { advance: 'P1W' }],
      ['jump 2026-12-01', { jumpTo: '2026-11-30T15:00:00.000Z' }],
      ['jump 2026-12-01T08:30', { jumpTo: '2026-11-30T23:30:00.000Z' }],
      ['jump 2026-12-01T08:30:00Z', { jumpTo: '2026-12-01T08:30:00.000Z' }],
    ])('is put forward by %s', async (line, body) => {
      answers['POST /api/v1/clock'] = [200, ahead];
      const { code, out } = await tsunagi(`sandbox clock ${line}`, environment());
      expect([code, out]).toEqual([0, expect.stringMatching(/2026年11月21日.+14:03.+1 日 1 時間先/)]);
      expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual(body);
    });

    it.each(['advance tomorrow', 'advance 1y', 'jump someday'])('is left alone by %s', async (line) => {
      expect((await tsunagi(`sandbox clock ${line}`, environment())).code).toBe(2);
      expect(asked).toEqual([]);
    });

    it('is shown', async () => {
      answers['GET /api/v1/clock'] = [200, ahead];
      expect(JSON.parse((await tsunagi('sandbox clock show --json', environment())).out)).toEqual(ahead);
    });
  });

  describe('the list of authorities', () => {
    const listed = (over: object) => {
      const row = { ...authorityList.parse(examplesOf(authorityList)?.['example']?.value).items[0], ...over };
      answers['GET /api/v1/authorities'] = [200, { items: [row] }];
      return tsunagi('authority list', environment());
    };

    it('says who has checked what counts', async () => {
      const { code, out } = await listed({
        counts: true,
        why: undefined,
        checkedOn: '2026-04-01',
        checkedBy: '見本 法務',
      });
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/emergency .*69条2項4号 .*2023-04-01～ +見本 法務 2026-04-01 +使える/),
      ]);
    });

    it('ends with 1 while something waits for somebody to check it, and not for what is switched off', async () => {
      expect(await listed({})).toMatchObject({ code: 1, out: expect.stringContaining('確かめていないので使えない') });
      expect(await listed({ active: false, why: 'off' })).toMatchObject({
        code: 0,
        out: expect.stringContaining('切ってある'),
      });
    });

    it('does not let a row pass for checked that counts because this is a trial', async () => {
      const { code, out } = await listed({ counts: true, why: undefined });
      expect([code, out]).toEqual([0, expect.stringMatching(/なし +使える（試用のため。/)]);
    });
  });

  describe('the ledger of a person', () => {
    const person = '01900000-0000-7000-8000-000000000023';
    const path = `GET /api/v1/persons/${person}/disclosures?page=`;
    const example = disclosureLines.parse(examplesOf(disclosureLines)?.['example']?.value);

    it('says what went where, how and on which basis, as the desk of this ID knows it', async () => {
      answers[`${path}desk`] = [200, example];
      const { code, out } = await tsunagi(`disclosures ${person}`, environment());
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/2026.+地域包括支援センター +自立相談支援機関 +業務システムへ +氏名.+本人の同意 +渡した/),
      ]);
    });

    it('ends with 1 where nothing may be shown, and with 2 where that is no number', async () => {
      answers[`${path}desk`] = [200, { items: [] }];
      expect(await tsunagi(`disclosures ${person}`, environment())).toMatchObject({
        code: 1,
        out: expect.stringContaining('お見せできる記録はありません'),
      });
      answers[`${path}desk`] = [403, problem('ROLE_MISSING')];
      expect((await tsunagi(`disclosures ${person}`, environment())).code).toBe(1);
      expect((await tsunagi('disclosures somebody', environment())).error).toContain('ご本人の番号ではありません');
    });

    it('is put together for a decision only for who signs in as a person', async () => {
      answers['POST /api/v1/session'] = [200, {}, { 'set-cookie': 'tsunagi_session=s3ssion; Path=/; HttpOnly' }];
      answers['DELETE /api/v1/session'] = [200, {}];
      answers[`${path}working`] = [200, { ...example, notices: ['作業資料です。'] }];
      writeFileSync(join(cwd, 'password'), 'hidden-w0rd\n');
      const line = `disclosures ${person} --page working --as m.hanako --password-file password`;
      const { code, out } = await tsunagi(line, { TSUNAGI_PORT: environment().TSUNAGI_PORT });
      expect([code, out]).toEqual([0, expect.stringContaining('作業資料です。')]);
      expect(asked.map((a) => [a.path, a.cookie])).toEqual([
        ['POST /api/v1/session', undefined],
        [`${path}working`, 'tsunagi_session=s3ssion'],
        ['DELETE /api/v1/session', 'tsunagi_session=s3ssion'],
      ]);
    });
  });

  describe('to check an authority', () => {
    const line = 'authority check emergency --as m.hanako --by 見本市法務課 --on 2026-12-01';
    const noSecret = () => ({ TSUNAGI_PORT: environment().TSUNAGI_PORT });
    beforeEach(() => writeFileSync(join(cwd, 'password'), 'hidden-w0rd\n'));

    it('a person is needed whom the hub knows, and no program’s ID will do', async () => {
      const { code, error } = await tsunagi(line, environment());
      expect([code, error]).toEqual([
        2,
        expect.stringMatching(/m\.hanako .*パスワードがありません.*\n.*--password-file/),
      ]);
      expect(asked).toEqual([]);
    });

    it('the day must be one, before anybody signs in', async () => {
      const wrong = `${line.replace('2026-12-01', '2026-02-30')} --password-file password`;
      const { code, error } = await tsunagi(wrong, noSecret());
      expect([code, error]).toEqual([2, expect.stringMatching(/^--on の値が正しくありません/)]);
      expect(asked).toEqual([]);
    });

    it('signs the person in for as long as it takes, also when it comes to nothing', async () => {
      answers['POST /api/v1/session'] = [200, {}, { 'set-cookie': 'tsunagi_session=s3ssion; Path=/; HttpOnly' }];
      answers['DELETE /api/v1/session'] = [200, {}];
      answers['GET /api/v1/authorities'] = [200, { items: [] }];
      const { code, error } = await tsunagi(`${line} --password-file password`, noSecret());
      expect([code, error]).toEqual([2, expect.stringContaining('「emergency」という根拠の行はありません')]);
      const said = JSON.parse(asked[0]!.body) as object;
      expect(said).toEqual({ name: 'm.hanako', password: 'hidden-w0rd' });
      expect(asked.map((a) => [a.path, a.cookie])).toEqual([
        ['POST /api/v1/session', undefined],
        ['GET /api/v1/authorities', 'tsunagi_session=s3ssion'],
        ['DELETE /api/v1/session', 'tsunagi_session=s3ssion'],
      ]);
    });

    it('says what the hub refuses, and never the password', async () => {
      answers['POST /api/v1/session'] = [403, problem('CREDENTIALS_REFUSED')];
      const { code, out, error } = await tsunagi(`${line} --password-file password`, noSecret());
      expect([code, error]).toEqual([2, expect.stringContaining('CREDENTIALS_REFUSED')]);
      expect(out + error).not.toContain('hidden');
      expect(asked.map((a) => a.path)).toEqual(['POST /api/v1/session']);
    });
  });

  it('ends with 1 when a plugin should run and does not', async () => {
    answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, laneOpen: false }] }];
    expect((await tsunagi('plugin list --json', environment())).code).toBe(1);
  });

  it('ends with 2 when a check is not passed, with the hint', async () => {
    const findings = [{ name: 'フォルダー in', ok: false, code: 'EACCES', hint: '権限を与えてください。' }];
    answers['POST /api/v1/plugins/kaigo/check'] = [200, { at: '2026-11-21T00:00:00Z', ok: false, findings }];
    const { code, out } = await tsunagi('plugin check kaigo', environment());
    expect([code, out]).toEqual([2, expect.stringContaining('× フォルダー in（EACCES）　権限を与えてください。')]);
  });

  describe('the doctor', () => {
    const host = {
      id: 'kaigo.a',
      lastSeen: '2026-11-21T00:00:00Z',
      fresh: true,
      holds: true,
      running: true,
      inHand: 0,
    };
    const passed = { at: '2026-11-21T00:00:00Z', ok: true, findings: [{ name: 'フォルダー in', ok: true }] };
    const finds = async (line = 'doctor --json', env: Record<string, string> = environment()) => {
      const { code, out } = await tsunagi(line, env);
      const { findings, settings } = JSON.parse(out) as {
        findings: { name: string; verdict: string; says: string; remedy?: string }[];
        settings: { name: string; origin: string; value: string }[];
      };
      return { code, settings, finding: (name: string) => findings.find((each) => each.name === name) };
    };
    beforeEach(() => {
      answers['GET /health/ready'] = [200, {}];
      answers['GET /health/live'] = [200, {}];
      answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, host }] }];
      answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, hosts: [host] }];
      answers['POST /api/v1/plugins/kaigo/check'] = [200, passed];
    });

    it('lets each plugin check itself, and is content', async () => {
      const { code, finding } = await finds();
      expect(finding('プラグイン kaigo')).toMatchObject({ verdict: 'ok' });
      expect([code, asked.some(({ path }) => path === 'POST /api/v1/plugins/kaigo/check')]).toEqual([0, true]);
    });

    it('says what a plugin finds wrong, and in its words how to mend it', async () => {
      const findings = [{ name: 'フォルダー in', ok: false, code: 'EACCES', hint: '権限を与えてください。' }];
      answers['POST /api/v1/plugins/kaigo/check'] = [200, { ...passed, ok: false, findings }];
      const { code, finding } = await finds();
      expect(code).toBe(2);
      expect(finding('プラグイン kaigo')).toMatchObject({
        verdict: 'failure',
        says: expect.stringContaining('フォルダー in（EACCES）'),
        remedy: expect.stringContaining('権限を与えてください。'),
      });
    });

    it('misses the host of a plugin that should run, and not that of one that is switched off', async () => {
      answers['GET /api/v1/plugins'] = [200, { items: [kaigo] }];
      const { code, finding } = await finds();
      expect([code, finding('プラグイン kaigo')?.remedy]).toEqual([
        2,
        expect.stringContaining('tsunagi start plugins'),
      ]);
      answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, enabled: false }] }];
      expect((await finds()).finding('プラグイン kaigo')).toMatchObject({ verdict: 'ok' });
    });

    it('says that a check was not answered', async () => {
      answers['POST /api/v1/plugins/kaigo/check'] = [504, problem('CHECK_UNANSWERED')];
      const { finding } = await finds();
      expect(finding('プラグイン kaigo')).toMatchObject({
        verdict: 'failure',
        says: expect.stringContaining('CHECK_UNANSWERED'),
      });
    });

    it('names the host whose clock is wrong', async () => {
      answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, hosts: [{ ...host, clockAheadMs: 3_600_000 }] }];
      const { code, finding } = await finds();
      expect([code, finding('時計')?.says]).toEqual([
        2,
        expect.stringMatching(/^ホスト kaigo\.a の時計が 36\d\d 秒進んで/),
      ]);
    });

    it('says when it may not ask the hub, and is not sorry for a hub that does not run', async () => {
      const { TSUNAGI_PORT } = environment();
      const { code, finding } = await finds('doctor --json', { TSUNAGI_PORT });
      expect([code, finding('プラグイン')?.remedy]).toEqual([1, expect.stringContaining('TSUNAGI_CLIENT_ID')]);
      server.close();
      expect((await finds('doctor --json', { TSUNAGI_PORT: '1' })).code).toBe(0);
    });

    it('shows where each value comes from, and no secret', async () => {
      const { settings } = await finds();
      const origins = Object.fromEntries(settings.map(({ name, origin }) => [name, origin]));
      expect(origins).toMatchObject({ TSUNAGI_PORT: 'environment', TSUNAGI_DATA_DIR: 'default' });
      expect(JSON.stringify(settings)).not.toContain('s3cret');
    });
  });

  it('ends with 1 when an enabled plugin runs with settings that nobody has checked', async () => {
    const check = { at: '2026-11-21T00:00:00Z', ok: true, findings: [], outdated: true };
    answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, check }] }];
    const { code, out } = await tsunagi('plugin list', environment());
    expect([code, out]).toEqual([1, expect.stringContaining('要再点検')]);
  });

  describe('plugin config', () => {
    const configSchema = { properties: { folder: { type: 'string', description: 'フォルダー' } } };
    const given = (settings: unknown) => writeFileSync(join(cwd, 'kaigo.json'), JSON.stringify(settings));
    beforeEach(() => {
      answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, configSchema, config: { folder: '/var/a' } }];
    });

    it('shows what is set and what it means', async () => {
      const { code, out } = await tsunagi('plugin config kaigo', environment());
      expect([code, out]).toEqual([0, expect.stringMatching(/版 1[^]*folder +"\/var\/a" +フォルダー/)]);
    });

    it('replaces the version that it has seen, and says to check again', async () => {
      given({ folder: '/var/b' });
      answers['PUT /api/v1/plugins/kaigo/config'] = [200, { ...detail, configVersion: 2 }];
      const { code, out } = await tsunagi('plugin config kaigo --file kaigo.json', environment());
      expect([code, out]).toEqual([0, expect.stringContaining('tsunagi plugin check kaigo')]);
      expect(asked.at(-1)).toMatchObject({ body: '{"folder":"/var/b"}', version: '"1"' });
    });

    it('asks for no check where the one before still counts', async () => {
      given({ folder: '/var/a', intake: { perFile: 50 } });
      const check = { at: '2026-11-21T00:00:00Z', ok: true, findings: [] };
      answers['PUT /api/v1/plugins/kaigo/config'] = [200, { ...detail, configVersion: 2, check }];
      const { code, out } = await tsunagi('plugin config kaigo --file kaigo.json', environment());
      expect([code, out]).toEqual([0, expect.not.stringContaining('tsunagi plugin check')]);
    });

    it('only tries them with --validate', async () => {
      given({ folder: '/var/b' });
      answers['POST /api/v1/plugins/kaigo/config/validate'] = [200, { configVersion: 2, changed: true }];
      expect((await tsunagi('plugin config kaigo --file kaigo.json --validate', environment())).code).toBe(0);
      expect(asked.some(({ path }) => path.startsWith('PUT'))).toBe(false);
      expect((await tsunagi('plugin config kaigo --validate', environment())).code).toBe(2);
    });

    it('says where they do not fit', async () => {
      given({ folder: '' });
      const errors = [{ pointer: '/folder', code: 'TOO_SHORT', message: '短すぎます。', hint: '最小 1' }];
      answers['PUT /api/v1/plugins/kaigo/config'] = [422, { ...problem('INVALID'), status: 422, errors }];
      const told = await tsunagi('plugin config kaigo --file kaigo.json', environment());
      expect(told).toMatchObject({ code: 2, error: expect.stringContaining('  /folder: 短すぎます。（最小 1）') });
      const { out } = await tsunagi('plugin config kaigo --file kaigo.json --json', environment());
      expect(JSON.parse(out)).toMatchObject({ ok: false, faults: [{ at: '/folder', code: 'TOO_SHORT' }] });
    });

    it('shows who has changed what and when, as clocks in Japan have it', async () => {
      answers['GET /api/v1/plugins/kaigo/config/versions'] = [200, examplesOf(configVersions)!['example']!.value];
      const { code, out } = await tsunagi('plugin config kaigo --history', environment());
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(/^版 2　2026-11-20 14:03　見本　情報（いまの設定）\n +\/pollMs　2000 → 60000\n版 1/),
      ]);
    });

    it('takes the content of an earlier version for that which it has seen, and says to check again', async () => {
      answers['POST /api/v1/plugins/kaigo/config/return'] = [200, { ...detail, configVersion: 2 }];
      const { code, out } = await tsunagi('plugin config kaigo --return 1', environment());
      expect([code, out]).toEqual([0, expect.stringMatching(/版 2 にしました[^]*tsunagi plugin check kaigo/)]);
      expect(asked.at(-1)).toMatchObject({ body: '{"version":1}', version: '"1"' });
      const { out: json } = await tsunagi('plugin config kaigo --return 1 --json', environment());
      expect(JSON.parse(json)).toMatchObject({ ok: true, changed: true, configVersion: 2, given: false });
    });

    it('passes on that there is no such version', async () => {
      answers['POST /api/v1/plugins/kaigo/config/return'] = [404, problem('NOT_FOUND')];
      const { code, error } = await tsunagi('plugin config kaigo --return 7', environment());
      expect([code, error]).toEqual([2, expect.stringContaining('NOT_FOUND')]);
    });

    it.each(['--return 0', '--return one', '--return 1e1', '--return 1 --history', '--file kaigo.json --return 1'])(
      'asks nobody about %s',
      async (options) => {
        given({ folder: '/var/b' });
        expect((await tsunagi(`plugin config kaigo ${options}`, environment())).code).toBe(2);
        expect(asked).toEqual([]);
      },
    );

    it.each(['none.json', 'list.json'])('sends nothing of %s that is no JSON object', async (name) => {
      writeFileSync(join(cwd, 'list.json'), '["secret"]');
      const { code, error } = await tsunagi(`plugin config kaigo --file ${name}`, environment());
      expect([code, asked.length, error.includes('secret')]).toEqual([2, 0, false]);
    });
  });

  describe('plugin dry-run', () => {
    const sample = join(__dirname, '../../../plugins/kaigo/samples/KAI26111.CSV');
    const route = { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' };
    const judges = (outcome: string) => {
      answers['POST /api/v1/plugins/kaigo/dry-run'] = [
        200,
        (body: string) => {
          const { items } = JSON.parse(body) as { items: { itemId: string }[] };
          return { answers: items.map(({ itemId }) => ({ itemId, outcome, codes: [], sentence: '。', route })) };
        },
      ];
    };
    beforeEach(() => {
      const config = { folder: '/nowhere', functionCode: '9970100005', formVersion: 'K-2026-1' };
      answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, config }];
    });

    it('does not give the plugin what is the hub’s own of the settings', async () => {
      judges('accepted');
      const config = { folder: '/x', functionCode: '9970100005', intake: { perFile: 10 } };
      answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, config }];
      expect((await tsunagi(`plugin dry-run kaigo --file ${sample}`, environment())).code).toBe(0);
      writeFileSync(join(cwd, 'own.json'), JSON.stringify(config));
      expect((await tsunagi(`plugin dry-run kaigo --file ${sample} --config own.json`, environment())).code).toBe(0);
      expect((await tsunagi(`check-file kaigo ${sample} --config own.json`)).code).toBe(0);
    });

    it('sends what the plugin would send, with the settings of the hub, and ends with 0 when all would be taken', async () => {
      judges('accepted');
      const { code, out } = await tsunagi(`plugin dry-run kaigo --file ${sample} --json`, environment());
      expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true, outcomes: { accepted: 2 }, questions: 1 }]);
      const { items } = JSON.parse(asked.at(-1)?.body ?? '') as { items: { submission: object }[] };
      expect(items[0]?.submission).toMatchObject({
        fromCode: '9970100005',
        source: { channel: 'plugin', plugin: 'kaigo', row: 1 },
        asserted: { formVersion: 'K-2026-1' },
      });
    });

    it('ends with 1 when a row would not be taken', async () => {
      judges('rejected');
      expect((await tsunagi(`plugin dry-run kaigo --file ${sample}`, environment())).code).toBe(1);
    });

    it('goes by a file of settings instead', async () => {
      judges('accepted');
      writeFileSync(join(cwd, 'other.json'), JSON.stringify({ folder: '/x', functionCode: '9990000001' }));
      await tsunagi(`plugin dry-run kaigo --file ${sample} --config other.json`, environment());
      expect(asked.at(-1)?.body).toContain('"fromCode":"9990000001"');
      writeFileSync(join(cwd, 'other.json'), JSON.stringify({ functionCode: '' }));
      const told = await tsunagi(`plugin dry-run kaigo --file ${sample} --config other.json`, environment());
      expect(told).toMatchObject({ code: 2, error: expect.stringContaining('/folder') });
    });

    it('sends nothing of a file that the plugin would leave alone', async () => {
      writeFileSync(join(cwd, 'letter.txt'), 'x');
      const { code, error } = await tsunagi('plugin dry-run kaigo --file letter.txt', environment());
      expect([code, error]).toEqual([2, expect.stringContaining('letter.txt という名前のファイルを取り込みません')]);
      expect(asked.some(({ path }) => path.includes('dry-run'))).toBe(false);
    });

    describe('beside a candidate', () => {
      const installed = JSON.stringify(join(__dirname, '../../../plugins/kaigo/src/index.ts'));
      /** A built package of another version, which lies in a folder of its own. */
      const candidate = (program: string, { name = '@tsunagi/plugin-kaigo', exports = true } = {}) => {
        mkdirSync(join(cwd, 'next'));
        const manifest = { name, main: 'main.js', ...(exports && { exports: './main.js' }) };
        writeFileSync(join(cwd, 'next/package.json'), JSON.stringify(manifest));
        const says = `const { default: installed } = require(${installed});\n${program}`;
        writeFileSync(join(cwd, 'next/main.js'), says);
      };
      /** Sends what `change` makes of each item. */
      const changing = (change: string) => `exports.default = { ...installed, version: '0.2.0',
        connect: async (...given) => {
          const connected = await installed.connect(...given);
          const change = ${change};
          const sources = connected.sources.map((source) => ({
            ...source,
            dryRun: (file, hub) =>
              source.dryRun(file, { send: (items, options) => hub.send([...items].map(change), options) }),
          }));
          return { ...connected, sources };
        } };`;
      const compare = (more = '', env = environment()) =>
        tsunagi(`plugin dry-run kaigo --file ${sample} --candidate next${more}`, env);
      beforeEach(() => judges('accepted'));

      it('shows of which rows it makes something else: outcome, code and fields, and no value', async () => {
        candidate(
          changing(`(item) => item.origin.row === 1
            ? { ...item, body: { submission: { ...item.body.submission, urgency: 'urgent',
                  subject: { ...item.body.submission.subject, items: { identity: { name: '別の　氏名' } } } } } }
            : { type: 'rows.quarantined.v1', itemId: item.itemId, origin: item.origin, bytes: 1,
                fault: { code: 'E-CODE', field: 7 }, body: {} }`),
        );
        const { code, out } = await compare(' --json');
        const said = JSON.parse(out) as { differences: { row: number; fields: string[] }[] };
        expect([code, said]).toMatchObject([
          1,
          {
            ok: false,
            versions: { today: '0.1.0', candidate: '0.2.0' },
            outcomes: { today: { accepted: 2 }, candidate: { accepted: 1, quarantined: 1 } },
            differences: [
              { row: 1, today: { outcome: 'accepted' }, candidate: { outcome: 'accepted' } },
              { row: 2, candidate: { outcome: 'quarantined', codes: ['E-CODE'], field: 7 }, fields: [] },
            ],
          },
        ]);
        expect(said.differences[0]?.fields).toEqual(
          expect.arrayContaining(['urgency', 'subject.items.identity.name', 'subject.items.concern.boxes']),
        );
        const { out: lines } = await compare();
        expect(lines).toMatch(/^2 +送付（自立相談支援機関へ） +保留 E-CODE 項目7 +-$/m);
        for (const text of [out, lines]) expect(text).not.toMatch(/見本|氏名|0000000|urgent/);
      });

      it.each([true, false])('that does the same ends with 0 (says what it exports: %s)', async (exports) => {
        candidate(`exports.default = { ...installed, version: '0.1.1' };`, { exports });
        const { code, out } = await compare();
        expect([code, out]).toEqual([0, expect.stringMatching(/候補の版 0\.1\.1[^]*何も変わりません/)]);
      });

      it('goes by its own settings where they are given, also of the version that is installed', async () => {
        const config = { folder: '/x', functionCode: '9970100005', formVersion: 'K-2027-1' };
        writeFileSync(join(cwd, 'next.json'), JSON.stringify({ ...config, intake: { perFile: 10 } }));
        const line = `plugin dry-run kaigo --file ${sample} --candidate-config next.json --json`;
        const { code, out } = await tsunagi(line, environment());
        const said = JSON.parse(out) as { differences: object[] };
        expect([code, said.differences[0]]).toMatchObject([1, { row: 1, fields: ['asserted.formVersion'] }]);
      });

      it('may read a file that is left alone today', async () => {
        const profile = { name: 'own', fileName: 'ZZZ{serial}.CSV', frame: 'csv', columns: ['a', 'b', 'c', 'd', 'e'] };
        const fields = {
          externalNumber: { columns: ['a'] },
          insured: { column: 'b' },
          changedOn: { column: 'c' },
          kanji: { columns: ['d'] },
        };
        const config = { folder: '/x', functionCode: '9970100005', formVersion: 'K-2026-1' };
        const own = { ...profile, fields, fixed: { insurer: '00990010', consent: '9' } };
        writeFileSync(join(cwd, 'next.json'), JSON.stringify({ ...config, profiles: [own] }));
        writeFileSync(join(cwd, 'ZZZ00001.CSV'), 'A1,0000000001,20261120,,\r\n');
        const line = 'plugin dry-run kaigo --file ZZZ00001.CSV --candidate-config next.json';
        const { code, out } = await tsunagi(line, environment());
        expect([code, out]).toEqual([1, expect.stringMatching(/^いまのプラグインと設定では[^]*^1 +- +送付/m)]);
      });

      it.each([
        ['asks for another SDK', `exports.default = { ...installed, sdk: '^9.0.0' };`, 'SDK_RANGE'],
        ['throws when it is loaded', `throw Object.assign(new Error('見本'), { code: 'E_OWN' });`, 'LOAD_FAILED'],
        ['is no plugin', 'exports.default = {};', 'NOT_A_PLUGIN'],
      ])('that %s is refused with a code before anybody is asked', async (_, program, why) => {
        candidate(program);
        const { code, out } = await compare(' --json');
        expect([code, JSON.parse(out)]).toMatchObject([2, { code: 'CANDIDATE_REFUSED', faults: [{ code: why }] }]);
        expect([asked, (await compare()).error]).toEqual([[], expect.stringContaining(why)]);
      });

      it.each([
        ['connects', `connect: async () => { throw Object.assign(new Error('見本'), { code: 'E_OWN' }); }`, 'E_OWN'],
        [
          'reads',
          `connect: async (...given) => ({ ...(await installed.connect(...given)),
             sources: [{ dryRun: async () => { throw new Error('見本'); } }] })`,
          'FAILED',
        ],
      ])('that throws when it %s is said to, by its code alone', async (_, how, why) => {
        candidate(`exports.default = { ...installed, ${how} };`);
        const { code, error } = await compare();
        expect([code, error]).toEqual([2, expect.stringContaining(`候補のプラグインが途中で止まりました（${why}）`)]);
        expect(error).not.toContain('見本');
      });

      it('of another plugin is none, nor is an empty folder', async () => {
        candidate('exports.default = installed;', { name: '@tsunagi/plugin-hogo' });
        expect((await compare()).error).toContain('@tsunagi/plugin-hogo');
        expect((await tsunagi(`plugin dry-run kaigo --file ${sample} --candidate .`)).code).toBe(2);
        expect(asked).toEqual([]);
      });
    });

    it.each(['konkyu', 'nobody'])('asks nobody about %s, which reads no files', async (id) => {
      expect((await tsunagi(`plugin dry-run ${id} --file ${sample}`, environment())).code).toBe(2);
      expect(asked).toEqual([]);
    });
  });

  describe('rows that wait where they came from', () => {
    const path = '/api/v1/plugins/kaigo/quarantine';
    const one = examplesOf(waitingPage)!['example']!.value as WaitingPage;
    const [row] = one.items;
    const { id, file } = row!;
    const counts = {
      ...{ read: 3, accepted: 2, held: 0, denied: 0, duplicate: 0, no_referral: 0, unrouted: 0, draft: 0 },
      ...{ quarantined: 1, closed: 0 },
    };

    it('are listed over all plugins and pages with place, reason and what a release would do; 1 while there are any', async () => {
      answers['GET /api/v1/plugins'] = [200, { items: [kaigo, { ...kaigo, id: 'konkyu' }] }];
      answers[`GET ${path}`] = [200, { ...one, next: id }];
      answers[`GET ${path}?cursor=${id}`] = [200, { ...one, items: [{ ...row, row: 0 }] }];
      // A call, or a row of a view that has no number.
      const called = { ...row, source: 'door', file: undefined, row: 0, release: undefined };
      answers['GET /api/v1/plugins/konkyu/quarantine'] = [200, { items: [called], waiting: 1 }];
      const { code, out } = await tsunagi('quarantine list', environment());
      const [, first, whole, other] = out.split('\n');
      expect([code, first]).toEqual([
        1,
        expect.stringMatching(/kaigo +folder +a3a3a3a3a3a3 +2 +6 +E-CD-HOKENSHA +できる .*（コントロールレコードの/),
      ]);
      expect([whole, other]).toEqual([
        expect.stringMatching(/ 全体 /),
        expect.stringMatching(/konkyu +door +- +- +6 +E-CD-HOKENSHA +- +保険者/),
      ]);
      answers['GET /api/v1/plugins'] = [200, { items: [] }];
      expect((await tsunagi('quarantine list', environment())).code).toBe(0);
    });

    it('of one file come with what has become of all its rows', async () => {
      answers[`GET ${path}?file=${file}&code=E-DATE`] = [200, { ...one, counts }];
      const line = `quarantine list --plugin kaigo --file ${file} --code E-DATE`;
      expect((await tsunagi(line, environment())).out).toContain('読んだ 3 ＝ 送付 2 ＋ 根拠待ち 0');
      expect(JSON.parse((await tsunagi(`${line} --json`, environment())).out)).toEqual({
        items: [{ plugin: 'kaigo', ...row }],
        counts,
      });
    });

    it('of a file are asked of one plugin', async () => {
      const { code, error } = await tsunagi(`quarantine list --file ${file}`, environment());
      expect([code, asked, error]).toEqual([2, [], expect.stringContaining('--plugin')]);
    });

    it('are read again by either form of the number, and end with 0 when they are taken', async () => {
      answers[`POST ${path}/${id}/release`] = [200, examplesOf(releasedRow)!['example']!.value];
      for (const number of [id, uuidToBase32(id)]) {
        const { code, out } = await tsunagi(`quarantine release kaigo ${number}`, environment());
        expect([code, out]).toEqual([0, '読み直して、受け付けました。\n']);
      }
    });

    it('that cannot go on this time either end with 1, and say why and what to do', async () => {
      const still = {
        id,
        state: 'waiting',
        code: 'E-CODE',
        says: 'コード表にない値です。',
        remedy: '直してください。',
      };
      answers[`POST ${path}/${id}/release`] = [200, still];
      const { code, out } = await tsunagi(`quarantine release kaigo ${id}`, environment());
      expect([code, out]).toEqual([1, 'E-CODE　コード表にない値です。\n直してください。\n']);
    });

    it('that are no longer where they came from end with 2', async () => {
      answers[`POST ${path}/${id}/release`] = [409, problem('ROW_GONE')];
      const { code, error } = await tsunagi(`quarantine release kaigo ${id}`, environment());
      expect([code, error]).toEqual([2, expect.stringContaining('ROW_GONE')]);
    });

    it('are closed only with a reason', async () => {
      answers[`POST ${path}/${id}/close`] = [200, { id, state: 'closed', says: '一覧から除きました。' }];
      expect((await tsunagi(`quarantine close kaigo ${id}`, environment())).code).toBe(2);
      expect(asked).toEqual([]);
      const { code, out } = await tsunagi(`quarantine close kaigo ${id} --reason withdrawn`, environment());
      expect([code, out, asked.at(-1)?.body]).toEqual([0, '一覧から除きました。\n', '{"reason":"withdrawn"}']);
    });

    it.each(['release kaigo 12', 'close kaigo 12 --reason withdrawn'])(
      'of no such number are asked of nobody: %s',
      async (line) => {
        const { code, error } = await tsunagi(`quarantine ${line}`, environment());
        expect([code, asked, error]).toEqual([2, [], expect.stringContaining('tsunagi quarantine list')]);
      },
    );
  });

  it('lets a plugin look at once, and says when it is switched off', async () => {
    answers['POST /api/v1/plugins/kaigo/poll'] = [200, detail];
    const { code, out } = await tsunagi('plugin poll kaigo', environment());
    expect([code, out]).toEqual([0, expect.stringContaining('kaigo に、業務システムをいま見に行かせました')]);
    answers['POST /api/v1/plugins/kaigo/poll'] = [409, problem('PLUGIN_OFF')];
    const off = await tsunagi('plugin poll kaigo', environment());
    expect([off.code, off.error]).toEqual([2, expect.stringContaining('PLUGIN_OFF')]);
  });

  describe('what could not be brought to a system', () => {
    const path = '/api/v1/deliveries';
    const one = examplesOf(parkedPage)!['example']!.value as { items: { id: string; code: string; says: string }[] };
    const { id, code: why, says } = one.items[0]!;

    it('is listed over all pages with its reason, and ends with 1; with nothing there it ends with 0', async () => {
      answers[`GET ${path}?plugin=konkyu`] = [200, { ...one, next: id }];
      answers[`GET ${path}?plugin=konkyu&cursor=${id}`] = [200, { ...one, items: [{ ...one.items[0], attempts: 36 }] }];
      const { code, out } = await tsunagi('dead list --plugin konkyu', environment());
      expect([code, out.match(new RegExp(says, 'g'))?.length]).toEqual([1, 2]);
      answers[`GET ${path}`] = [200, { items: [], buried: [] }];
      expect((await tsunagi('dead list', environment())).code).toBe(0);
    });

    it('is explained, and one that is not there is said not to be', async () => {
      answers[`GET ${path}`] = [200, one];
      const { out } = await tsunagi(`dead explain ${id}`, environment());
      for (const said of [why, says]) expect(out).toContain(said);
      const other = await tsunagi('dead explain 018f2f60-7c3a-7000-8000-000000000099', environment());
      expect([other.code, other.error]).toEqual([2, expect.stringContaining('tsunagi dead list')]);
    });

    it('is brought again, one or those of a plugin; what is left over ends with 1', async () => {
      answers[`POST ${path}/${id}/replay`] = [200, { replayed: 1, left: 0 }];
      answers[`POST ${path}/replay`] = [200, { replayed: 500, left: 3 }];
      expect((await tsunagi(`dead replay ${id}`, environment())).code).toBe(0);
      expect((await tsunagi('dead replay --plugin konkyu --code DISK_FULL', environment())).code).toBe(1);
      expect(JSON.parse(asked.at(-1)!.body)).toEqual({ plugin: 'konkyu', code: 'DISK_FULL' });
    });

    it.each(['dead replay', `dead replay 018f2f60-7c3a-7000-8000-000000000099 --plugin konkyu`])(
      'is asked for by one of the two: %s',
      async (line) => {
        expect((await tsunagi(line, environment())).code).toBe(2);
        expect(asked).toEqual([]);
      },
    );
  });

  describe('an intake that is watched', () => {
    const watched = { guard: 'on', startsOn: '2026-12-01', perFile: 200, perHour: 500 };
    const pause = {
      reason: 'FIRST_FILE',
      sentence: '初めてのファイルです。',
      since: '2026-12-01T17:05:00Z',
      newReferrals: 12,
      rehearsed: [
        { outcome: 'accepted', count: 9 },
        { outcome: 'no_referral', code: 'BEFORE_START', count: 340 },
      ],
      quarantined: 2,
    };
    const show = (intake: object) => {
      answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, intake }];
      return tsunagi('plugin show kaigo', environment());
    };

    it('ends with 1 while it waits for a person, and shows on what to decide and how', async () => {
      const { code, out } = await show({ ...watched, pause });
      expect(code).toBe(1);
      expect(out).toMatch(/確認待ち（2026-12-02 02:05 から）　初めてのファイルです。\n +できる新しいつなぎ　12 件/);
      expect(out).toMatch(/対象外 +BEFORE_START +340/);
      expect(out).toContain('保留した行　2 件');
      expect(out).toContain('tsunagi plugin confirm kaigo --reason');
    });

    it('ends with 1 in the list while a file is missed', async () => {
      const intake = { ...watched, missedSince: '2026-12-01T21:00:00Z' };
      answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, intake }] }];
      const { code, out } = await tsunagi('plugin list', environment());
      expect([code, out]).toEqual([1, expect.stringContaining('ファイル未着')]);
    });

    it('ends with 0 when there is nothing to decide', async () => {
      const { code, out } = await show(watched);
      expect([code, out]).toEqual([
        0,
        expect.stringContaining('開始日 2026-12-01、新しいつなぎ 一ファイル 200 件まで'),
      ]);
    });

    it('ends with 1 while numbers differ from the legacy system’s, and shows which', async () => {
      const file = 'a3'.repeat(32);
      const hub = { fewest: 3, most: 3 };
      const counts = [
        { what: 'events', verdict: 'differs', system: 5, hub, files: [{ file, system: 5, hub: 3 }] },
        { what: 'answers', verdict: 'not_countable' },
        { what: 'statuses', verdict: 'agrees', system: 2, hub: { fewest: 1, most: 2 } },
      ];
      const days = [
        { day: '2026-12-02', code: 'ECONNREFUSED', counts: [] },
        { day: '2026-12-01', differsSince: '2026-12-01T16:00:00Z', counts },
      ];
      const intake = { ...watched, differsOn: ['2026-12-01'] };
      answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, intake, days }];
      const { code, out } = await tsunagi('plugin show kaigo', environment());
      expect([code, out]).toEqual([1, expect.stringContaining('件数が違う')]);
      expect(out).toMatch(/2026-12-02 +- +まだ数えられていません（ECONNREFUSED）/);
      expect(out).toMatch(/2026-12-01 +受け取った記録 +違う +5 +3/);
      expect(out).toMatch(/2026-12-01 +受け取った回答 +業務システムの側では数えられない +- +-/);
      expect(out).toMatch(/2026-12-01 +返した状態 +合う +2 +1～2/);
      expect(out).toContain(`2026-12-01 のファイル ${file}　業務システム 5、ハブ 3`);
      expect(out).toContain('tsunagi plugin settle kaigo 2026-12-01 --reason');
    });

    it('may stay different for a reason', async () => {
      answers['POST /api/v1/plugins/kaigo/counts/settle'] = [200, detail];
      expect((await tsunagi('plugin settle kaigo 2026-12-01', environment())).code).toBe(2);
      expect((await tsunagi('plugin settle kaigo 2026-12-01 --reason known', environment())).code).toBe(0);
      expect(asked.at(-1)?.body).toBe('{"day":"2026-12-01","reason":"known"}');
    });

    it('goes on only with a reason', async () => {
      answers['POST /api/v1/plugins/kaigo/confirm'] = [200, detail];
      expect((await tsunagi('plugin confirm kaigo', environment())).code).toBe(2);
      expect((await tsunagi('plugin confirm kaigo --reason counted', environment())).code).toBe(0);
      expect(asked.at(-1)?.body).toBe('{"reason":"counted"}');
    });
  });

  it('forces only with a reason', async () => {
    answers['POST /api/v1/plugins/kaigo/enable'] = [200, detail];
    expect((await tsunagi('plugin enable kaigo --force', environment())).code).toBe(2);
    expect((await tsunagi('plugin enable kaigo --force --reason test', environment())).code).toBe(0);
    expect(asked.at(-1)?.body).toBe('{"force":true,"reason":"test"}');
  });

  it('passes on what the hub refuses', async () => {
    answers['POST /api/v1/plugins/kaigo/disable'] = [409, problem('CHECK_NEEDED')];
    const { code, error } = await tsunagi('plugin disable kaigo', environment());
    expect([code, error]).toEqual([2, expect.stringContaining('CHECK_NEEDED')]);
  });

  describe('consent explain', () => {
    const id = '01a1fd93-6879-7f75-a1cf-fe89d1661dd7';
    const refusal = { code: 'CONSENT_WITHDRAWN', sentence: '同意が撤回されています。' };
    const desk = { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' };
    const person = {
      ref: 'subject',
      role: 'subject',
      identifiers: [],
      items: { identity: { name: '見本　花子' } },
    };
    const view = {
      id,
      journeyId: id,
      kind: 'referral',
      state: 'received',
      version: 2,
      from: desk,
      to: desk,
      urgency: 'normal',
      createdAt: '2026-11-21T00:00:00Z',
      stateAt: '2026-11-21T00:00:00Z',
      overdue: false,
      purpose: 'consultation',
      toAddress: { domain: 'konkyu' },
    };
    const members = [{ ref: 'subject', categories: ['identity'], consents: [] }];
    const permit = { outcome: 'permit', authority: 'consent', members, feedback: 'state', reasons: [] };
    const lift = { givenTo: id, recipient: id, categories: ['identity'] };
    const withdrawn = { outcome: 'hold', reasons: [refusal.code], lift };
    const kept = { ...permit, direction: 'referral', inputs: {}, decidedAt: '2026-11-21T01:00:00Z' };
    beforeEach(() => {
      answers[`GET /api/v1/referrals/${id}`] = [200, { ...view, members: [person] }];
      answers[`GET /api/v1/referrals/${id}/decision`] = [200, { items: [kept] }];
    });
    const previews = (decision: object, more: object = {}) => {
      const sentences = decision === withdrawn ? [refusal.sentence] : [];
      answers['POST /api/v1/disclosures/preview'] = [200, { decision, to: desk, sentences, ...more }];
    };

    it('ends with 0 when it may leave now, by either form of the number', async () => {
      previews(permit);
      for (const number of [id, '01M7YS6T3SFXTT3KZYH78PC7EQ']) {
        const { code, out } = await tsunagi(`consent explain ${number}`, environment());
        expect([code, out]).toEqual([0, expect.stringContaining('いま　自立相談支援機関へ提供できます。')]);
      }
    });

    it('ends with 1 after a withdrawal, though the last decision that was kept had permitted it', async () => {
      previews(withdrawn);
      const { code, out } = await tsunagi(`consent explain ${id} --json`, environment());
      expect(code).toBe(1);
      expect(JSON.parse(out)).toEqual({
        state: 'received',
        now: { outcome: 'hold', to: desk.name, members: [], reasons: [refusal] },
        history: [kept],
      });
    });

    it('ends with 1 for who may not be told what holds now, and says who may', async () => {
      const { code, out } = await tsunagi(`consent explain ${id}`, environment());
      expect([code, out]).toEqual([1, expect.stringContaining('送り元の窓口の ID')]);
    });

    it('shows nothing of the content', async () => {
      previews(permit, { shown: { subject: person, others: [], mask: '1'.padEnd(24, '0') } });
      for (const form of ['', ' --json']) {
        const { code, out } = await tsunagi(`consent explain ${id}${form}`, environment());
        expect([code, out]).toEqual([0, expect.not.stringContaining('花子')]);
      }
    });
  });

  it('does not say whether a referral exists that the client may not see', async () => {
    const unseen = await tsunagi('consent explain 01a1fd93-6879-7f75-a1cf-fe89d1661dd8', environment());
    const nonsense = await tsunagi('consent explain 12345', environment());
    expect(unseen).toEqual(nonsense);
    expect(unseen.code).toBe(2);
  });

  it('says when nobody is there', async () => {
    const env = environment();
    server.close();
    expect(await tsunagi('plugin list', env)).toMatchObject({
      code: 2,
      error: expect.stringContaining('応答しません'),
    });
  });

  const demoAt = (baseUrl: string) => {
    const clients = [
      { id: 'demo-kaigo', secret: 'a', plugin: 'kaigo', functions: ['f'] },
      { id: 'demo-cli', secret: 'b', functions: [] },
    ];
    mkdirSync(join(cwd, 'var'));
    writeFileSync(join(cwd, 'var/demo-access.json'), JSON.stringify({ baseUrl, databaseUrl: '', staff: [], clients }));
  };

  it('uses the demo’s access, and for plugins the client without desks', async () => {
    demoAt(`http://127.0.0.1:${environment().TSUNAGI_PORT}`);
    answers['GET /api/v1/plugins'] = [200, { items: [] }];
    expect((await tsunagi('plugin list')).code).toBe(0);
    expect(asked[0]?.body).toContain('demo-cli');
  });

  it('goes where the settings say, though the demo says otherwise', async () => {
    const { TSUNAGI_PORT } = environment();
    demoAt('http://127.0.0.1:1');
    answers['GET /api/v1/plugins'] = [200, { items: [] }];
    answers['GET /health/ready'] = [200, {}];
    expect((await tsunagi('plugin list', { TSUNAGI_PORT })).code).toBe(0);
    expect((await tsunagi('doctor', { TSUNAGI_PORT })).out).toContain(`:${TSUNAGI_PORT} は動いています`);
  });
});

const problem = (code: string) => ({
  type: `urn:tsunagi:problem:${code}`,
  title: code,
  status: 404,
  detail: '断りました。',
  code,
  requestId: 'r',
  retryable: false,
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
