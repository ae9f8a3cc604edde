// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { IncidentStep, incidentDues, mayDo, openSteps, withoutDate, type IncidentRule } from './incident';

const rules: IncidentRule[] = [
  { name: 'first_report', days: 5, validFrom: '2023-04-01' },
  { name: 'final_report', days: 30, validFrom: '2023-04-01' },
  { name: 'final_report_of_a_crime', days: 60, validFrom: '2023-04-01' },
  { name: 'tell_person', days: 30, validFrom: '2023-04-01' },
];
const mixUp = { kind: 'wrong_person', noticedOn: '2026-11-20', persons: 1 } as const;

describe('the days of an incident', () => {
  it('count from the day on which it was noticed', () => {
    expect(incidentDues(mixUp, rules)).toEqual({
      firstReport: '2026-11-25',
      finalReport: '2026-12-20',
      tell: '2026-12-20',
    });
  });

  it('are longer for the final report when it was a crime', () => {
    expect(incidentDues({ ...mixUp, kind: 'crime' }, rules).finalReport).toBe('2027-01-19');
  });

  it('are none by a row that does not count yet, or no more', () => {
    expect(incidentDues({ ...mixUp, noticedOn: '2023-03-31' }, rules)).toEqual({});
    const ended = rules.map((r) => ({ ...r, validTo: '2026-11-19' }));
    expect(incidentDues(mixUp, ended)).toEqual({});
    expect(incidentDues({ ...mixUp, noticedOn: '2026-11-19' }, ended).firstReport).toBe('2026-11-24');
  });

  it('are of a row for many only when there are so many, and then the shorter counts', () => {
    const many = [...rules, { name: 'first_report', days: 3, fromPersons: 100, validFrom: '2023-04-01' } as const];
    expect(incidentDues({ ...mixUp, persons: 99 }, many).firstReport).toBe('2026-11-25');
    expect(incidentDues({ ...mixUp, persons: 100 }, many).firstReport).toBe('2026-11-23');
  });
});

describe('the rules of a municipality', () => {
  it('leave no step without a day, however few persons it is about', () => {
    expect(withoutDate(rules)).toEqual([]);
    expect(withoutDate(rules.filter((r) => r.name !== 'tell_person'))).toEqual(['tell_person']);
    const of = (fromPersons: number) => rules.map((r) => (r.name === 'first_report' ? { ...r, fromPersons } : r));
    expect([withoutDate(of(1)), withoutDate(of(2))]).toEqual([[], ['first_report']]);
    expect(withoutDate([...of(100), { name: 'first_report' }])).toEqual([]);
  });
});

describe('the steps of an incident', () => {
  it('are done in any order but 確報, which comes after 速報', () => {
    const none = { done: [], closed: false };
    expect(IncidentStep.options.filter((s) => mayDo(s, none))).toEqual(['contain', 'first_report', 'tell']);
    expect(mayDo('final_report', { done: ['first_report'], closed: false })).toBe(true);
  });

  it('are each done once, and it is closed exactly when nothing is left', () => {
    const steps = fc.array(fc.constantFrom(...IncidentStep.options, 'close' as const), { maxLength: 12 });
    fc.assert(
      fc.property(steps, (tried) => {
        let incident = { done: [] as IncidentStep[], closed: false };
        for (const step of tried) {
          if (!mayDo(step, incident)) continue;
          if (step === 'close') {
            expect(new Set(incident.done)).toEqual(new Set(IncidentStep.options));
            incident = { ...incident, closed: true };
          } else {
            expect(incident.done).not.toContain(step);
            incident = { ...incident, done: [...incident.done, step] };
          }
          if (incident.closed) expect(openSteps(incident)).toEqual([]);
        }
      }),
    );
  });
});
