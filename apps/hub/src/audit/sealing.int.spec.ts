// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deferred, describeWithServices, waitFor } from '@tsunagi/testing';
import { audit } from './audit';
import type { Checkpoint } from './chain';
import { linesOfASeal } from './sealer.service';
import { checkpointsIn } from './second-place';
import { anAuditChain, signingKey, type AuditChain } from '../../test/an-audit-chain';
import type { Database } from '../platform';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'the chain of the audit', () => {
  let chain: AuditChain;

  beforeAll(async () => {
    chain = await anAuditChain();
  });
  afterAll(() => chain?.drop());

  it.each(['audit_entry', 'audit_seal', 'audit_checkpoint'])('refuses to change, remove or empty %s', async (table) => {
    const column = table === 'audit_entry' ? 'id' : 'seal';
    const unchanged = table === 'audit_entry' ? 'actor = actor' : 'hash = hash';
    for (const sql of [
      `update ${table} set ${unchanged}`,
      `delete from ${table} where ${column} < 0`,
      `truncate ${table}`,
    ])
      await expect(chain.database.query(sql)).rejects.toThrow(`${table} is append-only`);
  });

  it('covers every line once, in full seals and small ones, and brings what is signed to the second place', async () => {
    await chain.write(3);
    await chain.write(linesOfASeal + 5);
    await chain.proveAll();
    await chain.write(2);
    await chain.proveAll();
    const result = await chain.verified();
    expect(result.broken).toBeUndefined();
    expect(result).toMatchObject({ lines: await chain.stored(), provenUpTo: await chain.lastLine(), unproven: 0 });
    expect(result.seals).toBeGreaterThan(2);
    expect(result.checkpoints).toBeGreaterThan(1);
  });

  it('adds nothing while nothing happens', async () => {
    const before = await chain.verified();
    const idle = chain.sealer();
    for (let n = 0; n < 3; n += 1) await idle.turn();
    expect(await chain.verified()).toEqual(before);
  });

  it('signs no second time within the interval', async () => {
    const { checkpoints } = await chain.verified();
    const patient = chain.sealer({ checkpoint: 60_000 });
    await chain.write(1);
    await chain.sealAll(patient);
    await chain.write(1);
    await chain.sealAll(patient);
    expect((await chain.verified()).checkpoints).toBe(checkpoints);
    await chain.proveAll();
    expect((await chain.verified()).checkpoints).toBe(checkpoints + 1);
  });

  it('leaves out nothing that a long transaction brings late, and does not wait with what is older', async () => {
    const [opened, told] = [deferred(), deferred()];
    await chain.write(1);
    await chain.proveAll();
    const before = await chain.sealedUpTo();
    const long = chain.database.transaction(async (tx) => {
      audit(tx, chain.line('late'));
      await tx.flush();
      opened.resolve();
      await told.promise;
    });
    await opened.promise;
    await chain.write(2, 'early');
    const by = chain.sealer();
    for (let n = 0; n < 4; n += 1) await by.turn();
    expect(await chain.sealedUpTo()).toBe(before);
    told.resolve();
    await long;
    await chain.sealAll(by);
    expect(await chain.verified()).toMatchObject({ lines: await chain.stored(), provenUpTo: await chain.lastLine() });
  });

  it('leaves out nothing of one that has a later number than whoever wrote the last line', async () => {
    await chain.write(1);
    await chain.proveAll();
    const before = await chain.sealedUpTo();
    const opened = () => ({ open: deferred(), told: deferred() });
    const [first, second] = [opened(), opened()];
    const last = chain.database.transaction(async (tx) => {
      await tx.query('select pg_current_xact_id()');
      first.open.resolve();
      await first.told.promise;
      audit(tx, chain.line('last'));
    });
    await first.open.promise;
    const under = chain.database.transaction(async (tx) => {
      audit(tx, chain.line('under'));
      await tx.flush();
      second.open.resolve();
      await second.told.promise;
    });
    await second.open.promise;
    first.told.resolve();
    await last;
    // The snapshot counts nobody as under way: it ends at the last number that is done.
    await chain.sealer().turn();
    expect(await chain.sealedUpTo()).toBe(before);
    second.told.resolve();
    await under;
    await chain.sealAll();
    expect(await chain.verified()).toMatchObject({ lines: await chain.stored() });
  });

  it('gives a transaction its number before a line gets its own', async () => {
    // Whoever reads the last line, and asks for a number then, is later than everybody with a line below it.
    const [row] = await chain.database.transaction(async (tx) => {
      audit(tx, chain.line('numbered'));
      return tx.query<{ assigned: boolean }>(
        `select (select xmin::text from audit_entry order by id desc limit 1) = (pg_current_xact_id()::text::bigint % 4294967296)::text as assigned`,
      );
    });
    expect(row).toEqual({ assigned: true });
    const [trigger] = await chain.database.query(
      `select pg_get_triggerdef(oid) as def from pg_trigger where tgname = 'audit_takes_its_turn'`,
    );
    expect(trigger?.['def']).toMatch(/BEFORE INSERT ON .*audit_entry FOR EACH STATEMENT/);
  });

  it('has one end, however many processes seal at once', async () => {
    const several = Array.from({ length: 4 }, () => chain.sealer());
    let writing = true;
    const sealing = several.map(async (by) => {
      while (writing) await by.turn();
    });
    for (let n = 0; n < 20; n += 1) await Promise.all([chain.write(3), chain.write(50), chain.write(1)]);
    writing = false;
    await Promise.all(sealing);
    await chain.proveAll();
    const result = await chain.verified();
    expect(result.broken).toBeUndefined();
    expect(result).toMatchObject({ lines: await chain.stored(), provenUpTo: await chain.lastLine() });
  });

  it('goes on where somebody was killed, before the commit of a seal or of a checkpoint', async () => {
    await chain.write(4);
    for (const dies of ['audit_seal', 'audit_checkpoint']) {
      const killed = chain.sealer({ database: dyingAt(dies) });
      // The first look may find a transaction of somebody else under way.
      await waitFor(
        () =>
          killed.turn().then(
            () => false,
            (error: unknown) => (error as Error).message === 'killed',
          ),
        {
          what: `the end at ${dies}`,
        },
      );
    }
    await chain.proveAll();
    expect(await chain.verified()).toMatchObject({ lines: await chain.stored(), provenUpTo: await chain.lastLine() });
    expect((await chain.verified()).broken).toBeUndefined();
  });

  /** Its connection breaks when everything is written of a transaction that has touched this table, and nothing committed. */
  function dyingAt(table: string): Database {
    const dying = Object.create(chain.database) as Database;
    dying.transaction = (work) =>
      chain.database.transaction(async (tx) => {
        const touched: string[] = [];
        const insert = tx.insert.bind(tx);
        const query = tx.query.bind(tx);
        tx.insert = (...args) => {
          touched.push(args[0]);
          insert(...args);
        };
        tx.query = (sql: string, parameters?: unknown[]) => {
          if (sql.includes('insert into audit_seal')) touched.push('audit_seal');
          return query(sql, parameters);
        };
        const result = await work(tx);
        await tx.flush();
        if (touched.includes(table)) throw new Error('killed');
        return result;
      });
    return dying;
  }

  it('brings later what could not be written, and begins a new line after one that was cut short', async () => {
    const blocked = join(chain.directory, 'blocked');
    writeFileSync(blocked, 'no folder');
    await chain.write(1);
    const failing = chain.sealer({ auditDir: blocked });
    await chain.sealAll(failing);
    await waitFor(async () => !(await failing.turn()) && !failing.reachesSecondPlace, {
      what: 'the second place to fail',
    });
    appendFileSync(chain.file, '{"seal":');
    await chain.proveAll();
    const unreadable: number[] = [];
    const seals: number[] = [];
    for await (const { seal } of checkpointsIn(chain.file, (n) => unreadable.push(n))) seals.push(seal);
    expect(unreadable).toHaveLength(1);
    // Several processes with one place may each have brought one.
    expect([...new Set(seals)]).toEqual([...new Set(seals)].sort((a, b) => a - b));
    expect(await chain.verified()).toMatchObject({ provenUpTo: await chain.lastLine() });
  });

  it('keeps out of the second place what the database says was signed, and was not', async () => {
    const foreign = signingKey();
    const before = readFileSync(chain.file, 'utf8');
    await chain.write(1);
    await chain.sealAll(chain.sealer({ key: foreign, auditDir: join(chain.directory, 'other') }));
    await waitFor(
      async () => !(await chain.sealer({ key: foreign, auditDir: join(chain.directory, 'other') }).turn()),
      {
        what: 'a signature',
      },
    );
    await chain.sealer().turn();
    expect(readFileSync(chain.file, 'utf8')).toBe(before);
    expect((await chain.verified()).broken?.kind).toBe('checkpoint_forged');
    await chain.database.transaction(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      await tx.query('delete from audit_checkpoint where seal > (select max(seal) - 1 from audit_seal)');
    });
    await chain.sealAll();
    await chain.sealer().turn();
    expect((await chain.verified()).broken).toBeUndefined();
  });

  it('writes to the second place what anybody can check, and nothing of a person', async () => {
    const found: Checkpoint[] = [];
    for await (const checkpoint of chain.outside()) found.push(checkpoint);
    expect(Object.keys(found[0] ?? {})).toEqual(['seal', 'upTo', 'hash', 'at', 'kid', 'signature']);
  });
});
