// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent, DataCategory, MemberPermit, Party, Permit, Refusal } from '@tsunagi/domain';
import { decideOn, stillCovers, stillStands, type DisclosableReferral } from './deciding';
import { noWishes, type Wishes } from '../consents';
import type { Directory } from '../organizations';

const consent = '00000000-0000-4000-8000-000000000001';
const ground = '00000000-0000-4000-8000-000000000002';

const permit = (more: Partial<Permit> = {}, member: Partial<MemberPermit> = {}): Permit => ({
  outcome: 'permit',
  authority: 'emergency',
  members: [{ ref: 'subject', categories: ['identity', 'health'], consents: [consent], grounds: [ground], ...member }],
  feedback: 'none',
  reasons: [],
  ...more,
});

describe('what was disclosed', () => {
  it('is covered while every item of it may leave', () => {
    expect(stillCovers(permit(), permit())).toBe(true);
    expect(stillCovers(permit({}, { categories: ['identity'] }), permit())).toBe(false);
  });

  it('is not covered once the person is protected', () => {
    expect(stillCovers(permit({}, { sealed: true }), permit())).toBe(false);
    expect(stillCovers(permit({}, { sealed: true }), permit({}, { sealed: true }))).toBe(true);
  });

  it('is covered when it left without what gives a protected person away, and no text waits to be looked through', () => {
    expect(stillCovers(permit(), permit({}, { sealed: true }))).toBe(true);
    const waits = permit({}, { sealed: true, textUnchecked: true });
    expect(stillCovers(waits, permit({}, { sealed: true }))).toBe(false);
    expect(stillCovers(permit({}, { sealed: true }), waits)).toBe(true);
  });
});

describe('what was claimed', () => {
  it('is written while it rests on the same consents and grounds', () => {
    expect(stillStands(permit(), permit())).toBe(true);
    expect(stillStands(permit({}, { grounds: [] }), permit())).toBe(false);
    expect(stillStands(permit({}, { consents: [] }), permit())).toBe(false);
  });

  it('is built anew when its recipient must keep to more than it says', () => {
    const said = permit({ conditions: ['目的のほかには使わない。'] });
    expect(stillStands(permit(), said)).toBe(true);
    expect(stillStands(said, said)).toBe(true);
    expect(stillStands(said, permit())).toBe(false);
  });
});

describe('what never left its sender', () => {
  const [sender, recipient, elsewhere, person] = ['kaigo', 'konkyu', 'shogai', 'hanako'];
  const now = new Date('2026-11-28T12:00:00+09:00');
  const party = (id: string): Party => ({
    function: id,
    domain: 'konkyu',
    functionType: 'counselling',
    bodyKind: 'agency',
    purposes: ['consultation'],
  });
  const directory = { party, authorities: () => [], channelTo: () => 'web' } as unknown as Directory;
  const referral: DisclosableReferral = {
    id: 'r',
    kind: 'referral',
    purpose: 'consultation',
    fromFunction: sender,
    toFunction: recipient,
    howTheyMeet: 'person_visits',
    channel: undefined,
    statute: undefined,
    sentAt: undefined,
    members: [{ ref: 'subject', person, present: ['identity', 'concern'] }],
  };
  const aConsent = (categories: readonly DataCategory[], more: Partial<Consent> = {}): Consent => ({
    id: 'c',
    person,
    givenTo: sender,
    giver: 'self',
    manner: 'written',
    scope: {
      categories: [...categories],
      recipients: [{ function: recipient }],
      purposes: ['consultation'],
      from: '2026-01-01',
      until: '2099-03-31',
      feedback: 'state',
    },
    exclusions: [],
    status: 'active',
    grantedAt: '2026-11-01T00:00:00Z',
    ...more,
  });
  const refusedElsewhere: Refusal = { id: 'x', person, recordedBy: elsewhere, at: '2026-11-20T00:00:00Z' };
  const decided = (said: Partial<Wishes>, more: Partial<DisclosableReferral> = {}) =>
    decideOn({ ...referral, ...more }, { ...noWishes(), ...said }, directory, now);

  it('is held for what its own desk was told, whatever the person has said to another one', () => {
    const consents = [aConsent(['concern'])];
    const alone = decided({ consents });
    expect(alone).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_LACKS_IDENTITY'] });
    expect(decided({ consents, refusals: [refusedElsewhere] })).toEqual(alone);
    const withdrawn = aConsent(['identity'], { id: 'w', givenTo: elsewhere, status: 'withdrawn' });
    const asserted = [aConsent(['concern'], { manner: 'asserted_by_system' })];
    expect(decided({ consents: [...asserted, withdrawn] })).toEqual(decided({ consents: asserted }));
  });

  it('is kept in by what was said to another one when it would leave now, and its sender hears only to ask', () => {
    const consents = [aConsent(['identity', 'concern'])];
    expect(decided({ consents })).toMatchObject({ outcome: 'permit' });
    expect(decided({ consents, refusals: [refusedElsewhere] })).toMatchObject({
      outcome: 'hold',
      reasons: ['ASK_ADMINISTRATOR'],
    });
  });

  it('is decided on everything, once it has left', () => {
    const said = { consents: [aConsent(['concern'])], refusals: [refusedElsewhere] };
    const { reasons } = decided(said, { sentAt: now });
    expect(reasons).toContain('ASK_ADMINISTRATOR');
  });
});
