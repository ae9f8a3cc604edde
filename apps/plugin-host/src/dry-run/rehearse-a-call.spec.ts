// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { SecretMissingError, systemClock } from '@tsunagi/plugin-sdk';
import { messages } from '@tsunagi/plugin-sdk/host';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partsOf, rehearse } from './rehearsal';
import { loadPlugins } from '../load/load-plugins';

const sample = join(__dirname, '../../../../plugins/kosodate/samples/event.json');
const host = { clock: systemClock, secrets: { read: () => Promise.reject(new SecretMissingError('x')) } };
/** A site of 子育て that takes calls alone: no folder of daily files is set. */
const config = {
  functionCode: '9910000031',
  formVersion: 'C-2026-1',
  municipality: '990019',
  childAbuseContact: '見本市こども家庭センター 000-0000-0110',
  signatureSecret: { secretRef: 'kosodate-signature' },
  callbackUrl: 'https://kosodate.example.lg.jp/hub',
  callbackSecret: { secretRef: 'kosodate-callback' },
};

describe('the body of a call that is tried beside a host at work', () => {
  const {
    accepted: [kosodate],
  } = loadPlugins(['kosodate']);
  const tried = (text: string) =>
    rehearse(kosodate!, { config, file: { name: 'event.json', content: Buffer.from(text).toString('base64') } }, host);
  it('is what it would ask the hub for, in a message that the hub reads, without any secret of the site', async () => {
    const rehearsal = await tried(readFileSync(sample, 'utf8'));
    expect(rehearsal).toMatchObject({
      ok: true,
      notJudged: 0,
      rows: [
        {
          row: 0,
          outcome: 'accepted',
          item: { submission: { source: { plugin: 'kosodate', key: 'EV-20261110-0001/2' }, to: { domain: 'shogai' } } },
        },
      ],
    });
    const uuid = '019a9f00-0000-7000-8000-0000000000c1';
    for (const part of partsOf(rehearsal)) {
      const data = { ...part, commandId: uuid, hostId: 'host', plugin: 'kosodate', at: '2026-11-20T09:00:00+09:00' };
      expect(messages['plugin.rehearsed.v1'].shape.data.safeParse(data).error).toBeUndefined();
    }
  });

  it('is refused by code and field as at the door', async () => {
    const wrong = readFileSync(sample, 'utf8').replace('"2023-10-02"', '"2023-02-29"');
    expect(await tried(wrong)).toEqual({
      ok: true,
      notJudged: 0,
      rows: [{ row: 0, outcome: 'refused', code: 'E-DATE', field: 10 }],
    });
  });
});
