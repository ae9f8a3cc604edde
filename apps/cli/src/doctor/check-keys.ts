// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { loadKeys } from '@tsunagi/hub';
import type { Settings } from '../settings/settings';
import { doctorTexts, fill } from '../texts';
import { modeOf } from './check-machine';
import { failed, type Finding } from './finding';
import { hasTable, onDatabase } from './on-database';

type ReadKeys = (path: string) => ReturnType<typeof loadKeys>;

/** The file, whether it is one, and whether it opens the database that there is. The first start makes it for an empty one. */
export async function checkKeys(
  { keys: path, databaseUrl, amqpUrl }: Pick<Settings, 'keys' | 'databaseUrl' | 'amqpUrl'>,
  read: ReadKeys,
): Promise<Finding> {
  const { name, ...texts } = doctorTexts.keys;
  const wrong = (says: string, remedy: string) =>
    failed(name, { says: fill(says, { path }), remedy: fill(remedy, { path }) });
  if (databaseUrl === undefined && amqpUrl !== undefined) return { name, verdict: 'ok', says: texts.hostOnly };
  // A database that cannot be asked is another finding.
  const sealedWith =
    databaseUrl === undefined ? undefined : await onDatabase(databaseUrl, lastKey).catch(() => undefined);
  const mode = modeOf(path);
  if (mode === null) {
    if (databaseUrl === undefined) return { name, verdict: 'ok', says: texts.absentEmbedded };
    if (sealedWith !== undefined) return wrong(texts.lost, texts.lostRemedy);
    return { name, verdict: 'warning', says: fill(texts.absent, { path }), remedy: texts.absentRemedy };
  }
  if ((mode & 0o077) !== 0) return wrong(texts.open, texts.openRemedy);
  const keys = attempt(() => read(path));
  if (keys === undefined) return wrong(texts.damaged, texts.damagedRemedy);
  if (sealedWith !== undefined && !keys.sealing.knows(sealedWith)) return wrong(texts.other, texts.otherRemedy);
  return { name, verdict: 'ok', says: fill(texts.fine, { path }) };
}

/** The id of the key with which the newest referral is sealed: it stands in front of what is sealed. */
async function lastKey(client: Parameters<Parameters<typeof onDatabase>[1]>[0]): Promise<string | undefined> {
  if (!(await hasTable(client, 'referral'))) return undefined;
  const { rows } = await client.query<{ key: string }>(
    `select convert_from(substring(content from 2 for get_byte(content, 0)), 'UTF8') as key
     from referral order by id desc limit 1`,
  );
  return rows[0]?.key;
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
