// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Delivery, readEnvelope, silentLog } from '@tsunagi/plugin-sdk';
import { FakeClock } from '@tsunagi/plugin-sdk/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arriving, recalling, supplementing } from '../../test/disclosed-referral';
import { referralFiles } from './referral-files';

const known = [{ system: 'kaigo', value: '00990010-0000000123' }];
const filesWith = (insurers: string[] = [], warn: (fields: object) => void = () => undefined) =>
  referralFiles({
    insurers,
    replacements: new Map(),
    log: { ...silentLog, warn },
    clock: new FakeClock('2026-11-30T23:30:00+09:00'),
  });
const render = (deliveries: Delivery[], insurers?: string[]) => {
  const { bytes, outcomes } = filesWith(insurers).render(deliveries, { name: 'KAR00001.CSV', serial: 1 });
  return { file: Buffer.from(bytes ?? []), outcomes };
};
const controlOf = (deliveries: Delivery[], insurers?: string[]) =>
  render(deliveries, insurers).file.toString('latin1').split('\r\n')[0];

describe('a file of referrals', () => {
  it('is byte for byte the expected one: new, supplemented and recalled', () => {
    const more = { fact: '食事がとれていない様子。', words: '家で暮らしたい。', writtenOn: '2026-11-25' };
    const items = { ...arriving().referral.subject.items, narrative: more };
    const deliveries = [
      arriving({ identifiers: known }),
      supplementing({ identifiers: known, items, urgency: 'urgent', sentOn: '2026-11-30' }),
      recalling(),
    ];
    const { file, outcomes } = render(deliveries, ['00990010']);
    expect(file).toEqual(readFileSync(join(__dirname, '../../test/expected/KAR00001.CSV')));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
  });

  it('can be read back', () => {
    const envelope = readEnvelope(render([arriving(), recalling()]).file, { dataKind: 'Z11' });
    expect(envelope.ok && [...envelope.rows].map(({ fields }) => fields.length)).toEqual([24, 24]);
  });

  it('names in its control record the insurer whose numbers are in it, or the only one served', () => {
    expect(controlOf([arriving({ identifiers: known })])).toBe('1,1,0,1,Z11,0,00990010,0,00,7,202611,0');
    expect(controlOf([arriving()], ['00990010'])).toBe('1,1,0,1,Z11,0,00990010,0,00,7,202611,0');
    expect(controlOf([arriving()])).toBe('1,1,0,1,Z11,0,000000,0,00,7,202611,0');
  });

  it('holds the numbers of one insurer only', () => {
    const file = filesWith();
    const other = arriving({ identifiers: [{ system: 'kaigo', value: '00990028-0000000123' }] });
    expect([arriving({ identifiers: known }), other, recalling()].map((delivery) => file.apart(delivery))).toEqual([
      '00990010',
      '00990028',
      '',
    ]);
  });

  it('holds one recall of a delivery, whoever asks for it', () => {
    expect(filesWith().recordName(recalling())).toBe('019a9f00-0000-7000-8000-0000000000d1/3');
    expect(filesWith().recordName(arriving())).toBe(arriving().deliveryId);
  });

  it('lets a notification fail alone', () => {
    const { outcomes, file } = render([arriving({ kind: 'notification' }), supplementing()]);
    expect(outcomes).toMatchObject([{ ok: false, code: 'E-HUB-ONLY' }, { ok: true }]);
    expect(file.toString('latin1')).toMatch(/^1,1,0,1,/);
  });

  it('logs what a record had to leave out by field number, and never a value', () => {
    const logged: object[] = [];
    const items = { identity: { name: '𠮷田　花子', kana: 'ヨシダ' } };
    const file = filesWith([], (fields) => logged.push(fields));
    const { outcomes } = file.render([arriving({ items })], { name: 'KAR00001.CSV', serial: 1 });
    expect(outcomes).toMatchObject([{ ok: true, notCarried: ['identity'] }]);
    expect(logged).toEqual([{ deliveryId: arriving().deliveryId, code: 'W-UNENCODABLE', field: 13 }]);
  });
});
