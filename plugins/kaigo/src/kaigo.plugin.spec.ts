// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemAnswer } from '@tsunagi/plugin-sdk';
import {
  type ArrivedItem,
  type PluginRun,
  runPlugin,
  type TemporaryFolder,
  temporaryLegacyFolder,
} from '@tsunagi/plugin-sdk/testing';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventFile } from '../test/event-file';
import { writeEcho } from './intake/record-key';
import { kaigoPlugin } from './kaigo.plugin';

const first = '019a9f00-0000-7000-8000-0000000000a1';
const second = '019a9f00-0000-7000-8000-0000000000a2';
const own = (...path: string[]) => join(__dirname, '..', ...path);

/** The hub's answers to the sample: one sent, one waiting for consent. */
const answers: Record<string, Partial<ItemAnswer>> = {
  'KAI-20261110-0001': { outcome: 'accepted', referralId: first },
  'KAI-20261110-0002': { outcome: 'held', referralId: second, codes: ['ASSERTED_WITHOUT_CONSENT'] },
};
const answerOf = ({ body }: ArrivedItem) =>
  'submission' in body ? (answers[body.submission.source.key.slice('00990010/'.length)] ?? {}) : {};

describe('the kaigo plugin beside its folder', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  const at = (...path: string[]) => join(folder.path, ...path);
  const list = (name: string) => readdirSync(at(name)).sort();
  const put = (bytes: Uint8Array, name: string) => {
    writeFileSync(at('in', `${name}.tmp`), bytes);
    renameSync(at('in', `${name}.tmp`), at('in', name));
  };
  const config = () => ({ folder: folder.path, functionCode: '9970100005', formVersion: 'kaigo-2026-1' });

  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
    run = await runPlugin(kaigoPlugin, { config: config(), answer: answerOf });
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('sends the rows of a file and writes their result, byte for byte', async () => {
    copyFileSync(own('samples/KAI26111.CSV'), at('in', 'KAI26111.CSV'));
    await run.until(() => list('done').length === 1);
    expect(readFileSync(at('out', 'KAE26111.CSV'))).toEqual(readFileSync(own('test/expected/KAE26111.CSV')));
    expect([list('in'), list('processing'), list('error')]).toEqual([[], [], []]);
    expect(readFileSync(at('done', 'KAI26111.CSV'))).toEqual(readFileSync(own('samples/KAI26111.CSV')));
    expect(run.hub.items.map(({ body }) => 'submission' in body && body.submission.source)).toMatchObject([
      { plugin: 'kaigo', fileSerial: 26111, row: 1, key: '00990010/KAI-20261110-0001', change: 'new' },
      { plugin: 'kaigo', fileSerial: 26111, row: 2, key: '00990010/KAI-20261110-0002', change: 'new' },
    ]);
  });

  it('counts of a day the records of each file, as its own folder has them', async () => {
    const bytes = readFileSync(own('samples/KAI26111.CSV'));
    put(bytes, 'KAI26111.CSV');
    await run.until(() => list('done').length === 1);
    const written = new Date('2026-11-20T23:59:59+09:00');
    utimesSync(at('done', 'KAI26111.CSV'), written, written);
    const events = {
      what: 'events',
      source: 'folder',
      items: createHash('sha256').update(bytes).digest('hex'),
      count: 2,
    };
    expect(await run.runner.countDay('2026-11-20')).toContainEqual(events);
    expect((await run.runner.countDay('2026-11-21')).filter(({ what }) => what === 'events')).toEqual([]);
    // Whoever has changed it there has made another file of it.
    writeFileSync(at('done', 'KAI26111.CSV'), bytes.subarray(0, 200));
    utimesSync(at('done', 'KAI26111.CSV'), written, written);
    expect(await run.runner.countDay('2026-11-20')).not.toContainEqual(events);
  });

  it('answers the file of yesterday, under whatever name, with its first result and sends nothing again', async () => {
    copyFileSync(own('samples/KAI26111.CSV'), at('in', 'KAI26111.CSV'));
    await run.until(() => list('done').length === 1);
    rmSync(at('out', 'KAE26111.CSV'));
    copyFileSync(own('samples/KAI26111.CSV'), at('in', 'KAI26112.CSV'));
    await run.until(() => list('done').length === 2);
    expect(readFileSync(at('out', 'KAE26112.CSV'))).toEqual(readFileSync(own('test/expected/KAE26111.CSV')));
    expect(run.hub.items).toHaveLength(2);
  });

  it('puts a file that was cut during copying aside, with nothing taken of it', async () => {
    put(readFileSync(own('samples/KAI24061.CSV')).subarray(0, 200), 'KAI24061.CSV');
    await run.until(() => list('error').length === 1);
    expect(readFileSync(at('out', 'KAE24061.CSV'))).toEqual(readFileSync(own('test/expected/KAE24061.CSV')));
    expect(run.hub.items.map(({ type, body }) => [type, 'row' in body && body.row])).toMatchObject([
      ['rows.quarantined.v1', { row: 0, code: 'E-NO-END' }],
    ]);
  });

  it('lets 197 of 200 rows go on, and says of three where and why', async () => {
    const bad = { 9: { insurer: '00990011' }, 99: { birthDate: '20230229' }, 199: { sex: '9' } };
    const rows = Array.from({ length: 200 }, (_, index) => ({
      externalNumber: `N-${index + 1}`,
      ...(bad as Record<number, object>)[index],
    }));
    put(eventFile(rows), 'KAI00001.CSV');
    await run.until(() => list('done').length === 1);
    const results = readFileSync(at('out', 'KAE00001.CSV'), 'latin1').split('\r\n').slice(1, -2);
    expect(results.filter((line) => line.split(',')[6] === '10')).toHaveLength(197);
    expect(results.filter((line) => line.split(',')[6] === '90')).toEqual([
      '2,11,Z115,01,10,N-10,90,E-CD-HOKENSHA,6,',
      '2,101,Z115,01,100,N-100,90,E-DATE,10,',
      '2,201,Z115,01,200,N-200,90,E-CODE,11,',
    ]);
  });

  it('says what no quarantined row may hold: no value of the record', async () => {
    put(eventFile([{ message: '１２３４５６７８９０１８', kanji: '其の名前' }]), 'KAI00001.CSV');
    await run.until(() => list('done').length === 1);
    const [item] = run.hub.items;
    expect(item).toMatchObject({
      type: 'rows.quarantined.v1',
      body: { row: { row: 1, code: 'S-MYNUMBER', field: 24 } },
    });
    expect(JSON.stringify(item)).not.toMatch(/其の名前|１２３|00990010|KAI-2026/);
  });

  it('leaves other files alone', async () => {
    put(Buffer.from('memo'), 'README.TXT');
    put(eventFile([{}]), 'KAI00001.CSV');
    await run.until(() => list('done').length === 1);
    expect(list('in')).toEqual(['README.TXT']);
  });

  it('writes what became of its records into a file, once', async () => {
    const status = {
      referralId: first,
      code: '20' as const,
      at: '2026-11-20T10:00:00+09:00',
      echo: writeEcho({ insurer: '00990010', insured: '0000000201', externalNumber: 'KAI-20261110-0001' }),
      by: { domain: 'konkyu' as const, code: 'KONKYU-01', name: '見本市自立相談支援機関' },
    };
    const deliveryId = '019a9f00-0000-7000-8000-0000000000d1';
    for (const claim of ['019a9f00-0000-7000-8000-0000000000c1', '019a9f00-0000-7000-8000-0000000000c2'])
      await run.hub.deliver('referral.status.v1', { deliveryId, claim, ...status });
    expect(list('out')).toEqual(['KAO00001.CSV']);
    const text = new TextDecoder('shift_jis').decode(readFileSync(at('out', 'KAO00001.CSV')));
    expect(text).toMatch(
      /,KAI-20261110-0001,[0-9A-Z]{26},20,20261120,100000,4,KONKYU-01,"見本市自立相談支援機関",,,,,1,20261120\r\n3,3/,
    );
    expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
  });

  it('cannot write a status that lost the sender’s keys, and a person sees it', async () => {
    const deliveryId = '019a9f00-0000-7000-8000-0000000000d2';
    await run.hub.deliver('referral.status.v1', {
      deliveryId,
      claim: '019a9f00-0000-7000-8000-0000000000c1',
      referralId: first,
      code: '60',
      at: '2026-11-20T10:00:00+09:00',
    });
    expect(run.hub.receipts).toMatchObject([{ deliveryId, outcome: 'failed', code: 'E-ECHO' }]);
    expect(list('out')).toEqual([]);
  });

  it('is fit to be enabled when its folders and the form version are there', async () => {
    expect((await run.check()).every(({ ok }) => ok)).toBe(true);
  });

  it('is not, without a form behind 同意あり or without a folder', async () => {
    const { formVersion: _none, ...bare } = config();
    const other = await runPlugin(kaigoPlugin, { config: bare });
    rmSync(at('out'), { recursive: true });
    const findings = (await other.check()).filter(({ ok }) => !ok).map(({ code }) => code);
    await other.stop();
    expect(findings).toEqual(['ENOENT', 'FORM_VERSION_MISSING']);
  });
});

describe('the settings of the kaigo plugin', () => {
  it.each([
    ['an unknown setting', { folder: 'x', functionCode: 'K', colour: 'red' }],
    ['no folder', { functionCode: 'K' }],
    ['a code of eleven characters', { folder: 'x', functionCode: '12345678901' }],
    ['an interval as text', { folder: 'x', functionCode: 'K', pollMs: '2000' }],
    ['a 外字 outside F040–F9FC', { folder: 'x', functionCode: 'K', gaiji: { '8140': '吉' } }],
  ])('are refused with %s', (_, settings) => {
    expect(kaigoPlugin.config.safeParse(settings).success).toBe(false);
  });

  it('need a folder and a function code only', () => {
    expect(kaigoPlugin.config.safeParse({ folder: 'x', functionCode: 'K' }).success).toBe(true);
  });
});
