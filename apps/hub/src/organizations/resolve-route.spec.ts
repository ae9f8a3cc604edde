// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { resolveRoute } from './resolve-route';
import type { Route } from './organization.entities';

const aRoute = (over: Partial<Route>): Route => ({
  id: over.function ?? 'r',
  priority: 100,
  fromFunction: null,
  domain: 'konkyu',
  area: null,
  kind: null,
  function: 'konkyu-main',
  ...over,
});
const anybody = () => true;
const ask = (to: Parameters<typeof resolveRoute>[0]['to'], over = {}) => ({
  to,
  from: 'kaigo',
  kind: 'referral' as const,
  ...over,
});

describe('resolving an addressee', () => {
  it('takes a named function as it is, while its contract runs', () => {
    expect(resolveRoute(ask({ function: 'f' }), [], anybody)).toBe('f');
    expect(resolveRoute(ask({ function: 'f' }), [], () => false)).toBeUndefined();
  });

  it('finds the function of a domain, and nothing where no route leads', () => {
    expect(resolveRoute(ask({ domain: 'konkyu' }), [aRoute({})], anybody)).toBe('konkyu-main');
    expect(resolveRoute(ask({ domain: 'shogai' }), [aRoute({})], anybody)).toBeUndefined();
  });

  it("leads 'unknown' by its own route, not by any domain's", () => {
    const routes = [aRoute({}), aRoute({ domain: 'unknown', function: 'takikan' })];
    expect(resolveRoute(ask('unknown'), routes, anybody)).toBe('takikan');
    expect(resolveRoute(ask('unknown'), [aRoute({})], anybody)).toBeUndefined();
  });

  it('uses a narrower route only where it fits', () => {
    const routes = [
      aRoute({}),
      aRoute({ function: 'north', area: 'north' }),
      aRoute({ function: 'for-hogo', fromFunction: 'hogo' }),
      aRoute({ function: 'inquiries', kind: 'inquiry' }),
    ];
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, anybody)).toBe('konkyu-main');
    expect(resolveRoute(ask({ domain: 'konkyu', area: 'north' }), routes, anybody)).toBe('north');
    expect(resolveRoute(ask({ domain: 'konkyu' }, { from: 'hogo' }), routes, anybody)).toBe('for-hogo');
    expect(resolveRoute(ask({ domain: 'konkyu' }, { kind: 'inquiry' }), routes, anybody)).toBe('inquiries');
  });

  it('lets the smallest priority win, and passes over a function whose contract is over', () => {
    const routes = [aRoute({ priority: 20, function: 'second' }), aRoute({ priority: 10, function: 'first' })];
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, anybody)).toBe('first');
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, (id) => id !== 'first')).toBe('second');
  });
});
