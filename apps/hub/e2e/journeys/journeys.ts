// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { april } from './april';
import { conference } from './conference';
import { confirmedWrites } from './confirmed-writes';
import { counted } from './counted';
import { kaigoToKonkyu } from './kaigo-to-konkyu';
import { keptSafe } from './kept-safe';
import { konkyuToKaigo } from './konkyu-to-kaigo';
import { leftWaiting } from './left-waiting';
import { mixUp } from './mix-up';
import { pairs, type Steps } from './pairs';
import { changeDesk, gather } from './people';
import { reminders } from './reminders';
import { sameDay } from './same-day';
import { triedBefore } from './tried-before';
import { wholeLife } from './whole-life';
import { whoseWord } from './whose-word';
import type { Town } from '../town/town';

/**
 * The residents' situations, told once and lived through on every set-up, in one town. Their order is that of its clock,
 * which only runs forward; on 1 April it loses the system of a desk.
 */
export function journeys(open: () => Promise<Town>, steps: Steps): void {
  const people = gather(open);
  describe('from 介護 to 生活困窮', () => kaigoToKonkyu(people));
  describe('from 生活困窮 to 介護', () => konkyuToKaigo(people));
  describe('between every two systems', () => pairs(people, steps));
  describe('tried before it is brought', () => triedBefore(people));
  describe('rows that wait', () => leftWaiting(people));
  describe('where nothing is written unattended', () => confirmedWrites(people));
  describe('in the night after', () => counted(people));
  describe('once 障害 and 子育て work on screen', () => {
    beforeAll(async () => {
      for (const desk of ['9930000012', '9940000023']) await changeDesk(people.it_, desk, { channel: 'web' });
    });
    describe('through several desks', () => wholeLife(people));
    describe('without an answer', () => reminders(people));
    describe('on a Saturday night', () => sameDay(people));
    describe('in a conference', () => conference(people));
    describe('on whose word', () => whoseWord(people));
    describe('where somebody is in danger', () => keptSafe(people));
    describe('where two look like one', () => mixUp(people));
    describe('S19: on 1 April', () => april(people));
  });
}
