// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from './wait-for';

describe('waiting for a condition', () => {
  it('returns the first truthy answer', async () => {
    let asked = 0;
    const condition = () => (++asked < 3 ? undefined : 'there');
    await expect(waitFor(condition, { what: 'it', everyMs: 1 })).resolves.toBe('there');
    expect(asked).toBe(3);
  });

  it('takes an error for "not yet"', async () => {
    let asked = 0;
    const condition = () => {
      if (++asked < 2) throw new Error('not yet');
      return true;
    };
    await expect(waitFor(condition, { what: 'it', everyMs: 1 })).resolves.toBe(true);
  });

  it('says what it waited for, and the last reason', async () => {
    const condition = () => Promise.reject(new Error('connection refused'));
    await expect(waitFor(condition, { what: 'the queue', timeoutMs: 5, everyMs: 1 })).rejects.toMatchObject({
      message: 'Waited 5 ms in vain for the queue',
      cause: expect.objectContaining({ message: 'connection refused' }) as Error,
    });
  });
});
