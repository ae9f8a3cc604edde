// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  definePlugin,
  folderSource,
  SecretMissingError,
  systemClock,
  type Plugin,
  type ReferralResponse,
  type ResultRow,
  type Sink,
  type Source,
} from '@tsunagi/plugin-sdk';
import { z } from 'zod';
import { fileDryRunLimits, maxPayloadBytes } from '@tsunagi/plugin-sdk/host';
import { dryRunFile, type Judge, type RehearsedItem, type Verdict } from './dry-run-file';
import { partsOf, rehearse } from './rehearsal';

const sink: Sink = {
  write: () => Promise.reject(new Error('nothing is written')),
  wasWritten: () => false,
  check: () => Promise.resolve([]),
};

interface LinesOptions {
  readonly closed: () => void;
  /** Read when it is connected. */
  readonly secretRef: string;
  /** In place of the folder. */
  readonly source: Source<string, ReferralResponse>;
}

/** Lines of a file: `!` is at fault, `?` an answer, everything else the key of a referral. */
function linesPlugin({ closed = () => undefined, secretRef, source }: Partial<LinesOptions> = {}): Plugin {
  return definePlugin<z.ZodType<{ folder: string }>, string, ReferralResponse>({
    id: 'lines',
    domain: 'other',
    title: '行',
    version: '1.0.0',
    sdk: '^0.1.0',
    config: z.strictObject({ folder: z.string() }),
    samples: [],
    checkFile: () => ({ outcome: 'sound', rows: 0, findings: [] }),
    connect: async ({ config: { folder }, journal, secrets }) => {
      if (secretRef !== undefined) expect(Buffer.byteLength(await secrets.read({ secretRef }))).toBeGreaterThan(32);
      return {
        sources: [
          source ??
            folderSource<string, ReferralResponse>({
              folder,
              journal,
              pattern: /^L[0-9]+\.TXT$/,
              read: ({ bytes }) => ({ ok: true, header: undefined, rows: rowsOf(Buffer.from(bytes).toString()) }),
              resultName: (name) => name,
              writeResult: () => new Uint8Array(),
            }),
        ],
        toSubmission: (key) => ({
          ok: true,
          value: {
            source: { system: 'lines', key, occurredAt: '2026-11-20T09:00:00+09:00' },
            kind: 'referral',
            urgency: 'normal',
            purpose: 'consultation',
            subject: { ref: 'subject', role: 'subject', identifiers: [], items: {} },
            others: [],
          },
        }),
        toResponse: (value) => ({ ok: true, value }),
        sink,
        check: () => Promise.resolve([]),
        close: () => Promise.resolve(closed()),
      };
    },
  });
}

const answer: ReferralResponse = {
  deliveryId: '01a1fd93-6879-7f75-a1cf-fe89d1661dd7',
  code: '20',
  at: '2026-11-20T09:00:00+09:00',
};
const rowsOf = (text: string) =>
  text.split('\n').map((line, index) => {
    const row = index + 1;
    if (line === '!') return { row, quarantined: { code: 'E-TEST', field: 2 } };
    return line === '?' ? { row, answer } : { row, event: line };
  });

/** Accepts everything, and remembers what it was asked. */
function aJudge(limits: Partial<Judge<Verdict>> = {}) {
  const asked: string[][] = [];
  const judge = async (items: readonly RehearsedItem[]): Promise<Verdict[]> => {
    asked.push(items.map(({ itemId }) => itemId.replace(/.*\//, '')));
    return items.map(({ itemId }) => ({ itemId, outcome: 'accepted', codes: ['W-TEST'] }));
  };
  return { asked, maxItems: 1_000, maxBytes: 1_000_000, judge, ...limits };
}
const file = (...lines: string[]) => ({ name: 'L1.TXT', bytes: Buffer.from(lines.join('\n')) });
const settings = { folder: '/nowhere' };

describe('the dry run of a file in a host', () => {
  it('asks the hub of the rows that would go there, and tells of each row what its result would say', async () => {
    const judge = aJudge();
    const { rows, questions, notJudged } = (await dryRunFile(
      linesPlugin(),
      settings,
      file('a', '!', 'b', '?'),
      judge,
    ))!;
    expect(judge.asked).toEqual([['1', '3']]);
    expect(rows).toMatchObject([
      { row: 1, outcome: 'accepted', code: 'W-TEST', verdict: { codes: ['W-TEST'] } },
      { row: 2, outcome: 'quarantined', code: 'E-TEST', field: 2 },
      { row: 3, outcome: 'accepted' },
    ]);
    expect(rows[1]).not.toHaveProperty('verdict');
    expect([questions, notJudged]).toEqual([1, 1]);
  });

  it.each([
    ['items', { maxItems: 2 }],
    ['bytes', { maxBytes: 1_700 }],
  ])('asks in several questions when the hub takes no more %s at once', async (_, limits) => {
    const judge = aJudge(limits);
    expect((await dryRunFile(linesPlugin(), settings, file('a', 'b', 'c', 'd', 'e'), judge))?.questions).toBe(3);
    expect(judge.asked).toEqual([['1', '2'], ['3', '4'], ['5']]);
  });

  it('asks nothing of a file that the plugin would leave alone', async () => {
    const judge = aJudge();
    const other = { ...file('a'), name: 'README' };
    expect(await dryRunFile(linesPlugin(), settings, other, judge)).toBeUndefined();
    expect(judge.asked).toEqual([]);
  });

  it('needs none of the secrets that lie with the host', async () => {
    const run = dryRunFile(linesPlugin({ secretRef: 'signature' }), settings, file('a'), aJudge());
    expect((await run)?.rows).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('tells of each thing that a row asks for on its own', async () => {
    const source: Source<string, ReferralResponse> = {
      name: 'two',
      check: () => Promise.resolve([]),
      poll: () => Promise.resolve({}),
      dryRun: async (_, intake) => {
        const rows: ResultRow[] = [];
        const item = (itemId: string) => ({ itemId, origin: { row: 1 }, reading: { event: itemId } });
        await intake.send([item('one'), item('other')], {
          onSettled: ({ answer: { outcome } }) => rows.push({ row: 1, outcome }),
        });
        return rows;
      },
    };
    const routes = ['kaigo', 'shogai'];
    const judge = aJudge({
      judge: (items) =>
        Promise.resolve(items.map(({ itemId }, n) => ({ itemId, outcome: 'accepted', codes: [routes[n] ?? ''] }))),
    });
    const run = await dryRunFile(linesPlugin({ source }), settings, file('a'), judge);
    expect(run?.rows.map(({ verdict }) => verdict?.codes)).toEqual([['kaigo'], ['shogai']]);
  });

  it('gives the connection back, also when the hub cannot be asked', async () => {
    let closed = 0;
    const failing = aJudge({ judge: () => Promise.reject(new Error('away')) });
    const count = () => (closed += 1);
    await dryRunFile(linesPlugin({ closed: count }), settings, file('a'), aJudge());
    await expect(dryRunFile(linesPlugin({ closed: count }), settings, file('a'), failing)).rejects.toThrow('away');
    expect(closed).toBe(2);
  });

  it('refuses settings that are none of the plugin’s', async () => {
    await expect(dryRunFile(linesPlugin(), {}, file('a'), aJudge())).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});

describe('settings and a file that are tried beside a host at work', () => {
  const host = { clock: systemClock, secrets: { read: () => Promise.reject(new SecretMissingError('x')) } };
  const tried = (lines: readonly string[], plugin = linesPlugin(), name = 'L1.TXT') =>
    rehearse(
      plugin,
      { config: settings, file: { name, content: Buffer.from(lines.join('\n')).toString('base64') } },
      host,
    );

  it('says of each row what is wrong with it, or what it would ask the hub for', async () => {
    const { rows, ...rest } = await tried(['a', '!', '?']);
    expect(rest).toEqual({ ok: true, notJudged: 1 });
    expect(rows).toMatchObject([
      { row: 1, outcome: 'accepted', item: { submission: { source: { key: 'a', row: 1 } } } },
      { row: 2, outcome: 'quarantined', code: 'E-TEST', field: 2 },
    ]);
    expect(rows![1]).not.toHaveProperty('item');
  });

  it('says why it reads nothing', async () => {
    expect(await tried(['a'], linesPlugin(), 'README')).toEqual({ ok: false, code: 'FILE_NOT_TAKEN' });
    expect(await tried(['a'], { ...linesPlugin(), checkFile: undefined })).toEqual({
      ok: false,
      code: 'READS_NO_FILES',
    });
    const tries = { ...linesPlugin(), checkFile: undefined, triesFiles: true };
    expect(await tried(['a'], tries)).toMatchObject({ ok: true, rows: [{ row: 1 }] });
    const bad = await rehearse(linesPlugin(), { config: { folder: 7 }, file: { name: 'L1.TXT', content: '' } }, host);
    expect(bad).toMatchObject({ ok: false, code: 'BAD_CONFIG', findings: [{ name: '/folder', code: 'invalid_type' }] });
    for (const line of ['!', 'a']) {
      const long = await tried(
        Array.from({ length: fileDryRunLimits.rows + 1 }, (_, n) => (line === '!' ? '!' : `a${n}`)),
      );
      expect(long).toMatchObject({ ok: false, code: 'TOO_MANY_ROWS' });
    }
  });

  it('checks with the settings that it is given and the secrets of the site, and gives the connection back', async () => {
    let closed = 0;
    const counting = { closed: () => (closed += 1) };
    expect(await rehearse(linesPlugin(counting), { config: settings }, host)).toEqual({ ok: true, findings: [] });
    expect(closed).toBe(1);
    const lacking = await rehearse(linesPlugin({ secretRef: 'signature' }), { config: settings }, host);
    expect(lacking).toEqual({
      ok: false,
      code: 'SECRET_MISSING',
      findings: [{ name: '接続', ok: false, code: 'SECRET_MISSING' }],
    });
  });

  it('answers in as many messages as it needs, each of them small enough', async () => {
    const answered = await tried(Array.from({ length: 900 }, (_, n) => `a${n}`));
    const parts = partsOf(answered);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map(({ part, parts: of }) => [part, of])).toEqual(parts.map((_, n) => [n + 1, parts.length]));
    expect(parts.flatMap(({ rows = [] }) => rows)).toEqual(answered.rows);
    for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(maxPayloadBytes - 2_000);
  });
});
