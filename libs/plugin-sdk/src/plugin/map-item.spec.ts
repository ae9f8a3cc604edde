// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { toSubmission, type Letter } from '../../test/toy-plugin';
import type { LogFields } from '../surroundings/log';
import { silentLog } from '../surroundings/log';
import { mapItem } from './map-item';
import type { Mapping, SubmissionDraft } from './mapping';

const origin = { file: 'a'.repeat(64), fileSerial: 24_061, row: 3 };
const map = (event: Letter, change: (draft: SubmissionDraft) => unknown = (draft) => draft) =>
  mapItem(
    'toy',
    { itemId: 'x/3', origin, reading: { event } },
    {
      toSubmission: (letter: Letter) => {
        const mapped = toSubmission(letter);
        return mapped.ok ? { ...mapped, value: change(mapped.value) as SubmissionDraft } : mapped;
      },
      toResponse: (answer: never): Mapping<never> => answer,
    },
    silentLog,
  );
const submissionOf = (...args: Parameters<typeof map>) => {
  const { body } = map(...args);
  if (!('submission' in body)) throw new Error('quarantined');
  return body.submission;
};
const hashOf = (...args: Parameters<typeof map>) => submissionOf(...args).source.contentHash;

describe('what a mapping makes', () => {
  it('is quarantined when the hub would refuse it, however wrong it is', () => {
    for (const wrong of [() => ({}), () => ({ source: {} }), (draft: object) => ({ ...draft, myNumber: '1' })]) {
      expect(map({ key: 'A', text: 'a' }, wrong)).toMatchObject({
        type: 'rows.quarantined.v1',
        body: { row: { row: 3, code: 'E-MAPPING' } },
      });
    }
  });

  it('is quarantined when it threw, and the log holds no word of the record', () => {
    const lines: [LogFields, string][] = [];
    const log = { ...silentLog, error: (fields: LogFields, event: string) => lines.push([fields, event]) };
    const toResponse = (answer: never): Mapping<never> => answer;
    const item = { itemId: 'x/3', origin, reading: { event: { key: 'SECRET', text: 'THROW' } } };
    expect(mapItem('toy', item, { toSubmission, toResponse }, log)).toMatchObject({ fault: { code: 'E-MAPPING' } });
    expect(JSON.stringify(lines)).not.toContain('SECRET');
  });

  it('is a change, no longer new, once a person has let a second content of its key go on', () => {
    const toResponse = (answer: never): Mapping<never> => answer;
    const item = { itemId: 'x/3#1', origin, reading: { event: { key: 'A', text: 'a' } } };
    const changeOf = (override?: string) => {
      const { body } = mapItem('toy', { ...item, override }, { toSubmission, toResponse }, silentLog);
      return 'submission' in body ? body.submission.source.change : undefined;
    };
    expect([changeOf(), changeOf('E-ERA'), changeOf('E-DUP-DIFF')]).toEqual(['new', 'new', 'changed']);
  });

  it('is quarantined when it is too large for any message', () => {
    const others = Array.from({ length: 20 }, (_, index) => ({
      ref: `m${index}`,
      role: 'other',
      identifiers: [],
      items: { narrative: { fact: '長'.repeat(2000), words: '長'.repeat(2000) } },
    }));
    expect(map({ key: 'A', text: 'a' }, (draft) => ({ ...draft, others }))).toMatchObject({
      fault: { code: 'E-SIZE' },
    });
  });

  it('says where it comes from', () => {
    expect(submissionOf({ key: 'A', text: 'WARN' }).source).toEqual({
      system: 'toy',
      key: 'A',
      change: 'new',
      occurredAt: '2026-11-20T09:00:00+09:00',
      channel: 'plugin',
      plugin: 'toy',
      ...origin,
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      warnings: [{ code: 'W-CODE', field: 2 }],
    });
  });

  it('has the same content hash for the same content, whatever the order of its keys and the time it was told', () => {
    const letter = { key: 'A', text: 'a' };
    const reversed = (draft: SubmissionDraft) => Object.fromEntries(Object.entries(draft).reverse());
    const later = (draft: SubmissionDraft) => ({
      ...draft,
      source: { ...draft.source, occurredAt: '2026-11-21T09:00:00+09:00' },
    });
    expect(new Set([hashOf(letter), hashOf(letter, reversed), hashOf(letter, later)]).size).toBe(1);
    expect(hashOf({ key: 'A', text: 'b' })).not.toBe(hashOf(letter));
  });

  it('never takes more room in a message than was counted', () => {
    const long = { key: 'K'.repeat(100), text: '長"\\'.repeat(600) };
    for (const letter of [long, { key: 'A', text: 'a' }, { key: 'A', text: 'WARN' }]) {
      const item = map(letter);
      const real = Buffer.byteLength(JSON.stringify({ itemId: item.itemId, ...item.body })) + 1;
      expect(item.bytes).toBeGreaterThanOrEqual(real);
    }
  });

  describe('of an answer 60', () => {
    const answered = {
      deliveryId: '01a22409-6708-7814-b20b-1c9cd890abc1',
      code: '60',
      at: '2026-11-20T09:00:00+09:00',
    };
    const acknowledgement = (answer: object) => {
      const mapping = { toSubmission, toResponse: () => ({ ok: true, value: answer }) as Mapping<never> };
      return mapItem('toy', { itemId: 'x/3', origin, reading: { answer: {} } }, mapping, silentLog);
    };

    it('acknowledges a recall, and says what became of the data only where the system does', () => {
      const { code: _, ...said } = answered;
      expect(acknowledgement(answered)).toMatchObject({
        type: 'recall.acknowledged.v1',
        body: { acknowledgement: said },
      });
      const disposition = { done: 'kept', law: '試験法第1条' };
      expect(acknowledgement({ ...answered, disposition }).body).toEqual({
        acknowledgement: { ...said, disposition },
        origin: { file: origin.file, row: origin.row },
      });
    });

    it('is the plugin’s mistake where it keeps a record under no law', () => {
      expect(acknowledgement({ ...answered, disposition: { done: 'kept' } })).toMatchObject({
        fault: { code: 'E-MAPPING' },
      });
    });
  });
});
