// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { RefusedRequestError } from '@tsunagi/plugin-sdk/http';
import { inTime, settledAs, Turns } from './settle';

const item = (outcome: string) => ({
  itemId: 'a',
  origin: { row: 0 },
  answer: { itemId: 'a', outcome: outcome as never, codes: [] },
});

describe('what became of a record with several items', () => {
  it.each([
    ['taken', ['accepted', 'held', 'denied', 'draft', 'unrouted', 'no_referral']],
    ['taken', ['duplicate', 'accepted']],
    ['duplicate', ['duplicate', 'duplicate']],
    ['conflict', ['duplicate', 'conflict']],
    ['refused', ['accepted', 'conflict', 'rejected']],
  ])('is %s of %j', (expected, outcomes) => {
    expect(settledAs(outcomes.map(item))).toBe(expected);
  });
});

describe('the hub’s answer', () => {
  it('is given when it comes in time', async () => {
    await expect(inTime(Promise.resolve(1), 1000)).resolves.toBe(1);
  });

  it('is not waited for longer, and anything that goes wrong is a matter of the moment', async () => {
    await expect(inTime(new Promise(() => undefined), 1)).rejects.toMatchObject({ status: 503 });
    await expect(inTime(Promise.reject(new Error('disk full')), 1000)).rejects.toMatchObject({ status: 503 });
  });

  it('may be a refusal', async () => {
    await expect(inTime(Promise.reject(new RefusedRequestError(409, 'E-VERSION')), 1000)).rejects.toMatchObject({
      status: 409,
    });
  });
});

describe('those of one name', () => {
  it('go one after the other, those of another beside them', async () => {
    const turns = new Turns();
    const done: string[] = [];
    let open: () => void = () => undefined;
    const first = turns.take('a', async () => {
      await new Promise<void>((resolve) => (open = resolve));
      done.push('first');
    });
    const second = turns.take('a', () => Promise.resolve(done.push('second')));
    await turns.take('b', () => Promise.resolve(done.push('other')));
    open();
    await Promise.all([first, second]);
    expect(done).toEqual(['other', 'first', 'second']);
  });

  it('go on after one that failed', async () => {
    const turns = new Turns();
    const failed = turns.take('a', () => Promise.reject(new Error('x')));
    const next = turns.take('a', () => Promise.resolve('next'));
    await expect(failed).rejects.toThrow('x');
    await expect(next).resolves.toBe('next');
  });

  it('are refused when enough of them wait, until some have gone', async () => {
    const turns = new Turns();
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const waiting = [1, 2, 3, 4].map(() => turns.take('a', () => gate));
    expect(() => turns.refuseCrowd('a')).toThrow(RefusedRequestError);
    expect(() => turns.refuseCrowd('b')).not.toThrow();
    open();
    await Promise.all(waiting);
    expect(() => turns.refuseCrowd('a')).not.toThrow();
  });
});
