// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readEnvelope, uuidToBase32 } from '@tsunagi/plugin-sdk';
import {
  type PluginRun,
  runPlugin,
  type RunPluginOptions,
  type TemporaryFolder,
  temporaryLegacyFolder,
  until,
} from '@tsunagi/plugin-sdk/testing';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  aReferral,
  carriedItems,
  deliveryId,
  recallId,
  recalling,
  referralId,
  supplementId,
} from '../test/disclosed-referral';
import { writeEcho } from './intake/record-key';
import { kaigoPlugin } from './kaigo.plugin';

const claims = [1, 2, 3].map((n) => `019a9f00-0000-7000-8000-0000000000c${n}`);
const [claim = '', anew = ''] = claims;
const recall = { ...recalling().recall, claim };
const name = '𠮷田　花子';
const unwritable = { ...carriedItems, identity: { ...carriedItems.identity, name } };

describe('deliveries to the care system', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  const start = async (options: Partial<RunPluginOptions> = {}) =>
    (run = await runPlugin(kaigoPlugin, { config: { folder: folder.path, functionCode: 'K' }, ...options }));
  const out = () => readdirSync(join(folder.path, 'out')).sort();
  /** 配送ID and 取消区分 of every record in these files. */
  const records = (...names: string[]) =>
    names.flatMap((file) => {
      const envelope = readEnvelope(readFileSync(join(folder.path, 'out', file)), { dataKind: 'Z11' });
      if (!envelope.ok) throw new Error(envelope.code);
      return [...envelope.rows].map(({ fields }) => `${fields[3]?.text}/${fields[4]?.text}`);
    });
  const send = (under = claim, referral = aReferral()) =>
    run.hub.deliver('referral.sent.v1', { deliveryId: referral.deliveryId, claim: under, referral });
  const supplement = (under = claim) =>
    run.hub.deliver('referral.supplemented.v1', {
      deliveryId: supplementId,
      claim: under,
      referral: aReferral({ deliveryId: supplementId }),
    });
  const sendRecall = () => run.hub.deliver('referral.recalled.v1', recall);
  const status = () =>
    run.hub.deliver('referral.status.v1', {
      deliveryId: '019a9f00-0000-7000-8000-0000000000d9',
      claim,
      referralId,
      code: '20',
      at: '2026-11-20T10:00:00+09:00',
      echo: writeEcho({ insurer: '00990010', insured: '0000000201', externalNumber: 'KAI-1' }),
    });
  const ids = { sent: uuidToBase32(deliveryId), supplement: uuidToBase32(supplementId) };

  beforeEach(async () => (folder = await temporaryLegacyFolder()));
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('are counted of a day in the files that lie in out, less those that are gone; not where the system takes them away', async () => {
    await start();
    await send();
    await supplement();
    await status();
    await status();
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const outgoing = async () =>
      (await run.runner.countDay(today)).filter(({ what }) => what === 'referrals' || what === 'statuses');
    expect(await outgoing()).toEqual([
      { what: 'referrals', count: 2 },
      { what: 'statuses', count: 1 },
    ]);
    rmSync(join(folder.path, 'out', 'KAR00002.CSV'));
    expect(await outgoing()).toContainEqual({ what: 'referrals', count: 1 });
    await run.stop();
    await start({ config: { folder: folder.path, functionCode: 'K', keepsOut: false } });
    expect(await outgoing()).toEqual([{ what: 'referrals' }, { what: 'statuses' }]);
  });

  it('are one record per 配送ID and 取消区分, in the order in which they came', async () => {
    await start();
    await send();
    await supplement();
    await sendRecall();
    expect(out()).toEqual(['KAR00001.CSV', 'KAR00002.CSV', 'KAR00003.CSV']);
    expect(records(...out())).toEqual([`${ids.sent}/1`, `${ids.supplement}/2`, `${ids.sent}/3`]);
    expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('that come together stand in one file, statuses in their own, each kind with its own number', async () => {
    await start();
    await Promise.all([send(), supplement(), status(), sendRecall()]);
    expect(out()).toEqual(['KAO00001.CSV', 'KAR00001.CSV']);
    expect(records('KAR00001.CSV')).toEqual([`${ids.sent}/1`, `${ids.supplement}/2`, `${ids.sent}/3`]);
  });

  it('are written once, however often they come', async () => {
    await start();
    for (const under of claims) await send(under);
    expect(records(...out())).toEqual([`${ids.sent}/1`]);
  });

  it('of two recalls of one delivery are one record', async () => {
    await start();
    await sendRecall();
    const again = { ...recall, deliveryId: '019a9f00-0000-7000-8000-0000000000d7' };
    await run.hub.deliver('referral.recalled.v1', again);
    expect(records(...out())).toEqual([`${ids.sent}/3`]);
    expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
  });

  it('are not written when they are recalled before the writing', async () => {
    await start({ go: () => false });
    await send();
    expect(out()).toEqual([]);
    expect(run.hub.receipts).toEqual([{ deliveryId, claim, outcome: 'recalled' }]);
  });

  it('are not written after their notAfter, supplements neither', async () => {
    await start();
    const notAfter = '2026-11-20T08:59:59+09:00';
    await send(claim, aReferral({ notAfter }));
    const referral = aReferral({ deliveryId: supplementId, notAfter });
    await run.hub.deliver('referral.supplemented.v1', { deliveryId: supplementId, claim, referral });
    expect(out()).toEqual([]);
    expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['recalled', 'recalled']);
  });

  it('name in the receipt what the record had to leave out, also when they come a second time', async () => {
    await start();
    const referral = aReferral({ items: { ...unwritable, wishes: { wishes: '家で暮らしたい' } } });
    await send(claim, referral);
    await send(anew, referral);
    expect(run.hub.receipts).toEqual([
      { deliveryId, claim, outcome: 'delivered', notCarried: ['identity', 'wishes'] },
      { deliveryId, claim: anew, outcome: 'delivered', notCarried: ['identity', 'wishes'] },
    ]);
    expect(readFileSync(join(folder.path, 'out', 'KAR00001.CSV')).includes('?')).toBe(false);
  });

  it('are refused when they are a notification: that is for the hub only', async () => {
    await start();
    await send(claim, aReferral({ kind: 'notification' }));
    expect(run.hub.receipts).toMatchObject([{ outcome: 'failed', code: 'E-HUB-ONLY', retryable: false }]);
    expect(out()).toEqual([]);
  });

  describe('when the host dies', () => {
    const dieAt = async (point: string) => {
      let dead = false;
      const dying = await runPlugin(kaigoPlugin, {
        config: { folder: folder.path, functionCode: 'K' },
        failpoint: (at) => {
          if (at !== point) return;
          dead = true;
          throw Object.assign(new Error('killed'), { code: 'KILLED' });
        },
      });
      const referral = aReferral({ items: unwritable });
      dying.hub.deliver('referral.sent.v1', { deliveryId, claim, referral }).catch(() => undefined);
      await until(() => dead);
      expect(dying.hub.receipts).toEqual([]);
    };

    it('between writing and receipt, are not written again, and the receipt still says what was left out', async () => {
      await dieAt('delivery-written');
      rmSync(join(folder.path, 'out', 'KAR00001.CSV'));
      await start();
      await send(anew, aReferral({ items: unwritable }));
      expect(out()).toEqual([]);
      expect(run.hub.receipts).toEqual([{ deliveryId, claim: anew, outcome: 'delivered', notCarried: ['identity'] }]);
    });

    it('before writing, are written once when they come again, under the first number', async () => {
      await dieAt('before-write');
      await start();
      await send(anew);
      expect(out()).toEqual(['KAR00001.CSV']);
    });

    it('before writing, and are recalled before they come again, are never written', async () => {
      await dieAt('before-write');
      await start({ go: () => false });
      await send(anew);
      expect(out()).toEqual([]);
      expect(run.hub.receipts).toEqual([{ deliveryId, claim: anew, outcome: 'recalled' }]);
    });

    it('between writing and receipt, can still be recalled: the recall follows', async () => {
      await dieAt('delivery-written');
      await start();
      await sendRecall();
      expect(records(...out())).toEqual([`${ids.sent}/1`, `${ids.sent}/3`]);
      expect(run.hub.receipts).toEqual([{ deliveryId: recallId, claim, outcome: 'delivered' }]);
    });
  });
});
