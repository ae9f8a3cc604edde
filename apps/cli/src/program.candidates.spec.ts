// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { atATerminal, detail, inPlaceOfAHub } from '../test/at-a-terminal';

const plugins = join(__dirname, '../../../plugins');
const konkyu = { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' };
const kosodateConfig = {
  functionCode: '9910000031',
  formVersion: 'C-2026-1',
  municipality: '990019',
  childAbuseContact: '見本市こども家庭センター 000-0000-0110',
  signatureSecret: { secretRef: 'kosodate-signature' },
  callbackUrl: 'https://kosodate.example.lg.jp/hub',
  callbackSecret: { secretRef: 'kosodate-callback' },
};

interface Trial {
  readonly plugin: string;
  readonly what: string;
  readonly file: string;
  /** How many of its rows would be sent today. */
  readonly sent: number;
  readonly row: number;
  readonly config: Readonly<Record<string, unknown>>;
}
const trials: readonly Trial[] = [
  {
    plugin: 'shogai',
    what: 'a file of fixed length',
    file: 'samples/SHG24061.DAT',
    sent: 1,
    row: 1,
    config: { folder: '/nowhere', functionCode: '9930000012', formVersion: 'S-2026-1', municipality: '990019' },
  },
  {
    plugin: 'kosodate',
    what: 'a daily CSV',
    file: 'samples/events.csv',
    sent: 2,
    row: 1,
    config: { ...kosodateConfig, bulkFolder: '/nowhere' },
  },
  {
    plugin: 'kosodate',
    what: 'the body of a call, on a site without daily files',
    file: 'samples/event.json',
    sent: 1,
    row: 0,
    config: kosodateConfig,
  },
];

describe.each(trials)('a candidate of $plugin beside the one that is installed, on $what', (trial) => {
  const { plugin, row, sent, config } = trial;
  const file = join(plugins, plugin, trial.file);
  const { at, tsunagi } = atATerminal();
  const { asked, answers, environment } = inPlaceOfAHub();
  beforeEach(() => {
    answers[`GET /api/v1/plugins/${plugin}`] = [200, { ...detail, id: plugin, config }];
    answers[`POST /api/v1/plugins/${plugin}/dry-run`] = [
      200,
      (body: string) => {
        const { items } = JSON.parse(body) as { items: { itemId: string }[] };
        const accepted = { outcome: 'accepted', codes: [], sentence: '。', route: konkyu };
        return { answers: items.map(({ itemId }) => ({ itemId, ...accepted })) };
      },
    ];
  });
  /** A built package of another version, whose mapping is today's with this change. */
  const candidate = (change: string) => {
    mkdirSync(at('next'));
    const name = `@tsunagi/plugin-${plugin}`;
    writeFileSync(at('next/package.json'), JSON.stringify({ name, main: 'main.js', exports: './main.js' }));
    const installed = JSON.stringify(join(plugins, plugin, 'src/index.ts'));
    writeFileSync(
      at('next/main.js'),
      `const { default: installed } = require(${installed});
       exports.default = { ...installed, version: '0.2.0', connect: async (...given) => {
         const connected = await installed.connect(...given);
         const sources = connected.sources.map((source) => ({ ...source,
           dryRun: (file, hub) => source.dryRun(file, { send: (items, options) => hub.send([...items].map(${change}), options) }) }));
         return { ...connected, sources };
       } };`,
    );
  };
  const compare = async (options: string, tried = file) => {
    const { code, out } = await tsunagi(`plugin dry-run ${plugin} --file ${tried} ${options} --json`, environment());
    return { code, out, said: JSON.parse(out) as { differences: { row: number; fields: string[] }[] } };
  };

  it('is shown to map a record otherwise, by the names of the fields and no value', async () => {
    candidate(
      `(item) => item.body.submission && item.origin.row === ${row} ? { ...item, body: { submission: {
         ...item.body.submission, urgency: 'same_day',
         subject: { ...item.body.submission.subject, items: { identity: { name: '別の　氏名' } } } } } } : item`,
    );
    const { code, out, said } = await compare('--candidate next');
    expect([code, said]).toMatchObject([
      1,
      {
        ok: false,
        plugin,
        versions: { today: '0.1.0', candidate: '0.2.0' },
        taken: { today: true, candidate: true },
        outcomes: { today: { accepted: sent }, candidate: { accepted: sent } },
        differences: [{ row, today: { outcome: 'accepted' }, candidate: { outcome: 'accepted' } }],
      },
    ]);
    expect(said.differences[0]?.fields).toEqual(expect.arrayContaining(['urgency', 'subject.items.identity.name']));
    expect(out).not.toMatch(/見本　|氏名|same_day/);
    // Both are judged by the hub, and nothing else is asked of it.
    const judged = asked.filter(({ path }) => path.endsWith('/dry-run'));
    expect([judged.length, asked.some(({ path }) => path.endsWith('/enable') || path.startsWith('PUT'))]).toEqual([
      2,
      false,
    ]);
  });

  it('that does the same ends with 0', async () => {
    candidate('(item) => item');
    expect(await compare('--candidate next')).toMatchObject({ code: 0, said: { ok: true, differences: [] } });
  });

  it('may be the installed one with other settings', async () => {
    writeFileSync(at('next.json'), JSON.stringify({ ...config, formVersion: 'X-2027-1' }));
    const { code, said } = await compare('--candidate-config next.json');
    expect([code, said.differences.map(({ fields }) => fields)]).toEqual([
      1,
      Array.from({ length: sent }, () => ['asserted.formVersion']),
    ]);
  });
});

describe('a candidate of kosodate', () => {
  const { at, tsunagi } = atATerminal();
  const { answers, environment } = inPlaceOfAHub();

  it('is compared for each つなぎ先 of an event on its own', async () => {
    answers['GET /api/v1/plugins/kosodate'] = [200, { ...detail, id: 'kosodate', config: kosodateConfig }];
    answers['POST /api/v1/plugins/kosodate/dry-run'] = [
      200,
      (body: string) => {
        const { items } = JSON.parse(body) as { items: { itemId: string; submission: { fromCode: string } }[] };
        // The other function may ask 介護 and no more.
        const outcomeOf = (itemId: string, from: string) =>
          from === '9910000031' || itemId.includes('/1/') ? 'accepted' : 'denied';
        return {
          answers: items.map(({ itemId, submission }) => ({
            ...{ itemId, outcome: outcomeOf(itemId, submission.fromCode), codes: [], sentence: '。' },
          })),
        };
      },
    ];
    const event = JSON.parse(readFileSync(join(plugins, 'kosodate/samples/event.json'), 'utf8')) as object;
    const referTo = ['1', '2'].map((domain) => ({ domain, reason: '相談。' }));
    writeFileSync(at('two.json'), JSON.stringify({ ...event, referTo }));
    writeFileSync(at('next.json'), JSON.stringify({ ...kosodateConfig, functionCode: '9910000099' }));
    const line = 'plugin dry-run kosodate --file two.json --candidate-config next.json --json';
    const { code, out } = await tsunagi(line, environment());
    expect([code, JSON.parse(out)]).toMatchObject([
      1,
      {
        outcomes: { today: { accepted: 2 }, candidate: { accepted: 1, denied: 1 } },
        differences: [
          { row: 0, candidate: { outcome: 'accepted' }, fields: ['fromCode'] },
          { row: 0, candidate: { outcome: 'denied' }, fields: ['fromCode'] },
        ],
      },
    ]);
  });
});
