// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { play, sequences, Tally } from '@tsunagi/testing/invariants';
import * as domain from '.';
import { propertyRuns } from '../test/property-runs';
import { rules } from '../test/small-hub/rules';
import { SmallHub } from '../test/small-hub/small-hub';

/** The same sequences every time, so that what must come up in them comes up; the others are new at every run. */
const seed = 20_261_128;
/** Half as many as elsewhere: a sequence takes as long as a hundred cases of another property. */
const sequenceRuns = Math.ceil(propertyRuns / 2);
jest.setTimeout(60_000 + propertyRuns * 100);

const anything = fc.tuple(sequences(30), fc.nat(5));

const conference = (steps: string) => steps.split(' ').map((step) => `made conference ${step}`);
/** In at least every sixteenth sequence. */
const often = [
  ...['made sheet', 'made merge', 'made split', 'left message'],
  ...[
    'made ground',
    'made ratify',
    'made seal',
    'made danger',
    'made unprotect',
    'made clear',
    'made jump',
    'made withdraw',
  ],
  ...conference('propose call acknowledge open add-item request'),
  ...['shown agenda', 'shut out'],
];
/** In at least every two hundredth: what hangs on many things before it. */
const seldom = [
  ...conference('promote agree-promotion record review end erase'),
  ...[
    'promoted',
    'reached at conference',
    'word approved',
    'word refused',
    'word danger household',
    'word danger person',
  ],
  ...domain.groundCodes.map((code) => `word ground ${code}`),
];

describe('any sequence of actions by anybody', () => {
  it('holds the eight invariants after every step, and lived once more leads to the same', async () => {
    const tally = new Tally();
    const holds = fc.asyncProperty(anything, async ([moves, onlooker]) => {
      const hub = new SmallHub(rules, onlooker);
      await play(hub, moves, tally);
      expect(hub.livedAgain()).toEqual(hub.lives());
    });
    await fc.assert(holds, { numRuns: sequenceRuns, seed });
    if (sequenceRuns >= 2000) {
      expect(tally.all('state')).toEqual([...domain.ReferralState.options].sort());
      expect(tally.all('kind')).toEqual([...domain.ReferralKind.options].sort());
      const actions = new Set(domain.transitions.map((t) => t.action));
      expect([...actions].filter((a) => tally.count(`action ${a}`) === 0)).toEqual([]);
      for (const what of ['made again', 'made race', 'made lead', 'made resend', 'made withdraw'])
        expect([what, tally.count(what) > 5]).toEqual([what, true]);
      const missing = (all: readonly string[], share: number) =>
        all.filter((what) => tally.count(what) < sequenceRuns / share).map((what) => `${what}: ${tally.count(what)}`);
      expect([...missing(often, 16), ...missing(seldom, 200)]).toEqual([]);
    }
    await fc.assert(holds, { numRuns: Math.ceil(sequenceRuns / 2) });
  });
});
