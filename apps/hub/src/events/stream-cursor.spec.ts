// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createSecretKey, randomBytes } from 'node:crypto';
import { Sealing } from '../platform';
import { StreamCursors } from './stream-cursor';

const sealing = new Sealing('k-1', new Map([['k-1', createSecretKey(randomBytes(32))]]));
const cursors = new StreamCursors(sealing);
const now = new Date('2026-11-28T09:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe('the id of an event', () => {
  it('leads its owner back to where they were', () => {
    expect(cursors.read('somebody', cursors.write('somebody', 4711, now), later(14))).toBe(4711);
  });

  it('leads nowhere after a while, for another, or when it was never given out', () => {
    const cursor = cursors.write('somebody', 4711, now);
    expect(cursors.read('somebody', cursor, later(16))).toBeUndefined();
    expect(cursors.read('somebody else', cursor, now)).toBeUndefined();
    for (const made of ['', '4711', cursor.slice(1), `${cursor.slice(0, -4)}AAAA`])
      expect(cursors.read('somebody', made, now)).toBeUndefined();
  });

  it('tells not how much has happened, by neither its length nor its beginning', () => {
    const [small, large] = [cursors.write('somebody', 1, now), cursors.write('somebody', 9_999_999_999, now)];
    expect(small).toHaveLength(large.length);
    expect(cursors.write('somebody', 1, now)).not.toBe(small);
  });
});
