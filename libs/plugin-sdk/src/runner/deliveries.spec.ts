// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aClaim, anId, aReferral, aStatus, filesIn, toyPlugin } from '../../test/toy-plugin';
import type { DeliveryClaim } from '../plugin/sink';
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
  const deliverStatus = (note: string, named = aClaim()) =>
    run.hub.deliver('referral.status.v1', aStatus({ ...named, note }));
  const deliverReferral = (referral = aReferral()) =>
    run.hub.deliver('referral.sent.v1', { ...aClaim(referral.deliveryId), referral });
  const deliverSupplement = (referral = aReferral()) =>
    run.hub.deliver('referral.supplemented.v1', { ...aClaim(referral.deliveryId), referral });

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
    const named = aClaim();
    await deliverStatus('a', named);
    expect(await out()).toEqual({});
    expect(run.hub.receipts).toEqual([{ ...named, outcome: 'recalled' }]);
  });

  it('are written together, in the order of the queue, those with a go-ahead only', async () => {
    const [first, second, third] = [aClaim(), aClaim(), aClaim()];
    await start({ go: (deliveryId) => deliveryId !== second.deliveryId });
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

  describe('that supplement a referral', () => {
    it('are written whole under a delivery id of their own, behind what they supplement', async () => {
      await start();
      const first = aReferral();
      const more = aReferral({ referralId: first.referralId });
      await Promise.all([deliverReferral(first), deliverSupplement(more)]);
      expect(await out()).toEqual({ 'REF00001.TXT': `+ ${first.deliveryId}\n~ ${more.deliveryId}` });
      await deliverSupplement(more);
      expect(Object.keys(await out())).toEqual(['REF00001.TXT']);
    });

    it('are not written after their notAfter', async () => {
      await start();
      await deliverSupplement(aReferral({ notAfter: '2026-11-20T08:59:59+09:00' }));
      expect(run.hub.checks).toEqual([]);
      expect(run.hub.receipts).toMatchObject([{ outcome: 'recalled' }]);
    });

    it('name the permitted items for which the layout has no place', async () => {
      await start();
      await deliverSupplement(aReferral({ mask: '100010100000000000000000' }));
      expect(run.hub.receipts).toMatchObject([{ outcome: 'delivered', notCarried: ['wishes', 'household'] }]);
    });
  });

  it('are asked for again when no answer comes, and an answer to an older question does not count', async () => {
    await start({ go: () => undefined });
    const named = aClaim();
    const acked = deliverStatus('a', named);
    await until(() => run.hub.checks.length === 1);
    const answers = [{ deliveryId: named.deliveryId, go: true }];
    const stale = run.hub.event('deliveries.checked.v1', { answers }, anId());
    await run.hub.inject('answers', stale);
    expect(await out()).toEqual({});
    run.hub.script.go = () => true;
    run.clock.advance(5000);
    await acked;
    expect(run.hub.checks).toEqual([[named], [named]]);
    expect(run.hub.receipts).toEqual([{ ...named, outcome: 'delivered' }]);
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
    const named = aClaim();
    await Promise.all([deliverStatus('a', named), deliverStatus('a', named)]);
    expect(run.hub.receipts).toHaveLength(1);
    run.hub.script.go = () => false;
    await deliverStatus('a', named);
    expect(run.hub.receipts).toEqual([
      { ...named, outcome: 'delivered' },
      { ...named, outcome: 'delivered' },
    ]);
    expect(Object.keys(await out())).toEqual(['STA00001.TXT']);
  });

  describe('that the hub has claimed anew', () => {
    const older = aClaim();
    const newer = aClaim(older.deliveryId);

    it('are written as the newer claim has them; the older message is receipted as recalled, under its own', async () => {
      await start();
      await Promise.all([deliverStatus('wide', older), deliverStatus('narrow', newer)]);
      expect(run.hub.receipts).toEqual([
        { ...older, outcome: 'recalled' },
        { ...newer, outcome: 'delivered' },
      ]);
      expect(await out()).toEqual({ 'STA00001.TXT': 'STA00001.TXT\n20 narrow' });
    });

    it('are written once, as the newer claim has them, when the older message comes behind it', async () => {
      await start();
      const late = run.hub.event('referral.status.v1', aStatus({ ...older, note: 'wide' }));
      await Promise.all([deliverStatus('narrow', newer), run.hub.inject('deliveries', late)]);
      expect(run.hub.receipts).toEqual([
        { ...newer, outcome: 'delivered' },
        { ...older, outcome: 'delivered' },
      ]);
      expect(await out()).toEqual({ 'STA00001.TXT': 'STA00001.TXT\n20 narrow' });
    });

    it('do not join the older message in hand, and are not asked for in the same question', async () => {
      await start();
      const [before, between, after] = [aClaim(), aClaim(), aClaim()];
      await Promise.all([
        deliverStatus('a', before),
        deliverStatus('wide', older),
        deliverStatus('b', between),
        deliverStatus('narrow', newer),
        deliverStatus('c', after),
      ]);
      expect(run.hub.checks).toEqual([
        [before, older, between],
        [newer, after],
      ]);
      expect(await out()).toEqual({
        'STA00001.TXT': 'STA00001.TXT\n20 a\n20 b',
        'STA00002.TXT': 'STA00002.TXT\n20 narrow\n20 c',
      });
    });

    it('are not written again when the older message was just written: the newer counts as delivered, too', async () => {
      let second: Promise<void> | undefined;
      await start({
        go: () => {
          // Claimed anew between the go-ahead and the writing.
          second ??= deliverStatus('narrow', newer);
          return true;
        },
      });
      await deliverStatus('wide', older);
      await second;
      expect(run.hub.checks).toEqual([[older]]);
      expect(run.hub.receipts).toEqual([
        { ...older, outcome: 'delivered' },
        { ...newer, outcome: 'delivered' },
      ]);
      expect(await out()).toEqual({ 'STA00001.TXT': 'STA00001.TXT\n20 wide' });
    });
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
    const [bad, good] = [aClaim(), aClaim()];
    await Promise.all([deliverStatus('𠮷', bad), deliverStatus('a', good)]);
    expect(run.hub.receipts).toEqual([
      { ...bad, outcome: 'failed', code: 'UNENCODABLE', retryable: false },
      { ...good, outcome: 'delivered' },
    ]);
  });

  it('fail and may be tried again when nothing can be written at the moment', async () => {
    await start();
    const { rm, mkdir } = await import('node:fs/promises');
    await rm(join(folder.path, 'out'), { recursive: true });
    const named = aClaim();
    await deliverStatus('a', named);
    await mkdir(join(folder.path, 'out'));
    expect(run.hub.receipts).toEqual([{ ...named, outcome: 'failed', code: 'ENOENT', retryable: true }]);
    await deliverStatus('a', aClaim(named.deliveryId));
    expect(await out()).toEqual({ 'STA00001.TXT': 'STA00001.TXT\n20 a' });
  });

  it('are refused with a receipt when they are not understood but say which they are, and of which claim', async () => {
    await start();
    const named = aClaim();
    const event = { ...run.hub.event('referral.status.v1', aStatus()), data: { ...named, no: 'status' } };
    await run.hub.inject('deliveries', event);
    expect(run.hub.receipts).toEqual([{ ...named, outcome: 'failed', code: 'MESSAGE_INVALID', retryable: false }]);
  });

  it('are for the dead letters when nobody can tell what they are, or who sent them', async () => {
    await start();
    const event = run.hub.event('referral.status.v1', aStatus());
    const { deliveryId, claim } = aClaim();
    for (const data of ['junk', { deliveryId }, { claim }, { deliveryId, claim: 'junk' }]) {
      await expect(run.hub.inject('deliveries', { ...event, data })).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
    }
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
    const dieWith = async (hub: HubDouble | undefined, point: string, ...deliveries: DeliveryClaim[]) => {
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
      for (const named of deliveries) {
        dying.hub.deliver('referral.status.v1', aStatus({ ...named, note: 'a' })).catch(() => undefined);
      }
      await until(() => dead);
      return dying.hub;
    };

    it('are written once when it died after writing: the journal tells', async () => {
      const named = aClaim();
      const hub = await dieWith(undefined, 'delivery-written', named);
      expect(hub.receipts).toEqual([]);
      await start();
      const anew = aClaim(named.deliveryId);
      await deliverStatus('a', anew);
      expect(run.hub.receipts).toEqual([{ ...anew, outcome: 'delivered' }]);
      expect(Object.keys(await out())).toEqual(['STA00001.TXT']);
    });

    it('are asked for with all others and written after them, one by one', async () => {
      const [first, second, other] = [aClaim(), aClaim(), aClaim()];
      await dieWith(undefined, 'before-write', first, second);
      await start();
      const last = aClaim();
      await Promise.all([
        deliverStatus('a', first),
        deliverStatus('b', second),
        deliverStatus('c', other),
        deliverStatus('d', last),
      ]);
      expect(run.hub.checks).toEqual([[first, second, other, last]]);
      const journal = await readFile(join(folder.path, '.tsunagi', 'journal.jsonl'), 'utf8');
      const inHand = journal.split('\n').flatMap((line) => /"in-hand","deliveries":(.*)}/.exec(line)?.[1] ?? []);
      const ids = (...claims: DeliveryClaim[]) => JSON.stringify(claims.map(({ deliveryId }) => deliveryId));
      expect(inHand.slice(1)).toEqual([ids(other, last), ids(first), ids(second)]);
    });

    it('are parked after the third time, and may be tried again by a person', async () => {
      const culprit = aClaim();
      for (let death = 0; death < 3; death += 1) await dieWith(undefined, 'before-write', culprit);
      await start();
      await deliverStatus('a', culprit);
      expect(run.hub.receipts).toEqual([{ ...culprit, outcome: 'failed', code: 'KILLED_HOST', retryable: false }]);
      const again = aClaim(culprit.deliveryId);
      await deliverStatus('a', again);
      expect(run.hub.receipts.at(-1)).toEqual({ ...again, outcome: 'delivered' });
    });

    it('are parked under whatever claim they come, and not forgiven for a message of an older one', async () => {
      const { deliveryId } = aClaim();
      for (let death = 0; death < 3; death += 1) await dieWith(undefined, 'before-write', aClaim(deliveryId));
      await start();
      const [older, newer] = [aClaim(deliveryId), aClaim(deliveryId)];
      await Promise.all([deliverStatus('a', older), deliverStatus('a', newer)]);
      expect(run.hub.receipts).toEqual([
        { ...older, outcome: 'recalled' },
        { ...newer, outcome: 'failed', code: 'KILLED_HOST', retryable: false },
      ]);
    });
  });
});
