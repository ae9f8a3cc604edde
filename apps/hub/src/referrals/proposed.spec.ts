// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createSecretKey, randomBytes } from 'node:crypto';
import { exampleOf } from '@tsunagi/contracts';
import { changesBetween, isAsApproved, openProposed, proposed, sealProposed, tagOf } from './proposed';
import { Sealing } from '../platform';

const sealingWith = (id: string) => new Sealing(id, new Map([[id, createSecretKey(randomBytes(32))]]));

describe('what staff of a desk approve', () => {
  const { referral } = exampleOf('referral.sent.v1').data;
  const sealing = sealingWith('k1');
  const kept = (delivery = 'd') => Buffer.from(sealProposed(sealing, delivery, proposed(referral)).slice(2), 'hex');
  const isApproved = (leaving: typeof referral, by = sealing) =>
    isAsApproved(by, { id: 'd', approval: kept() }, leaving);

  it('is the content, on whatever day and under whatever id it leaves', () => {
    expect(isApproved(referral)).toBe(true);
    expect(isApproved({ ...referral, sentOn: '2027-01-05', acceptBy: '2027-01-12' })).toBe(true);
    expect(isApproved({ ...referral, deliveryId: referral.referralId })).toBe(true);
  });

  it.each<Partial<typeof referral>>([
    { subject: { ...referral.subject, items: { identity: { name: '見本　別' } } } },
    { subject: { ...referral.subject, items: {} } },
    { fromWorker: '試験　別' },
    { conditions: ['試験の条件'] },
    { authority: 'emergency' },
    { urgency: 'same_day' },
  ])('is not %j instead', (changed) => expect(isApproved({ ...referral, ...changed })).toBe(false));

  it('is nothing that cannot be opened any more, nor another delivery’s', () => {
    expect(isApproved(referral, sealingWith('k2'))).toBe(false);
    expect(isAsApproved(sealing, { id: 'd', approval: kept('e') }, referral)).toBe(false);
    expect(openProposed(sealingWith('k2'), 'd', kept())).toBeUndefined();
  });

  it('has a name that is its own', () => {
    const content = proposed(referral);
    expect(tagOf('d', content)).toBe(tagOf('d', proposed({ ...referral, sentOn: '2027-01-05' })));
    expect(tagOf('d', content)).not.toBe(tagOf('e', content));
    expect(tagOf('d', content)).not.toBe(tagOf('d', { ...content, conditions: ['試験の条件'] }));
  });

  it('is shown by the fields that differ; who has come or gone moves nobody else', () => {
    const one = { ref: 'one', role: 'child' as const, identifiers: [], items: { identity: { name: '見本　一' } } };
    const two = { ...one, ref: 'two', items: { identity: { name: '見本　二' } } };
    const [before, after] = [[one, two], [two]].map((others) => proposed({ ...referral, others }));
    expect(changesBetween(before, after!).map((c) => [c.pointer, c.after])).toEqual([
      ['/others/one/identifiers', undefined],
      ['/others/one/items/identity/name', undefined],
      ['/others/one/ref', undefined],
      ['/others/one/role', undefined],
    ]);
    expect(changesBetween(after, after!)).toEqual([]);
    expect(changesBetween(undefined, after!).every((c) => c.before === undefined)).toBe(true);
  });
});
