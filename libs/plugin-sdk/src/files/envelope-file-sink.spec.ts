// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aClaim, anId, aReferral, aStatus, filesIn } from '../../test/toy-plugin';
import { Journal } from '../journal/journal';
import type { Delivery, Sink } from '../plugin/sink';
import { temporaryLegacyFolder, type TemporaryFolder } from '../testing';
import { envelopeFileSink } from './envelope-file-sink';
import { outgoingFile } from './outgoing-file';

describe('files for a legacy system', () => {
  let folder: TemporaryFolder;
  let journal: Journal;
  let sink: Sink;
  const open = async () => {
    journal = await Journal.open(folder.path);
    sink = envelopeFileSink({
      folder: folder.path,
      journal,
      files: [
        outgoingFile({
          prefix: 'KAO',
          kinds: ['status'],
          toRecord: ({ status }) =>
            status.code === '90' ? { ok: false, code: 'E-CODE' } : { ok: true, record: status.note ?? '' },
          toBytes: (notes: readonly string[], { name }) => {
            if (notes.includes('𠮷')) throw Object.assign(new Error('𠮷'), { code: 'UNENCODABLE' });
            return Buffer.from(`${name}:${notes.join('|')}`);
          },
        }),
        outgoingFile({
          prefix: 'KAR',
          kinds: ['recall', 'supplement'],
          recordName: (delivery) => (delivery.kind === 'recall' ? `${delivery.recall.cancels}/3` : delivery.deliveryId),
          apart: (delivery) => (delivery.kind === 'supplement' ? delivery.referral.to.code : ''),
          toRecord: (delivery) =>
            delivery.kind === 'recall'
              ? { ok: true, record: 'recall' }
              : { ok: true, record: 'supplement', notCarried: ['identity'] },
          toBytes: (records: readonly string[]) => Buffer.from(records.join('|')),
        }),
      ],
    });
  };
  const status = (note: string, code: '20' | '90' = '20'): Delivery => {
    const data = aStatus({ note, code });
    return { kind: 'status', deliveryId: data.deliveryId, claim: data.claim, status: data };
  };
  const recall = (cancels: string): Delivery => {
    const named = aClaim();
    return { kind: 'recall', ...named, recall: { ...named, cancels, referralId: anId() } };
  };
  const supplement = (code: string): Delivery => {
    const referral = aReferral({ to: { domain: 'kaigo', code, name: '窓口' } });
    return { kind: 'supplement', ...aClaim(referral.deliveryId), referral };
  };
  const out = () => filesIn(folder.path, 'out');
  beforeEach(async () => {
    folder = await temporaryLegacyFolder();
    await open();
  });
  afterEach(async () => {
    await journal.close();
    await folder.remove();
  });

  it('let a delivery fail alone whose text cannot be encoded', async () => {
    const [good, bad, other] = [status('a'), status('𠮷'), status('b')];
    expect(await sink.write([good, bad, other])).toEqual([
      { deliveryId: good.deliveryId, ok: true },
      { deliveryId: bad.deliveryId, ok: false, code: 'UNENCODABLE' },
      { deliveryId: other.deliveryId, ok: true },
    ]);
    expect(await out()).toEqual({ 'KAO00001.CSV': 'KAO00001.CSV:a|b' });
  });

  it('use up no number when nothing in the batch can be written', async () => {
    await sink.write([status('𠮷'), status('x', '90')]);
    expect(await out()).toEqual({});
    await sink.write([status('a')]);
    expect(Object.keys(await out())).toEqual(['KAO00001.CSV']);
  });

  it('refuse a kind that the layout does not know', async () => {
    const referral = aReferral();
    const named = aClaim(referral.deliveryId);
    expect(await sink.write([{ kind: 'referral', ...named, referral }])).toEqual([
      { deliveryId: named.deliveryId, ok: false, code: 'NOT_SUPPORTED' },
    ]);
  });

  it('hold a delivery once, however often it comes', async () => {
    const delivery = status('a');
    await sink.write([delivery, delivery]);
    expect(await sink.write([{ ...delivery, ...aClaim(delivery.deliveryId) }])).toEqual([
      { deliveryId: delivery.deliveryId, ok: true },
    ]);
    expect(await out()).toEqual({ 'KAO00001.CSV': 'KAO00001.CSV:a' });
  });

  it('hold a record once, though two deliveries ask for it, together or one after the other', async () => {
    const cancelled = anId();
    const [first, second, third, other] = [recall(cancelled), recall(cancelled), recall(cancelled), recall(anId())];
    expect(await sink.write([first, second, other])).toEqual(
      [first, second, other].map(({ deliveryId }) => ({ deliveryId, ok: true })),
    );
    expect(await sink.write([third])).toEqual([{ deliveryId: third.deliveryId, ok: true }]);
    expect(await out()).toEqual({ 'KAR00001.CSV': 'recall|recall' });
    expect(sink.wasWritten(second.deliveryId)).toBe(true);
  });

  it('are several, each with its own number, where the layout keeps deliveries apart', async () => {
    await sink.write([supplement('A'), supplement('B'), supplement('A')]);
    expect(await out()).toEqual({ 'KAR00001.CSV': 'supplement|supplement', 'KAR00002.CSV': 'supplement' });
  });

  it('count up per kind of file, in one journal', async () => {
    await sink.write([status('a'), supplement('A'), status('b')]);
    await sink.write([status('c')]);
    expect(Object.keys(await out())).toEqual(['KAO00001.CSV', 'KAO00002.CSV', 'KAR00001.CSV']);
  });

  it('say of a delivery written before what its record had to leave out', async () => {
    const delivery = supplement('A');
    expect(await sink.write([delivery])).toEqual([
      { deliveryId: delivery.deliveryId, ok: true, notCarried: ['identity'] },
    ]);
    expect(sink.notCarried?.(delivery)).toEqual(['identity']);
  });

  it('count up, also after the host came back and the legacy system has fetched', async () => {
    await sink.write([status('a')]);
    await rm(join(folder.path, 'out', 'KAO00001.CSV'));
    await journal.close();
    await open();
    await sink.write([status('b')]);
    expect(await out()).toEqual({ 'KAO00002.CSV': 'KAO00002.CSV:b' });
  });

  it('never overwrite what lies there, as after a loss of the journal', async () => {
    await writeFile(join(folder.path, 'out', 'KAO00001.CSV'), 'unfetched');
    await sink.write([status('a')]);
    expect(await out()).toEqual({ 'KAO00001.CSV': 'unfetched', 'KAO00002.CSV': 'KAO00002.CSV:a' });
  });

  describe('when the host died between ready and rename', () => {
    let delivery: Delivery;
    beforeEach(async () => {
      delivery = status('a');
      await sink.write([delivery]);
      await journal.close();
      // Takes the journal back to where the rename is not on record.
      const path = join(folder.path, '.tsunagi', 'journal.jsonl');
      const { readFile } = await import('node:fs/promises');
      const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => !line.includes('output-done'));
      await writeFile(path, lines.join('\n'));
    });

    it('are renamed at the next start', async () => {
      await rename(join(folder.path, 'out', 'KAO00001.CSV'), join(folder.path, 'out', 'KAO00001.CSV.tmp'));
      await open();
      await sink.recover?.();
      expect(await out()).toEqual({ 'KAO00001.CSV': 'KAO00001.CSV:a' });
      expect(sink.wasWritten(delivery.deliveryId)).toBe(true);
    });

    it('are not written again when they were renamed and fetched', async () => {
      await rm(join(folder.path, 'out', 'KAO00001.CSV'));
      await open();
      await sink.recover?.();
      await sink.write([delivery]);
      expect(await out()).toEqual({});
    });
  });

  it('were not written when the host died before ready: the delivery comes again and is', async () => {
    await writeFile(join(folder.path, 'out', 'KAO00001.CSV.tmp'), 'half');
    const delivery = status('a');
    expect(sink.wasWritten(delivery.deliveryId)).toBe(false);
    await sink.write([delivery]);
    expect(await out()).toEqual({ 'KAO00001.CSV': 'KAO00001.CSV:a' });
  });
});
