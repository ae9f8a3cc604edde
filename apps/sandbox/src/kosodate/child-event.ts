// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { toFullWidthKana } from '@tsunagi/text';
import { japanTimestamp } from '../residents/calendar';
import { inventResident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';

/** What the department's system sends of one event, by webhook or in its daily file. */
export interface ChildEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly modificationSeg: '1' | '2';
  readonly occurredAt: string;
  readonly municipalityCode: string;
  readonly municipalityIdentityKey: string;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly isNotDisclosed: boolean;
  readonly household: readonly Readonly<Record<string, unknown>>[];
  readonly concerns: readonly string[];
  readonly primaryConcern: string;
  readonly consent: Readonly<Record<string, unknown>>;
  readonly referTo: readonly Readonly<Record<string, unknown>>[];
  readonly urgency: string;
  readonly historyKey: string;
  /** What a spoiled one has besides. */
  readonly [more: string]: unknown;
}

export interface EventIntent {
  /** つなぎ先分野. @default '2' */
  readonly to?: string;
  /** @default 'given' */
  readonly consent?: 'given' | 'unknown';
  /** @default false */
  readonly isNotDisclosed?: boolean;
  /** Of whom it speaks: whose consent counts by itself, or who has a guardian for it. @default 'child' */
  readonly about?: 'child' | 'expectant';
}

const municipality = '990019';

/** An event about an invented child of two and its mother, or about her alone. @param number counts events; no two of a seed share an eventId. */
export function childEvent(number: number, seed: number, clock: Date, intent: EventIntent = {}): ChildEvent {
  const random = new SeededRandom(seed * 1_000_003 + number);
  const mother = inventResident(number, random, clock);
  const child = inventResident(number, random, clock);
  const [family] = mother.kanji.split('　');
  const [familyKana] = mother.kana.split(' ');
  const [, given] = child.kanji.split('　');
  const [, givenKana] = child.kana.split(' ');
  const today = japanTimestamp(clock).slice(0, 10);
  const { to = '2', consent = 'given', isNotDisclosed = false, about = 'child' } = intent;
  const dayOfBirth = (yearsAgo: number) =>
    `${Number(today.slice(0, 4)) - yearsAgo}-${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`;
  const children = {
    eventType: 'kenshin_followup',
    subject: {
      role: 'child',
      name: `${family}　${given}`,
      nameKana: toFullWidthKana(`${familyKana}　${givenKana}`),
      dateOfBirth: dayOfBirth(3),
      sex: child.sex,
      ...(!isNotDisclosed && { address: mother.address }),
    },
    household: [{ role: 'parent', name: mother.kanji, relation: '母' }],
    concerns: ['child_rearing', 'disability'],
    reason: '三歳児健診でことばの遅れがあり、相談を希望。',
  };
  const hers = {
    eventType: 'ninshin_8m',
    subject: {
      role: 'expectant',
      name: mother.kanji,
      nameKana: toFullWidthKana(mother.kana.replace(' ', '　')),
      dateOfBirth: dayOfBirth(random.between(21, 40)),
      sex: '2',
      ...(!isNotDisclosed && { address: mother.address }),
    },
    household: [],
    concerns: ['child_rearing', 'income_work'],
    reason: '妊娠8か月の面談で、出産後のくらしの不安の相談があった。',
  };
  const { reason, ...said } = about === 'child' ? children : hers;
  return {
    eventId: `KD-${today.replaceAll('-', '')}-${String(number).padStart(6, '0')}`,
    ...said,
    modificationSeg: '1',
    occurredAt: `${japanTimestamp(clock).slice(0, 19).replace(' ', 'T')}+09:00`,
    municipalityCode: municipality,
    municipalityIdentityKey: String(900_000_000_000_000 + number),
    isNotDisclosed,
    primaryConcern: 'child_rearing',
    consent: { status: consent, obtainedOn: today },
    referTo: [{ domain: to, reason }],
    urgency: '1',
    historyKey: '1',
  };
}
