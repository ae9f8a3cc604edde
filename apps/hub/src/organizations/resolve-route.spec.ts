// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { judgeRoutes, resolveRoute } from './resolve-route';
import type { Route } from './organization.entities';

const aRoute = (over: Partial<Route>): Route => ({
  id: over.function ?? 'r',
  priority: 100,
  fromFunction: null,
  domain: 'konkyu',
  area: null,
  functionType: null,
  kind: null,
  function: 'konkyu-main',
  validFrom: '2020-04-01',
  validTo: null,
  version: 1,
  ...over,
});
const open = {
  day: '2026-11-28',
  inForce: () => true,
  receives: (id: string) => id !== 'kyogitai',
  typeOf: (id: string) => (id === 'abuse' ? 'abuse_desk' : 'main'),
};
const without = (...over: string[]) => ({ ...open, inForce: (id: string) => !over.includes(id) });
const ask = (to: Parameters<typeof resolveRoute>[0]['to'], over = {}) => ({
  to,
  from: 'kaigo',
  kind: 'referral' as const,
  ...over,
});

describe('resolving an addressee', () => {
  it('takes a named function as it is, while its contract runs', () => {
    expect(resolveRoute(ask({ function: 'f' }), [], open)).toBe('f');
    expect(resolveRoute(ask({ function: 'f' }), [], without('f'))).toBeUndefined();
  });

  it('takes no place that takes in nobody, but for what nobody is in', () => {
    expect(resolveRoute(ask({ function: 'kyogitai' }), [], open)).toBeUndefined();
    expect(resolveRoute(ask({ function: 'kyogitai' }, { kind: 'advice' }), [], open)).toBe('kyogitai');
  });

  it('finds the function of a domain, and nothing where no route leads', () => {
    expect(resolveRoute(ask({ domain: 'konkyu' }), [aRoute({})], open)).toBe('konkyu-main');
    expect(resolveRoute(ask({ domain: 'shogai' }), [aRoute({})], open)).toBeUndefined();
  });

  it("leads 'unknown' by its own route, not by any domain's", () => {
    const routes = [aRoute({}), aRoute({ domain: 'unknown', function: 'takikan' })];
    expect(resolveRoute(ask('unknown'), routes, open)).toBe('takikan');
    expect(resolveRoute(ask('unknown'), [aRoute({})], open)).toBeUndefined();
  });

  it('uses a narrower route only where it fits', () => {
    const routes = [
      aRoute({}),
      aRoute({ function: 'north', area: 'north' }),
      aRoute({ function: 'for-hogo', fromFunction: 'hogo' }),
      aRoute({ function: 'inquiries', kind: 'inquiry' }),
    ];
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, open)).toBe('konkyu-main');
    expect(resolveRoute(ask({ domain: 'konkyu', area: 'north' }), routes, open)).toBe('north');
    expect(resolveRoute(ask({ domain: 'konkyu' }, { from: 'hogo' }), routes, open)).toBe('for-hogo');
    expect(resolveRoute(ask({ domain: 'konkyu' }, { kind: 'inquiry' }), routes, open)).toBe('inquiries');
  });

  it('lets the smallest priority win, and passes over a function whose contract is over', () => {
    const routes = [aRoute({ priority: 20, function: 'second' }), aRoute({ priority: 10, function: 'first' })];
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, open)).toBe('first');
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, without('first'))).toBe('second');
  });

  it('leads to a type only where it is asked for, and then to nothing else', () => {
    const routes = [aRoute({}), aRoute({ priority: 1, function: 'abuse', functionType: 'abuse_desk' })];
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, open)).toBe('konkyu-main');
    expect(resolveRoute(ask({ domain: 'konkyu', functionType: 'abuse_desk' }), routes, open)).toBe('abuse');
    expect(resolveRoute(ask({ domain: 'konkyu', functionType: 'no_such' }), routes, open)).toBeUndefined();
  });

  it('passes over a route whose days are over, or have not come', () => {
    const ended = aRoute({ priority: 1, function: 'old', validTo: '2026-11-27' });
    const later = aRoute({ priority: 2, function: 'new', validFrom: '2026-11-29' });
    expect(resolveRoute(ask({ domain: 'konkyu' }), [ended, later, aRoute({})], open)).toBe('konkyu-main');
  });

  it('leads nobody with a person to a place that receives none, and advice it does', () => {
    const routes = [aRoute({ priority: 1, function: 'kyogitai' }), aRoute({})];
    expect(resolveRoute(ask({ domain: 'konkyu' }), routes, open)).toBe('konkyu-main');
    expect(resolveRoute(ask({ domain: 'konkyu' }, { kind: 'advice' }), routes, open)).toBe('kyogitai');
  });

  it('says of every route of the domain why it does not lead there', () => {
    const routes = [
      aRoute({ function: 'north', area: 'north' }),
      aRoute({ function: 'gone' }),
      aRoute({ function: 'for-hogo', fromFunction: 'hogo' }),
      aRoute({ function: 'inquiries', kind: 'inquiry' }),
      aRoute({ function: 'abuse', functionType: 'abuse_desk' }),
      aRoute({ function: 'ended', validTo: '2026-01-01' }),
      aRoute({ priority: 200 }),
      aRoute({ domain: 'shogai', function: 'elsewhere' }),
    ];
    const judged = judgeRoutes(ask({ domain: 'konkyu' }), routes, without('gone'));
    expect(Object.fromEntries(judged.map((j) => [j.route.function, j.because]))).toEqual({
      'konkyu-main': undefined,
      north: 'OTHER_AREA',
      gone: 'FUNCTION_NOT_IN_FORCE',
      'for-hogo': 'OTHER_SENDER',
      inquiries: 'OTHER_KIND',
      abuse: 'OTHER_FUNCTION_TYPE',
      ended: 'ROUTE_NOT_IN_FORCE',
    });
    expect(judged[0]?.route.function).toBe('konkyu-main');
  });
});
