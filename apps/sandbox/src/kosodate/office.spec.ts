// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoEvents } from '../demo/demo-events';
import { KosodateOffice } from './office';

describe('the こども家庭センター of the demo', () => {
  let dataDir: string;
  const office = () => new KosodateOffice({ dataDir, seed: 1, clock: () => new Date('2026-11-20T09:00:00+09:00') });
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-office-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('is found at the same place after a restart, with the secrets that were agreed on', async () => {
    const first = office();
    const agreed = await first.listen();
    expect(new Set([agreed.callbackSecret, agreed.signatureSecret]).size).toBe(2);
    expect(statSync(join(dataDir, 'sandbox/kosodate/system.json')).mode & 0o777).toBe(0o600);
    await first.close();
    const again = office();
    expect(await again.listen()).toEqual(agreed);
    await again.close();
  });

  it('does not move elsewhere when somebody has taken its place: the settings name it', async () => {
    const first = office();
    await first.listen();
    await expect(office().listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
  });

  it('means to send its first events once, and keeps them while it reaches nobody', async () => {
    expect(office().planFirst(demoEvents)).toBe(3);
    expect(office().planFirst(demoEvents)).toBeNull();
    await office().step();
    expect(office().outcome()).toEqual({ events: 0, due: 3, faults: {}, statuses: {}, received: {}, answers: {} });
  });
});
