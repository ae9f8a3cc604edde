// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ItemAnswer, readEnvelope } from '@tsunagi/plugin-sdk';
import {
  type ArrivedItem,
  type PluginRun,
  runPlugin,
  type RunPluginOptions,
  type TemporaryFolder,
  temporaryLegacyFolder,
} from '@tsunagi/plugin-sdk/testing';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFile, type AnswerValues } from '../test/answer-file';
import { aReferral, claim, deliveryId, referralId } from '../test/disclosed-referral';
import { eventFile } from '../test/event-file';
import { kaigoPlugin } from './kaigo.plugin';

const own = (...path: string[]) => join(__dirname, '..', ...path);
const unknown = '019a9f00-0000-7000-8000-0000000000df';

/** The hub knows one delivery, and no second report about it. */
function hubAnswer({ type, body }: ArrivedItem): Partial<ItemAnswer> {
  if (!('response' in body)) return type === 'recall.acknowledged.v1' ? { outcome: 'accepted', referralId } : {};
  if (body.response.deliveryId === unknown)
    return { outcome: 'rejected', codes: ['DELIVERY_UNKNOWN'], referralId: undefined };
  if (body.response.code === '40') return { outcome: 'rejected', codes: ['STATE_NOT_THERE'], referralId };
  return { outcome: 'accepted', referralId };
}

describe('answers of the care desk', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  const at = (...path: string[]) => join(folder.path, ...path);
  const list = (name: string) => readdirSync(at(name)).sort();
  const config = () => ({ folder: folder.path, functionCode: '9970100005' });
  const start = async (options: Partial<RunPluginOptions> = {}) =>
    (run = await runPlugin(kaigoPlugin, { config: config(), answer: hubAnswer, ...options }));
  const bring = async (name: string, bytes: Uint8Array) => {
    writeFileSync(at('in', `${name}.tmp`), bytes);
    renameSync(at('in', `${name}.tmp`), at('in', name));
    await run.until(() => [...list('done'), ...list('error')].includes(name));
  };
  const result = (name: string) => readFileSync(at('out', name), 'latin1').split('\r\n').slice(1, -2);
  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
    await start();
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('go to the hub row by row, and their result says, byte for byte, what became of each', async () => {
    copyFileSync(own('samples/KAS26121.CSV'), at('in', 'KAS26121.CSV'));
    await run.until(() => list('done').length === 1);
    expect(readFileSync(at('out', 'KAE26121.CSV'))).toEqual(readFileSync(own('test/expected/KAE26121.CSV')));
    expect(run.hub.items.map(({ type }) => type).sort()).toEqual([
      'recall.acknowledged.v1',
      'referral.response.v1',
      'referral.response.v1',
      'referral.response.v1',
      'referral.response.v1',
    ]);
    expect(run.hub.items.find(({ type }) => type === 'referral.response.v1')?.body).toMatchObject({
      response: {
        deliveryId,
        referralId,
        code: '20',
        at: '2026-11-24T09:30:00+09:00',
        identifiers: [{ system: 'kaigo', value: '00990010-0000000123' }],
      },
    });
  });

  it('find their way back from the record that they answer', async () => {
    await run.hub.deliver('referral.sent.v1', { deliveryId, claim, referral: aReferral() });
    const envelope = readEnvelope(readFileSync(at('out', 'KAR00001.CSV')), { dataKind: 'Z11' });
    if (!envelope.ok) throw new Error(envelope.code);
    const [record] = [...envelope.rows];
    const [, , referral = '', delivery = ''] = record!.fields.map(({ text }) => text);
    await bring('KAS00001.CSV', answerFile([{ referralId: referral, deliveryId: delivery }]));
    expect(run.hub.items.map(({ body }) => 'response' in body && body.response)).toMatchObject([
      { deliveryId, referralId, code: '20' },
    ]);
  });

  it('are the same answers when the night batch brings them again in a longer file: nothing happens twice', async () => {
    const first: AnswerValues = { externalNumber: 'A-1', action: '45', message: '住所を教えてください。' };
    await bring('KAS00001.CSV', answerFile([first]));
    await bring('KAS00002.CSV', answerFile([first, { externalNumber: 'A-2' }]));
    const [one, again, other] = run.hub.items.map(({ itemId }) => itemId);
    expect([again, run.hub.items.length]).toEqual([one, 3]);
    expect(other).not.toBe(one);
    expect(result('KAE00002.CSV').map((line) => line.split(',').slice(4, 7))).toEqual([
      ['1', 'A-1', '10'],
      ['2', 'A-2', '10'],
    ]);
  });

  it('are no file that is expected every night; change records are', async () => {
    await bring('KAS00001.CSV', answerFile([{}]));
    expect(run.runner.lastFileAt).toBeUndefined();
    await bring('KAI00001.CSV', eventFile([{}]));
    expect(run.runner.lastFileAt).toBeInstanceOf(Date);
  });

  it('that stand twice in one file are sent once, and the second is a duplicate', async () => {
    await bring('KAS00001.CSV', answerFile([{}, {}]));
    expect(run.hub.items).toHaveLength(1);
    expect(result('KAE00001.CSV').map((line) => line.split(',')[6])).toEqual(['10', '13']);
  });

  it('of yesterday, under whatever name, get their first result and are not sent again', async () => {
    const file = answerFile([{ actedOn: '20260229' }]);
    await bring('KAS00001.CSV', file);
    await bring('KAS00009.CSV', file);
    expect(readFileSync(at('out', 'KAE00009.CSV'))).toEqual(readFileSync(at('out', 'KAE00001.CSV')));
    expect(run.hub.items).toHaveLength(1);
  });

  it('never share a result’s name with change records of the same digits, fetched or not', async () => {
    await bring('KAI00001.CSV', eventFile([{}]));
    rmSync(at('out', 'KAE00001.CSV'));
    await bring('KAS00001.CSV', answerFile([{}]));
    expect(list('out')).toEqual(['KAE00001-2.CSV']);
    expect(result('KAE00001-2.CSV')).toEqual([expect.stringContaining('KAS-20261124-0001')]);
  });

  it('that came under the name of change records can come again under their own', async () => {
    const file = answerFile([{}]);
    await bring('KAI00001.CSV', file);
    expect(result('KAE00001.CSV')).toEqual([expect.stringContaining(',90,E-FIELDS,,')]);
    await bring('KAS00002.CSV', file);
    expect(result('KAE00002.CSV')).toEqual([expect.stringContaining(',10,,,')]);
  });

  it('of a file that was cut during copying are none: it is put aside whole', async () => {
    await bring('KAS00001.CSV', answerFile([{}], { end: false }));
    expect(list('error')).toEqual(['KAS00001.CSV']);
    expect(result('KAE00001.CSV')).toEqual(['2,2,Z115,01,0,,91,E-NO-END,,']);
  });

  it('with a possible 個人番号 wait here, and no digit of it leaves', async () => {
    await bring('KAS00001.CSV', answerFile([{ message: '１２３４５６７８９０１８' }]));
    expect(run.hub.items).toMatchObject([
      { type: 'rows.quarantined.v1', body: { row: { row: 1, code: 'S-MYNUMBER', field: 13 } } },
    ]);
    expect(JSON.stringify(run.hub.items)).not.toMatch(/１２３/);
  });

  it('without an insurer are taken, and the result says that the number could not be used', async () => {
    await bring('KAS00001.CSV', answerFile([{}], { insurer: '000000' }));
    expect(run.hub.items.map(({ body }) => 'response' in body && body.response)).not.toHaveProperty([0, 'identifiers']);
    expect(result('KAE00001.CSV')).toEqual([expect.stringContaining(',10,W-INSURER,9,')]);
  });
});
