// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import type { LeadStep } from './lead-step.schema';
import {
  foundUnit,
  joinUnits,
  leadOf,
  membersSeen,
  splitUnit,
  takeLeadStep,
  type SupportUnit,
  type UnitDesks,
} from './support-unit';
import { propertyRuns } from '../../test/property-runs';
import { DomainError } from '../errors/domain.error';

const at = new Date('2026-11-20T14:00:00+09:00');
const [mother, son, daughter] = ['mother', 'son', 'daughter'] as const;
const family: ReadonlySet<string> = new Set([mother, son, daughter]);
const informed = { personInformed: { by: '相談　次郎', at: '2026-11-20T13:00:00+09:00', how: '電話' } };
const conference = { id: '01900000-0000-7000-8000-0000000000c7', heldOn: '2026-11-20' };

const aUnit = () => foundUnit('unit', [mother, son, daughter], { function: 'kaigo', worker: '見本　太郎' }, at);
const all: ReadonlySet<string> = new Set(['kaigo', 'konkyu', 'shogai', 'takikan']);
/** Whoever convenes names a conference that was held. */
const of = (desk: string, convenes = false) => ({ function: desk, convenes, wasHeld: convenes, met: all });
const inForce = () => true;
/** Everybody is there, and at work with the family. */
const everybody: UnitDesks = { inForce, takePart: all };
const atWork = (...desks: string[]): UnitDesks => ({ inForce, takePart: new Set(desks) });
const offered = () => takeLeadStep(aUnit(), { step: 'propose', to: 'konkyu' }, of('kaigo'), everybody, at);
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return undefined;
};

describe('the lead of a support unit', () => {
  it('is the first sender, with its worker', () => {
    expect(leadOf(aUnit(), everybody)).toEqual({
      lead: { function: 'kaigo', worker: '見本　太郎', from: at, reason: 'first_sender' },
    });
  });

  it.each(['konkyu', 'shogai'])('is not offered by %s, which does not lead', (desk) => {
    expect(refusal(() => takeLeadStep(aUnit(), { step: 'propose', to: 'konkyu' }, of(desk), everybody, at))).toBe(
      'LEAD_NOT_YOURS',
    );
  });

  it('is not offered to the one who leads', () => {
    expect(refusal(() => takeLeadStep(aUnit(), { step: 'propose', to: 'kaigo' }, of('kaigo'), everybody, at))).toBe(
      'LEAD_ALREADY',
    );
  });

  it('stays while it is only offered', () => {
    expect(leadOf(offered(), everybody)).toMatchObject({ lead: { function: 'kaigo' } });
  });

  it('is not taken by a desk to which nobody offered it', () => {
    const agree = { step: 'agree', worker: '試験　花子', ...informed } as const;
    expect(refusal(() => takeLeadStep(aUnit(), agree, of('konkyu'), everybody, at))).toBe('LEAD_NOT_OFFERED');
    expect(refusal(() => takeLeadStep(offered(), agree, of('shogai'), everybody, at))).toBe('LEAD_NOT_OFFERED');
    expect(refusal(() => takeLeadStep(aUnit(), agree, { convenes: true, met: all }, everybody, at))).toBe(
      'LEAD_NOT_OFFERED',
    );
  });

  it('is not taken when the person neither was told nor is said to be told later', () => {
    const agree = { step: 'agree', worker: '試験　花子' } as const;
    expect(refusal(() => takeLeadStep(offered(), agree, of('konkyu'), everybody, at))).toBe('PERSON_NOT_INFORMED');
  });

  it('passes when the other desk agrees, names its worker and the person is told', () => {
    const agreed = takeLeadStep(
      offered(),
      { step: 'agree', worker: '試験　花子', ...informed },
      of('konkyu'),
      everybody,
      at,
    );
    expect(leadOf(agreed, everybody)).toMatchObject({
      lead: { function: 'konkyu', worker: '試験　花子', reason: 'agreed' },
    });
    expect(agreed.tenures.map((t) => [t.function, t.until])).toEqual([
      ['kaigo', at],
      ['konkyu', undefined],
    ]);
    expect(agreed.offeredTo).toBeUndefined();
  });

  it.each(['kaigo', 'konkyu'])('stays when %s takes the offer back or declines it', (desk) => {
    const kept = takeLeadStep(offered(), { step: 'cancel' }, of(desk), everybody, at);
    expect([kept.offeredTo, leadOf(kept, everybody)]).toEqual([undefined, leadOf(aUnit(), everybody)]);
  });

  it('is not touched by a third desk that declines', () => {
    expect(refusal(() => takeLeadStep(offered(), { step: 'cancel' }, of('shogai'), everybody, at))).toBe(
      'LEAD_NOT_YOURS',
    );
  });

  it('passes by a conference only where the conference is held', () => {
    const decided = { step: 'by_conference', to: 'shogai', worker: '試験　次郎', conference, ...informed } as const;
    expect(refusal(() => takeLeadStep(aUnit(), decided, of('kaigo'), everybody, at))).toBe('CONFERENCE_NOT_YOURS');
    const { personInformed: _, ...untold } = decided;
    expect(refusal(() => takeLeadStep(aUnit(), untold, of('takikan', true), everybody, at))).toBe(
      'PERSON_NOT_INFORMED',
    );
    const tomorrow = { ...decided, conference: { ...conference, heldOn: '2026-11-21' } };
    expect(refusal(() => takeLeadStep(aUnit(), tomorrow, of('takikan', true), everybody, at))).toBe('LEAD_DATE_AHEAD');
    const unheld = { ...of('takikan', true), wasHeld: false };
    // It tells nothing of whom else it would have been refused for.
    for (const to of ['shogai', 'kaigo', 'nobody'])
      expect(refusal(() => takeLeadStep(aUnit(), { ...decided, to }, unheld, everybody, at))).toBe(
        'CONFERENCE_UNKNOWN',
      );
    const passed = takeLeadStep(offered(), decided, of('takikan', true), everybody, at);
    expect(leadOf(passed, everybody)).toMatchObject({
      lead: { function: 'shogai', ground: { conference, ...informed } },
    });
    expect(passed.offeredTo).toBeUndefined();
  });

  it('names another worker of its own, and nobody else does', () => {
    const step = { step: 'name_worker', worker: '試験　三郎' } as const;
    expect(leadOf(takeLeadStep(aUnit(), step, of('kaigo'), everybody, at), everybody)).toMatchObject({
      lead: { worker: '試験　三郎' },
    });
    expect(refusal(() => takeLeadStep(aUnit(), step, of('konkyu'), everybody, at))).toBe('LEAD_NOT_YOURS');
  });

  it('is an alarm when its function has ended', () => {
    expect(leadOf(aUnit(), { ...everybody, inForce: () => false })).toEqual({ alarm: 'lead_missing' });
  });

  it('is an alarm when its function is at work with nobody there any more, while another one is', () => {
    expect(leadOf(aUnit(), atWork('konkyu'))).toEqual({ alarm: 'lead_missing' });
    expect(leadOf(aUnit(), atWork('kaigo'))).toMatchObject({ lead: { function: 'kaigo' } });
  });

  it('is not missed where nobody is at work any more', () => {
    expect(leadOf(aUnit(), atWork())).toBeUndefined();
  });

  it('is shown as it stands to who may not learn which desks are at work', () => {
    expect(leadOf(aUnit(), { inForce })).toMatchObject({ lead: { function: 'kaigo' } });
  });

  it('is not offered to a desk that the one who leads has not met, as if there were none, whoever is at work', () => {
    const offer = (to: string, desks = everybody) =>
      takeLeadStep(aUnit(), { step: 'propose', to }, { ...of('kaigo'), met: new Set(['konkyu']) }, desks, at);
    const codes = ['shogai', 'nobody'].map((to) => refusal(() => offer(to)));
    expect(codes).toEqual(['FUNCTION_UNKNOWN', 'FUNCTION_UNKNOWN']);
    expect(refusal(() => offer('konkyu', { ...everybody, inForce: () => false }))).toBe('FUNCTION_UNKNOWN');
    // It must not learn from the answer whether the other one has looked at it yet.
    expect(offer('konkyu', atWork('kaigo'))).toEqual(offer('konkyu'));
  });

  it('is not taken by a desk that is at work with nobody there', () => {
    const agree = { step: 'agree', worker: '試験　花子', ...informed } as const;
    expect(refusal(() => takeLeadStep(offered(), agree, of('konkyu'), atWork('kaigo'), at))).toBe('LEAD_NOT_OFFERED');
  });

  it('passes by a conference to nobody who is at work with none of them, not even to the one who led', () => {
    const decided = (to: string) =>
      ({ step: 'by_conference', to, worker: '試験　次郎', conference, ...informed }) as const;
    const by = of('takikan', true);
    for (const to of ['shogai', 'kaigo', 'nobody'])
      expect(refusal(() => takeLeadStep(aUnit(), decided(to), by, atWork('konkyu'), at))).toBe('FUNCTION_UNKNOWN');
    const passed = takeLeadStep(aUnit(), decided('konkyu'), by, atWork('konkyu'), at);
    expect(leadOf(passed, atWork('konkyu'))).toMatchObject({ lead: { function: 'konkyu' } });
  });
});

describe('splitting a support unit', () => {
  const split = (persons: string[], by = 'kaigo', seen = family) =>
    splitUnit(aUnit(), new Set(persons), seen, 'apart', of(by), at);

  it('leaves both with the lead they had', () => {
    const [rest, apart] = split([mother, daughter]);
    expect(leadOf(rest, everybody)).toEqual(leadOf(aUnit(), everybody));
    expect(leadOf(apart, everybody)).toMatchObject({
      lead: { function: 'kaigo', worker: '見本　太郎', reason: 'split' },
    });
    expect(apart.members).toEqual([{ person: mother }, { person: daughter }]);
  });

  it('is for the lead only', () => expect(refusal(() => split([son], 'konkyu'))).toBe('LEAD_NOT_YOURS'));

  it.each([
    ['nobody goes', [], family],
    ['nobody stays', [mother, son, daughter], family],
    ['nobody stays of those it knows', [mother], new Set([mother])],
    ['one is a stranger', ['stranger'], new Set(['stranger', ...family])],
    ['one is a member that it does not know', [son], new Set([mother, daughter])],
  ])('is refused in one and the same word when %s', (_, persons, seen) => {
    expect(refusal(() => split(persons, 'kaigo', seen))).toBe('UNIT_NOT_DIVISIBLE');
  });

  it('is not seen by a desk that does not know where they went', () => {
    const [rest] = split([mother, daughter]);
    const seen = (desk: ReadonlySet<string>, knows: boolean) =>
      membersSeen(rest, desk, () => knows).map((m) => m.person);
    expect(seen(family, true)).toEqual([son]);
    expect(seen(family, false)).toEqual([mother, son, daughter]);
    expect(seen(new Set([son]), false)).toEqual([son]);
  });
});

describe('joining support units', () => {
  const [rest, apart] = splitUnit(aUnit(), new Set([son]), family, 'apart', of('kaigo'), at);

  it('brings all under the one lead, and leaves none where nobody is left', () => {
    const [left, joined] = joinUnits(apart, rest, of('kaigo'), at);
    expect(joined.members.filter((m) => !m.movedTo).map((m) => m.person)).toEqual([mother, daughter, son]);
    expect(leadOf(joined, everybody)).toEqual(leadOf(aUnit(), everybody));
    expect([leadOf(left, everybody), left.tenures.every((t) => t.until)]).toEqual([undefined, true]);
    const again = { step: 'by_conference', to: 'shogai', worker: '試験　次郎', conference, ...informed } as const;
    expect(refusal(() => takeLeadStep(left, again, of('takikan', true), everybody, at))).toBe('LEAD_NOT_YOURS');
  });

  it('is refused to others, and while two desks lead', () => {
    expect(refusal(() => joinUnits(apart, rest, of('konkyu'), at))).toBe('LEAD_NOT_YOURS');
    const other = foundUnit('other', ['father'], { function: 'konkyu' }, at);
    expect(refusal(() => joinUnits(apart, other, of('kaigo'), at))).toBe('LEADS_DIFFER');
    expect(refusal(() => joinUnits(apart, apart, of('kaigo'), at))).toBe('LEADS_DIFFER');
  });
});

const desks = ['kaigo', 'konkyu', 'shogai', 'takikan'] as const;
const anyDesk = fc.constantFrom(...desks);
const anyLeadStep: fc.Arbitrary<LeadStep> = fc.oneof(
  fc.record({ step: fc.constant('propose' as const), to: anyDesk }),
  fc.constant({ step: 'cancel' as const }),
  fc.constantFrom({}, informed).map((told) => ({ step: 'agree' as const, worker: '試験　花子', ...told })),
  fc
    .record({ to: anyDesk, told: fc.constantFrom({}, informed) })
    .map(({ to, told }) => ({ step: 'by_conference' as const, to, worker: '試験　次郎', conference, ...told })),
);
const anyDeed = fc.record({
  kind: fc.constantFrom('lead', 'lead', 'lead', 'split', 'join'),
  step: anyLeadStep,
  /** Mostly the desk that may. */
  by: fc.oneof({ weight: 1, arbitrary: anyDesk }, { weight: 3, arbitrary: fc.constant(undefined) }),
  unit: fc.nat(),
  other: fc.nat(),
  persons: fc.subarray([mother, son, daughter]),
});

describe('any history of support units', () => {
  it('has exactly one lead per unit with anybody in it, and none only as an alarm', () => {
    let [handedOver, split, joined] = [0, 0, 0];
    fc.assert(
      fc.property(fc.array(anyDeed, { maxLength: 25, size: 'max' }), fc.subarray([...desks]), (deeds, gone) => {
        let units: SupportUnit[] = [aUnit()];
        const put = (...changed: SupportUnit[]) => {
          units = [...units.filter((u) => !changed.some((c) => c.id === u.id)), ...changed].sort((a, b) =>
            a.id < b.id ? -1 : 1,
          );
        };
        deeds.forEach(({ kind, step, by, unit: n, other, persons }, when) => {
          const now = new Date(at.getTime() + when * 60_000);
          const unit = units[n % units.length]!;
          const may = step.step === 'agree' ? unit.offeredTo : unit.tenures.at(-1)!.function;
          const desk = by ?? may ?? 'kaigo';
          const actor = of(desk, by === undefined || desk === 'takikan');
          const code = refusal(() => {
            if (kind === 'split') {
              put(...splitUnit(unit, new Set(persons), family, `unit${when}`, actor, now));
              split++;
            } else if (kind === 'join') {
              put(...joinUnits(unit, units[other % units.length]!, actor, now));
              joined++;
            } else {
              const after = takeLeadStep(unit, step, actor, everybody, now);
              if (after.tenures.length > unit.tenures.length) handedOver++;
              put(after);
            }
          });
          expect(code === undefined || /^[A-Z_]+$/.test(code)).toBe(true);
        });
        // At the end some of them are at work there no more.
        const left = atWork(...desks.filter((d) => !gone.includes(d)));
        for (const unit of units) {
          const here = unit.members.filter((m) => m.movedTo === undefined);
          const leading = unit.tenures.filter((t) => t.until === undefined);
          expect(leading).toHaveLength(here.length > 0 ? 1 : 0);
          const state = leadOf(unit, left);
          if (here.length === 0 || left.takePart.size === 0) expect(state).toBeUndefined();
          else if (left.takePart.has(leading[0]!.function)) expect(state).toEqual({ lead: leading[0] });
          else expect(state).toEqual({ alarm: 'lead_missing' });
          // No gap and no overlap.
          unit.tenures.slice(1).forEach((t, i) => expect(t.from).toEqual(unit.tenures[i]!.until));
        }
        const persons = units.flatMap((u) => u.members.filter((m) => m.movedTo === undefined).map((m) => m.person));
        expect(persons.sort()).toEqual([...family].sort());
      }),
      { numRuns: propertyRuns },
    );
    if (propertyRuns >= 1000) expect([handedOver, split, joined].every((n) => n > 100)).toBe(true);
  });
});
