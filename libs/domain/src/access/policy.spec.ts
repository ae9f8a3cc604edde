// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import {
  desksFor,
  duties,
  may,
  mayForAll,
  mayHoldForAll,
  rolesFor,
  todoListsOf,
  type Duty,
  type RoleHeld,
  type Viewer,
} from './policy';
import { hatsOf, sees, seesWhole, type FieldGroup, type Hat, type Matter } from './viewpoint';
import { BodyKind, ReferralKind, Role } from '../codes/vocabulary';
import { ReferralState } from '../referral/referral.states';

const staff = (holdings: RoleHeld[], more: Partial<Viewer> = {}): Viewer => ({
  kind: 'staff',
  holdings,
  functions: [...new Set(holdings.flatMap((h) => h.function ?? []))],
  ...more,
});

const anyHolding: fc.Arbitrary<RoleHeld> = fc
  .record({
    role: fc.constantFrom(...Role.options),
    function: fc.constantFrom('a', 'b', 'c', undefined),
    entrusted: fc.boolean(),
  })
  .map(({ role, function: desk, entrusted }) => ({
    role,
    ...(desk !== undefined && { function: desk }),
    ...(entrusted && desk !== undefined && { entrusted: true as const }),
  }));
const anyViewer = fc
  .record({
    kind: fc.constantFrom('staff' as const, 'client' as const),
    holdings: fc.array(anyHolding, { maxLength: 5 }),
    acting: fc.constantFrom('a', 'b', undefined),
  })
  .map(({ kind, holdings, acting }) => {
    const viewer = staff(holdings, { kind });
    return acting !== undefined && viewer.functions.includes(acting) ? { ...viewer, acting } : viewer;
  });
const anyMatter: fc.Arbitrary<Matter> = fc.record({
  kind: fc.constantFrom(...ReferralKind.options),
  state: fc.constantFrom(...ReferralState.options),
  from: fc.constantFrom('a', 'b', 'c', 'd'),
  to: fc.constantFrom('a', 'b', 'c', 'd', undefined),
  lead: fc.constantFrom('a', 'b', 'c', 'd', undefined),
  released: fc.boolean(),
  channel: fc.constantFrom('carried_by_person' as const, 'web' as const, undefined),
  arrived: fc.boolean(),
});
const aMatter = (over: Partial<Matter> = {}): Matter => ({
  kind: 'referral',
  state: 'received',
  from: 'a',
  to: 'b',
  released: true,
  ...over,
});
const caseworkerAt = (desk: string) => staff([{ role: 'caseworker', function: desk }]);

describe('who may do what', () => {
  const decisions: Duty[] = [
    ...(['plans.decide', 'disclosures.ratify', 'persons.unseal', 'persons.merge', 'ledger.answer'] as const),
    ...(['authorities.keep', 'disclosures.review', 'incidents.report', 'audit.read'] as const),
  ];

  it.each(decisions)('%s is open to a person of the municipality who holds the post', (duty) => {
    for (const role of rolesFor(duty)) {
      expect(may(staff([{ role }]), duty)).toBe(true);
      expect(may(staff([{ role }], { kind: 'client' }), duty)).toBe(false);
      expect(may(staff([{ role, function: 'a' }]), duty)).toBe(false);
    }
  });

  it('lets no account of a contractor decide, ratify, unseal or answer a 開示請求, whatever its roles', () => {
    fc.assert(
      fc.property(anyViewer, fc.constantFrom(...decisions), (viewer, duty) => {
        fc.pre(viewer.holdings.some((h) => h.entrusted));
        expect(may(viewer, duty)).toBe(false);
      }),
    );
  });

  it('lets a role for the whole municipality be held in its own bodies; elsewhere by who coordinates, and by IT', () => {
    for (const bodyKind of BodyKind.options) {
      const own = bodyKind === 'agency' || bodyKind === 'other_agency';
      for (const role of Role.options) {
        expect(mayHoldForAll(role, { bodyKind, coordinates: false })).toBe(own || role === 'it_admin');
        expect(mayHoldForAll(role, { bodyKind, coordinates: true })).toBe(
          own || role === 'it_admin' || role === 'coordinator',
        );
      }
    }
  });

  const atDesk: Role[] = ['caseworker', 'supervisor'];
  it.each<[Duty, { desk?: Role[]; city?: Role[]; program?: true; contractor?: false }]>([
    ['writes.approve', { desk: atDesk }],
    ['grounds.record', { desk: atDesk }],
    ['names.reveal', { desk: atDesk, city: ['coordinator'] }],
    ['names.release', { desk: ['supervisor'] }],
    ['persons.find', { desk: atDesk }],
    ['disclosures.ratify', { city: ['approver'], contractor: false }],
    [
      'authorities.read',
      { city: ['coordinator', 'approver', 'privacy_officer', 'auditor', 'it_admin'], program: true },
    ],
    ['authorities.keep', { city: ['privacy_officer'], contractor: false }],
    ['audit.read', { city: ['privacy_officer', 'auditor'], contractor: false }],
    ['forms.approve', { city: ['privacy_officer'] }],
    ['protection.record', { desk: atDesk }],
    ['persons.unseal', { city: ['approver', 'privacy_officer'], contractor: false }],
    ['texts.clear', { desk: ['supervisor'] }],
    ['incidents.handle', { desk: atDesk, city: ['privacy_officer'], program: true }],
    ['conferences.propose', { desk: atDesk }],
    ['conferences.hold', { desk: atDesk, city: ['coordinator'] }],
    ['disclosures.review', { city: ['privacy_officer'], contractor: false }],
    ['incidents.report', { city: ['privacy_officer'], contractor: false }],
  ])('%s is for exactly these', (duty, { desk = [], city = [], program = false, contractor = true }) => {
    for (const role of Role.options) {
      const ofDesk = staff([{ role, function: 'a' }]);
      const ofCity = staff([{ role }]);
      expect([role, may(ofDesk, duty, 'a'), may(ofDesk, duty, 'b')]).toEqual([role, desk.includes(role), false]);
      expect([role, mayForAll(ofCity, duty)]).toEqual([role, city.includes(role)]);
      for (const who of [ofDesk, ofCity]) {
        const open = may(who, duty);
        expect([role, may({ ...who, kind: 'client' }, duty)]).toEqual([role, open && program]);
        const entrusted = who.holdings.map((h) => ({ ...h, entrusted: true as const }));
        expect([role, may({ ...who, holdings: entrusted }, duty)]).toEqual([role, open && contractor]);
      }
    }
  });

  it('lets the supervisor of each desk, and approvers of the municipality itself, decide on a ground', () => {
    const supervisor = { role: 'supervisor', function: 'a' } as const;
    expect(may(staff([supervisor]), 'grounds.decide', 'a')).toBe(true);
    expect(may(staff([{ ...supervisor, entrusted: true }]), 'grounds.decide', 'a')).toBe(true);
    expect(may(staff([supervisor], { kind: 'client' }), 'grounds.decide', 'a')).toBe(false);
    expect(may(staff([{ role: 'approver' }]), 'grounds.decide')).toBe(true);
    expect(may(staff([{ role: 'approver', entrusted: true }]), 'grounds.decide')).toBe(false);
    expect(may(staff([{ role: 'approver', function: 'a' }]), 'grounds.decide')).toBe(false);
  });

  it.each(['accounts.manage', 'directory.manage'] as Duty[])('%s is open to IT of the municipality alone', (duty) => {
    expect(may(staff([{ role: 'it_admin' }]), duty)).toBe(true);
    expect(may(staff([{ role: 'it_admin' }], { kind: 'client' }), duty)).toBe(true);
    expect(may(staff([{ role: 'it_admin', entrusted: true }]), duty)).toBe(false);
  });

  it('lets no program record a word of a person that permits', () => {
    const caseworker: RoleHeld[] = [{ role: 'caseworker', function: 'a' }];
    expect(may(staff(caseworker), 'consents.record')).toBe(true);
    expect(may(staff(caseworker, { kind: 'client' }), 'consents.record')).toBe(false);
    expect(may(staff(caseworker, { kind: 'client' }), 'wishes.record')).toBe(true);
  });

  it('opens nothing to whoever holds none of the roles', () => {
    fc.assert(
      fc.property(anyViewer, fc.constantFrom(...(Object.keys(duties) as Duty[])), (viewer, duty) => {
        if (may(viewer, duty)) expect(viewer.holdings.some((h) => rolesFor(duty).includes(h.role))).toBe(true);
      }),
    );
  });

  it('is done at the desk acted for, and at no other', () => {
    fc.assert(
      fc.property(anyViewer, fc.constantFrom(...(Object.keys(duties) as Duty[])), (viewer, duty) => {
        for (const desk of desksFor(viewer, duty)) {
          expect(viewer.functions).toContain(desk);
          expect(viewer.acting ?? desk).toBe(desk);
        }
      }),
    );
  });

  it('takes a role held at one function for none of the municipality', () => {
    expect(mayForAll(staff([{ role: 'auditor', function: 'a' }]), 'ledger.answer')).toBe(false);
    expect(mayForAll(staff([{ role: 'auditor' }]), 'ledger.answer')).toBe(true);
  });

  it('shows the to-dos of the roles held at the desk acted for, and those of every coordinator to a coordinator', () => {
    const both = staff([
      { role: 'caseworker', function: 'a' },
      { role: 'supervisor', function: 'b' },
      { role: 'coordinator' },
    ]);
    const coordinator = { role: 'coordinator' };
    expect(todoListsOf(both)).toEqual([
      { role: 'caseworker', function: 'a' },
      { role: 'supervisor', function: 'b' },
      coordinator,
    ]);
    expect(todoListsOf({ ...both, acting: 'b' })).toEqual([{ role: 'supervisor', function: 'b' }, coordinator]);
    expect(todoListsOf(staff([{ role: 'coordinator', function: 'a' }]))).toEqual([]);
  });
});

describe('who sees what of a referral', () => {
  const hats = Object.keys(sees) as Hat[];
  const groups = [...new Set(hats.flatMap((hat) => Object.keys(sees[hat]) as FieldGroup[]))];

  it('is nothing for whoever took no part and oversees nothing', () => {
    fc.assert(
      fc.property(anyViewer, anyMatter, (viewer, matter) => {
        fc.pre([matter.from, matter.to, matter.lead].every((desk) => !viewer.functions.includes(desk ?? '')));
        fc.pre(!mayForAll(viewer, 'referrals.oversee'));
        expect(hatsOf(viewer, matter)).toEqual([]);
      }),
    );
  });

  it('is nothing for it_admin and approver', () => {
    for (const role of ['it_admin', 'approver'] as const) expect(hatsOf(staff([{ role }]), aMatter())).toEqual([]);
  });

  it('is nothing at the recipient before it has left its sender', () => {
    expect(hatsOf(caseworkerAt('b'), aMatter({ state: 'awaiting_authority', released: false }))).toEqual([]);
  });

  it('is, of what the person carries, nothing at the recipient until it is there or somebody there holds the sheet', () => {
    const carried = aMatter({ state: 'sent', channel: 'carried_by_person' });
    expect(hatsOf(caseworkerAt('b'), carried)).toEqual([]);
    expect(hatsOf(caseworkerAt('b'), { ...carried, bySheet: true })).toEqual(['recipient']);
    expect(hatsOf(caseworkerAt('b'), { ...carried, state: 'received', arrived: true })).toEqual(['recipient']);
    // It ended on its way.
    for (const state of ReferralState.options) expect(hatsOf(caseworkerAt('b'), { ...carried, state })).toEqual([]);
  });

  it('is for a lead that took no part only in the follow-up and after it', () => {
    for (const state of ReferralState.options) {
      const led = hatsOf(caseworkerAt('c'), aMatter({ state, lead: 'c' }));
      expect([state, led]).toEqual([state, state === 'follow_up' || state === 'closed' ? ['lead'] : []]);
    }
    for (const kind of ['notification', 'advice'] as const)
      expect(hatsOf(caseworkerAt('c'), aMatter({ kind, state: 'follow_up', lead: 'c' }))).toEqual([]);
    expect(hatsOf(caseworkerAt('b'), aMatter({ state: 'follow_up', lead: 'b' }))).toEqual(['recipient', 'lead']);
  });

  it('is for a lead that it stands there and what it has done itself, and nothing of what the two desks said', () => {
    expect(sees.lead).toEqual({ line: 'whole', timeline: 'own' });
  });

  it('is before release that it waits for the coordinator, and nothing for those who audit and protect', () => {
    const waiting = aMatter({ state: 'awaiting_authority', released: false });
    const seen = (role: Role) => hatsOf(staff([{ role }]), waiting);
    expect([seen('coordinator'), seen('auditor'), seen('privacy_officer')]).toEqual([['coordinator'], [], []]);
    const never = aMatter({ state: 'withdrawn', released: false });
    expect([hatsOf(staff([{ role: 'auditor' }]), never), hatsOf(caseworkerAt('a'), never)]).toEqual([[], ['sender']]);
  });

  it('is, of what is hidden, nothing for anybody but people of its two functions', () => {
    fc.assert(
      fc.property(anyViewer, anyMatter, (viewer, matter) => {
        const seen = hatsOf(viewer, { ...matter, kind: 'notification' });
        if (viewer.kind === 'client') expect(seen).toEqual([]);
        expect(seen.filter((hat) => hat !== 'sender' && hat !== 'recipient')).toEqual([]);
      }),
    );
  });

  it('is content without limit for the sender alone, and never for auditor and privacy_officer', () => {
    for (const hat of hats) expect([hat, seesWhole([hat], 'content', true)]).toEqual([hat, hat === 'sender']);
    expect([sees.auditor.content, sees.auditor.notes, sees.privacy_officer.content]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([sees.auditor.ledger, sees.privacy_officer.ledger, sees.coordinator.ledger]).toEqual([
      'whole',
      'whole',
      undefined,
    ]);
  });

  it('does not shrink by a second hat', () => {
    for (const one of hats)
      for (const other of hats)
        for (const group of groups)
          if (seesWhole([one], group, false)) expect(seesWhole([one, other], group, false)).toBe(true);
  });
});
