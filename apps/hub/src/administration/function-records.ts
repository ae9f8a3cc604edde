// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import type { DeskFunctionRecord, DeskFunctionView } from '@tsunagi/contracts';
import { readCsv, writeCsv } from '../platform';

/** The columns of a CSV file, in the order in which they are written. Read in any order; absent ones are empty. */
const columns = [
  'code',
  'name',
  'organization',
  'desk',
  'domain',
  'functionType',
  'bodyKind',
  'purposes',
  'channel',
  'system',
  'sends',
  'receives',
  'kinds',
  'area',
  'weekdays',
  'holidays',
  'closed',
  'dutyTelephone',
  'nextDutyTelephone',
  'givesTownAway',
  'validFrom',
  'validTo',
] as const;
type Column = (typeof columns)[number];

/** A function as a file names it. */
export function recordOf(f: DeskFunctionView): DeskFunctionRecord {
  const { id: _, organization, desk, inForce: _now, operators: _all, version: _version, ...rest } = f;
  return { ...rest, organization: organization.name, desk: desk.name };
}

export function recordsToCsv(records: readonly DeskFunctionRecord[]): string {
  return writeCsv([columns, ...records.map((r) => columns.map((column) => cellOf(r, column)))]);
}

/** What the rows say, still to be judged by the schema of a record. Unknown columns are kept, so that they are refused. */
export function recordsFromCsv(text: string): Record<string, unknown>[] {
  const [head = [], ...rows] = readCsv(text);
  return rows.map((row) => {
    const said = head.map((name, n): [string, string] => [name.trim(), row[n] ?? '']);
    return valuesOf(Object.fromEntries<string>(said.filter(([, value]) => value !== '')));
  });
}

/** The fields in which a record differs from what is there. */
export function differences(before: DeskFunctionRecord, after: DeskFunctionRecord): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof DeskFunctionRecord)[];
  const said = (record: DeskFunctionRecord, name: keyof DeskFunctionRecord) =>
    name === 'givesTownAway' ? record[name] === true : record[name];
  return names.filter((name) => !isDeepStrictEqual(said(before, name), said(after, name)));
}

function cellOf(record: DeskFunctionRecord, column: Column): string {
  switch (column) {
    case 'purposes':
    case 'kinds':
      return record[column]?.join(' ') ?? '';
    case 'sends':
    case 'receives':
      return record[column] ? '1' : '0';
    case 'givesTownAway':
      return record[column] ? '1' : '';
    case 'weekdays':
      return record.calendar?.weekdays.join(' ') ?? '';
    case 'holidays':
    case 'closed':
      return record.calendar?.[column].join(' ') ?? '';
    default:
      return record[column] ?? '';
  }
}

const parts = (cell: string | undefined) => (cell === undefined ? [] : cell.split(/\s+/).filter((part) => part !== ''));
const flag = (cell: string | undefined) => (cell === '1' ? true : cell === '0' ? false : cell);

function valuesOf({
  weekdays,
  holidays,
  closed,
  purposes,
  kinds,
  sends,
  receives,
  givesTownAway,
  ...rest
}: Record<string, string>): Record<string, unknown> {
  const hasCalendar = [weekdays, holidays, closed].some((cell) => cell !== undefined);
  const calendar = { weekdays: parts(weekdays).map(Number), holidays: parts(holidays), closed: parts(closed) };
  return {
    ...rest,
    ...(purposes !== undefined && { purposes: parts(purposes) }),
    ...(kinds !== undefined && { kinds: parts(kinds) }),
    ...(sends !== undefined && { sends: flag(sends) }),
    ...(receives !== undefined && { receives: flag(receives) }),
    ...(givesTownAway !== undefined && givesTownAway !== '0' && { givesTownAway: flag(givesTownAway) }),
    ...(hasCalendar && { calendar }),
  };
}
