// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberPermit, Permit } from '@tsunagi/domain';
import { stillCovers, stillStands } from './deciding';

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
