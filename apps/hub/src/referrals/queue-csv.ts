// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { badgeNames, kindNames, stateNames, urgencyNames, type QueueItem } from '@tsunagi/contracts';
import { uuidToBase32 } from '@tsunagi/text';
import type { CsvCell } from '../platform';

/**
 * A line of the queue as its columns: no name of a person, and nothing of a content. The number as it stands on the screen; the
 * one on paper opens a sheet, and is its holder's.
 */
const columns: Readonly<Record<string, (item: QueueItem) => CsvCell>> = {
  つなぎの番号: (i) => uuidToBase32(i.id),
  状態: (i) => stateNames[i.state],
  種類: (i) => kindNames[i.kind],
  緊急度: (i) => urgencyNames[i.urgency],
  送り元: (i) => i.from.name,
  宛先: (i) => i.to?.name,
  根拠: (i) => i.basis && badgeNames[i.basis],
  期限: (i) => i.dueOn,
  期限超過: (i) => (i.overdue ? '超過' : ''),
  '期限まで(営業日)': (i) => i.dueInDays,
  '経過(営業日)': (i) => i.waitedDays,
  この状態になった日時: (i) => moment(i.stateAt),
  作成日時: (i) => moment(i.createdAt),
  一連のつなぎ: (i) => uuidToBase32(i.journeyId),
};

/** 2026-11-20 14:02: every spreadsheet takes that for a moment. */
const moment = (at: string) => momentFormat.format(new Date(at));
const momentFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** In the order of the queue. `notes` stand in rows of their own after it. */
export const queueRows = (items: readonly QueueItem[], notes: readonly string[]): CsvCell[][] => [
  Object.keys(columns),
  ...items.map((item) => Object.values(columns).map((cell) => cell(item))),
  ...notes.map((note) => [note]),
];
