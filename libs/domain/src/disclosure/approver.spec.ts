// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { holdsPost, isNearPost } from './approver';
import type { RoleHeld, Viewer } from '../access/policy';

const staff = (...holdings: RoleHeld[]): Viewer => ({
  kind: 'staff',
  holdings,
  functions: [...new Set(holdings.flatMap((h) => h.function ?? []))],
});
const agency = { function: 'a', bodyKind: 'agency' } as const;
const privateBody = { function: 'p', bodyKind: 'private' } as const;

describe('the post that decides on a disclosure without consent', () => {
  const approver = { role: 'approver' } as const;

  it('is an approver of the municipality, and nobody of a contractor', () => {
    expect(holdsPost(staff({ role: 'approver' }), approver, agency)).toBe(true);
    expect(holdsPost(staff({ role: 'approver', entrusted: true }), approver, agency)).toBe(false);
    expect(holdsPost(staff({ role: 'caseworker', function: 'a' }), approver, agency)).toBe(false);
    expect(holdsPost({ ...staff({ role: 'approver' }), kind: 'client' }, approver, agency)).toBe(false);
  });

  it('is the one of the function that 専決 names, and no other', () => {
    const post = { role: 'supervisor', function: 'b' } as const;
    expect(holdsPost(staff({ role: 'supervisor', function: 'b' }), post, agency)).toBe(true);
    expect(holdsPost(staff({ role: 'supervisor', function: 'b', entrusted: true }), post, agency)).toBe(false);
    expect(holdsPost(staff({ role: 'supervisor', function: 'c' }), post, agency)).toBe(false);
    expect(holdsPost(staff({ role: 'caseworker', function: 'b' }), post, agency)).toBe(false);
  });

  it('is the own supervisor of a private body, whom nobody else stands for', () => {
    const post = { role: 'supervisor' } as const;
    const own = staff({ role: 'supervisor', function: 'p', entrusted: true });
    expect(holdsPost(own, post, privateBody)).toBe(true);
    expect(holdsPost(staff({ role: 'supervisor', function: 'a' }), post, privateBody)).toBe(false);
    expect(holdsPost(own, post, { ...privateBody, bodyKind: 'contractor' })).toBe(false);
    expect(holdsPost(own, approver, privateBody)).toBe(false);
  });

  it('is known to those who work near it', () => {
    expect(isNearPost(staff({ role: 'approver' }), agency)).toBe(true);
    expect(isNearPost(staff({ role: 'approver' }), { ...agency, bodyKind: 'private' })).toBe(false);
    expect(isNearPost(staff({ role: 'supervisor', function: 'a' }), agency)).toBe(true);
    expect(isNearPost(staff({ role: 'supervisor', function: 'b' }), agency)).toBe(false);
  });
});
