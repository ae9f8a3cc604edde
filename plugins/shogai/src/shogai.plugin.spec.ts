// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type ItemAnswer, readFixedFile, sliceFields } from '@tsunagi/plugin-sdk';
import {
  type ArrivedItem,
  type PluginRun,
  runPlugin,
  type TemporaryFolder,
  temporaryLegacyFolder,
} from '@tsunagi/plugin-sdk/testing';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerFile } from '../test/answer-file';
import { aReferral, claim, deliveryId, recalling, referralId } from '../test/disclosed-referral';
import { eventFile } from '../test/event-file';
import { writeEcho } from './intake/record-key';
import { frameOf } from './layout/frames';
import { referralLayout } from './referrals/referral-layout';
import { resultLayout } from './results/result-file';
import { shogaiPlugin } from './shogai.plugin';

const answer = (_: ArrivedItem): Partial<ItemAnswer> => ({ outcome: 'accepted', referralId });

describe('the shogai plugin beside its folder', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  const at = (...path: string[]) => join(folder.path, ...path);
  const list = (name: string) => readdirSync(at(name)).sort();
  const config = () => ({
    folder: folder.path,
    functionCode: '9910100001',
    formVersion: 'shogai-2026-1',
    municipality: '990019',
  });
  const bring = async (name: string, bytes: Uint8Array) => {
    writeFileSync(at('in', `${name}.tmp`), bytes);
    renameSync(at('in', `${name}.tmp`), at('in', name));
    await run.until(() => [...list('done'), ...list('error')].includes(name));
  };
  /** 行番号, 外部管理番号, 結果, エラーコード, 項目番号 of each record. */
  const result = (name: string) => {
    const file = readFixedFile(readFileSync(at('out', name)), frameOf('SHE', 'none'));
    if (!file.ok) throw new Error(file.code);
    return [...file.rows].map(({ bytes }) =>
      sliceFields(bytes, resultLayout)
        .slice(2, 7)
        .map(({ text }) => text),
    );
  };
  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
    run = await runPlugin(shogaiPlugin, { config: config(), answer });
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('sends the records of a file and says of each what became of it', async () => {
    await bring(
      'SHG00007.DAT',
      eventFile([{ externalNumber: 'A-1' }, { externalNumber: 'A-2', birthDate: '4310501' }]),
    );
    expect(result('SHE00007.DAT')).toEqual([
      ['000000001', 'A-1', '10', '', ''],
      ['000000002', 'A-2', '90', 'E-ERA', '11'],
    ]);
    expect(run.hub.items.map(({ type }) => type).sort()).toEqual(['referral.submitted.v1', 'rows.quarantined.v1']);
    expect(JSON.stringify(run.hub.items)).not.toMatch(/4310501|2019-05-01/);
    expect(run.runner.lastFileAt).toBeInstanceOf(Date);
  });

  it('counts of a day what lies in its folders: records that came, refused files, and what was brought', async () => {
    await bring('SHG00007.DAT', eventFile([{ externalNumber: 'A-1' }, { externalNumber: 'A-2' }]));
    await bring('SHG00008.DAT', eventFile([{}, {}]).subarray(0, 700));
    const referral = aReferral();
    await run.hub.deliver('referral.sent.v1', { deliveryId, claim, referral });
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const counted = async () => (await run.runner.countDay(today)).map(({ what, count }) => [what, count]);
    expect(await counted()).toEqual([
      ['events', 2],
      ['events', 1],
      ['referrals', 1],
      ['statuses', 0],
    ]);
    renameSync(at('out', 'SHR00001.DAT'), at('SHR00001.DAT'));
    expect(await counted()).toContainEqual(['referrals', 0]);
    renameSync(at('SHR00001.DAT'), at('out', 'SHR00001.DAT'));
    expect(await counted()).toContainEqual(['referrals', 1]);
  });

  it('puts a file with a short record aside whole', async () => {
    const sound = eventFile([{}, {}]);
    await bring('SHG00001.DAT', Buffer.concat([sound.subarray(0, 620), sound.subarray(622)]));
    expect([list('error'), result('SHE00001.DAT')]).toEqual([['SHG00001.DAT'], [['', '', '91', 'E-RECLEN', '']]]);
    expect(run.hub.items).toMatchObject([{ type: 'rows.quarantined.v1', body: { row: { row: 0, code: 'E-RECLEN' } } }]);
  });

  describe('that comes under a 送信連番 of before', () => {
    const first = () => eventFile([{ externalNumber: 'A-1' }], { transmission: '000005' });
    const other = () => eventFile([{ externalNumber: 'A-2' }], { transmission: '000005' });

    it('with the same content gets its first result, and sends nothing again', async () => {
      await bring('SHG00001.DAT', first());
      await bring('SHG00002.DAT', first());
      expect(readFileSync(at('out', 'SHE00002.DAT'))).toEqual(readFileSync(at('out', 'SHE00001.DAT')));
      expect(run.hub.items).toHaveLength(1);
    });

    it('with another content is refused as a whole, also after a restart', async () => {
      await bring('SHG00001.DAT', first());
      await bring('SHG00002.DAT', other());
      expect(result('SHE00002.DAT')).toEqual([['', '', '91', 'E-SEQ-REUSE', '06']]);
      await run.stop();
      run = await runPlugin(shogaiPlugin, { config: config(), answer });
      const third = eventFile([{ externalNumber: 'A-3' }], { transmission: '000005' });
      await bring('SHG00003.DAT', third);
      expect([list('done'), list('error')]).toEqual([['SHG00001.DAT'], ['SHG00002.DAT', 'SHG00003.DAT']]);
    });

    it('is taken when the one of before was refused: nothing of it had been taken', async () => {
      await bring('SHG00001.DAT', eventFile([{}], { transmission: '000005', hash: 1 }));
      await bring('SHG00002.DAT', first());
      expect(result('SHE00002.DAT')).toEqual([['000000001', 'A-1', '10', '', '']]);
    });

    it('is taken when it is of another kind: each counts for itself', async () => {
      await bring('SHG00001.DAT', first());
      await bring('SHS00001.DAT', answerFile([{}], { transmission: '000005' }));
      expect(list('done')).toEqual(['SHG00001.DAT', 'SHS00001.DAT']);
    });
  });

  it('brings answers, and writes their result', async () => {
    await bring('SHS00001.DAT', answerFile([{}, {}, { externalNumber: 'B-1', actedOn: '20260229' }]));
    expect(result('SHE00001.DAT')).toEqual([
      ['000000001', 'SHS-20261124-0001', '10', '', ''],
      ['000000002', 'SHS-20261124-0001', '13', '', ''],
      ['000000003', 'B-1', '90', 'E-DATE', '07'],
    ]);
    expect(run.hub.items.map(({ body }) => 'response' in body && body.response.deliveryId)).toContain(deliveryId);
  });

  it('writes a referral and its recall, once for each 配送ID and 取消区分, and its answer finds the way back', async () => {
    for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
      await run.hub.deliver('referral.sent.v1', { deliveryId, claim: again, referral: aReferral() });
    await run.hub.deliver('referral.recalled.v1', recalling().recall);
    expect(list('out')).toEqual(['SHR00001.DAT', 'SHR00002.DAT']);
    const file = readFixedFile(readFileSync(at('out', 'SHR00001.DAT')), frameOf('SHR', 'none'));
    if (!file.ok) throw new Error(file.code);
    const [, , , hubId = '', delivery = ''] = sliceFields([...file.rows][0]!.bytes, referralLayout).map(
      ({ text }) => text,
    );
    await bring('SHS00001.DAT', answerFile([{ referralId: hubId, deliveryId: delivery }]));
    expect(run.hub.items.map(({ body }) => 'response' in body && body.response)).toMatchObject([
      { deliveryId, referralId, code: '20' },
    ]);
  });

  it('writes what became of its records into a file, once', async () => {
    const echo = writeEcho({ municipality: '990019', recipient: '9910100008', externalNumber: 'A-1' });
    const status = { referralId, code: '20' as const, at: '2026-11-20T10:00:00+09:00', echo };
    for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
      await run.hub.deliver('referral.status.v1', { deliveryId, claim: again, ...status });
    expect(list('out')).toEqual(['SHO00001.DAT']);
    expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
  });

  it('refuses a notification: that is for the hub only', async () => {
    await run.hub.deliver('referral.sent.v1', { deliveryId, claim, referral: aReferral({ kind: 'notification' }) });
    expect(run.hub.receipts).toMatchObject([{ outcome: 'failed', code: 'E-HUB-ONLY', retryable: false }]);
    expect(list('out')).toEqual([]);
  });

  it('is fit to be enabled when its folders and the form version are there, and not without', async () => {
    expect((await run.check()).every(({ ok }) => ok)).toBe(true);
    const { formVersion: _none, ...bare } = config();
    const other = await runPlugin(shogaiPlugin, { config: bare });
    rmSync(at('out'), { recursive: true });
    const findings = (await other.check()).filter(({ ok }) => !ok).map(({ code }) => code);
    await other.stop();
    expect(findings).toEqual(['ENOENT', 'FORM_VERSION_MISSING']);
  });
});

describe('the settings of the shogai plugin', () => {
  const plain = { folder: 'x', functionCode: 'S', municipality: '990019' };
  it.each([
    ['an unknown setting', { ...plain, colour: 'red' }],
    ['no municipality', { folder: 'x', functionCode: 'S' }],
    ['the check digit of an insurer', { ...plain, municipality: '990010' }],
    ['another line end', { ...plain, eol: 'lf' }],
  ])('are refused with %s', (_, settings) => {
    expect(shogaiPlugin.config.safeParse(settings).success).toBe(false);
  });

  it('need a folder, a function code and a municipality only', () => {
    expect(shogaiPlugin.config.safeParse(plain).success).toBe(true);
  });
});
