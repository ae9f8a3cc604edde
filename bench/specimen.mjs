// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// What the hub itself writes for one row of a file, read from its database, so that a floor writes the very same rows into
// the same tables with their indexes, keys and checks, and goes on doing so when the schema changes.
import { randomBytes, randomUUID } from 'node:crypto';

/** How many rows each table of the hub holds. */
export async function countRows(query) {
  const { rows } = await query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const counts = new Map();
  for (const { name } of rows) {
    const { rows: counted } = await query(`select count(*)::int as n from "${name}"`);
    counts.set(name, counted[0].n);
  }
  return counts;
}

/**
 * Everything that was written for one referral: for each table its columns and its rows as a text of JSON, cut at the
 * values that are this referral's own. Only tables count that grew by a row or more for every referral.
 */
export async function takeSpecimen(query, { before, grownBy, key, referral }) {
  const grown = [...(await countRows(query))].filter(([name, n]) => n - before.get(name) >= grownBy);
  const tables = [];
  for (const [name] of grown) tables.push({ ...(await describe(query, name)), rows: new Map() });
  const own = new Set([key, referral]);
  for (let known = 0; known < own.size;) {
    known = own.size;
    for (const table of tables)
      for (const row of await rowsWith(query, table, [...own])) {
        table.rows.set(JSON.stringify(row), row);
        for (const value of await ownValues(query, tables, table, row)) own.add(value);
      }
  }
  const values = [...own].sort((a, b) => b.length - a.length).map(inJson);
  const cut = new RegExp(`(${values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})`);
  return {
    own: values.map((value) => ({ kind: value === key ? 'key' : kindOf(value), length: value.length })),
    tables: tables
      .filter(({ rows }) => rows.size > 0)
      .map(({ name, columns, rows }) => ({
        name,
        columns,
        rows: rows.size,
        // Every other part is a place in `own`.
        parts: [...rows.values()]
          .map((row) => JSON.stringify(row, columns))
          .join(',')
          .split(cut)
          .map((part, n) => (n % 2 === 0 ? part : values.indexOf(part))),
      })),
  };
}

/** The rows of a specimen as those of another row of the file, by table. */
export function rowsLike({ own, tables }, key) {
  const values = own.map(({ kind, length }) => {
    if (kind === 'key') return key;
    if (kind === 'uuid') return randomUUID();
    const prefix = kind === 'bytea' ? '\\\\x' : '';
    const digits = length - prefix.length;
    return (
      prefix +
      randomBytes(Math.ceil(digits / 2))
        .toString('hex')
        .slice(0, digits)
    );
  });
  return tables.map(({ parts }) => parts.map((part, n) => (n % 2 === 0 ? part : values[part])).join(''));
}

/** One statement that writes what `rowsLike` has made, `[…]` of each table a parameter. */
export function insertLike({ tables }) {
  const inserts = tables.map(({ name, columns }, n) => {
    const list = columns.map((column) => `"${column}"`).join(', ');
    return `t${n} as (insert into "${name}" (${list}) select ${list} from json_populate_recordset(null::"${name}", $${n + 1}))`;
  });
  return `with ${inserts.join(',\n')} select 1`;
}

/** Its columns but for those that the database fills by counting, and those that must not be there twice. */
async function describe(query, name) {
  const { rows: columns } = await query(
    `select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' and is_identity = 'NO'
       and coalesce(column_default, '') not like 'nextval%' order by ordinal_position`,
    [name],
  );
  const { rows: unique } = await query(
    `select distinct a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
     where i.indrelid = $1::regclass and i.indisunique and a.atttypid in ('uuid'::regtype, 'text'::regtype, 'bytea'::regtype)`,
    [`public."${name}"`],
  );
  return { name, columns: columns.map((c) => c.name), unique: unique.map((c) => c.name) };
}

async function rowsWith(query, { name, columns }, values) {
  const { rows } = await query(`select to_json(t) as row from "${name}" t where to_jsonb(t)::text ~ $1`, [
    values.map((value) => inJson(value).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'),
  ]);
  return rows.map(({ row }) => Object.fromEntries(columns.map((column) => [column, row[column]])));
}

/** What stands in a unique place and nowhere else in it; and what leads to a row of its own in another of these tables. */
async function ownValues(query, tables, { name, unique }, row) {
  const uuids = new Set(JSON.stringify(row).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
  const asked = [
    ...unique.filter((column) => typeof row[column] === 'string').map((column) => [name, column, row[column]]),
    ...tables.flatMap((table) => table.unique.flatMap((column) => [...uuids].map((id) => [table.name, column, id]))),
  ];
  const found = [];
  for (const [table, column, value] of asked) {
    const { rows } = await query(`select count(*)::int as n from "${table}" where "${column}"::text = $1`, [value]);
    if (rows[0].n === 1) found.push(value);
  }
  return found;
}

const inJson = (value) => JSON.stringify(value).slice(1, -1);

function kindOf(value) {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) return 'uuid';
  return value.startsWith('\\\\x') ? 'bytea' : 'text';
}
