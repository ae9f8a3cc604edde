// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { TooManyAttemptsError } from './access.errors';
import { SlowWork } from './slow-work';

/** Work that ends when it is told to. */
function work() {
  const ends: (() => void)[] = [];
  let begun = 0;
  const one = () => {
    begun += 1;
    return new Promise<void>((end) => ends.push(end));
  };
  const settle = () => new Promise((done) => setImmediate(done));
  const endOne = () => {
    ends.shift()?.();
    return settle();
  };
  return { one, endOne, settle, begun: () => begun };
}

describe('slow work', () => {
  it('is done so many at a time, the others in turn', async () => {
    const slow = new SlowWork({ running: 2, waiting: 5, ofOne: 10 });
    const { one, endOne, settle, begun } = work();
    const all = ['a', 'b', 'c', 'd'].map((whose) => slow.run(whose, one));
    await settle();
    expect(begun()).toBe(2);
    await endOne();
    expect(begun()).toBe(3);
    for (let n = 0; n < 3; n++) await endOne();
    await Promise.all(all);
    expect(begun()).toBe(4);
  });

  it('is refused before it begins when too many wait, and taken again when one has ended', async () => {
    const slow = new SlowWork({ running: 1, waiting: 1, ofOne: 10 });
    const { one, endOne, settle, begun } = work();
    const all = [slow.run('a', one), slow.run('b', one)];
    await expect(slow.run('c', one)).rejects.toThrow(TooManyAttemptsError);
    await settle();
    await endOne();
    all.push(slow.run('c', one));
    for (let n = 0; n < 2; n++) await endOne();
    await Promise.all(all);
    expect(begun()).toBe(3);
  });

  it('leaves room for others beside one who floods it, and none of it is forgotten when work fails', async () => {
    const slow = new SlowWork({ running: 1, waiting: 4, ofOne: 2 });
    const { one, endOne, settle } = work();
    const all = [slow.run('flood', one), slow.run('flood', one)];
    await expect(slow.run('flood', one)).rejects.toThrow(TooManyAttemptsError);
    const other = slow.run('other', () => Promise.reject(new Error('broken')));
    const broken = expect(other).rejects.toThrow('broken');
    for (let n = 0; n < 2; n++) {
      await settle();
      await endOne();
    }
    await Promise.all([...all, broken]);
    const after = slow.run('flood', one);
    await settle();
    await endOne();
    await after;
  });
});
