// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Journal, silentLog, systemClock } from '@tsunagi/plugin-sdk';
import { type PluginRun, type TemporaryFolder, temporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anEvent } from '../../test/event-body';
import { anAnswer } from '../../test/response-body';
import { Caller, hubMemory, runKosodate, settings } from '../../test/run-kosodate';
import { kosodatePlugin } from '../kosodate.plugin';

const sample = readFileSync(join(__dirname, '../../samples/event.json'));
const callbackUrl = 'http://127.0.0.1:9/hub';

describe('the body of a call, tried as a file on a site that takes calls alone', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  /** What would be sent, and what is told of it, by a hub that accepts everything. */
  async function tried(bytes: string | Uint8Array | object, name = 'event.json') {
    const content = typeof bytes === 'string' || bytes instanceof Uint8Array ? bytes : JSON.stringify(bytes);
    const place = join(folder.path, 'tried');
    await mkdir(place, { recursive: true });
    const journal = await Journal.open(place);
    const kept = () => readFile(join(journal.folder, 'journal.jsonl'), 'utf8');
    const before = await kept();
    const secrets = { read: () => Promise.resolve('a secret of thirty-two bytes or more, of nobody') };
    const surroundings = { journal, secrets, clock: systemClock, log: silentLog };
    const connected = await kosodatePlugin.connect(settings(callbackUrl), surroundings);
    const sent: { type: string; body: object }[] = [];
    try {
      for (const source of connected.sources) {
        const rows = await source.dryRun(
          { name, bytes: Buffer.from(content) },
          {
            send: (items, { onSettled } = {}) => {
              for (const { itemId, origin, type, body } of items) {
                sent.push({ type, body });
                onSettled?.({ itemId, origin, answer: { itemId, outcome: 'accepted', codes: [] } });
              }
              return Promise.resolve();
            },
          },
        );
        if (rows) return { rows, sent };
      }
      return { rows: undefined, sent };
    } finally {
      expect(await kept()).toEqual(before);
      await connected.close();
      await journal.close();
    }
  }

  it('would send what it sends when it comes through the door', async () => {
    const run: PluginRun = await runKosodate(folder.path, callbackUrl, { answer: hubMemory() });
    try {
      await new Caller(run).post('events', JSON.parse(sample.toString()) as object);
      const { sent, rows } = await tried(sample);
      const real = run.hub.items.map(({ type, body }) => ({ type, body: withoutSerial(body) }));
      expect([sent, rows]).toEqual([real, [expect.objectContaining({ row: 0, outcome: 'accepted' })]]);
    } finally {
      await run.stop();
    }
  });

  it('is told of each つなぎ先 on its own', async () => {
    const referTo = [
      { domain: '1', reason: '祖母のこと。' },
      { domain: '2', reason: 'ことばの遅れ。' },
    ];
    const { rows, sent } = await tried(anEvent({ referTo }));
    expect(rows).toHaveLength(2);
    expect(sent.map(({ body }) => (body as { submission: { to: object } }).submission.to)).toEqual([
      { domain: 'kaigo' },
      { domain: 'shogai' },
    ]);
  });

  it.each([
    ['an unreal day', anEvent({ expectedDate: '2026-13-01' }), 'E-DATE', 16],
    ['a 通告', anEvent({ eventType: 'tsuukoku' }), 'E-HUB-ONLY', 2],
    ['a field for a マイナンバー', anEvent({ myNumber: '' }), 'S-MYNUMBER-FIELD', undefined],
    ['no JSON', '{"eventId":', 'E-JSON', undefined],
    ['two equal names', '{"eventId":"a","eventId":"b"}', 'E-JSON', undefined],
    ['a list', '[]', 'E-JSON', undefined],
    ['more than a body may have', ' '.repeat(128 * 1024 + 1), 'E-SIZE', undefined],
    ['an answer to nothing', anAnswer({ deliveryId: 'x' }), 'E-ID', undefined],
  ])('would be refused whole with %s, by code and field, and nothing sent', async (_, body, code, field) => {
    expect(await tried(body)).toEqual({ rows: [{ row: 0, outcome: 'refused', code, field }], sent: [] });
  });

  it('may be an answer, of which a hub says nothing beforehand', async () => {
    const { sent } = await tried(anAnswer());
    expect(sent).toMatchObject([{ type: 'referral.response.v1', body: { response: { code: '20' } } }]);
  });

  it.each(['events.csv', 'event.txt', '.event.json'])('is not what a file %s is taken for here', async (name) => {
    expect(await tried(sample, name)).toEqual({ rows: undefined, sent: [] });
  });
});

/** When it came; tried, it has not come. */
function withoutSerial(body: object): object {
  const { fileSerial: _, ...source } = (body as { submission: { source: Record<string, unknown> } }).submission.source;
  return { ...body, submission: { ...(body as { submission: object }).submission, source } };
}
