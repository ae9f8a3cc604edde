// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { startTestHub, type TestHub } from '../../test/test-hub';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'access over HTTP', () => {
  let hub: TestHub;
  beforeAll(async () => (hub = await startTestHub()));
  afterAll(() => hub?.stop());

  it('starts', async () => {
    const ready = await hub.http().get('/health/ready');
    expect([ready.status, ready.body]).toEqual([200, { status: 'ok', missing: [] }]);
  });
});
