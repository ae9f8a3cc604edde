// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { countedNames, countVerdictNames, type CountedDay, type DayCountView } from '@tsunagi/contracts';
import { table } from '../terminal/terminal';
import { fill, intakeTexts } from '../texts';

/** What the legacy system holds of the last days beside what the hub has of them. */
export function dayLines(id: string, days: readonly CountedDay[]): string[] {
  if (days.length === 0) return [];
  const rows = days.flatMap(({ day, code, countedAt, counts }) => {
    if (counts.length > 0) return counts.map((count) => rowOf(day, count));
    const why = code === undefined ? '' : `（${code}）`;
    const says = countedAt === undefined ? `${intakeTexts.notCounted}${why}` : countVerdictNames.not_countable;
    return [[day, '-', says, '-', '-']];
  });
  const files = days.flatMap(({ day, counts }) =>
    counts.flatMap(({ files = [] }) => files.map((file) => fill(intakeTexts.differsInFile, { day, ...file }))),
  );
  const open = days.find(({ differsSince }) => differsSince !== undefined);
  const how = open ? [fill(intakeTexts.howSettled, { id, day: open.day })] : [];
  return [intakeTexts.days, ...table([[...intakeTexts.dayHead], ...rows]).map((line) => `  ${line}`), ...files, ...how];
}

function rowOf(day: string, { what, verdict, system, hub }: DayCountView): string[] {
  const exact = hub?.fewest === hub?.most;
  const own = hub && (exact ? String(hub.most) : fill(intakeTexts.between, hub));
  return [day, countedNames[what], countVerdictNames[verdict], String(system ?? '-'), own ?? '-'];
}
