// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Opened } from './opened';

describe('closing what was opened', () => {
  it('goes backwards, one after the other', async () => {
    const seen: string[] = [];
    const opened = new Opened();
    for (const name of ['database', 'hub', 'host']) {
      opened.add(async () => {
        seen.push(`${name} closing`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push(`${name} closed`);
      });
    }
    await opened.close();
    expect(seen).toEqual([
      'host closing',
      'host closed',
      'hub closing',
      'hub closed',
      'database closing',
      'database closed',
    ]);
  });

  it('goes on when one fails, says so, and does nothing a second time', async () => {
    let closed = 0;
    const opened = new Opened();
    opened.add(async () => void (closed += 1));
    opened.add(() => Promise.reject(new Error('stuck')));
    await expect(opened.close()).rejects.toThrow('stuck');
    await opened.close();
    expect(closed).toBe(1);
  });
});
