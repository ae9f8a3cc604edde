// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityList, disclosureLines, examplesOf, parkedPage } from '@tsunagi/contracts';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atATerminal, detail, inPlaceOfAHub, kaigo, problem } from '../test/at-a-terminal';
import { faultRemedies } from './texts';

const { at, tsunagi } = atATerminal();

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
    expect(readdirSync(at('var/sandbox/kaigo/in'))).toEqual([expect.stringMatching(/^KAI\d{5}\.CSV$/)]);
  });

  it('writes one of another system, with what can be wrong in its files', async () => {
    const { code } = await tsunagi('sandbox write --for shogai --rows 3 --bad E-ERA:2 E-HASH');
    expect(code).toBe(0);
    expect(readdirSync(at('var/sandbox/shogai/in'))).toEqual([expect.stringMatching(/^SHG\d{5}\.DAT$/)]);
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
    writeFileSync(at('KAI00001.CSV'), [control, fields.join(','), ...rest].join('\r\n'), 'latin1');
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
    writeFileSync(at('kaigo.json'), JSON.stringify(settings));
    expect((await tsunagi(`check-file kaigo ${sample} --config kaigo.json`)).out).toContain('証記載保険者番号');
    writeFileSync(at('kaigo.json'), JSON.stringify({ ...settings, folder: '' }));
    const { code, error } = await tsunagi(`check-file kaigo ${sample} --config kaigo.json`);
    expect([code, error]).toEqual([2, expect.stringContaining('/folder')]);
  });

  it.each(['hogo', 'konkyu', '../kaigo', 'Kaigo'])('lists the kinds it knows when asked for %s', async (kind) => {
    const { code, error } = await tsunagi(`check-file ${kind} ${sample}`);
    expect([code, error]).toEqual([2, expect.stringContaining('kaigo（介護保険）')]);
  });

  it('reads files of fixed length, and says where a record is too short and which day was probably meant', async () => {
    const file = readFileSync(join(__dirname, '../../../plugins/shogai/samples/SHG24061.DAT'));
    writeFileSync(at('SHG24061.DAT'), file);
    expect(await tsunagi('check-file shogai SHG24061.DAT')).toMatchObject({ code: 0, error: '' });
    writeFileSync(at('SHG00001.DAT'), file.subarray(0, 990));
    expect((await tsunagi('check-file shogai SHG00001.DAT')).out).toMatch(
      /E-RECLEN +長さの違うレコードがあります。（はじめから 500 バイトの所）$/m,
    );
    const born = file.toString('latin1').replace('13601015', '14310501');
    writeFileSync(at('SHG00002.DAT'), born, 'latin1');
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
  const { asked, answers, leaves, environment } = inPlaceOfAHub();

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
      writeFileSync(at('password'), 'hidden-w0rd\n');
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
    beforeEach(() => writeFileSync(at('password'), 'hidden-w0rd\n'));

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

    it('says in the hub’s words why a host cannot run what it has', async () => {
      const refused = {
        ...host,
        holds: false,
        code: 'SDK_RANGE',
        says: '版が合いません。',
        remedy: '入れ替えてください。',
      };
      answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, host: refused }] }];
      expect((await finds()).finding('プラグイン kaigo')).toMatchObject({
        ...{ verdict: 'failure', says: '版が合いません。', remedy: '入れ替えてください。' },
      });
    });

    it('checks what is switched off and about to be used, of which nobody has to hear at once', async () => {
      const off = { ...kaigo, enabled: false, host, configVersion: 2 };
      answers['GET /api/v1/plugins'] = [200, { items: [off] }];
      const findings = [{ name: 'フォルダー in', ok: false, code: 'EACCES' }];
      answers['POST /api/v1/plugins/kaigo/check'] = [200, { ...passed, ok: false, findings }];
      const { code, finding } = await finds();
      expect([code, finding('プラグイン kaigo')]).toEqual([
        1,
        expect.objectContaining({ verdict: 'warning', says: expect.stringContaining('EACCES') }),
      ]);
      answers['GET /api/v1/plugins'] = [200, { items: [{ ...off, configVersion: 1 }] }];
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
      leaves();
      expect((await finds('doctor --json', { TSUNAGI_PORT: '1' })).code).toBe(0);
    });

    it('shows where each value comes from, and no secret', async () => {
      const { settings } = await finds();
      const origins = Object.fromEntries(settings.map(({ name, origin }) => [name, origin]));
      expect(origins).toMatchObject({ TSUNAGI_PORT: 'environment', TSUNAGI_DATA_DIR: 'default' });
      expect(JSON.stringify(settings)).not.toContain('s3cret');
    });
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
    leaves();
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
    mkdirSync(at('var'));
    writeFileSync(at('var/demo-access.json'), JSON.stringify({ baseUrl, databaseUrl: '', staff: [], clients }));
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
