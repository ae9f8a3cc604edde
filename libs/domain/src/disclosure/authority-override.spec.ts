// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { isOverridden, whyNotOverride } from './authority-override';
import type { AuthorityRow } from './authority-row';
import { aGroundRow, uuid } from '../../test/builders';
import { propertyRuns } from '../../test/property-runs';
import { dataCategories } from '../member/data-category';

const law = aGroundRow({
  code: 'internal_reasonable',
  senders: ['agency', 'contractor'],
  recipients: ['agency'],
  recipientTypes: ['welfare_office', 'child_guidance_center'],
  approval: 'after',
  approvers: [{ role: 'approver' }],
  needs: ['reason'],
  hours: 72,
  overRefusal: 'with_words',
  feedback: 'state',
  conditions: ['目的の外に使わない'],
  occasional: 3,
  windows: [{ from: '2026-11-01T00:00:00+09:00', until: '2026-12-01T00:00:00+09:00' }],
  validTo: '2030-03-31',
});
const own = (over: Partial<AuthorityRow>) => ({ ...law, id: uuid(599), overrides: law.id, ...over });

describe('a row of the municipality for one of the law', () => {
  it.each<[string, Partial<AuthorityRow>]>([
    ['says the same', {}],
    ['switches it off', { active: false }],
    ['names fewer bodies, kinds and items', { senders: ['agency'], kinds: ['protection'], categories: ['identity'] }],
    ['names fewer functions', { recipientTypes: ['welfare_office'] }],
    [
      'asks for more',
      { needs: ['reason', 'why_no_consent'], approval: 'before', conditions: [...law.conditions, '返却する'] },
    ],
    ['adds a post', { approvers: [{ role: 'approver' }, { role: 'supervisor', function: uuid(1) }] }],
    ['counts for a shorter time', { hours: 24, validFrom: '2026-01-01', validTo: '2027-03-31', occasional: 1 }],
    ['shortens a window', { windows: [{ from: '2026-11-02T00:00:00+09:00', until: '2026-11-03T00:00:00+09:00' }] }],
    ['ends at a refusal, and keeps it in the hub', { overRefusal: 'never', way: 'hub_only', feedback: 'arrival' }],
  ])('stands when it %s', (_, over) => {
    expect(whyNotOverride(law, own(over))).toBeUndefined();
  });

  it.each<[keyof AuthorityRow, Partial<AuthorityRow>]>([
    ['overrides', { overrides: uuid(598) }],
    ['code', { code: 'law' }],
    ['senders', { senders: ['agency', 'private'] }],
    ['recipients', { recipients: ['contractor'] }],
    ['recipientTypes', { recipientTypes: undefined }],
    ['kinds', { kinds: ['notification'] }],
    ['purposes', { purposes: ['emergency', 'consultation'] }],
    ['categories', { categories: ['criminal'] }],
    ['needs', { needs: [] }],
    ['approval', { approval: 'none' }],
    ['approvers', { approvers: [{ role: 'supervisor' }] }],
    ['hours', { hours: 73 }],
    ['hours', { hours: undefined }],
    ['overRefusal', { overRefusal: 'stands' }],
    ['feedback', { feedback: 'state+note' }],
    ['conditions', { conditions: [] }],
    ['occasional', { occasional: 4 }],
    ['windows', { windows: undefined }],
    ['windows', { windows: [{ from: '2026-11-30T00:00:00+09:00', until: '2026-12-01T00:00:01+09:00' }] }],
    ['validFrom', { validFrom: '2020-03-31' }],
    ['validTo', { validTo: undefined }],
  ])('is refused when it widens %s', (name, over) => {
    expect(whyNotOverride(law, own(over))).toBe(name);
  });

  it('is refused when it switches on what the law’s row has off, or lets out of the hub what stays in it', () => {
    expect(whyNotOverride({ ...law, active: false }, own({ active: true }))).toBe('active');
    expect(whyNotOverride({ ...law, way: 'hub_only' }, own({ way: 'any' }))).toBe('way');
  });

  it('may declare windows where the law has none yet', () => {
    expect(whyNotOverride({ ...law, windows: undefined }, own({ windows: law.windows }))).toBeUndefined();
  });

  it('never lets an item out that the law’s row keeps', () => {
    fc.assert(
      fc.property(fc.subarray([...dataCategories]), fc.subarray([...dataCategories]), (listed, wanted) => {
        const refused = whyNotOverride({ ...law, categories: listed }, own({ categories: wanted }));
        expect(refused).toBe(wanted.some((c) => !listed.includes(c)) ? 'categories' : undefined);
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe('the row of the law', () => {
  const inForce = (over: Partial<AuthorityRow>) => own({ validFrom: '2026-10-01', ...over });

  it('has given way from the first day of the one of the municipality on, whatever that one lets through', () => {
    expect(isOverridden(law, [law, inForce({})], '2026-09-30')).toBe(false);
    expect(isOverridden(law, [law, inForce({})], '2026-10-01')).toBe(true);
    expect(isOverridden(law, [law, inForce({ active: false, validTo: '2026-10-02' })], '2027-01-01')).toBe(true);
    expect(isOverridden(law, [law, inForce({ overrides: uuid(598) })], '2027-01-01')).toBe(false);
  });

  it('is followed by the newest one of the municipality', () => {
    const [first, second] = [inForce({}), inForce({ id: uuid(600), validFrom: '2026-11-01' })];
    const all = [law, first, second];
    expect(all.filter((row) => !isOverridden(row, all, '2026-10-15'))).toEqual([first, second]);
    expect(all.filter((row) => !isOverridden(row, all, '2026-11-01'))).toEqual([second]);
  });

  it('of disasters lets each municipality declare its own window', () => {
    const disaster = { ...law, code: 'disaster' as const, windows: [] };
    const windows = [{ from: '2026-11-19T00:00:00+09:00', until: '2026-12-19T00:00:00+09:00' }];
    expect(whyNotOverride(disaster, { ...disaster, id: uuid(599), overrides: disaster.id, windows })).toBeUndefined();
  });
});
