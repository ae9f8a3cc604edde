// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { play, sequences, Tally } from '@tsunagi/testing/invariants';
import fc from 'fast-check';
import { HubInPlay, SequenceInHub } from '../test/hub-in-play';

/** `npm run test:long -- invariants` plays more. */
const runs = Number(process.env['INVARIANTS'] ?? 30);
jest.setTimeout(60_000 + runs * 10_000);

const anything = fc.tuple(sequences(18), fc.nat(5));

describeWithServices(['postgres'], 'any sequence of actions by anybody', () => {
  let hub: HubInPlay;
  beforeAll(async () => {
    hub = await HubInPlay.start();
  });
  afterAll(() => hub?.close());

  it(`holds the eight invariants after every step of ${runs} sequences`, async () => {
    const tally = new Tally();
    await fc.assert(
      fc.asyncProperty(anything, async ([moves, onlooker]) => {
        await play(await SequenceInHub.begin(hub, onlooker), moves, tally);
      }),
      { numRuns: runs, seed: 20_261_128, endOnFailure: true },
    );
    console.error(tally.toString());
  });
});
