// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Below this a count may be somebody whom a neighbour recognises: one つなぎ between two fields in a small town and one month
 * is a household. The number is ours.
 */
export const smallCount = 5;

/** A count as it is published: itself, `<5` for one to four, or `n+` where no more is said than that it is at least that. */
export type SaidCount = number | '<5' | `${number}+`;

/** A table with its margins; `total` is always said, so that tables of the same referrals tell nothing when put side by side. */
export interface SaidTable {
  readonly total: SaidCount;
  readonly rows: readonly SaidCount[];
  readonly columns: readonly SaidCount[];
  readonly cells: readonly (readonly SaidCount[])[];
}

export interface SaidList {
  readonly total: SaidCount;
  readonly cells: readonly SaidCount[];
}

const isSmall = (count: number): boolean => count > 0 && count < smallCount;

/** One count of which nothing else is published that it could be taken from. Nothing is said of nobody: zero is zero. */
export const saidAlone = (count: number): SaidCount => (isSmall(count) ? '<5' : count);

/** Counts by two things at once, with the sums of both. */
export function saidTable(counts: readonly (readonly number[])[]): SaidTable {
  const width = counts[0]?.length ?? 0;
  const columnSums = Array.from({ length: width }, (_, j) => sum(counts.map((row) => row[j] ?? 0)));
  const total = sum(columnSums);
  const places = counts.map((row) => [...row, sum(row)].map(placeOf));
  const said = protect([...places, [...columnSums.map(placeOf), shown(total)]], total);
  const cells = said.slice(0, -1).map((row) => row.slice(0, -1));
  const rows = said.slice(0, -1).map((row) => row.at(-1) as SaidCount);
  return { total: saidAlone(total), rows, columns: (said.at(-1) ?? []).slice(0, -1), cells };
}

/** Counts by one thing, with their sum. */
export function saidList(counts: readonly number[]): SaidList {
  const total = sum(counts);
  const free = counts.map((count): Place => ({ count, low: -Infinity, high: Infinity, hidden: true, kept: true }));
  const [cells = []] = protect(
    [
      [...counts.map(placeOf), shown(total)],
      [...free, shown(total)],
    ],
    total,
  );
  return { total: saidAlone(total), cells: cells.slice(0, -1) };
}

/** What is said of a year, from nothing but what is said of its months: so no month can be taken from it. */
export function saidTogether(parts: readonly SaidCount[]): SaidCount {
  const some = parts.filter((part) => part !== 0);
  const [only = 0] = some;
  if (some.length <= 1) return only;
  const least = sum(some.map(leastOf));
  return some.every((part) => typeof part === 'number') ? least : `${least}+`;
}

/** As many as there are at least, whoever reads it. */
export const leastOf = (said: SaidCount): number =>
  typeof said === 'number' ? said : said === '<5' ? 1 : parseInt(said);

/**
 * A place of the table, its margins among them, with what a reader knows of it: nothing beyond its bounds when it is
 * hidden.
 */
interface Place {
  readonly count: number;
  readonly low: number;
  readonly high: number;
  hidden: boolean;
  /** Stays as it is. */
  readonly kept?: true;
}

/** Zero stays in sight; that another one is hidden to protect a small one tells that it is not small itself. */
const placeOf = (count: number): Place =>
  isSmall(count)
    ? { count, low: 1, high: smallCount - 1, hidden: true }
    : count === 0
      ? { count, low: 0, high: 0, hidden: false, kept: true }
      : { count, low: smallCount, high: Infinity, hidden: false };
const shown = (count: number): Place => ({ ...placeOf(count), hidden: false, kept: true });

/**
 * Hides more until no small count follows from what is left; where that does not help nothing but the total is said.
 * The last row and column are the sums of the others.
 */
function protect(table: readonly (readonly Place[])[], total: number): SaidCount[][] {
  const withheld = () => table.map((row) => row.map((): SaidCount => '0+'));
  if (isSmall(total)) return withheld();
  for (let at = exposedIn(table); at !== undefined; at = exposedIn(table)) {
    const next = besideOf(table, at);
    if (next === undefined) return withheld();
    next.hidden = true;
  }
  return table.map((row) =>
    row.map((place): SaidCount => (!place.hidden ? place.count : isSmall(place.count) ? '<5' : `${smallCount}+`)),
  );
}

type At = readonly [row: number, column: number];

/** A small count that can be nothing else than it is, by all that is said. */
function exposedIn(table: readonly (readonly Place[])[]): At | undefined {
  for (const [i, row] of table.entries())
    for (const [j, place] of row.entries())
      if (place.hidden && place.kept !== true && isSmall(place.count) && !mayDiffer(table, [i, j])) return [i, j];
  return undefined;
}

/** The next to hide: one that helps at once, among those in its row and column, a cell rather than a sum, the smallest. */
function besideOf(table: readonly (readonly Place[])[], at: At): Place | undefined {
  const [row, column] = at;
  const candidates = table
    .flatMap((places, i) => places.map((place, j) => ({ place, i, j })))
    .filter(({ place }) => !place.hidden && place.kept !== true)
    .map((one) => ({
      place: one.place,
      far: one.i !== row && one.j !== column ? 1 : 0,
      margin: one.i === table.length - 1 || one.j === (table[0]?.length ?? 0) - 1 ? 1 : 0,
    }))
    .sort((a, b) => a.far - b.far || a.margin - b.margin || a.place.count - b.place.count)
    .map(({ place }) => place);
  const helps = (place: Place) => {
    place.hidden = true;
    const helped = mayDiffer(table, at);
    place.hidden = false;
    return helped;
  };
  return candidates.find(helps) ?? candidates[0];
}

/**
 * Could this place be one more or one less, with others changing by one as well, so that every row and column still adds
 * up? As rows and columns are the two sides of a network and the places its edges, that is a circle through this edge, and
 * where there is none the place is known (Gusfield, A graph theoretic approach to statistical data security, 1988).
 */
function mayDiffer(table: readonly (readonly Place[])[], [row, column]: At): boolean {
  const width = table[0]?.length ?? 0;
  const [last, sums] = [table.length - 1, width - 1];
  const moves = ({ count, low, high, hidden }: Place, i: number, j: number, up: boolean) => {
    const grows = up === ((i === last) === (j === sums));
    return hidden && (grows ? count < high : count > low);
  };
  /** From a row to a column by a place that may rise, back by one that may fall; a sum rises where its parts fall. */
  const isReached = (start: number, end: number) => {
    const reached = new Set([start]);
    for (const node of reached) {
      const isRow = node <= last;
      const beside = isRow ? width : last + 1;
      for (let k = 0; k < beside; k++) {
        const [i, j] = isRow ? [node, k] : [k, node - last - 1];
        const place = table[i]?.[j];
        if ((i === row && j === column) || place === undefined || !moves(place, i, j, isRow)) continue;
        reached.add(isRow ? last + 1 + k : k);
      }
    }
    return reached.has(end);
  };
  const place = table[row]?.[column];
  if (place === undefined) return false;
  const [rowNode, columnNode] = [row, last + 1 + column];
  return (
    (moves(place, row, column, true) && isReached(columnNode, rowNode)) ||
    (moves(place, row, column, false) && isReached(rowNode, columnNode))
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
