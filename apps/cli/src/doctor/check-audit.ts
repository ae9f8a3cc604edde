// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { Client } from 'pg';
import type { Settings } from '../settings/settings';
import { doctorTexts, fill } from '../texts';
import { failed, type Finding } from './finding';
import { hasTable, onDatabase } from './on-database';

const { name, ...texts } = doctorTexts.audit;

/** How far the chain of the audit has come, by the database. */
export interface ChainState {
  readonly upTo: number;
  /** Age of the oldest line that is not sealed, in seconds; null = everything is. */
  readonly unsealed: number | null;
  readonly signed: number;
}

/** A line is sealed within about a second; one long transaction may keep it waiting. */
const mayLag = { warning: 60, failure: 900 };

export async function checkAudit(
  { databaseUrl, amqpUrl, auditDir }: Pick<Settings, 'databaseUrl' | 'amqpUrl' | 'auditDir'>,
  outside: { readonly path: string; readonly lastSeal: (path: string) => Promise<number> },
): Promise<Finding> {
  if (databaseUrl === undefined)
    return { name, verdict: 'ok', says: amqpUrl === undefined ? texts.embedded : texts.hostOnly };
  const state = await onDatabase(databaseUrl, stateOf).catch(() => 'away' as const);
  if (state === 'away') return { name, verdict: 'ok', says: texts.unasked };
  if (state === undefined) return { name, verdict: 'ok', says: texts.none };
  const lastSeal = await outside.lastSeal(outside.path).catch(() => 0);
  return judgeAudit(state, { path: auditDir, isOpen: await isOpen(auditDir), lastSeal });
}

export function judgeAudit(
  { upTo, unsealed, signed }: ChainState,
  { path, isOpen, lastSeal }: { readonly path: string; readonly isOpen: boolean; readonly lastSeal: number },
): Finding {
  if (!isOpen) return failed(name, { says: fill(texts.outsideClosed, { path }), remedy: texts.outsideRemedy });
  if (unsealed !== null && unsealed > mayLag.warning)
    return {
      ...{ name, verdict: unsealed > mayLag.failure ? 'failure' : 'warning' },
      ...{ says: fill(texts.lags, { seconds: Math.round(unsealed) }), remedy: texts.lagsRemedy },
    };
  if (lastSeal < signed)
    return {
      ...{ name, verdict: 'warning' },
      ...{ says: fill(texts.outsideBehind, { path, seal: lastSeal }), remedy: texts.outsideRemedy },
    };
  return { name, verdict: 'ok', says: fill(texts.fine, { upTo, path }) };
}

async function stateOf(client: Client): Promise<ChainState | undefined> {
  if (!(await hasTable(client, 'audit_seal'))) return undefined;
  const { rows } = await client.query<{ up_to: string; unsealed: number | null; signed: string }>(
    `with last as (select coalesce(max(up_to), 0) as up_to from audit_seal)
     select up_to,
       (select extract(epoch from clock_timestamp() - e.at)::float8 from audit_entry e where e.id > last.up_to order by e.id limit 1) as unsealed,
       (select coalesce(max(seal), 0) from audit_checkpoint) as signed
     from last`,
  );
  const [row] = rows;
  return row && { upTo: Number(row.up_to), unsealed: row.unsealed, signed: Number(row.signed) };
}

/** Where it is not there yet, a start makes it, or refuses. */
const isOpen = async (folder: string): Promise<boolean> =>
  !existsSync(folder) ||
  access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
