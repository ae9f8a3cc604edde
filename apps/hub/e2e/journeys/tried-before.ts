// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import type { People } from './people';
import { kaigoFile, kaigoRecord } from '../town/kaigo-desk';
import { exportedRows, type FormOver } from '../town/konkyu-desk';
import { dailyFile, kosodateEvent } from '../town/kosodate-desk';
import { numberFieldOf, shogaiFile, shogaiRecord } from '../town/shogai-desk';
import { atTerminal } from '../town/terminal';
import { hms, ymd } from '../town/written';

/** Consultations of the 生活困窮 office, as its form has them. */
const consulted: Readonly<Record<string, FormOver>> = {
  'TRY-J-K-1': { tsunagi_bunya: '1' },
  'TRY-J-K-2': { doi_kbn: '9' },
  'TRY-J-K-3': { seinen_gengo: '3', seinen_ymd: '310501' },
  'TRY-J-K-4': { tsunagi_bunya: null },
};

/** What of a file becomes a referral, what waits for a word, what waits for its sender, and what goes to nobody. */
const files = [
  {
    plugin: 'kaigo',
    name: 'KAI77777.CSV',
    bytes: () =>
      kaigoFile([
        kaigoRecord({ key: 'TRY-K-1', insured: '0000007771', to: '2' }),
        kaigoRecord({ key: 'TRY-K-2', insured: '0000007772', consent: '9', meeting: '3' }),
        kaigoRecord({ key: 'TRY-K-3', insured: '0000007773', insurer: '00990011' }),
        kaigoRecord({ key: 'TRY-K-4', insured: '0000007774', to: '1' }),
      ]),
    wrong: ['E-CD-HOKENSHA', 6],
    resultAt: 4,
  },
  {
    plugin: 'shogai',
    name: 'SHG77777.DAT',
    bytes: () =>
      shogaiFile(
        'SHG',
        { day: ymd(), time: hms(), serial: 77_777 },
        [
          shogaiRecord({ key: 'TRY-S-1', recipient: '9910107771', to: '1' }),
          shogaiRecord({ key: 'TRY-S-2', recipient: '9910107772', consent: '9', meeting: '3' }),
          shogaiRecord({ key: 'TRY-S-3', recipient: '9910107773', birth: '4310501' }),
          shogaiRecord({ key: 'TRY-S-4', recipient: '9910107774', to: '2' }),
        ],
        numberFieldOf.SHG,
      ),
    wrong: ['E-ERA', 11],
    resultAt: 2,
  },
  {
    plugin: 'kosodate',
    name: 'events-77777.csv',
    bytes: () =>
      dailyFile([
        kosodateEvent({ key: 'TRY-C-1', person: '7777771', to: ['1'] }),
        kosodateEvent({ key: 'TRY-C-2', person: '7777772', consent: 'unknown' }),
        kosodateEvent({ key: 'TRY-C-3', person: '7777773', birth: '2023-02-29' }),
        kosodateEvent({ key: 'TRY-C-4', person: '7777774', to: ['3'] }),
      ]),
    wrong: ['E-DATE', 10],
  },
  {
    plugin: 'konkyu',
    name: 'V_HUB_SODAN.csv',
    bytes: () => exportedRows(consulted),
    wrong: ['E-ERA', 11],
  },
] as const;

/** Of a view that is read by rows: who asks for nobody is not even read. */
const outcomesOf = (plugin: string) => [
  'accepted',
  'held',
  'quarantined',
  ...(plugin === 'konkyu' ? [] : ['no_referral']),
];

/** Whoever switches a plugin on tries a real file first, with the mapping, the decisions and the routes that there are. */
export function triedBefore({ town, it_ }: People): void {
  const command = (...argv: string[]) => atTerminal(town.dataDir, ...argv);

  /** Every table of the hub and of the systems, and how much has left for plugins. */
  async function everything() {
    const { databaseUrl } = JSON.parse(readFileSync(join(town.dataDir, 'demo-access.json'), 'utf8'));
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      // What is entered is sealed in its own time, and that somebody signed in is entered.
      const { rows: names } = await client.query<{ name: string }>(
        `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
         where table_schema in ('public', 'legacy_konkyu') and table_type = 'BASE TABLE'
           and table_name not in ('audit_seal', 'audit_sealer', 'audit_checkpoint')`,
      );
      const tables: Record<string, string> = {};
      for (const { name } of names) {
        // Leases of lanes and heartbeats of hosts are renewed all the time, whoever asks signs in, and that a file was tried
        // is entered.
        const { rows } = await client.query<{ says: string }>(
          `select count(*) || ' ' || coalesce(md5(string_agg(line, e'\\n' order by line)), '') as says
           from (select (to_jsonb(t) - array['lease_until', 'last_seen', 'clock_ahead_ms'])::text as line from ${name} t) lines
           where line not like '%"token.issued"%' and line not like '%"plugin.dry_run_asked"%'`,
        );
        tables[name] = rows[0]?.says ?? '';
      }
      return { tables, left: town.left().length };
    } finally {
      await client.end();
    }
  }
  /** What was under way before has come to rest. */
  const atRest = () =>
    waitFor(
      async () => {
        const before = JSON.stringify(await everything());
        await new Promise((resolve) => setTimeout(resolve, 500));
        const now = await everything();
        return JSON.stringify(now) === before && now;
      },
      { what: 'the town to come to rest', timeoutMs: 30_000 },
    );

  it.each(files)('$plugin: a dry run says what becomes of a file, and stores and sends nothing', async (file) => {
    const { plugin, name, wrong } = file;
    const folder = join(town.dataDir, 'tried');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, file.bytes());
    const before = await atRest();

    const run = await command('plugin', 'dry-run', plugin, '--file', path);
    const report = JSON.parse(run.said);
    expect(report.rows.map((row: { outcome: string }) => row.outcome)).toEqual(outcomesOf(plugin));
    expect(report.rows[0].route.domain).toBe(plugin === 'kaigo' ? 'shogai' : 'kaigo');
    expect(report.rows[2]).toMatchObject({ row: 3, codes: [wrong[0]], field: wrong[1] });
    // The same without a command and without the plugin at hand: the host reads it.
    const asked = { name, content: Buffer.from(file.bytes()).toString('base64') };
    const overHttp = await it_('POST', `/plugins/${plugin}/dry-run/file`, asked);
    expect(overHttp.status).toBe(200);
    const seen = ({ row, outcome, codes, field, route }: Record<string, unknown>) => ({
      row,
      outcome,
      codes,
      field,
      route,
    });
    expect(overHttp.body.rows.map(seen)).toEqual(report.rows.map(seen));
    expect(overHttp.body.rows[0].leaves).toContain('identity');
    // For whoever makes files; rows of a view are made by nobody.
    const checked = plugin === 'konkyu' ? undefined : await command('check-file', plugin, path);
    if (checked) {
      expect(JSON.parse(checked.said).findings).toMatchObject([{ row: 3, code: wrong[0], field: wrong[1] }]);
      expect(checked.code).toBe(2);
    }
    expect(run.code).toBe(1);
    for (const { said } of [run, ...(checked ? [checked] : []), { said: JSON.stringify(overHttp.body) }])
      expect(said).not.toMatch(/310501|00990011|2023-02-29|見本　|TRY-(?:[KSC]|J-K)-1/);
    expect(await everything()).toEqual(before);

    // Brought in earnest, it becomes of each row what was said.
    if (plugin === 'kosodate') {
      // It has no result file: what is refused is told, and what is sent is told when it has arrived.
      town.kosodate.leave(name, file.bytes());
      await town.kosodate.status('TRY-C-1', '10');
      expect((await town.kosodate.status('TRY-C-3', '90')).body['message']).toBe('E-DATE（10 subject.dateOfBirth）');
      expect(['TRY-C-2', 'TRY-C-4'].flatMap((key) => town.kosodate.statuses(key))).toEqual([]);
      return;
    }
    if (plugin === 'konkyu') {
      // The same rows in its system, which it is told of as soon as they are read.
      for (const [key, over] of Object.entries(consulted)) await town.konkyu.consult(key, over);
      await town.konkyu.told('TRY-J-K-1', '10');
      expect((await town.konkyu.told('TRY-J-K-3', '90')).renraku_bun).toContain('E-ERA');
      expect(await Promise.all(['TRY-J-K-2', 'TRY-J-K-4'].map((key) => town.konkyu.results(key)))).toEqual([[], []]);
      return;
    }
    const desk = plugin === 'kaigo' ? town.kaigo : town.shogai;
    const result = await desk.result(desk.drop(file.bytes(), name));
    expect(result.map((record) => record[file.resultAt])).toEqual(['10', '11', '90', '14']);
  });

  it('kosodate: the body of a call is tried as a file, also where no daily files are taken, and then comes', async () => {
    const event = kosodateEvent({ key: 'TRY-J-1', person: '7777781', to: ['1', '2'] });
    const wrong = { ...event, expectedDate: '2026-13-01' };
    const folder = join(town.dataDir, 'tried');
    mkdirSync(folder, { recursive: true });
    const { bulkFolder: _, ...callsAlone } = (await it_('GET', '/plugins/kosodate')).body.config;
    writeFileSync(join(folder, 'calls-alone.json'), JSON.stringify(callsAlone));
    const before = await atRest();

    for (const [name, body, expected] of [
      [
        'event.json',
        event,
        [
          ['accepted', 'kaigo'],
          ['accepted', 'shogai'],
        ],
      ],
      ['wrong.json', wrong, [['refused', undefined]]],
    ] as const) {
      const bytes = Buffer.from(JSON.stringify(body));
      writeFileSync(join(folder, name), bytes);
      const options = ['--file', join(folder, name), '--config', join(folder, 'calls-alone.json')];
      const { said } = await command('plugin', 'dry-run', 'kosodate', ...options);
      const tried = { name, content: bytes.toString('base64'), config: callsAlone };
      const overHttp = await it_('POST', '/plugins/kosodate/dry-run/file', tried);
      const rowsOf = (rows: { outcome: string; route?: { domain: string } }[]) =>
        rows.map(({ outcome, route }) => [outcome, route?.domain]);
      expect([rowsOf(JSON.parse(said).rows), rowsOf(overHttp.body.rows)]).toEqual([expected, expected]);
      for (const text of [said, JSON.stringify(overHttp.body)]) expect(text).not.toMatch(/見本　|TRY-J-1|2026-13-01/);
      if (name === 'wrong.json') expect(overHttp.body.rows[0]).toMatchObject({ codes: ['E-DATE'], field: 16 });
    }
    expect(await everything()).toEqual(before);

    expect((await town.kosodate.send('events', event)).status).toBe(202);
    await town.kosodate.status('TRY-J-1', '10');
  });

  it.each([
    ['kaigo', { folder: '/nowhere' }, 'ENOENT', 'フォルダー'],
    ['konkyu', { databaseUrl: { secretRef: 'not-there' } }, 'SECRET_MISSING', '秘密情報'],
    ['konkyu', { schema: 'nobodys' }, undefined, 'ビュー'],
  ])('%s: settings are checked before they hold, beside those that do', async (plugin, wrong, code, says) => {
    const show = async () => (await it_('GET', `/plugins/${plugin}`)).body;
    const { config, configVersion } = await show();
    const check = async (settings: object) => (await it_('POST', `/plugins/${plugin}/config/check`, settings)).body;
    expect(await check(config)).toMatchObject({ ok: true, says: expect.stringContaining('つながりました') });
    const refused = await check({ ...config, ...wrong });
    expect(refused).toMatchObject({ ok: false, says: expect.stringContaining(says), remedy: expect.any(String) });
    if (code !== undefined) expect(refused.findings).toContainEqual(expect.objectContaining({ ok: false, code }));
    expect(await show()).toMatchObject({ config, configVersion, laneOpen: true });
  });
}
