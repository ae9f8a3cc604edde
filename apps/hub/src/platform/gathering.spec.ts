// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Gathering } from './gathering';

describe('calls that are worked on together', () => {
  const gathered = (size = 10, lanes = 1, restMs = 0) => {
    const batches: number[][] = [];
    const gathering = new Gathering<number, string>({ size, lanes, restMs }, async (items) => {
      batches.push([...items]);
      await new Promise(setImmediate);
      if (items.includes(13)) throw new Error('unlucky');
      return items.map((n) => `answer ${n}`);
    });
    return { batches, take: (n: number) => gathering.take(n) };
  };

  it('are answered each with its own answer', async () => {
    const { take, batches } = gathered();
    expect(await Promise.all([1, 2, 3].map(take))).toEqual(['answer 1', 'answer 2', 'answer 3']);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('are no more at a time than allowed, and the others follow', async () => {
    const { take, batches } = gathered(2);
    await Promise.all([1, 2, 3, 4, 5].map(take));
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('fail alone: the one that spoils a batch does not spoil its neighbours', async () => {
    const { take } = gathered();
    const results = await Promise.allSettled([1, 13, 2].map(take));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('go at once when there is no company', async () => {
    const { take, batches } = gathered();
    expect(await take(1)).toBe('answer 1');
    expect(await take(2)).toBe('answer 2');
    expect(batches).toEqual([[1], [2]]);
  });

  it('rest a moment after a batch, so that those who come back with their next call go together', async () => {
    const { take, batches } = gathered(10, 1, 50);
    await take(1);
    const second = take(2);
    await new Promise(setImmediate);
    await Promise.all([second, take(3)]);
    expect(batches).toEqual([[1], [2, 3]]);
  });
});
