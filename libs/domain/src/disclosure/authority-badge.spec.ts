// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { badgeOf, type KnownPermit } from './authority-badge';

const now = new Date('2026-11-20T10:00:00+09:00');
const on = { state: 'received', renewalDays: 14, now } as const;
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const consent: KnownPermit = { authority: 'consent', until: inDays(90), lost: false };

describe('the badge of the authority', () => {
  it.each<[string, Partial<KnownPermit>, string]>([
    ['a consent with time left', {}, 'consent_active'],
    ['one whose renewal is asked for', { until: inDays(14) }, 'consent_ending'],
    ['one that is over', { until: inDays(-1) }, 'consent_ended'],
    ['one that was lost, whenever it would have ended', { lost: true, until: inDays(-1) }, 'consent_withdrawn'],
    ['a law', { authority: 'law', until: undefined }, 'law'],
    ['利用目的の範囲内', { authority: 'within_purpose', until: undefined }, 'law'],
    ['a report that a statute asks for', { authority: 'elder_abuse', until: undefined }, 'law'],
    ['a sitting', { authority: 'shien_kaigi' }, 'conference'],
    ['an emergency that is over', { authority: 'emergency', until: inDays(-1) }, 'waiting'],
    ['a sitting that is over', { authority: 'shien_kaigi', lost: true }, 'waiting'],
  ])('of %s', (_, over, badge) => expect(badgeOf({ ...consent, ...over }, on)).toBe(badge));

  it('says that it waits, whatever was permitted before', () => {
    expect(badgeOf(undefined, { ...on, state: 'awaiting_authority' })).toBe('waiting');
    expect(badgeOf(consent, { ...on, state: 'awaiting_authority' })).toBe('waiting');
  });

  it('is absent where nothing was decided, or nobody is in it', () => {
    expect(badgeOf(undefined, { ...on, state: 'draft' })).toBeUndefined();
    expect(badgeOf({ authority: 'person_free', lost: false }, on)).toBeUndefined();
  });
});
