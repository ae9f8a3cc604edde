// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { saidList, saidTable, smallCount, type SaidCount } from './small-counts';

const isTrue = (said: SaidCount, count: number): boolean =>
  typeof said === 'number'
    ? said === count
    : said === '<5'
      ? count > 0 && count < smallCount
      : count >= Number.parseInt(said, 10);
const isSmall = (count: number) => count > 0 && count < smallCount;
const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
const columnsOf = (table: readonly (readonly number[])[]) =>
  (table[0] ?? []).map((_, j) => table.map((row) => row[j]!));

/** Every other truth there could be that differs by one here and there: where a count is open at all, one of these shows it. */
function* othersThan(counts: readonly number[], said: readonly SaidCount[]): Generator<number[]> {
  const [first, ...rest] = counts;
  if (first === undefined) return yield [];
  for (const one of [first - 1, first, first + 1])
    if (one >= 0 && isTrue(said[0]!, one)) for (const others of othersThan(rest, said.slice(1))) yield [one, ...others];
}

/** Small counts of the table that can be nothing else, by all that is said of it. */
function recovered(table: readonly (readonly number[])[]): string[] {
  const said = saidTable(table);
  const width = table[0]!.length;
  const valuesOf = (one: readonly (readonly number[])[]) => [
    ...one.flat(),
    ...one.map(sum),
    ...columnsOf(one).map(sum),
    sum(one.flat()),
  ];
  const saidOf = [...said.cells.flat(), ...said.rows, ...said.columns, said.total];
  const truth = valuesOf(table);
  const open = new Set<number>();
  for (const flat of othersThan(table.flat(), said.cells.flat())) {
    const other = table.map((_, i) => flat.slice(i * width, (i + 1) * width));
    const values = valuesOf(other);
    if (!values.every((value, k) => isTrue(saidOf[k]!, value))) continue;
    values.forEach((value, k) => value !== truth[k] && open.add(k));
  }
  // That of all there is less than five is said of the total itself.
  return truth.flatMap((value, k) =>
    isSmall(value) && k < truth.length - 1 && !open.has(k) ? [`${k}: ${value}`] : [],
  );
}

const counts = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 }));
const tables = fc
  .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(counts, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe('counts that are published', () => {
  it('let no count below five be taken from rows, columns and total', () => {
    fc.assert(fc.property(tables, (table) => recovered(table).length === 0));
  });

  it('are all true', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const said = saidTable(table);
        return (
          said.cells.flat().every((one, k) => isTrue(one, table.flat()[k]!)) &&
          said.rows.every((one, i) => isTrue(one, sum(table[i]!))) &&
          said.columns.every((one, j) => isTrue(one, sum(columnsOf(table)[j]!))) &&
          isTrue(said.total, sum(table.flat()))
        );
      }),
    );
  });

  it('never say a count below five, but zero', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { cells, rows, columns, total } = saidTable(table);
        return [...cells.flat(), ...rows, ...columns, total].every((one) => typeof one !== 'number' || !isSmall(one));
      }),
    );
  });

  it('say the total of all, whatever is hidden: beside another table of the same it tells nothing', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const all = sum(table.flat());
        return saidTable(table).total === (isSmall(all) ? '<5' : all);
      }),
    );
  });

  it('let nothing be taken from a list and its total either', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 2, maxLength: 5 }), (list) => {
        const { cells, total } = saidList(list);
        const open = new Set<number>();
        for (const other of othersThan(list, cells))
          if (isTrue(total, sum(other))) other.forEach((one, k) => one !== list[k] && open.add(k));
        return list.every((one, k) => !isSmall(one) || open.has(k));
      }),
    );
  });
});
