// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { groundStanding } from './ground';
import { aGround, aGroundRow, anApproval, now } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';
import { lastMomentOfDay } from '../calendar/business-calendar';
import { DataCategory } from '../member/data-category';

const at = (ms: number) => new Date(ms);
const recorded = Date.parse(aGround().recordedAt);
const emergency = aGroundRow();
const before = aGroundRow({
  code: 'internal_reasonable',
  approval: 'before',
  hours: undefined,
  overRefusal: 'with_words',
});
const day = '2026-11-25';
const endOfDay = lastMomentOfDay(day);

/** The items that it lets out then, or why it does not count. */
const items = (standing: ReturnType<typeof groundStanding>) =>
  standing.counts ? standing.parts.flatMap((p) => p.categories) : standing.because;

describe('an emergency', () => {
  const over = recorded + 72 * 3_600_000;

  it('counts at once with everything recorded, for 72 hours to the millisecond', () => {
    const on = (ms: number) => items(groundStanding(aGround(), emergency, false, at(ms)));
    expect(on(recorded - 1)).toBe('GROUND_EXPIRED');
    expect(on(recorded)).toEqual(['identity', 'contact', 'concern']);
    expect(on(over - 1)).toEqual(['identity', 'contact', 'concern']);
    expect(on(over)).toBe('GROUND_EXPIRED');
  });

  it('goes on after that with what was approved, until the end of the day set in Japan', () => {
    const approved = aGround({ decided: anApproval(), until: day });
    const on = (ms: number) => items(groundStanding(approved, emergency, false, at(ms)));
    expect(on(over - 1)).toEqual(['identity', 'contact', 'concern']);
    expect(on(over)).toEqual(['identity', 'contact']);
    expect(on(endOfDay)).toEqual(['identity', 'contact']);
    expect(on(endOfDay + 1)).toBe('GROUND_EXPIRED');
  });

  it('says of each item how long it counts', () => {
    const standing = groundStanding(aGround({ decided: anApproval(), until: day }), emergency, false, now);
    expect(standing).toEqual({
      counts: true,
      parts: [
        { categories: ['identity', 'contact'], until: endOfDay },
        { categories: ['concern'], until: over - 1 },
      ],
    });
  });

  it('is not shortened by a day that ends before the 72 hours', () => {
    const today = aGround({ decided: anApproval(), until: '2026-11-20' });
    expect(items(groundStanding(today, emergency, false, at(over - 1)))).toEqual(['identity', 'contact', 'concern']);
  });

  it('counts for nothing any more once the approver has refused it', () => {
    const refused = aGround({ decided: anApproval({ outcome: 'refused' }) });
    expect(items(groundStanding(refused, emergency, false, now))).toBe('GROUND_REFUSED');
  });

  it('stands over a refusal', () => {
    expect(groundStanding(aGround(), emergency, true, now).counts).toBe(true);
  });
});

describe('what is approved before it counts (69条2項)', () => {
  it('counts from the approval on, with what was approved, until the end of the day', () => {
    const approvedAt = Date.parse(anApproval().at);
    const ground = aGround({ decided: anApproval(), until: day });
    const on = (ms: number) => items(groundStanding(ground, before, false, at(ms)));
    expect(on(approvedAt - 1)).toBe('GROUND_UNAPPROVED');
    expect(on(approvedAt)).toEqual(['identity', 'contact']);
    expect(on(endOfDay)).toEqual(['identity', 'contact']);
    expect(on(endOfDay + 1)).toBe('GROUND_EXPIRED');
  });

  it('lets out nothing that was not recorded, whatever was approved', () => {
    const decided = anApproval({ categories: ['identity', 'criminal'] });
    expect(items(groundStanding(aGround({ decided, until: day }), before, false, now))).toEqual(['identity']);
  });

  it('waits for the approver, and says so also when the person has refused', () => {
    for (const refused of [true, false])
      expect(items(groundStanding(aGround(), before, refused, now))).toBe('GROUND_UNAPPROVED');
  });

  it('needs the approver’s words over a refusal', () => {
    const ground = (overRefusal: boolean) => aGround({ decided: anApproval({ overRefusal }), until: day });
    expect(items(groundStanding(ground(false), before, true, now))).toBe('GROUND_REFUSAL_WORDS');
    expect(groundStanding(ground(true), before, true, now).counts).toBe(true);
    expect(groundStanding(ground(false), before, false, now).counts).toBe(true);
  });

  it('ends at a refusal where the row says never, with or without words', () => {
    const never = { ...before, overRefusal: 'never' as const };
    const ground = aGround({ decided: anApproval({ overRefusal: true }), until: day });
    expect(items(groundStanding(ground, never, true, now))).toBe('CONSENT_REFUSED');
  });
});

describe('a disaster', () => {
  const window = { from: '2026-11-20T09:00:00+09:00', until: '2026-11-21T09:00:00+09:00' };
  const disaster = aGroundRow({ code: 'disaster', approval: 'none', hours: undefined, windows: [window] });
  const on = (moment: string, row = disaster) =>
    items(groundStanding(aGround({ recordedAt: '2026-11-19T00:00:00+09:00' }), row, false, new Date(moment)));

  it('counts within the window that was declared, the first moment included and the last not', () => {
    expect(on('2026-11-20T08:59:59.999+09:00')).toBe('GROUND_EXPIRED');
    expect(on('2026-11-20T09:00:00.000+09:00')).toEqual(['identity', 'contact', 'concern']);
    expect(on('2026-11-21T08:59:59.999+09:00')).toEqual(['identity', 'contact', 'concern']);
    expect(on('2026-11-21T09:00:00.000+09:00')).toBe('GROUND_EXPIRED');
  });

  it('ends with the window, or with the row when that ends first', () => {
    const ends = (row = disaster) => {
      const standing = groundStanding(aGround(), row, false, now);
      return standing.counts ? standing.parts.map((p) => p.until) : [];
    };
    expect(ends()).toEqual([Date.parse(window.until) - 1]);
    expect(ends({ ...disaster, validTo: '2026-11-20' })).toEqual([lastMomentOfDay('2026-11-20')]);
  });

  it('counts for nothing while none is declared', () => {
    expect(on('2026-11-20T12:00:00+09:00', { ...disaster, windows: undefined })).toBe('GROUND_EXPIRED');
    expect(on('2026-11-20T12:00:00+09:00', { ...disaster, windows: [] })).toBe('GROUND_EXPIRED');
  });
});

describe('whatever was recorded and approved', () => {
  const anyGround = fc.record({
    categories: fc.subarray([...DataCategory.options], { minLength: 1 }),
    approved: fc.option(fc.subarray([...DataCategory.options])),
    words: fc.boolean(),
    until: fc.constantFrom('2026-11-19', '2026-11-20', day),
    approval: fc.constantFrom('none' as const, 'before' as const, 'after' as const),
    hours: fc.constantFrom(undefined, 1, 72),
    overRefusal: fc.constantFrom('stands' as const, 'with_words' as const, 'never' as const),
    refused: fc.boolean(),
    hoursLater: fc.integer({ min: 0, max: 200 }),
  });
  type Any = typeof anyGround extends fc.Arbitrary<infer T> ? T : never;
  const ask = (
    g: Any,
    moment = now.getTime() + g.hoursLater * 3_600_000,
    outcome = 'approved' as 'approved' | 'refused',
  ) => {
    const { categories, until, approval, hours, overRefusal, refused } = g;
    const decided = g.approved ? anApproval({ outcome, categories: g.approved, overRefusal: g.words }) : undefined;
    return groundStanding(
      aGround({ categories, decided, until }),
      aGroundRow({ approval, hours, overRefusal }),
      refused,
      at(moment),
    );
  };
  const itemsOf = (standing: ReturnType<typeof ask>) =>
    standing.counts ? standing.parts.flatMap((p) => p.categories) : [];

  it('no item leaves that was not recorded, and each until the moment said and not one longer', () => {
    fc.assert(
      fc.property(anyGround, (g) => {
        const standing = ask(g);
        const all = itemsOf(standing);
        expect(g.categories).toEqual(expect.arrayContaining(all));
        expect(new Set(all).size).toBe(all.length);
        for (const { categories, until } of standing.counts ? standing.parts : []) {
          if (until === Infinity) continue;
          expect(itemsOf(ask(g, until))).toEqual(expect.arrayContaining([...categories]));
          expect(categories.filter((c) => itemsOf(ask(g, until + 1)).includes(c))).toEqual([]);
        }
      }),
      { numRuns: propertyRuns },
    );
  });

  it('nothing counts without an approval that is needed before, over a refusal without words, or that the approver refused', () => {
    fc.assert(
      fc.property(anyGround, (g) => {
        if (g.approval === 'before' && !g.approved) expect(ask(g)).toMatchObject({ because: 'GROUND_UNAPPROVED' });
        const hasWords = g.overRefusal === 'with_words' && g.words && g.approved !== null;
        if (g.refused && g.overRefusal !== 'stands' && !hasWords) expect(ask(g).counts).toBe(false);
        if (g.approved) expect(ask(g, now.getTime(), 'refused')).toMatchObject({ because: 'GROUND_REFUSED' });
      }),
      { numRuns: propertyRuns },
    );
  });
});
