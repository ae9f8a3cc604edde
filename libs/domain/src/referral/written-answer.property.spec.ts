// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { DeliveryChannel } from './delivery-channel';
import { ReferralState } from './referral.states';
import { arrowsFor } from './referral.transitions';
import { takeStep } from './take-step';
import {
  asWithRecipient,
  mayEnterAnswerOnPaper,
  possibleWrittenAnswers,
  writers,
  writtenAnswers,
} from './written-answer';
import { aReferralInLife } from '../../test/builders';
import { factsOf } from '../../test/full-facts';
import { propertyRuns } from '../../test/property-runs';
import { DomainError } from '../errors/domain.error';

const anyWay = fc.record({
  channel: fc.constantFrom(...DeliveryChannel.options),
  sheetIsOut: fc.boolean(),
  answersByPlugin: fc.boolean(),
  worksInHub: fc.boolean(),
});
const anyReferral = fc
  .record({
    state: fc.constantFrom(...ReferralState.options),
    stateBefore: fc.constantFrom('received' as const, 'accepted' as const, 'in_progress' as const),
    misdirected: fc.boolean(),
    withdrawalAsked: fc.boolean(),
    hasQuestioned: fc.boolean(),
  })
  .map(({ state, ...over }) => aReferralInLife(state, over));

describe('an answer on paper', () => {
  it('has one who enters it and never two: whoever can answer for the recipient shuts the sender out', () => {
    fc.assert(
      fc.property(anyWay, (way) => !(mayEnterAnswerOnPaper(way) && (way.worksInHub || way.answersByPlugin))),
      { numRuns: propertyRuns },
    );
  });

  it('is possible exactly where the recipient itself could take that step once the sheet is there', () => {
    fc.assert(
      fc.property(anyReferral, (referral) => {
        const there = asWithRecipient(referral);
        const possible = possibleWrittenAnswers(referral).flatMap((a) => (a.possible ? [a.action] : []));
        for (const action of writtenAnswers) {
          const isTaken = writers.some((by) => {
            try {
              takeStep(there, { action, by, facts: factsOf(action), fromRecord: true, on: '2026-11-20' });
              return true;
            } catch (error) {
              if (error instanceof DomainError) return false;
              throw error;
            }
          });
          expect([action, possible.includes(action)]).toEqual([action, isTaken]);
        }
      }),
      { numRuns: propertyRuns },
    );
  });

  it('takes no step that is the sender’s or a coordinator’s', () => {
    fc.assert(
      fc.property(anyReferral, (referral) => {
        const there = asWithRecipient(referral);
        for (const { action, possible } of possibleWrittenAnswers(referral))
          if (possible)
            expect(arrowsFor(there.state, action).some((a) => writers.some((w) => a.by.includes(w)))).toBe(true);
      }),
      { numRuns: propertyRuns },
    );
  });
});
