// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testServices, waitFor } from '@tsunagi/testing';
import { audit, type AuditEntry } from '../src/audit/audit';
import { keysOf } from '../src/audit/chain';
import { Sealer } from '../src/audit/sealer.service';
import { checkpointFile, checkpointsIn } from '../src/audit/second-place';
import { storedChain, type Ask } from '../src/audit/stored-chain';
import { verifyChain } from '../src/audit/verify-chain';
import type { HubConfig } from '../src/hub.config';
import { hubSchema } from '../src/hub.schema';
import { Database, Log, openDataSource, SystemClock, type HubKeys } from '../src/platform';
import { migrate } from '../src/start';

export type AuditChain = Awaited<ReturnType<typeof anAuditChain>>;

export const signingKey = () => ({ kid: 'a-test', privateKey: generateKeyPairSync('ed25519').privateKey });

/** The audit of a hub that is not running, in a database of its own, with whoever writes, seals and recomputes it. */
export async function anAuditChain() {
  const own = await testServices().postgres.copyDatabase('hub', 'migrated hub', (databaseUrl) =>
    migrate({ databaseUrl, embedded: false }),
  );
  const dataSource = await openDataSource({ databaseUrl: own.url, embedded: false }, hubSchema);
  const database = new Database(dataSource);
  const directory = mkdtempSync(join(tmpdir(), 'audit-'));
  const key = signingKey();
  const auditDir = join(directory, 'second');
  const file = checkpointFile(auditDir);

  const sealer = (over: { database?: Database; auditDir?: string; key?: typeof key; checkpoint?: number } = {}) =>
    new Sealer(
      over.database ?? database,
      new SystemClock(),
      new Log('silent'),
      {
        auditDir: over.auditDir ?? auditDir,
        dataDir: directory,
        timings: { checkpoint: over.checkpoint ?? 0 },
      } as HubConfig,
      { audit: over.key ?? key } as HubKeys,
    );
  const line = (object: string, details: Record<string, unknown> = {}): AuditEntry => ({
    ...{ at: new Date(), actor: 'staff:test', action: 'referral.read', objectKind: 'referral', object, details },
  });
  const write = (count: number, object = 'r') =>
    database.transaction((tx) =>
      audit(
        tx,
        Array.from({ length: count }, (_, n) => line(`${object}-${n}`, { contentVersion: n })),
      ),
    );
  const numberOf = async (sql: string) => Number((await database.query(`select ${sql}`))[0]?.['n']);
  const lastLine = () => numberOf('max(id) as n from audit_entry');
  const stored = () => numberOf('count(*) as n from audit_entry');
  const sealedUpTo = () => numberOf('max(up_to) as n from audit_seal');
  const signedUpTo = () => numberOf('max(up_to) as n from audit_checkpoint');
  /** Others in the same cluster may keep a sealer that has just begun from knowing how far it may go. */
  const turned = (by: Sealer, upTo: () => Promise<boolean>, what: string) =>
    waitFor(
      async () => {
        while (await by.turn());
        return upTo();
      },
      { what },
    );
  const outside = () => checkpointsIn(file, () => undefined);
  const isSealed = async () => (await sealedUpTo()) === (await lastLine());
  const isSigned = async () => (await signedUpTo()) === (await lastLine());

  return {
    ...{ database, directory, file, sealer, line, write, lastLine, stored, sealedUpTo, outside },
    sealAll: (by = sealer()) => turned(by, isSealed, 'everything to be sealed'),
    proveAll: (by = sealer()) =>
      turned(by, async () => (await isSealed()) && (await isSigned()), 'everything to be signed'),
    verified: (ask: Ask = (sql, parameters) => database.query(sql, parameters), keys = keysOf(key)) =>
      verifyChain(storedChain(ask), existsSync(file) ? outside() : undefined, keys),
    async drop() {
      await dataSource.destroy();
      await own.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
