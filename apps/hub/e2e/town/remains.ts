// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { base32ToUuid, decodeCp932, readEnvelope, readFixedFile } from '@tsunagi/legacy';
import { Client } from 'pg';
import type { Line } from './difference';
import type { Importing } from './import-file';
import type { Town, ProductionControls } from './town';
import { loadKeys, type Sealing } from '../../src/platform';

/*
 * What an import leaves behind, in natural keys: a referral is its 外部管理番号, a person the hash of his or her identifiers,
 * a delivery what it brings of which referral. Values of a record appear as a hash. Two imports of the same bytes must
 * leave the same behind, except
 *   ids and claims      made anew each time
 *   times, days         of sending, deciding, writing; 期限 and 訂正日 follow from them
 *   order of ids, seq   8 messages of a file are taken at once
 *   attempts            a delivery that was in hand at a kill is claimed again
 *   decisions, how many each claim decides anew; what was decided must be the same
 *   inputs              of a decision: ids
 *   reasons of a permit why the rest stays behind: for want of any consent or of one for this desk, as others come in
 *   sealed columns      are opened, as every seal is different
 *   files of statuses, referrals: how many a file holds is what a host had in hand together; their records must be the same
 */

export const parts = [
  'submissions',
  'quarantined rows',
  'persons',
  'consents',
  'ends of assertions',
  'referrals',
  'events',
  'to-dos',
  'decisions',
  'deliveries',
  'ledger',
  'recalls',
  'audit',
  'dead letters',
  'plugins',
  "recipient's table",
  "recipient's results",
  "other recipient's files",
  'folders',
  'results',
  'statuses',
] as const;
export type Part = (typeof parts)[number];
export type Remains = Readonly<Record<Part, readonly Line[]>>;

type Row = Record<string, unknown>;

/** @param system whose file was imported. */
export async function remainsOf(town: Town & ProductionControls, system: Importing): Promise<Remains> {
  const client = new Client({ connectionString: town.databaseUrl });
  await client.connect();
  try {
    const names = await Names.read(client);
    const sealing = loadKeys(join(town.dataDir, 'keys.json'), false).sealing;
    return { ...(await inDatabase(client, names, sealing)), ...inFolders(town, system, names) };
  } finally {
    await client.end();
  }
}

/** What ids stand for. */
class Names {
  private constructor(
    readonly functions: ReadonlyMap<string, string>,
    readonly persons: ReadonlyMap<string, string>,
    readonly referrals: ReadonlyMap<string, string>,
    readonly deliveries: ReadonlyMap<string, string>,
  ) {}

  static async read(client: Client): Promise<Names> {
    const mapOf = async (sql: string) => {
      const { rows } = await client.query<{ id: string; name: string }>(sql);
      return new Map(rows.map(({ id, name }) => [id, name]));
    };
    const functions = await mapOf('select id, code as name from desk_function');
    const identifiers = await mapOf(
      `select p.id, coalesce(string_agg(i.system || ' ' || i.value, ',' order by i.system, i.value), '') as name
       from person p left join person_identifier i on i.person = p.id group by p.id`,
    );
    const referrals = await mapOf(
      `select id, source_key || case when n = 1 then '' else '#' || n end as name
       from (select id, source_key, row_number() over (partition by sender, source_key order by id) as n from referral) r`,
    );
    const deliveries = await client.query<{ id: string; referral: string; what: string }>(
      `select id, referral, concat_ws(' ', kind, status, coalesce(plugin, 'web'),
         '#' || nullif(row_number() over (partition by referral, kind, status, plugin order by seq), 1)) as what from delivery`,
    );
    return new Names(
      functions,
      new Map([...identifiers].map(([id, name]) => [id, String(blind(name))])),
      referrals,
      new Map(deliveries.rows.map((d) => [d.id, `${referrals.get(d.referral)} ${d.what}`])),
    );
  }

  readonly function = (id: unknown) => nameIn(this.functions, id);
  readonly person = (id: unknown) => nameIn(this.persons, id);
  readonly referral = (id: unknown) => nameIn(this.referrals, id);
  readonly delivery = (id: unknown) => nameIn(this.deliveries, id);
}

async function inDatabase(client: Client, names: Names, sealing: Sealing): Promise<Omit<Remains, FolderPart>> {
  const read = async (table: string, lineOf: (row: Row) => Line) =>
    (await client.query<Row>(`select * from ${table}`)).rows.map(lineOf);
  const opened = (place: string, sealed: unknown) =>
    sealed === null ? null : blind(sealing.open(place, sealed as Buffer));
  const decisions = new Map<string, Line>();
  await read('disclosure_decision', (d) => {
    const line = { of: String(names.referral(d['referral'])), says: decided(d) };
    decisions.set(String(d['id']), line);
    return line;
  });
  return {
    submissions: await read('submission', (s) => ({
      of: `row ${String(s['row'])}`,
      says: {
        ...pick(
          s,
          'sender',
          'item_id',
          'key',
          'content_hash',
          'occurred_at',
          'file_serial',
          'outcome',
          'codes',
          'pointer',
        ),
        referral: names.referral(s['referral']),
      },
    })),
    'quarantined rows': await read('quarantined_row', (q) => ({
      of: `row ${String(q['row'])}`,
      says: pick(q, 'plugin', 'item_id', 'file', 'key_hash', 'code', 'field', 'state'),
    })),
    persons: await read('person', (p) => ({ of: String(names.person(p['id'])), says: {} })),
    consents: await read('consent', (c) => ({
      of: String(names.person(c['person'])),
      says: {
        ...pick(
          c,
          'giver',
          'manner',
          'form_version',
          'status',
          'asserted_by',
          'assertion_at',
          'assertion_serial',
          'assertion_row',
        ),
        givenTo: names.function(c['given_to']),
        exclusions: (c['exclusions'] as string[]).map(names.function),
        scope: without(c['scope'] as Row, 'from', 'until'),
      },
    })),
    'ends of assertions': await read('assertion_end', (e) => ({
      of: String(names.person(e['person'])),
      says: { ...pick(e, 'at', 'file_serial', 'row'), function: names.function(e['function']) },
    })),
    referrals: await read('referral', (r) => ({
      of: String(names.referral(r['id'])),
      says: {
        ...pick(
          r,
          'kind',
          'state',
          'state_before',
          'told_state',
          'version',
          'told_version',
          'told_accepted',
          'content_version',
          'sender',
          'source_system',
        ),
        ...pick(r, 'to_address', 'urgency', 'purpose', 'how_they_meet', 'has_questioned', 'ever_accepted', 'sent_back'),
        ...pick(r, 'returns_in_journey', 'hops', 'proposed_reasons', 'next_contact_on', 'last_status'),
        echo: blind(r['echo']),
        worker: blind(r['worker']),
        journey: names.referral(r['journey']),
        from: names.function(r['from_function']),
        to: names.function(r['to_function']),
        subject: names.person(r['subject']),
        members: membersOf(r['members'], names),
        content: opened(`referral:${String(r['id'])}`, r['content']),
        decision: decisions.get(String(r['decision']))?.says ?? null,
        sent: r['sent_at'] !== null,
        due: r['due_on'] !== null,
        toldAt: sameMoment(r['told_at'], r['state_at']) ? 'as it moved' : 'at another time',
        toldDue:
          r['told_due_on'] === null ? null : sameMoment(r['told_due_on'], r['due_on']) ? 'as due' : 'another day',
      },
    })),
    events: await read('referral_event', (e) => ({
      of: `${names.referral(e['referral'])} ${String(e['version'])}`,
      says: {
        ...pick(e, 'action', 'from_state', 'to_state', 'actor', 'reasons', 'told', 'told_to'),
        function: names.function(e['function']),
        facts: opened(`event:${String(e['referral'])}:${String(e['version'])}`, e['facts']),
      },
    })),
    'to-dos': await read('todo', (t) => ({
      of: `${names.referral(t['referral']) ?? names.person(t['person'])} ${String(t['kind'])}`,
      says: { ...pick(t, 'role', 'done_by'), function: names.function(t['function']), done: t['done_at'] !== null },
    })),
    decisions: distinct([...decisions.values()]),
    deliveries: await read('delivery', (d) => ({
      of: String(names.delivery(d['id'])),
      says: {
        ...pick(d, 'state', 'error', 'not_carried', 'feedback', 'content_version'),
        person: names.person(d['person']),
        cancels: names.delivery(d['cancels']),
        gone: d['go_at'] !== null,
        receipted: d['receipted_at'] !== null,
        decision: decisions.get(String(d['decision']))?.says ?? null,
      },
    })),
    ledger: await read('disclosure', (l) => ({
      of: String(names.delivery(l['delivery'])),
      says: {
        ...pick(l, 'authority', 'state'),
        referral: names.referral(l['referral']),
        person: names.person(l['person']),
        from: names.function(l['sender_function']),
        to: names.function(l['recipient_function']),
        members: membersOf(l['members'], names),
        gone: l['go_at'] !== null,
      },
    })),
    recalls: await read('recall', (r) => ({ of: String(names.delivery(r['cancels'])), says: {} })),
    audit: await read('audit_entry', (a) => ({
      of: `${names.referral(a['object']) ?? String(a['object'])} ${String(a['action'])}`,
      says: {
        ...pick(a, 'actor', 'object_kind'),
        ...pick(a['details'] as Row, 'version', 'from', 'to', 'reasons', 'enabled'),
        function: names.function(a['function']),
      },
    })),
    'dead letters': await read('dead_message', (d) => ({
      of: String(d['queue']),
      says: pick(d, 'type', 'source', 'code'),
    })),
    plugins: [
      ...(await read('plugin', (p) => ({
        of: String(p['id']),
        says: pick(p, 'version', 'enabled', 'config_version'),
      }))),
      ...(await read('plugin_checkpoint', (c) => ({ of: String(c['plugin']), says: pick(c, 'source', 'value') }))),
      ...(await read('plugin_host', (h) => ({ of: String(h['plugin']), says: pick(h, 'holds', 'running', 'code') }))),
    ],
    "recipient's table": await read('legacy_konkyu.T_HUB_UKETSUKE', (row) => ({
      of: `${names.delivery(base32ToUuid(String(row['haiso_id'])))} 取消区分 ${String(row['torikeshi_kbn'])}`,
      says: {
        referral: names.referral(base32ToUuid(String(row['hub_shokai_id']))),
        ...mapped(without(row, ...idsAndTimes, ...plainColumns), blind),
        ...pick(row, ...plainColumns),
      },
    })),
    "recipient's results": await read('legacy_konkyu.T_HUB_KEKKA', (row) => ({
      of: String(names.referral(base32ToUuid(String(row['hub_shokai_id'])))),
      says: pick(row, 'jotai_cd'),
    })),
  };
}

/** 期限 follows from the day of sending. */
const idsAndTimes = ['haiso_id', 'hub_shokai_id', 'torikeshi_kbn', 'sakusei_dt', 'torikomi_dt', 'kigen_ymd'] as const;
/** Codes; everything else tells of the person or the sender. */
const plainColumns = ['shurui_cd', 'soshin_bunya', 'konkyo_cd', 'kinkyu', 'teikyo_mask', 'torikomi_flg'] as const;

type FolderPart = 'folders' | 'results' | 'statuses' | "other recipient's files";
type Records = { readonly row: number; readonly values: readonly string[] }[];

interface FileSystem {
  readonly other: Importing;
  readonly status: RegExp;
  /** A file that was cut, doubled or put together of two is none, and its code stands for it. */
  readonly read: (bytes: Buffer, town: Town) => Records;
  /** Place of ハブ紹介ID in a result; what stands before it says the outcome. */
  readonly resultId: number;
  /** Places in a status; behind 日 and 時刻 stands what is told. */
  readonly statusAt: {
    readonly key: number;
    readonly referral: number;
    readonly code: number;
    readonly person: number;
  };
  /** Without 訂正日. */
  readonly told: (values: readonly string[]) => readonly string[];
  /** Places in a referral: ids, 取消区分; 引受期限 and 送付年月日 follow from the day. */
  readonly referralAt: { readonly delivery: number; readonly referral: number; readonly mark: number };
}

const fileSystems: Record<Importing, FileSystem> = {
  kaigo: {
    other: 'shogai',
    status: /^KAO[0-9]{5}\.CSV$/,
    read(bytes) {
      const file = readEnvelope(bytes, { dataKind: 'Z11' });
      if (!file.ok) return [{ row: 0, values: [file.code] }];
      return [...file.rows].map((row) => ({ row: row.row, values: valuesOf(row.bytes) }));
    },
    resultId: 7,
    statusAt: { person: 3, key: 4, referral: 5, code: 6 },
    told: (values) => values.slice(9, -1),
    referralAt: { referral: 2, delivery: 3, mark: 4 },
  },
  shogai: {
    other: 'kaigo',
    status: /^SHO[0-9]{5}\.DAT$/,
    read(bytes, { shogai }) {
      const kind = bytes.toString('latin1', 7, 10);
      const frame = { SHE: { recordBytes: 100 }, SHO: { recordBytes: 300, hashedAt: 14 } }[kind];
      const file = readFixedFile(bytes, { recordBytes: 1, ...frame, dataKind: kind });
      if (!file.ok) return [{ row: 0, values: [file.code] }];
      return shogai.records(bytes).map((values, index) => ({ row: index + 1, values }));
    },
    resultId: 5,
    statusAt: { person: 1, key: 3, referral: 4, code: 5 },
    told: (values) => values.slice(8),
    referralAt: { referral: 1, delivery: 2, mark: 3 },
  },
};

function inFolders(town: Town, system: Importing, names: Names): Pick<Remains, FolderPart> {
  const { other, status, read, resultId, statusAt, told } = fileSystems[system];
  const desk = town[system];
  const out = desk.files('out');
  const recordsIn = (name: string) => read(readFileSync(desk.path('out', name)), town);
  const idIn = (value: string | undefined) => (value ? base32ToUuid(value) : '');
  const referralIn = (value: string | undefined) => (value ? names.referral(idIn(value)) : '');
  const { referralAt } = fileSystems[other];
  return {
    folders: (['in', 'processing', 'done', 'error', 'out'] as const).flatMap((place) =>
      desk
        .files(place)
        .filter((name) => place !== 'out' || !status.test(name))
        .map((name) => ({ of: place, says: { name } })),
    ),
    results: out
      .filter((name) => !status.test(name))
      .flatMap((name) =>
        recordsIn(name).map(({ row, values }) => ({
          of: `${name} ${row}`,
          says: { values: values.slice(0, resultId), referral: referralIn(values[resultId]) },
        })),
      ),
    statuses: out
      .filter((name) => status.test(name))
      .flatMap(recordsIn)
      .map(({ values }) => ({
        of: `${values[statusAt.key]} ${values[statusAt.code]}`,
        says: {
          referral: referralIn(values[statusAt.referral]),
          fixed: values.slice(0, statusAt.person),
          person: blind(values[statusAt.person]),
          rest: told(values).map(blind),
        },
      })),
    "other recipient's files": town[other].referrals().map(({ values }) => ({
      of: `${names.delivery(idIn(values[referralAt.delivery]))} 取消区分 ${values[referralAt.mark]}`,
      says: {
        referral: referralIn(values[referralAt.referral]),
        // 引受期限 follows from the day of sending.
        values: values.slice(referralAt.mark + 1, 21).map(blind),
        mask: values[22],
      },
    })),
  };
}

/** What follows record kind and number. No value in these files holds a comma or a quotation mark. */
const valuesOf = (line: Uint8Array) =>
  decodeCp932(line)
    .text.split(',')
    .slice(2)
    .map((value) => value.replace(/^"|"$/g, ''));

const decided = (d: Row): Row => ({
  ...pick(d, 'direction', 'outcome', 'authority', 'feedback'),
  ...(d['outcome'] !== 'permit' && pick(d, 'reasons')),
  limited: d['not_after'] !== null,
  members: (d['members'] as Row[]).map(withoutIds),
});

const membersOf = (members: unknown, names: Names) =>
  (members as Row[]).map((m) => ({ ...withoutIds(m), person: names.person(m['person']) }));

/** Of the consents relied on: how many. */
const withoutIds = (member: Row): Row => ({
  ...without(member, 'person', 'consents'),
  ...('consents' in member && { consents: (member['consents'] as unknown[]).length }),
});

/** Of two columns of one row: the moments themselves are others at each import, whether they are one is not. */
const sameMoment = (one: unknown, other: unknown): boolean =>
  one instanceof Date && other instanceof Date && one.getTime() === other.getTime();

function distinct(lines: readonly Line[]): Line[] {
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

/** Tells whether two values are the same, and nothing else of them. */
function blind(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  return `~${createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 10)}`;
}

function nameIn(names: ReadonlyMap<string, string>, id: unknown): string | null {
  return typeof id === 'string' ? (names.get(id) ?? null) : null;
}

function pick(row: Row, ...columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}

function without(row: Row, ...columns: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));
}

function mapped(row: Row, how: (value: unknown) => unknown): Row {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, how(value)]));
}
