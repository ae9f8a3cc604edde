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
}

const municipality = '990019';

/** An event about an invented child of two and its mother. @param number counts events; no two of a seed share an eventId. */
export function childEvent(number: number, seed: number, clock: Date, intent: EventIntent = {}): ChildEvent {
  const random = new SeededRandom(seed * 1_000_003 + number);
  const mother = inventResident(number, random, clock);
  const child = inventResident(number, random, clock);
  const [family] = mother.kanji.split('　');
  const [familyKana] = mother.kana.split(' ');
  const [, given] = child.kanji.split('　');
  const [, givenKana] = child.kana.split(' ');
  const today = japanTimestamp(clock).slice(0, 10);
  const { to = '2', consent = 'given', isNotDisclosed = false } = intent;
  return {
    eventId: `KD-${today.replaceAll('-', '')}-${String(number).padStart(6, '0')}`,
    eventType: 'kenshin_followup',
    modificationSeg: '1',
    occurredAt: `${japanTimestamp(clock).slice(0, 19).replace(' ', 'T')}+09:00`,
    municipalityCode: municipality,
    municipalityIdentityKey: String(900_000_000_000_000 + number),
    subject: {
      role: 'child',
      name: `${family}　${given}`,
      nameKana: toFullWidthKana(`${familyKana}　${givenKana}`),
      dateOfBirth: `${Number(today.slice(0, 4)) - 3}-${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`,
      sex: child.sex,
      ...(!isNotDisclosed && { address: mother.address }),
    },
    isNotDisclosed,
    household: [{ role: 'parent', name: mother.kanji, relation: '母' }],
    concerns: ['child_rearing', 'disability'],
    primaryConcern: 'child_rearing',
    consent: { status: consent, obtainedOn: today },
    referTo: [{ domain: to, reason: '三歳児健診でことばの遅れがあり、相談を希望。' }],
    urgency: '1',
    historyKey: '1',
  };
}
