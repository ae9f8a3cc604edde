// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { anId, aReferral, aStatus, filesIn, toyPlugin } from '../../test/toy-plugin';
import {
  HubDouble,
  runPlugin,
  temporaryLegacyFolder,
  until,
  type PluginRun,
  type RunPluginOptions,
  type TemporaryFolder,
} from '../testing';

describe('deliveries to a plugin', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  const out = () => filesIn(folder.path, 'out');
  const start = async (options: Partial<RunPluginOptions> = {}) =>
    (run = await runPlugin(toyPlugin, { config: { folder: folder.path }, limits: { drainMs: 1 }, ...options }));
  /** Resolves when acked. */
  const deliverStatus = (note: string, deliveryId = anId()) =>
    run.hub.deliver('referral.status.v1', aStatus({ deliveryId, note }));
  const deliverReferral = (referral = aReferral()) =>
    run.hub.deliver('referral.sent.v1', { deliveryId: referral.deliveryId, referral });

  beforeEach(async () => (folder = await temporaryLegacyFolder()));
  afterEach(async () => {
    let stopped = false;
    void run.stop().finally(() => (stopped = true));
    await until(
      () => stopped,
      () => run.clock.advance(1000),
    );
    await folder.remove();
  });

  it('are not written without the go-ahead: they are receipted as recalled, and acked', async () => {
    await start({ go: () => false });
    const deliveryId = anId();
    await deliverStatus('a', deliveryId);
    expect(await out()).toEqual({});
    expect(run.hub.receipts).toEqual([{ deliveryId, outcome: 'recalled' }]);
  });

  it('are written together, in the order of the queue, those with a go-ahead only', async () => {
    const [first, second, third] = [anId(), anId(), anId()];
    await start({ go: (deliveryId) => deliveryId !== second });
    await Promise.all([deliverStatus('a', first), deliverStatus('b', second), deliverStatus('c', third)]);
    expect(run.hub.checks).toEqual([[first, second, third]]);
    expect(await out()).toEqual({ 'STA00001.TXT': 'STA00001.TXT\n20 a\n20 c' });
    expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'recalled', 'delivered']);
  });

  it('are not written after their notAfter, not even when the go-ahead was given before', async () => {
    await start();
    const past = aReferral({ notAfter: '2026-11-20T08:59:59+09:00' });
    await deliverReferral(past);
    expect(run.hub.checks).toEqual([]);

    const soon = aReferral({ notAfter: '2026-11-20T09:00:01+09:00' });
    run.hub.script.go = () => {
      run.clock.advance(2000);
      return true;
    };
    await deliverReferral(soon);
    expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['recalled', 'recalled']);
    expect(await out()).toEqual({});
  });

  it('are asked for again when no answer comes, and an answer to an older question does not count', async () => {
    await start({ go: () => undefined });
    const deliveryId = anId();
    const acked = deliverStatus('a', deliveryId);
    await until(() => run.hub.checks.length === 1);
    const stale = run.hub.event('deliveries.checked.v1', { answers: [{ deliveryId, go: true }] }, anId());
    await run.hub.inject('answers', stale);
    expect(await out()).toEqual({});
    run.hub.script.go = () => true;
    run.clock.advance(5000);
    await acked;
    expect(run.hub.checks).toEqual([[deliveryId], [deliveryId]]);
    expect(run.hub.receipts).toEqual([{ deliveryId, outcome: 'delivered' }]);
  });

  it('are asked for again at once after a reconnect', async () => {
    await start({ go: () => undefined });
    const acked = deliverStatus('a');
    await until(() => run.hub.checks.length === 1);
    run.hub.script.go = () => true;
    run.hub.reconnect();
    await acked;
  });

  it('are acked only when the hub has the receipt', async () => {
    await start();
    run.hub.script.go = () => {
      setImmediate(() => (run.hub.unreachable = true));
      return true;
    };
    let acked = false;
    const ack = deliverStatus('a').then(() => (acked = true));
    await until(async () => 'STA00001.TXT' in (await out()));
    run.clock.advance(1000);
    expect(acked).toBe(false);
    run.hub.unreachable = false;
    await until(
      () => acked,
      () => run.clock.advance(1000),
    );
    await ack;
    expect(run.hub.receipts).toHaveLength(1);
  });

  it('that come again while they are in hand join their first, and afterwards are a no-op that counts as written', async () => {
    await start();
    const deliveryId = anId();
    await Promise.all([deliverStatus('a', deliveryId), deliverStatus('a', deliveryId)]);
    expect(run.hub.receipts).toHaveLength(1);
    run.hub.script.go = () => false;
    await deliverStatus('a', deliveryId);
    expect(run.hub.receipts).toEqual([
      { deliveryId, outcome: 'delivered' },
      { deliveryId, outcome: 'delivered' },
    ]);
    expect(Object.keys(await out())).toEqual(['STA00001.TXT']);
  });

  it('name the permitted items for which the layout has no place, and no others', async () => {
    await start();
    const without = aReferral();
    await deliverReferral(without);
    // Bits 5 (household) and 7 (wishes).
    const withBoth = aReferral({ mask: '100010100000000000000000' });
    await deliverReferral(withBoth);
    expect(run.hub.receipts.map(({ notCarried }) => notCarried)).toEqual([['wishes'], ['wishes', 'household']]);
  });

  it('fail alone, with a code, when they cannot be written', async () => {
    await start();
    const [bad, good] = [anId(), anId()];
    await Promise.all([deliverStatus('𠮷', bad), deliverStatus('a', good)]);
    expect(run.hub.receipts).toEqual([
      { deliveryId: bad, outcome: 'failed', code: 'UNENCODABLE', retryable: false },
      { deliveryId: good, outcome: 'delivered' },
    ]);
  });

  it('fail and may be tried again when nothing can be written at the moment', async () => {
    await start();
    const { rm, mkdir } = await import('node:fs/promises');
    await rm(join(folder.path, 'out'), { recursive: true });
    const deliveryId = anId();
    await deliverStatus('a', deliveryId);
    await mkdir(join(folder.path, 'out'));
    expect(run.hub.receipts).toEqual([{ deliveryId, outcome: 'failed', code: 'ENOENT', retryable: true }]);
    await deliverStatus('a', deliveryId);
    expect(await out()).toEqual({ 'STA00001.TXT': 'STA00001.TXT\n20 a' });
  });

  it('are refused with a receipt when they are not understood but say which they are', async () => {
    await start();
    const deliveryId = anId();
    const event = {
      ...run.hub.event('referral.status.v1', aStatus({ deliveryId })),
      data: { deliveryId, no: 'status' },
    };
    await run.hub.inject('deliveries', event);
    expect(run.hub.receipts).toEqual([{ deliveryId, outcome: 'failed', code: 'MESSAGE_INVALID', retryable: false }]);
  });

  it('are for the dead letters when nobody can tell what they are, or who sent them', async () => {
    await start();
    const event = run.hub.event('referral.status.v1', aStatus());
    await expect(run.hub.inject('deliveries', { ...event, data: 'junk' })).rejects.toMatchObject({
      code: 'MESSAGE_INVALID',
    });
    await expect(run.hub.inject('deliveries', { ...event, source: '/plugins/other' })).rejects.toMatchObject({
      code: 'MESSAGE_INVALID',
    });
  });

  describe('when the plugin is disabled', () => {
    it('finish when they are in hand, and stay in the queue when they are not', async () => {
      await start({ go: () => undefined, limits: {} });
      const inHand = deliverStatus('a');
      await until(() => run.hub.checks.length === 1);
      const notBegun = deliverStatus('b');
      await until(() => run.runner.inHand === 2);
      const stopped = run.runner.stop();
      await expect(notBegun).rejects.toMatchObject({ code: 'GIVEN_BACK', retryable: true });
      run.hub.script.go = () => true;
      run.clock.advance(5000);
      await inHand;
      await stopped;
      expect(await out()).toEqual({ 'STA00001.TXT': 'STA00001.TXT\n20 a' });
      expect(run.runner.running).toBe(false);
    });

    it('go back to the queue when the hub does not answer in time', async () => {
      await start({ go: () => undefined, limits: {} });
      const inHand = deliverStatus('a');
      await until(() => run.hub.checks.length === 1);
      const refused = expect(inHand).rejects.toMatchObject({ code: 'GIVEN_BACK', retryable: true });
      const stopped = run.runner.stop();
      await until(
        () => !run.runner.running,
        () => run.clock.advance(1000),
      );
      await stopped;
      await refused;
    });

    it('are taken up again when it is enabled', async () => {
      await start();
      await run.runner.stop();
      const waiting = deliverStatus('a');
      await run.runner.start();
      await waiting;
      expect(run.hub.receipts).toHaveLength(1);
    });
  });

  describe('with which the host died in hand', () => {
    /** A host that dies at a point: it never comes back from there. */
    const dieWith = async (hub: HubDouble | undefined, point: string, ...deliveryIds: string[]) => {
      let dead = false;
      const dying = await runPlugin(toyPlugin, {
        config: { folder: folder.path },
        ...(hub === undefined ? {} : { hub }),
        failpoint: (name) => {
          if (name !== point) return;
          dead = true;
          throw Object.assign(new Error('killed'), { code: 'KILLED' });
        },
      });
      for (const deliveryId of deliveryIds) {
        dying.hub.deliver('referral.status.v1', aStatus({ deliveryId, note: 'a' })).catch(() => undefined);
      }
      await until(() => dead);
      return dying.hub;
    };

    it('are written once when it died after writing: the journal tells', async () => {
      const deliveryId = anId();
      const hub = await dieWith(undefined, 'delivery-written', deliveryId);
      expect(hub.receipts).toEqual([]);
      await start();
      await deliverStatus('a', deliveryId);
      expect(run.hub.receipts).toEqual([{ deliveryId, outcome: 'delivered' }]);
      expect(Object.keys(await out())).toEqual(['STA00001.TXT']);
    });

    it('are taken one by one, and the others together again', async () => {
      const [first, second, other] = [anId(), anId(), anId()];
      await dieWith(undefined, 'before-write', first, second);
      await start();
      await Promise.all([
        deliverStatus('a', first),
        deliverStatus('b', second),
        deliverStatus('c', other),
        deliverStatus('d'),
      ]);
      expect(run.hub.checks.map((ids) => ids.length)).toEqual([1, 1, 2]);
      const journal = await readFile(join(folder.path, '.tsunagi', 'journal.jsonl'), 'utf8');
      expect(journal).toContain(`{"entry":"in-hand","deliveries":["${first}"]}`);
    });

    it('are parked after the third time, and may be tried again by a person', async () => {
      const culprit = anId();
      for (let death = 0; death < 3; death += 1) await dieWith(undefined, 'before-write', culprit);
      await start();
      await deliverStatus('a', culprit);
      expect(run.hub.receipts).toEqual([
        { deliveryId: culprit, outcome: 'failed', code: 'KILLED_HOST', retryable: false },
      ]);
      await deliverStatus('a', culprit);
      expect(run.hub.receipts.at(-1)).toEqual({ deliveryId: culprit, outcome: 'delivered' });
    });
  });
});
