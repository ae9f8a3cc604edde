// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { SourceLoop } from './source-loop';
import type { BoundSource } from '../plugin/bind-source';
import type { PassReport } from '../plugin/source';
import { silentLog } from '../surroundings/log';
import { FakeClock } from '../testing';
import { until } from '../testing/until';

describe('a source that paused by itself', () => {
  const clock = new FakeClock('2026-11-20T12:00:00+09:00');
  const pausedSince = clock.now();

  it('says since when until a person asks, and not while the pass runs for which they asked', async () => {
    const asked: boolean[] = [];
    let goesOn: (report: PassReport) => void = () => undefined;
    const source = {
      name: 'sodan',
      poll: (intake: { readonly asked: boolean }): Promise<PassReport> => {
        asked.push(intake.asked);
        if (!intake.asked) return Promise.resolve({ code: 'TOO_MANY_ROWS', pausedSince });
        return new Promise((resolve) => (goesOn = resolve));
      },
    } as unknown as BoundSource;
    const outlet = { checkpoint: undefined, send: () => Promise.resolve(), failpoint: () => undefined };
    const loop = new SourceLoop({ source, everyMs: 1_000, outlet, clock, log: silentLog });
    loop.start();
    await until(() => loop.pausedSince !== undefined);
    expect([loop.code, loop.pausedSince]).toEqual(['TOO_MANY_ROWS', pausedSince]);
    loop.ask();
    expect([loop.code, loop.pausedSince]).toEqual([undefined, undefined]);
    await until(() => asked.includes(true));
    expect([loop.code, loop.pausedSince]).toEqual([undefined, undefined]);
    goesOn({ code: 'TOO_MANY_ROWS', pausedSince: new Date(pausedSince.getTime() + 1) });
    await until(() => loop.pausedSince !== undefined);
    expect(loop.pausedSince).not.toEqual(pausedSince);
    await loop.stop();
  });
});
