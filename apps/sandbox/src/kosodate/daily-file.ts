// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { japanYmd } from '../residents/calendar';
import type { ChildEvent } from './child-event';

/**
 * What the webhook could not bring: `<folder>/kosodate/<yyyymmdd>/events.csv` in UTF-8, one event a row, and `.done` once the
 * file is whole.
 * @returns the folder of the day
 */
export function writeDailyFile(
  folder: string,
  events: readonly ChildEvent[],
  clock: Date,
  name = 'events.csv',
): string {
  const day = join(folder, 'kosodate', japanYmd(clock));
  mkdirSync(day, { recursive: true, mode: 0o700 });
  writeFileSync(join(day, `${name}.tmp`), dailyCsv(events));
  renameSync(join(day, `${name}.tmp`), join(day, name));
  writeFileSync(join(day, '.done'), '');
  return day;
}

/** The header names every field that any of the events has; those of the subject as `subject.name`. */
export function dailyCsv(events: readonly ChildEvent[]): string {
  const rows = events.map(cellsOf);
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))];
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function cellsOf(event: ChildEvent): Record<string, string> {
  const { subject, ...rest } = event;
  const ofSubject = Object.entries(subject).map(([name, value]) => [`subject.${name}`, value] as const);
  return Object.fromEntries([...Object.entries(rest), ...ofSubject].map(([name, value]) => [name, cell(value)]));
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
