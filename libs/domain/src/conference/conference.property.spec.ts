// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { knowsOf, takeConferenceStep, type Conference, type ConferenceActor } from './conference';
import { ConferenceState, type ConferenceStep } from './conference-step.schema';
import { conferenceTransitions } from './conference.transitions';
import { dayIn, houkatsu, jiritsu, mother, now, shogai, son, uuid } from '../../test/builders';
import { aConference, atHoukatsu, atJiritsu, chairOfCase, fukushika, takikan } from '../../test/conference-builders';
import { propertyRuns } from '../../test/property-runs';
import { ConferenceRefusedError } from './conference.errors';

const parties = [houkatsu, jiritsu, shogai, fukushika, takikan];
const actors: readonly ConferenceActor[] = [
  { staff: uuid(840), function: fukushika.function, secretariat: true },
  { ...chairOfCase, secretariat: false },
  { ...atHoukatsu, secretariat: false },
  { ...atJiritsu, secretariat: false },
  { staff: uuid(850), function: shogai.function, secretariat: false },
];
const seat = { attendance: 'invited', mode: 'online' } as const;
const members = [chairOfCase, atHoukatsu, atJiritsu].map((who) => ({ ...who, ...seat }));
const someItem = fc.integer({ min: 1005, max: 1009 }).map(uuid);

const anyStep: fc.Arbitrary<ConferenceStep> = fc.oneof(
  fc.constant<ConferenceStep>({ action: 'decline', reason: '試験' }),
  fc.constant<ConferenceStep>({ action: 'call', members, on: dayIn(1), chair: chairOfCase.staff }),
  fc.constant<ConferenceStep>({ action: 'acknowledge' }),
  fc.constant<ConferenceStep>({ action: 'open' }),
  fc.record({
    action: fc.constant('add-item' as const),
    person: fc.constantFrom(mother, son),
    category: fc.constantFrom('concern' as const, 'health' as const),
    text: fc.constant('試験'),
    part: fc.constantFrom(0, 1),
  }),
  fc.constant<ConferenceStep>({
    action: 'request',
    to: jiritsu.function,
    person: mother,
    identity: {},
    question: '試験',
  }),
  someItem.map((item): ConferenceStep => ({ action: 'promote', item, to: 'unknown', items: { health: {} } })),
  someItem.map((item): ConferenceStep => ({ action: 'agree-promotion', item, agreed: true, identity: {} })),
  someItem.map((item): ConferenceStep => ({ action: 'erase', item })),
  fc
    .constantFrom(-1, 30, 184)
    .map((days): ConferenceStep => ({ action: 'record', heldOn: dayIn(0), record: '試験', reviewOn: dayIn(days) })),
  fc
    .constantFrom('go_on' as const, 'watch' as const, 'end' as const)
    .map((outcome): ConferenceStep => ({ action: 'review', outcome, reviewOn: dayIn(90), reason: '試験' })),
  fc.constant<ConferenceStep>({ action: 'end', reason: '試験' }),
);

interface Move {
  readonly step: ConferenceStep;
  readonly by: ConferenceActor;
}
const proposed = (): Conference =>
  aConference({ state: 'proposed', members: [], chair: undefined, reviewOn: undefined, heldOn: undefined });

function walk(moves: readonly Move[], each: (before: Conference, after: Conference, move: Move) => void): Conference {
  let conference = proposed();
  moves.forEach((move, n) => {
    try {
      const after = takeConferenceStep(Object.freeze(conference), move.step, move.by, {
        now,
        party: (id) => parties.find((p) => p.function === id),
        worksThere: () => true,
        itemId: uuid(1000 + n),
        covered: true,
        seen: true,
      });
      each(conference, after, move);
      conference = after;
    } catch (error) {
      // Whatever is refused is refused with a code; anything else is a fault.
      if (!(error instanceof ConferenceRefusedError)) throw error;
      if (!knowsOf(conference, move.by)) expect(error.code).toBe('NOT_FOUND');
    }
  });
  return conference;
}

/** Nearly all random steps are refused, so a walk begins somewhere on the way that most conferences go. */
const ordinary: readonly Move[] = [
  { step: { action: 'call', members, on: dayIn(1), chair: chairOfCase.staff }, by: actors[0]! },
  ...[1, 2, 3].map((n): Move => ({ step: { action: 'acknowledge' }, by: actors[n]! })),
  { step: { action: 'open' }, by: actors[1]! },
  { step: { action: 'add-item', person: mother, category: 'health', text: '試験' }, by: actors[2]! },
  { step: { action: 'promote', item: uuid(1005), to: 'unknown', items: { health: {} } }, by: actors[3]! },
  { step: { action: 'agree-promotion', item: uuid(1005), agreed: true, identity: {} }, by: actors[2]! },
  { step: { action: 'record', heldOn: dayIn(0), record: '試験', reviewOn: dayIn(30) }, by: actors[1]! },
];
const anyWalk = fc
  .tuple(
    fc.integer({ min: 0, max: ordinary.length }),
    fc.array(fc.record({ step: anyStep, by: fc.constantFrom(...actors) }), { maxLength: 25 }),
  )
  .map(([begun, moves]): Move[] => [...ordinary.slice(0, begun), ...moves]);

describe('the life of a conference', () => {
  it('moves only along its arrows, by who knows of it, and keeps every name and item that was in it', () => {
    fc.assert(
      fc.property(anyWalk, (moves) => {
        walk(moves, (before, after, { step, by }) => {
          const arrow = conferenceTransitions.find((t) => t.action === step.action);
          expect(arrow?.from).toContain(before.state);
          expect(arrow?.to).toContain(after.state === before.state ? 'same' : after.state);
          expect(knowsOf(before, by)).toBe(true);
          expect(after.persons).toEqual(before.persons);
          expect(after.items.map((i) => i.id).slice(0, before.items.length)).toEqual(before.items.map((i) => i.id));
        });
      }),
      { numRuns: propertyRuns },
    );
  });

  it('has in it only what acknowledged members brought of those who are discussed, and nothing readable after its end', () => {
    fc.assert(
      fc.property(anyWalk, (moves) => {
        const last = walk(moves, (before, after, { step, by }) => {
          if (step.action === 'add-item')
            expect(before.members.some((m) => m.seat?.staff === by.staff && m.acknowledged)).toBe(true);
          expect(after.items.every((i) => after.persons.includes(i.person))).toBe(true);
        });
        if (last.state === 'ended') expect(last.items.every((i) => i.erased)).toBe(true);
        if (last.state === 'open' || last.state === 'held') {
          expect((last.reviewOn ?? '9999') <= '2027-05-20').toBe(true);
        }
      }),
      { numRuns: propertyRuns },
    );
  });

  it('reaches every state, and everything that anybody may do', () => {
    const reached = new Set<string>(['proposed']);
    const taken = new Set<string>();
    fc.assert(
      fc.property(anyWalk, (moves) => {
        walk(moves, (_, after, { step }) => {
          reached.add(after.state);
          taken.add(step.action);
        });
      }),
      // Always the same walks: what a few of a thousand reach by chance is one day reached by none.
      { numRuns: propertyRuns, seed: 20261130 },
    );
    expect([...reached].sort()).toEqual([...ConferenceState.options].sort());
    expect(conferenceTransitions.map((t) => t.action).filter((a) => !taken.has(a))).toEqual([]);
  });
});
