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
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventFile } from '../test/event-file';
import { lifeFile } from '../test/life-file';
import { ownAsProfile } from '../test/own-profile';
import { kaigoPlugin } from './kaigo.plugin';
import life from './profiles/life.json';

const lifeName = 'SERVICE_USER_INFO_0007_20261129.csv';
const lifeResult = 'KAE_SERVICE_USER_INFO_0007_20261129.CSV';

describe('the kaigo plugin beside a folder with files of other systems', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  const list = (name: string) => readdirSync(join(folder.path, name)).sort();
  const put = (bytes: Uint8Array, name: string) => {
    writeFileSync(join(folder.path, 'in', `${name}.tmp`), bytes);
    renameSync(join(folder.path, 'in', `${name}.tmp`), join(folder.path, 'in', name));
  };
  const resultOf = async (name: string) => {
    await run.until(() => list('out').includes(name));
    return readFileSync(join(folder.path, 'out', name), 'latin1').split('\r\n');
  };
  const begin = async (
    profiles: readonly unknown[],
    answer: (item: ArrivedItem) => Partial<ItemAnswer> = () => ({}),
  ) => {
    const config = { folder: folder.path, functionCode: '9970100005', formVersion: 'K-2026-1', profiles };
    run = await runPlugin(kaigoPlugin, { config, answer });
  };
  const sent = () => run.hub.items.map(({ body }) => ('submission' in body ? body.submission : body));

  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('brings a file of LIFE and one of its own, and answers each', async () => {
    await begin(['standard', 'life'], ({ body }) =>
      'submission' in body && body.submission.to === undefined ? { outcome: 'no_referral', referralId: undefined } : {},
    );
    const long = 'care-system/2026/0000000000000001';
    put(
      lifeFile([{}, { gender: '9' }, { external_system_management_number: long, insured_no: 'H000000001' }]),
      lifeName,
    );
    put(eventFile([{}]), 'KAI00001.CSV');
    expect(await resultOf(lifeResult)).toEqual([
      '1,1,0,3,Z11,0,000000,0,00,7,000001,0',
      '2,2,Z115,01,1,LIFE-0001,14,,,',
      '2,3,Z115,01,2,LIFE-0001,90,E-CODE,10,',
      '2,4,Z115,01,3,,14,,,',
      '3,5',
      '',
    ]);
    expect((await resultOf('KAE00001.CSV'))[1]).toMatch(/^2,2,Z115,01,1,KAI-20261110-0001,10,/);
    const [one, other] = run.hub.items.filter(
      ({ body }) => 'submission' in body && body.submission.source.fileSerial === 7,
    );
    expect(one?.body).toMatchObject({ submission: { source: { key: 'life:00990010/LIFE-0001' } } });
    expect(other?.body).toMatchObject({ submission: { subject: { identifiers: [{ value: '00990010-H000000001' }] } } });
    // What nobody will read does not leave the department.
    expect(JSON.stringify([one, other])).not.toMatch(/見本|ミホン|1940/);
    expect(list('in')).toEqual([]);
  });

  it('leaves a file of LIFE alone where it is not read', async () => {
    await begin(['standard']);
    put(lifeFile([{}]), lifeName);
    put(eventFile([{}]), 'KAI00001.CSV');
    await resultOf('KAE00001.CSV');
    expect(list('in')).toEqual([lifeName]);
  });

  it('reads no KAI file where only LIFE is, and its answers all the same', async () => {
    await begin(['life']);
    put(eventFile([{}]), 'KAI00001.CSV');
    put(lifeFile([{}]), lifeName);
    await resultOf(lifeResult);
    expect(list('in')).toEqual(['KAI00001.CSV']);
  });

  it('says of a row that asks for a desk what it knows, as the site has decided for this file', async () => {
    // A site that exports only those for whom it asks 多機関協働, each a draft to be completed in the web desk.
    await begin([{ ...life, name: 'asked', fixed: { target: '6', consent: '9' } }]);
    put(lifeFile([{}]), lifeName);
    await resultOf(lifeResult);
    expect(sent()).toMatchObject([
      {
        kind: 'support_request',
        to: 'unknown',
        asserted: { code: '9', on: '2026-11-29' },
        subject: {
          items: {
            identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
            care_level: { level: '22' },
          },
        },
      },
    ]);
  });

  it('puts a file aside that is not what was agreed', async () => {
    await begin(['life']);
    put(lifeFile([{}], { encoding: 'cp932' }), lifeName);
    expect(await resultOf(lifeResult)).toEqual([
      '1,1,0,1,Z11,0,000000,0,00,7,000001,0',
      '2,2,Z115,01,0,,91,E-UTF8,,',
      '3,3',
      '',
    ]);
    await run.until(() => list('error').length === 1);
    expect(sent()).toMatchObject([{ row: { row: 0, code: 'E-UTF8' } }]);
  });

  it('knows the file of yesterday, under whatever number', async () => {
    await begin(['life']);
    put(lifeFile([{}]), lifeName);
    const first = await resultOf(lifeResult);
    rmSync(join(folder.path, 'out', lifeResult));
    put(lifeFile([{}]), 'SERVICE_USER_INFO_0008_20261130.csv');
    expect(await resultOf('KAE_SERVICE_USER_INFO_0008_20261130.CSV')).toEqual(first);
    expect(run.hub.items).toHaveLength(1);
  });

  it('writes what became of a record whose number has no place in our own form, without the number', async () => {
    await begin([{ ...life, name: 'asked', fixed: { target: '4' } }]);
    put(lifeFile([{ external_system_management_number: 'ab/1' }]), lifeName);
    await resultOf(lifeResult);
    const [item] = run.hub.items;
    const echo = item && 'submission' in item.body ? item.body.submission.source.echo : undefined;
    await run.hub.deliver('referral.status.v1', {
      deliveryId: '019a9f00-0000-7000-8000-0000000000d1',
      claim: '019a9f00-0000-7000-8000-0000000000c1',
      referralId: '019a9f00-0000-7000-8000-0000000000a1',
      code: '20',
      at: '2026-11-20T10:00:00+09:00',
      echo,
    });
    const status = readFileSync(join(folder.path, 'out', 'KAO00001.CSV'), 'latin1').split('\r\n')[1];
    expect(status).toMatch(/^2,2,Z112,01,00990010,0000000123,,[0-9A-Z]{26},20,/);
  });

  it('is fit to be enabled without a form only where no file may say 同意あり', async () => {
    const checked = async (profiles: readonly unknown[], formVersion?: string) => {
      const config = { folder: folder.path, functionCode: 'K', profiles, ...(formVersion && { formVersion }) };
      const other = await runPlugin(kaigoPlugin, { config });
      const codes = (await other.check()).filter(({ ok }) => !ok).map(({ code }) => code);
      await other.stop();
      return codes;
    };
    await begin(['life']);
    expect(await checked(['life'])).toEqual([]);
    expect(await checked(['standard', 'life'])).toEqual(['FORM_VERSION_MISSING']);
    expect(await checked([ownAsProfile])).toEqual(['FORM_VERSION_MISSING']);
    expect(await checked([{ ...ownAsProfile, formVersion: 'V-1' }])).toEqual([]);
    expect(await checked(['standard', { ...ownAsProfile, formVersion: 'V-1' }])).toEqual(['FORM_VERSION_MISSING']);
    expect(await checked(['standard', ownAsProfile], 'K-2026-1')).toEqual([]);
  });
});

describe('checking a file of another system', () => {
  const check = (bytes: Uint8Array, name: string, profiles?: readonly unknown[]) =>
    kaigoPlugin.checkFile?.(bytes, name, profiles && { folder: 'x', functionCode: 'K', profiles });

  it('knows what ships without any settings, and names every fault of every row by its column', () => {
    expect(check(lifeFile([{}]), lifeName)).toEqual({ outcome: 'sound', rows: 1, findings: [] });
    expect(check(lifeFile([{}, { gender: '9', birthday: '19410229' }]), lifeName)).toEqual({
      outcome: 'quarantined',
      rows: 2,
      findings: [
        { row: 2, field: 10, fieldName: 'gender', code: 'E-CODE', severity: 'quarantined' },
        { row: 2, field: 11, fieldName: 'birthday', code: 'E-DATE', severity: 'quarantined' },
      ],
    });
  });

  it('knows the profiles of the settings, and no others', () => {
    const cp932 = lifeFile([{}], { encoding: 'cp932' });
    expect(check(cp932, lifeName)?.findings).toMatchObject([{ row: 0, code: 'E-UTF8', severity: 'refused' }]);
    expect(check(cp932, lifeName, ['life-cp932'])?.outcome).toBe('sound');
    expect(check(cp932, lifeName, ['standard'])?.findings).toMatchObject([{ code: 'E-NAME' }]);
    expect(check(eventFile([{}]), 'IDO00001.CSV', [ownAsProfile])?.outcome).toBe('sound');
  });

  it('says which column is not as it should be', () => {
    const names = ['care_facility_id', 'service_cd'];
    expect(check(lifeFile([{}], { names }), lifeName)?.findings).toEqual([
      { row: 0, field: 2, fieldName: 'service_code', code: 'E-CSV', severity: 'refused' },
    ]);
  });
});
