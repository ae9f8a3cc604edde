// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { configVersions, examplesOf, releasedRow, waitingPage, type WaitingPage } from '@tsunagi/contracts';
import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atATerminal, detail, inPlaceOfAHub, kaigo, problem } from '../test/at-a-terminal';

describe('plugins by the command line', () => {
  const { at, tsunagi } = atATerminal();
  const { asked, answers, environment } = inPlaceOfAHub();

  it('ends with 1 when a plugin should run and does not', async () => {
    answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, laneOpen: false }] }];
    expect((await tsunagi('plugin list --json', environment())).code).toBe(1);
  });

  it('ends with 1 when a plugin waits for somebody, and says why and what to do', async () => {
    const paused = { code: 'TOO_MANY_ROWS', says: '多すぎます。', remedy: '確かめてください。' };
    const host = {
      id: 'kaigo.a',
      lastSeen: '2026-11-21T00:00:00Z',
      fresh: true,
      holds: true,
      running: true,
      inHand: 0,
    };
    const waiting = { host: { ...host, ...paused } };
    answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, ...waiting }] }];
    const { code, out } = await tsunagi('plugin list', environment());
    expect([code, out]).toEqual([1, expect.stringContaining('TOO_MANY_ROWS')]);
    answers['GET /api/v1/plugins/kaigo'] = [200, { ...detail, hosts: [waiting.host] }];
    expect((await tsunagi('plugin show kaigo', environment())).out).toContain('多すぎます。確かめてください。');
  });

  it('ends with 2 when a check is not passed, with the hint', async () => {
    const findings = [{ name: 'フォルダー in', ok: false, code: 'EACCES', hint: '権限を与えてください。' }];
    answers['POST /api/v1/plugins/kaigo/check'] = [200, { at: '2026-11-21T00:00:00Z', ok: false, findings }];
    const { code, out } = await tsunagi('plugin check kaigo', environment());
    expect([code, out]).toEqual([2, expect.stringContaining('× フォルダー in（EACCES）　権限を与えてください。')]);
  });

  it('ends with 1 when an enabled plugin runs with settings that nobody has checked', async () => {
    const check = { at: '2026-11-21T00:00:00Z', ok: true, findings: [], outdated: true };
    answers['GET /api/v1/plugins'] = [200, { items: [{ ...kaigo, check }] }];
    const { code, out } = await tsunagi('plugin list', environment());
    expect([code, out]).toEqual([1, expect.stringContaining('要再点検')]);
  });

  describe('plugin config', () => {
    const configSchema = { properties: { folder: { type: 'string', description: 'フォルダー' } } };
    const given = (settings: unknown) => writeFileSync(at('kaigo.json'), JSON.stringify(settings));
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
      writeFileSync(at('list.json'), '["secret"]');
      const { code, error } = await tsunagi(`plugin config kaigo --file ${name}`, environment());
      expect([code, asked.length, error.includes('secret')]).toEqual([2, 0, false]);
    });
  });

  describe('plugin dry-run', () => {
    const sample = join(__dirname, '../../../plugins/kaigo/samples/KAI26111.CSV');
    const route = { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' };
    const judges = (outcome: string, plugin = 'kaigo') => {
      answers[`POST /api/v1/plugins/${plugin}/dry-run`] = [
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
      writeFileSync(at('own.json'), JSON.stringify(config));
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
      writeFileSync(at('other.json'), JSON.stringify({ folder: '/x', functionCode: '9990000001' }));
      await tsunagi(`plugin dry-run kaigo --file ${sample} --config other.json`, environment());
      expect(asked.at(-1)?.body).toContain('"fromCode":"9990000001"');
      writeFileSync(at('other.json'), JSON.stringify({ functionCode: '' }));
      const told = await tsunagi(`plugin dry-run kaigo --file ${sample} --config other.json`, environment());
      expect(told).toMatchObject({ code: 2, error: expect.stringContaining('/folder') });
    });

    it('sends nothing of a file that the plugin would leave alone', async () => {
      writeFileSync(at('letter.txt'), 'x');
      const { code, error } = await tsunagi('plugin dry-run kaigo --file letter.txt', environment());
      expect([code, error]).toEqual([2, expect.stringContaining('letter.txt という名前のファイルを取り込みません')]);
      expect(asked.some(({ path }) => path.includes('dry-run'))).toBe(false);
    });

    describe('beside a candidate', () => {
      const installed = JSON.stringify(join(__dirname, '../../../plugins/kaigo/src/index.ts'));
      /** A built package of another version, which lies in a folder of its own. */
      const candidate = (program: string, { name = '@tsunagi/plugin-kaigo', exports = true } = {}) => {
        mkdirSync(at('next'));
        const manifest = { name, main: 'main.js', ...(exports && { exports: './main.js' }) };
        writeFileSync(at('next/package.json'), JSON.stringify(manifest));
        const says = `const { default: installed } = require(${installed});\n${program}`;
        writeFileSync(at('next/main.js'), says);
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
        writeFileSync(at('next.json'), JSON.stringify({ ...config, intake: { perFile: 10 } }));
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
        writeFileSync(at('next.json'), JSON.stringify({ ...config, profiles: [own] }));
        writeFileSync(at('ZZZ00001.CSV'), 'A1,0000000001,20261120,,\r\n');
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

    describe('of rows that were taken out of a view', () => {
      const rows = join(__dirname, '../../../plugins/konkyu/samples/V_HUB_SODAN.json');
      const config = {
        ...{ databaseUrl: { secretRef: 'konkyu-database-url' }, functionCode: '9900000041' },
        formVersion: 'J-2026-1',
      };
      const [one] = JSON.parse(readFileSync(rows, 'utf8')) as Record<string, string | null>[];
      const csv = (...changes: Record<string, string>[]) =>
        [
          Object.keys(one!).join(','),
          ...changes.map((change) =>
            Object.values({ ...one, ...change })
              .map((value) => value ?? '')
              .join(','),
          ),
        ].join('\r\n');
      beforeEach(() => {
        answers['GET /api/v1/plugins/konkyu'] = [200, { ...detail, id: 'konkyu', config }];
        judges('accepted', 'konkyu');
      });

      it('sends what the plugin would send of each, without a database', async () => {
        writeFileSync(
          at('V_HUB_SODAN.csv'),
          csv({}, { seinen_gengo: '3', seinen_ymd: '310501' }, { tsunagi_bunya: '' }),
        );
        const { code, out } = await tsunagi('plugin dry-run konkyu --file V_HUB_SODAN.csv --json', environment());
        expect([code, JSON.parse(out)]).toMatchObject([
          1,
          { ok: false, outcomes: { accepted: 1, quarantined: 1 }, questions: 1 },
        ]);
        const { items } = JSON.parse(asked.at(-1)?.body ?? '') as { items: { submission: object }[] };
        expect(items.map(({ submission }) => submission)).toMatchObject([
          {
            fromCode: '9900000041',
            source: { plugin: 'konkyu', row: 1, key: 'KS-2026-0101/1' },
            asserted: { formVersion: 'J-2026-1' },
          },
        ]);
        expect(out).not.toMatch(/見本|310501/);
      });

      it('takes the plugin’s own sample, too', async () => {
        const { out } = await tsunagi(`plugin dry-run konkyu --file ${rows} --json`, environment());
        expect(JSON.parse(out)).toMatchObject({ outcomes: { accepted: expect.any(Number) as number } });
      });

      it('shows what other settings and another version would make of them', async () => {
        writeFileSync(at('v_hub_sodan_20261120.csv'), csv({}));
        writeFileSync(at('other.json'), JSON.stringify({ ...config, formVersion: 'J-2027-1' }));
        const line = 'plugin dry-run konkyu --file v_hub_sodan_20261120.csv --json';
        const settings = await tsunagi(`${line} --candidate-config other.json`, environment());
        const said = JSON.parse(settings.out) as { differences: object[] };
        expect([settings.code, said.differences]).toMatchObject([1, [{ row: 1, fields: ['asserted.formVersion'] }]]);

        mkdirSync(at('next'));
        const installed = JSON.stringify(join(__dirname, '../../../plugins/konkyu/src/index.ts'));
        writeFileSync(
          at('next/package.json'),
          JSON.stringify({ name: '@tsunagi/plugin-konkyu', main: './main.js', exports: './main.js' }),
        );
        writeFileSync(
          at('next/main.js'),
          `const { default: installed } = require(${installed});
           exports.default = { ...installed, version: '0.2.0', connect: async (settings, around) =>
             installed.connect({ ...settings, functionCode: '9900000099' }, around) };`,
        );
        const version = await tsunagi(`${line} --candidate next`, environment());
        expect([version.code, JSON.parse(version.out)]).toMatchObject([
          1,
          { versions: { today: '0.1.0', candidate: '0.2.0' }, differences: [{ row: 1, fields: ['fromCode'] }] },
        ]);
      });

      it.each([
        ['without one of the columns', 'renban,koshin_dt\r\n1,2026-11-20', 'E-CSV'],
        ['in another encoding', Buffer.from([0x8c, 0xa9, 0x96, 0x7b]), 'E-UTF8'],
      ])('refuses a file %s as a whole', async (_, content, reason) => {
        writeFileSync(at('V_HUB_SODAN.csv'), content);
        const { code, out } = await tsunagi('plugin dry-run konkyu --file V_HUB_SODAN.csv --json', environment());
        expect([code, JSON.parse(out)]).toMatchObject([1, { rows: [{ row: 0, outcome: 'refused', codes: [reason] }] }]);
        expect(asked.some(({ path }) => path.endsWith('/dry-run'))).toBe(false);
      });

      it('takes no file of another name', async () => {
        writeFileSync(at('V_HUB_SODANKAI.csv'), csv({}));
        const { code, error } = await tsunagi('plugin dry-run konkyu --file V_HUB_SODANKAI.csv', environment());
        expect([code, error]).toEqual([2, expect.stringContaining('V_HUB_SODANKAI.csv')]);
      });
    });

    it('asks nobody about a plugin that is not there', async () => {
      expect((await tsunagi(`plugin dry-run nobody --file ${sample}`, environment())).code).toBe(2);
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

  describe('an intake that is watched', () => {
    const watched = { guard: 'on', startsOn: '2026-12-01', perFile: 200, perHour: 500 };
    const pause = {
      reason: 'FIRST_FILE',
      sentence: '初めてのファイルです。',
      since: '2026-12-01T17:05:00Z',
      newReferrals: 12,
      rehearsed: [
        { outcome: 'accepted', desk: '自立相談支援機関', count: 9 },
        { outcome: 'no_referral', code: 'BEFORE_START', count: 340 },
      ],
      trial: 'goes_on',
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
      expect(out).toMatch(/送付 +- +自立相談支援機関 +9/);
      expect(out).toMatch(/対象外 +BEFORE_START +- +340/);
      expect(out).toContain('まだ予行の途中です');
      expect((await show({ ...watched, pause: { ...pause, trial: 'waits' } })).out).toContain('最後まで予行しました');
      expect(out).toContain('保留した行　2 件');
      expect(out).toContain('tsunagi plugin confirm kaigo --reason');
    });

    it('shows on what to decide where the plugin has paused by itself, also when nobody watches', async () => {
      const byItself = { reason: 'FLOOD_VIEW', sentence: '行が多すぎます。', since: pause.since };
      const { code, out } = await show({ guard: 'off', pause: { ...byItself, rehearsed: [], quarantined: 0 } });
      expect(code).toBe(1);
      expect(out).toMatch(/確認待ち（2026-12-02 02:05 から）　行が多すぎます。\n +続けてよければ/);
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
});
