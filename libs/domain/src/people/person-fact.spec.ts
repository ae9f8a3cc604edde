// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { factsSeenBy, personFact, standing, withoutWhereabouts, type RecordedFact } from './person-fact';

const recorded = (id: string, over: Partial<RecordedFact> = {}): RecordedFact => ({
  id,
  fact: { kind: 'deceased', from: '2026-11-01' },
  function: 'kaigo',
  recordedAt: `2026-11-0${id}T00:00:00.000Z`,
  ...over,
});
const hospital = { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2026-12-01', stays: 'hospital' } as const;

describe('a fact of somebody who is protected', () => {
  it.each([
    [
      { kind: 'moved_out', from: '2026-11-01', destination: '見本県秘町' },
      { kind: 'moved_out', from: '2026-11-01' },
    ],
    [
      { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2026-12-01', stays: 'hospital', place: '秘病院' },
      { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2026-12-01', stays: 'hospital' },
    ],
    [
      { kind: 'abode', lives: 'elsewhere', place: '秘町' },
      { kind: 'abode', lives: 'elsewhere' },
    ],
    [
      { kind: 'deceased', from: '2026-11-01' },
      { kind: 'deceased', from: '2026-11-01' },
    ],
  ] as const)('says nothing of where they are: %j', (said, kept) => {
    expect(withoutWhereabouts(said)).toEqual(kept);
    expect(personFact.safeParse(withoutWhereabouts(said)).success).toBe(true);
  });
});

describe('a fact of a person', () => {
  it('is refused as whereabouts without the day on which to look again', () => {
    const { wakeOn: _, ...withoutDay } = hospital;
    expect(personFact.safeParse(withoutDay).success).toBe(false);
    expect(personFact.safeParse(hospital).success).toBe(true);
  });

  it('is refused as a death with anything beside its day', () => {
    expect(personFact.safeParse({ kind: 'deceased', from: '2026-11-01', place: '見本病院' }).success).toBe(false);
  });

  it('says of an abode nothing that a register of residents would have to know', () => {
    expect(personFact.safeParse({ kind: 'abode', lives: 'nowhere' }).success).toBe(true);
  });

  it('does not stand any more when it was replaced or taken back', () => {
    const facts = [
      recorded('1', { fact: hospital }),
      recorded('2', { fact: hospital, supersedes: '1' }),
      recorded('3'),
      recorded('4', { supersedes: '3', inError: true }),
    ];
    expect(standing(facts).map((f) => f.id)).toEqual(['2']);
  });

  it('is seen by its own function alone, but for the death and its day', () => {
    const facts = [recorded('1', { fact: hospital }), recorded('2')];
    expect(factsSeenBy(['konkyu'], facts)).toEqual({ own: [], died: '2026-11-01' });
    expect(factsSeenBy(['kaigo'], facts).own).toEqual(facts);
  });

  it('tells of no death that was taken back', () => {
    const facts = [recorded('1'), recorded('2', { supersedes: '1', inError: true })];
    expect(factsSeenBy(['konkyu'], facts).died).toBeUndefined();
  });

  it('tells the day of the death that was recorded last', () => {
    const later = recorded('2', { fact: { kind: 'deceased', from: '2026-10-31' }, supersedes: '1' });
    expect(factsSeenBy(['konkyu'], [later, recorded('1')]).died).toBe('2026-10-31');
  });
});
