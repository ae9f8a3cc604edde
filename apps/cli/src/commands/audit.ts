// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { CheckpointKeys, Verified } from '@tsunagi/hub';
import { errorCode } from '@tsunagi/plugin-sdk';
import type { Client } from 'pg';
import { z } from 'zod';
import { CliError } from '../cli.error';
import { onDatabase } from '../doctor/on-database';
import { startEmbeddedDatabase } from '../embedded';
import { readDemoAccess } from '../http/access';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { auditBreaks, auditTexts, fill } from '../texts';
import type { Command, CommandContext } from './command';

export interface VerifyAuditOptions {
  readonly checkpoints?: string;
  readonly keys?: string;
}

/**
 * Recomputes the audit, of the database or of an export, against what was signed. 2 where it does not hold, 1 where something
 * could not be proven: no checkpoints from outside the database, or a key that is not at hand.
 */
export const verifyAudit: Command<[string | undefined, VerifyAuditOptions]> = async (context, file, options) => {
  const { checkpointFile, checkpointsIn, exportedChain, storedChain, verifyChain } = await import('@tsunagi/hub');
  const keys = await keysFor(context, options.keys);
  const given = options.checkpoints === undefined ? undefined : resolve(context.cwd, options.checkpoints);
  const path = given ?? checkpointFile(context.settings.auditDir);
  for (const name of [given, file]) mustBeThere(context, name);
  const unreadable: number[] = [];
  // Read before the chain is, so that what a hub signs meanwhile is not missed in it.
  const outside = existsSync(path) ? await all(checkpointsIn(path, (line) => unreadable.push(line))) : undefined;
  const result =
    file === undefined
      ? await onAudit(context, (client) =>
          verifyChain(
            storedChain(async (sql, parameters) => (await client.query<Record<string, unknown>>(sql, parameters)).rows),
            outside,
            keys,
          ),
        )
      : await verifyChain(exportedChain(linesOf(resolve(context.cwd, file))), outside, keys);
  show(context.terminal, { ok: result.broken === undefined, ...result, unreadable }, () => [
    ...verdictOf(result),
    ...(outside ? [] : [fill(auditTexts.noneOutside, { path })]),
    ...(result.unproven > 0 ? [fill(auditTexts.unproven, { unproven: result.unproven })] : []),
    ...(unreadable.length > 0 ? [fill(auditTexts.unreadable, { path, list: unreadable.join('、') })] : []),
  ]);
  return exitCodeOf(result, unreadable.length > 0);
};

/** Writes what is sealed, with its seals and checkpoints, to a new file: ids and codes only. */
export const exportAudit: Command<[string]> = async (context, file) => {
  const { exportText, storedChain } = await import('@tsunagi/hub');
  const path = resolve(context.cwd, file);
  const handle = await open(path, 'wx', 0o600).catch((error: unknown) => {
    throw new CliError('FILE_THERE', { path, code: errorCode(error, 'UNKNOWN') });
  });
  const counted = { lines: 0, sealedUpTo: 0, checkpoints: 0 };
  try {
    await onAudit(context, async (client) => {
      const ask = async (sql: string, parameters: unknown[]) =>
        (await client.query<Record<string, unknown>>(sql, parameters)).rows;
      let number = 0;
      let waiting: string[] = [];
      const flush = async () => {
        await handle.appendFile(waiting.map((text) => `${text}\n`).join(''));
        waiting = [];
      };
      for await (const item of storedChain(ask)) {
        if ('unreadable' in item) continue;
        if ('line' in item) counted.lines += 1;
        if ('seal' in item) counted.sealedUpTo = item.seal.upTo;
        if ('checkpoint' in item) counted.checkpoints += 1;
        number += 1;
        if (waiting.push(exportText(item)) >= linesAtOnce) await flush();
      }
      waiting.push(exportText({ end: number }));
      await flush();
    });
    await handle.sync();
  } finally {
    await handle.close();
  }
  show(context.terminal, { ok: true, path, ...counted }, () => [fill(auditTexts.exported, { path, ...counted })]);
  return exitCodes.ok;
};

const linesAtOnce = 1_000;

function verdictOf({ broken, ...result }: Verified): string[] {
  if (broken)
    return [
      auditTexts.broken,
      fill(auditBreaks[broken.kind], { line: broken.line }),
      fill(auditTexts.soundUpTo, { soundUpTo: broken.soundUpTo }),
      auditTexts.brokenRemedy,
    ];
  const { provenUpTo } = result;
  return [
    fill(auditTexts.fine, { ...result, provenUpTo: '' }),
    ...(provenUpTo === undefined ? [] : [fill(auditTexts.proven, { provenUpTo })]),
  ];
}

function exitCodeOf({ broken, provenUpTo, unproven, seals }: Verified, isUnreadable: boolean): ExitCode {
  if (broken) return exitCodes.failure;
  const isProven = seals === 0 || provenUpTo !== undefined;
  return isProven && unproven === 0 && !isUnreadable ? exitCodes.ok : exitCodes.warning;
}

const keySet = z.looseObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
});

/** The keys that somebody has kept; else the hub's own, where its file can be read. */
async function keysFor({ settings, cwd }: CommandContext, given: string | undefined): Promise<CheckpointKeys> {
  const { auditKeysOf, auditKeysOfSet, loadKeys } = await import('@tsunagi/hub');
  if (given === undefined) {
    try {
      return auditKeysOf(loadKeys(settings.keys, false).audit);
    } catch {
      return new Map();
    }
  }
  try {
    return auditKeysOfSet(keySet.parse(JSON.parse(readFileSync(resolve(cwd, given), 'utf8'))));
  } catch {
    throw new CliError('OPTION_INVALID', { option: '--keys', hint: auditTexts.keysHint });
  }
}

/** The database of DATABASE_URL; else the embedded one, which a running demo lets others read. */
async function onAudit<T>({ settings }: CommandContext, work: (client: Client) => Promise<T>): Promise<T> {
  if (settings.databaseUrl !== undefined) return readFrom(settings.databaseUrl, work);
  if (!existsSync(settings.dataDir)) throw new CliError('NEEDS_DATABASE_URL');
  const database = await startEmbeddedDatabase({ dataDirectory: settings.dataDir }).catch((error: unknown) => {
    const isInUse = error instanceof CliError && error.code === 'DATA_DIR_IN_USE';
    const url = isInUse ? readDemoAccess(settings.dataDir)?.databaseUrl : undefined;
    if (url === undefined) throw error;
    return { url, close: () => Promise.resolve() };
  });
  try {
    return await readFrom(database.url, work);
  } finally {
    await database.close();
  }
}

const readFrom = <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> =>
  onDatabase(url, work).catch((error: unknown) => {
    if (error instanceof CliError) throw error;
    const { code } = error as { code?: unknown };
    throw new CliError('DATABASE_AWAY', { code: typeof code === 'string' ? code : errorCode(error, 'TIMEOUT') });
  });

function mustBeThere({ cwd }: CommandContext, name: string | undefined): void {
  if (name !== undefined && !existsSync(resolve(cwd, name)))
    throw new CliError('FILE_UNREADABLE', { path: name, code: 'ENOENT' });
}

const linesOf = (path: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(path), crlfDelay: Infinity });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
