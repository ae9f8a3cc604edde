// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Member } from '@tsunagi/domain';
import { base32ToUuid, decodeCp932 } from '@tsunagi/legacy';
import type { Pool } from 'pg';
import { kar, uketsuke } from './layouts';
import type { Town } from '../town/town';

/** What the recipient's system has of a referral now: places by name, and the mask that stands with them. */
export interface Arrived {
  readonly delivery: string;
  readonly mask: string;
  readonly places: Readonly<Record<string, string>>;
}

/** By referral: the newest record of its recipient's system that was not taken back. */
export async function arrivedAt({ kaigo, konkyu }: Pick<Town, 'kaigo' | 'konkyu'>): Promise<Map<string, Arrived>> {
  const records = kaigo.referrals().map(({ values }) => {
    const at = (number: number) => values[number - 1] ?? '';
    const places = Object.fromEntries(kar.places.map((place) => [place, at(Number(place))]));
    return { referral: at(3), delivery: at(4), cancel: at(5), mask: at(23), places };
  });
  const rows = (await konkyu.all()).map((row) => {
    const of = row as unknown as Readonly<Record<string, string | number | null>>;
    const places = Object.fromEntries(uketsuke.places.map((place) => [place, String(of[place] ?? '')]));
    return {
      referral: row.hub_shokai_id,
      delivery: row.haiso_id,
      cancel: row.torikeshi_kbn,
      mask: row.teikyo_mask ?? '',
      places,
    };
  });
  const all = [...records, ...rows];
  const takenBack = new Set(all.filter((r) => r.cancel === '3').map((r) => r.delivery));
  // Ids of deliveries are in the order of their making.
  const standing = all
    .filter((r) => r.cancel !== '3' && !takenBack.has(r.delivery))
    .sort((a, b) => (a.delivery < b.delivery ? -1 : 1));
  return new Map(standing.map((r) => [base32ToUuid(r.referral), { ...r, delivery: base32ToUuid(r.delivery) }]));
}

/** The part of `referral.sent.v1` and `referral.supplemented.v1` that speaks of persons. */
export interface Message {
  readonly deliveryId: string;
  readonly subject: Member;
  readonly others: readonly Member[];
  readonly mask: string;
}

/** By delivery the last message that brought it. */
export function messagesOf(town: Pick<Town, 'left'>): Map<string, Message> {
  const brings = ['referral.sent.v1', 'referral.supplemented.v1'];
  const messages = town
    .left()
    .flatMap(({ type, data }) => (brings.includes(type) ? [data as { referral: Message }] : []));
  return new Map(messages.map(({ referral }) => [referral.deliveryId, referral]));
}

/** All rows of a schema as text; what is sealed shows as bytes. */
export async function everyRow(database: Pool, schema: string): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
       where table_schema = $1 and table_type = 'BASE TABLE'`,
    [schema],
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await database.query<{ line: string }>(`select t::text as line from ${name} t`);
    texts.push(...rows.map(({ line }) => line));
  }
  return texts.join('\n');
}

/** Every file below, read as UTF-8 and as CP932: what plugins write and keep, and the hub's own. */
export function filesUnder(folder: string): Record<string, string> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    files.map((name) => {
      const bytes = readFileSync(join(folder, name));
      return [name, `${bytes.toString('utf8')}\n${decodeCp932(bytes).text}`];
    }),
  );
}
