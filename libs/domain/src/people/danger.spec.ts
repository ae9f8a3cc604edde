// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { endangeredAmong, endangers, mustNotBeFound, protectedIn } from './danger';
import { protectedOf } from '../disclosure/who-is-in';
import { mother, son, uuid } from '../../test/builders';

const father = uuid(103);
const sealOf = (person: string) => ({ id: uuid(950), person });

describe('whether one person endangers another', () => {
  it('is so when that was recorded, and in that direction only', () => {
    const dangers = [{ person: mother, from: father }];
    expect([endangers(father, mother, { dangers }), endangers(mother, father, { dangers })]).toEqual([true, false]);
    expect(endangers(son, mother, { dangers })).toBe(false);
  });

  it('is so of everybody when the household endangers the person, also of those whom nobody knows', () => {
    const dangers = [{ person: mother, from: 'household' }];
    expect([father, son, undefined].map((from) => endangers(from, mother, { dangers }))).toEqual([true, true, true]);
  });

  it('is not so of those who are protected from the household as well', () => {
    const household = [mother, son].map((person) => ({ person, from: 'household' }));
    expect(endangers(son, mother, { dangers: household })).toBe(false);
    expect(endangers(son, mother, { dangers: household.slice(0, 1), seals: [sealOf(son)] })).toBe(false);
  });

  it('a seal does not undo a danger that names the person', () => {
    const dangers = [{ person: mother, from: father }];
    expect(endangers(father, mother, { dangers, seals: [sealOf(father)] })).toBe(true);
  });

  it('is never so of oneself, of nobody, or where nothing was recorded', () => {
    const dangers = [{ person: mother, from: 'household' }];
    expect(endangers(mother, mother, { dangers })).toBe(false);
    expect(endangers(father, undefined, { dangers })).toBe(false);
    expect(endangers(father, mother, {})).toBe(false);
  });
});

describe('who must not be found', () => {
  const dangers = [{ person: mother, from: father }];
  const everybody = [mother, father, son];

  it('is whoever is sealed, and whom somebody endangers; nobody else', () => {
    expect([...mustNotBeFound({ dangers, seals: [sealOf(son)] })]).toEqual([son, mother]);
    expect([...mustNotBeFound({})]).toEqual([]);
  });

  it('is told in every referral but that of the one who is feared, who would learn of it there', () => {
    expect([...protectedIn(everybody, [mother], { dangers })]).toEqual([mother]);
    expect([...protectedIn(everybody, [son], { dangers })]).toEqual([mother]);
    expect([...protectedIn(everybody, [father], { dangers })]).toEqual([]);
    expect([...protectedIn(everybody, [father], {})]).toEqual([]);
  });

  it('is told there as well of whoever is sealed', () => {
    const seals = [sealOf(mother)];
    expect([...protectedIn(everybody, [father], { dangers, seals })]).toEqual([mother]);
  });

  it('is told there as well of whomever somebody else endangers, whichever was recorded first', () => {
    const other = 'other';
    const both = [...dangers, { person: mother, from: other }];
    for (const recorded of [both, both.toReversed()])
      expect([...protectedIn(everybody, [father], { dangers: recorded })]).toEqual([mother]);
    expect([...protectedIn(everybody, [father, other], { dangers: both })]).toEqual([]);
  });

  it('is not told in the referral of anybody of the household that is feared, but of who fled it', () => {
    const household = [mother, son].map((person) => ({ person, from: 'household' }));
    expect([...protectedIn(everybody, [father], { dangers: household })]).toEqual([]);
    expect([...protectedIn(everybody, [son], { dangers: household })]).toEqual([mother, son]);
  });

  it('is not told of a household in which somebody is feared, but of those who have fled together', () => {
    expect([...protectedIn(everybody, everybody, { dangers })]).toEqual([]);
    expect([...protectedIn([mother, son], [mother, son], { dangers })]).toEqual([mother]);
  });

  it('is told in a 通報・通告 whoever it is about: there everybody goes along', () => {
    expect([...protectedOf('notification', [father, mother], { dangers })]).toEqual([mother]);
    expect([...protectedOf('referral', [father, mother], { dangers })]).toEqual([]);
    const household = [{ person: mother, from: 'household' }];
    expect([...protectedOf('notification', [son, mother], { dangers: household })]).toEqual([mother]);
    expect([...protectedOf('referral', [son, mother], { dangers: household })]).toEqual([]);
  });

  it('is nobody who is not in it', () => {
    expect([...protectedIn([father, son], [son], { dangers })]).toEqual([]);
  });
});

describe('who of several must be apart', () => {
  it('is who is endangered by one of them, and nobody who is not there with that one', () => {
    const dangers = [{ person: mother, from: father }];
    expect(endangeredAmong([mother, father, son], { dangers })).toEqual([mother]);
    expect(endangeredAmong([mother, son], { dangers })).toEqual([]);
  });

  it('is whom the household endangers, as long as others are there than those who are protected as well', () => {
    const dangers = [mother, son].map((person) => ({ person, from: 'household' }));
    expect(endangeredAmong([mother, son], { dangers })).toEqual([]);
    expect(endangeredAmong([mother, father, son], { dangers })).toEqual([mother, son]);
  });
});
