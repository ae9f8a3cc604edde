// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithServices, testServices, waitFor } from '@tsunagi/testing';
import type { DataSource } from 'typeorm';
import { audit } from './audit';
import { keysOf, lineText, type Checkpoint } from './chain';
import { linesOfASeal, Sealer } from './sealer.service';
import { checkpointFile, checkpointsIn } from './second-place';
import { storedChain, type Ask } from './stored-chain';
import { verifyChain, type Verified } from './verify-chain';
import type { HubConfig } from '../hub.config';
import { hubSchema } from '../hub.schema';
import { Database, Log, openDataSource, SystemClock, type HubKeys, type Tx } from '../platform';
import { migrate } from '../start';

jest.setTimeout(60_000);

const audited = { kid: 'a-test', privateKey: generateKeyPairSync('ed25519').privateKey };
const foreign = { kid: 'a-test', privateKey: generateKeyPairSync('ed25519').privateKey };

describeWithServices(['postgres'], 'the chain of the audit', () => {
  let dropped: () => Promise<void>;
  let dataSource: DataSource;
  let database: Database;
  let directory: string;
  let file: string;

  beforeAll(async () => {
    const own = await testServices().postgres.copyDatabase('hub', 'migrated hub', (databaseUrl) =>
      migrate({ databaseUrl, embedded: false }),
    );
    dropped = () => own.drop();
    dataSource = await openDataSource({ databaseUrl: own.url, embedded: false }, hubSchema);
    database = new Database(dataSource);
    directory = mkdtempSync(join(tmpdir(), 'audit-'));
    file = checkpointFile(join(directory, 'second'));
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await dropped?.();
    rmSync(directory, { recursive: true, force: true });
  });

  const sealer = (over: { database?: Database; auditDir?: string; key?: typeof audited; checkpoint?: number } = {}) =>
    new Sealer(
      over.database ?? database,
      new SystemClock(),
      new Log('silent'),
      {
        auditDir: over.auditDir ?? join(directory, 'second'),
        dataDir: directory,
        timings: { checkpoint: over.checkpoint ?? 0 },
      } as HubConfig,
      { audit: over.key ?? audited } as HubKeys,
    );
  const line = (object: string, details: Record<string, unknown> = {}) => ({
    ...{ at: new Date(), actor: 'staff:test', action: 'referral.read', objectKind: 'referral', object, details },
  });
  const write = (count: number, object = 'r') =>
    database.transaction((tx) =>
      audit(
        tx,
        Array.from({ length: count }, (_, n) => line(`${object}-${n}`, { contentVersion: n })),
      ),
    );
  const lastLine = async () => Number((await database.query('select max(id) as last from audit_entry'))[0]?.['last']);
  const sealedUpTo = async () =>
    Number((await database.query('select max(up_to) as last from audit_seal'))[0]?.['last']);
  /** Until everything is sealed that is there. */
  const sealAll = (by = sealer()) =>
    waitFor(
      async () => {
        while (await by.turn());
        return (await sealedUpTo()) === (await lastLine());
      },
      { what: 'everything to be sealed' },
    );
  const signedUpTo = async () =>
    Number((await database.query('select max(up_to) as last from audit_checkpoint'))[0]?.['last']);
  /** Until that is signed, too: others in the same cluster may keep a sealer that has just begun from knowing how far it may go. */
  const proveAll = (by = sealer()) =>
    waitFor(
      async () => {
        while (await by.turn());
        const last = await lastLine();
        return (await sealedUpTo()) === last && (await signedUpTo()) === last;
      },
      { what: 'everything to be signed' },
    );
  const outside = () => checkpointsIn(file, () => undefined);
  const verified = (ask: Ask = (sql, parameters) => database.query(sql, parameters), keys = keysOf(audited)) =>
    verifyChain(storedChain(ask), existsSync(file) ? outside() : undefined, keys);
  const stored = async () => (await database.query('select count(*)::int as lines from audit_entry'))[0]?.['lines'];

  /** What whoever rules the database can do, whom no trigger keeps from anything; undone afterwards. */
  const afterwards = (meddle: (tx: Tx) => Promise<unknown>): Promise<Verified> =>
    database.dryRun(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      await meddle(tx);
      return verified((sql, parameters) => tx.query(sql, parameters));
    });

  it.each(['audit_entry', 'audit_seal', 'audit_checkpoint'])('refuses to change, remove or empty %s', async (table) => {
    const column = table === 'audit_entry' ? 'id' : 'seal';
    const unchanged = table === 'audit_entry' ? 'actor = actor' : 'hash = hash';
    for (const sql of [
      `update ${table} set ${unchanged}`,
      `delete from ${table} where ${column} < 0`,
      `truncate ${table}`,
    ])
      await expect(database.query(sql)).rejects.toThrow(`${table} is append-only`);
  });

  it('covers every line once, in full seals and small ones, and brings what is signed to the second place', async () => {
    await write(3);
    await write(linesOfASeal + 5);
    await proveAll();
    await write(2);
    await proveAll();
    const result = await verified();
    expect(result.broken).toBeUndefined();
    expect(result).toMatchObject({ lines: await stored(), provenUpTo: await lastLine(), unproven: 0 });
    expect(result.seals).toBeGreaterThan(2);
    expect(result.checkpoints).toBeGreaterThan(1);
  });

  it('adds nothing while nothing happens', async () => {
    const before = await verified();
    const idle = sealer();
    for (let n = 0; n < 3; n += 1) await idle.turn();
    expect(await verified()).toEqual(before);
  });

  it('signs no second time within the interval', async () => {
    const { checkpoints } = await verified();
    const patient = sealer({ checkpoint: 60_000 });
    await write(1);
    await sealAll(patient);
    await write(1);
    await sealAll(patient);
    expect((await verified()).checkpoints).toBe(checkpoints);
    await proveAll();
    expect((await verified()).checkpoints).toBe(checkpoints + 1);
  });

  it('leaves out nothing that a long transaction brings late, and does not wait with what is older', async () => {
    let end: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (end = resolve));
    let isOpen: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (isOpen = resolve));
    await write(1);
    await proveAll();
    const before = await sealedUpTo();
    const long = database.transaction(async (tx) => {
      audit(tx, line('late'));
      await tx.flush();
      isOpen();
      await told;
    });
    await opened;
    await write(2, 'early');
    const by = sealer();
    for (let n = 0; n < 4; n += 1) await by.turn();
    expect(await sealedUpTo()).toBe(before);
    end();
    await long;
    await sealAll(by);
    expect(await verified()).toMatchObject({ lines: await stored(), provenUpTo: await lastLine() });
  });

  it('leaves out nothing of one that has a later number than whoever wrote the last line', async () => {
    await write(1);
    await proveAll();
    const before = await sealedUpTo();
    const opened = () => {
      let [isOpen, end] = [() => {}, () => {}];
      const open = new Promise<void>((resolve) => (isOpen = resolve));
      const told = new Promise<void>((resolve) => (end = resolve));
      return { open, told, isOpen, end };
    };
    const [first, second] = [opened(), opened()];
    const last = database.transaction(async (tx) => {
      await tx.query('select pg_current_xact_id()');
      first.isOpen();
      await first.told;
      audit(tx, line('last'));
    });
    await first.open;
    const under = database.transaction(async (tx) => {
      audit(tx, line('under'));
      await tx.flush();
      second.isOpen();
      await second.told;
    });
    await second.open;
    first.end();
    await last;
    // The snapshot counts nobody as under way: it ends at the last number that is done.
    await sealer().turn();
    expect(await sealedUpTo()).toBe(before);
    second.end();
    await under;
    await sealAll();
    expect(await verified()).toMatchObject({ lines: await stored() });
  });

  it('gives a transaction its number before a line gets its own', async () => {
    // Whoever reads the last line, and asks for a number then, is later than everybody with a line below it.
    const [row] = await database.transaction(async (tx) => {
      audit(tx, line('numbered'));
      return tx.query<{ assigned: boolean }>(
        `select (select xmin::text from audit_entry order by id desc limit 1) = (pg_current_xact_id()::text::bigint % 4294967296)::text as assigned`,
      );
    });
    expect(row).toEqual({ assigned: true });
    const [trigger] = await database.query(
      `select pg_get_triggerdef(oid) as def from pg_trigger where tgname = 'audit_takes_its_turn'`,
    );
    expect(trigger?.['def']).toMatch(/BEFORE INSERT ON .*audit_entry FOR EACH STATEMENT/);
  });

  it('has one end, however many processes seal at once', async () => {
    const several = Array.from({ length: 4 }, () => sealer());
    let writing = true;
    const sealing = several.map(async (by) => {
      while (writing) await by.turn();
    });
    for (let n = 0; n < 20; n += 1) await Promise.all([write(3), write(50), write(1)]);
    writing = false;
    await Promise.all(sealing);
    await proveAll();
    const result = await verified();
    expect(result.broken).toBeUndefined();
    expect(result).toMatchObject({ lines: await stored(), provenUpTo: await lastLine() });
  });

  it('goes on where somebody was killed, before the commit of a seal or of a checkpoint', async () => {
    await write(4);
    for (const dies of ['audit_seal', 'audit_checkpoint']) {
      const killed = sealer({ database: dyingAt(dies) });
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
    await proveAll();
    expect(await verified()).toMatchObject({ lines: await stored(), provenUpTo: await lastLine() });
    expect((await verified()).broken).toBeUndefined();
  });

  /** Its connection breaks when everything is written of a transaction that has touched this table, and nothing committed. */
  function dyingAt(table: string): Database {
    const dying = Object.create(database) as Database;
    dying.transaction = (work) =>
      database.transaction(async (tx) => {
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
    const blocked = join(directory, 'blocked');
    writeFileSync(blocked, 'no folder');
    await write(1);
    const failing = sealer({ auditDir: blocked });
    await sealAll(failing);
    await waitFor(async () => !(await failing.turn()) && !failing.reachesSecondPlace, {
      what: 'the second place to fail',
    });
    appendFileSync(file, '{"seal":');
    await proveAll();
    const unreadable: number[] = [];
    const seals: number[] = [];
    for await (const { seal } of checkpointsIn(file, (n) => unreadable.push(n))) seals.push(seal);
    expect(unreadable).toHaveLength(1);
    // Several processes with one place may each have brought one.
    expect([...new Set(seals)]).toEqual([...new Set(seals)].sort((a, b) => a - b));
    expect(await verified()).toMatchObject({ provenUpTo: await lastLine() });
  });

  it('keeps out of the second place what the database says was signed, and was not', async () => {
    const before = readFileSync(file, 'utf8');
    await write(1);
    await sealAll(sealer({ key: foreign, auditDir: join(directory, 'other') }));
    await waitFor(async () => !(await sealer({ key: foreign, auditDir: join(directory, 'other') }).turn()), {
      what: 'a signature',
    });
    await sealer().turn();
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect((await verified()).broken?.kind).toBe('checkpoint_forged');
    await database.transaction(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      await tx.query('delete from audit_checkpoint where seal > (select max(seal) - 1 from audit_seal)');
    });
    await sealAll();
    await sealer().turn();
    expect((await verified()).broken).toBeUndefined();
  });

  describe('is found broken by whoever recomputes it, although the database itself was ruled:', () => {
    let gap: number;
    beforeAll(async () => {
      await write(6, 'm');
      await sealAll();
      await write(3, 'n');
      // A transaction that was undone leaves a number that nobody has.
      gap = Number(
        (await database.query(`select nextval(pg_get_serial_sequence('audit_entry', 'id')) as gap`))[0]?.['gap'],
      );
      await write(5, 'n');
      await sealAll();
      await sealer().turn();
      expect((await verified()).broken).toBeUndefined();
    });
    const middle = async () => (await lastLine()) - 3;
    it.each([
      ['actor', `'staff:other'`],
      ['at', `at + interval '1 second'`],
      ['function', `'01900000-0000-7000-8000-000000000001'`],
      ['action', `'referral.printed'`],
      ['object', `'other'`],
      ['object_kind', `'person'`],
      ['details', `details || '{"contentVersion": 99}'`],
    ])('a line whose %s was changed', async (column, value) => {
      const id = await middle();
      const { broken } = await afterwards((tx) =>
        tx.query(`update audit_entry set ${column} = ${value} where id = ${id}`),
      );
      expect(broken).toEqual({ kind: 'changed', line: id, soundUpTo: id - 1 });
    });

    it('a line that was removed, and the last one of a seal', async () => {
      const id = await middle();
      const { broken } = await afterwards((tx) => tx.query(`delete from audit_entry where id = ${id}`));
      expect(broken).toMatchObject({ kind: 'removed', soundUpTo: id - 1 });
      const last = await lastLine();
      const ended = await afterwards((tx) => tx.query(`delete from audit_entry where id = ${last}`));
      expect(ended.broken).toEqual({ kind: 'removed', line: last, soundUpTo: last - 1 });
    });

    it('a line that was put in between, or before all', async () => {
      const put = (id: number) => (tx: Tx) =>
        tx.query(
          `insert into audit_entry (id, at, actor, action, object_kind, object, details) overriding system value
           select ${id}, at, actor, action, object_kind, 'inserted', details from audit_entry order by id desc limit 1`,
        );
      expect((await afterwards(put(gap))).broken).toEqual({ kind: 'inserted', line: gap, soundUpTo: gap - 1 });
      expect((await afterwards(put(0))).broken).toEqual({ kind: 'inserted', line: 0, soundUpTo: 0 });
    });

    it('two lines of which each says now what the other said', async () => {
      const id = await middle();
      const { broken } = await afterwards((tx) =>
        tx.query(
          `update audit_entry a set object = b.object, details = b.details from audit_entry b
           where a.id in (${id}, ${id + 1}) and b.id in (${id}, ${id + 1}) and a.id <> b.id`,
        ),
      );
      expect(broken).toEqual({ kind: 'changed', line: id, soundUpTo: id - 1 });
    });

    it('a line that was changed, with everything made anew that nobody has to sign', async () => {
      const id = await middle();
      const { broken } = await afterwards(async (tx) => {
        await tx.query(`update audit_entry set object = 'other' where id = ${id}`);
        await tx.query(`delete from audit_checkpoint where up_to >= ${id}`);
        await tx.query(`delete from audit_seal where up_to >= ${id}`);
        await tx.query(
          `with last as (select * from audit_seal order by seal desc limit 1),
             line as (select e.id, sha256(convert_to(${lineText}, 'UTF8')) as leaf from audit_entry e where e.id > (select up_to from last)),
             batch as (select max(id) as up_to, string_agg(leaf, ''::bytea order by id) as leaves from line)
           insert into audit_seal select (select seal from last) + 1, up_to, leaves, sha256((select hash from last) || leaves) from batch`,
        );
      });
      expect(broken?.kind).toBe('checkpoint_differs');
      expect(broken?.soundUpTo).toBeLessThan(id);
    });

    it('a seal that was removed, or does not follow from the one before', async () => {
      const [row] = await database.query('select max(seal)::int as seal from audit_seal');
      const seal = row?.['seal'] as number;
      const removed = await afterwards((tx) => tx.query(`delete from audit_seal where seal = ${seal - 1}`));
      expect(removed.broken?.kind).toBe('seal_removed');
      const changed = await afterwards((tx) =>
        tx.query(`update audit_seal set hash = sha256('other') where seal = ${seal - 1}`),
      );
      expect(changed.broken?.kind).toBe('seal_changed');
    });

    it('an end that was cut off after a checkpoint', async () => {
      const id = await middle();
      const { broken } = await afterwards(async (tx) => {
        await tx.query('delete from audit_checkpoint where up_to >= $1', [id]);
        await tx.query('delete from audit_seal where up_to >= $1', [id]);
        await tx.query('delete from audit_entry where id > (select max(up_to) from audit_seal)');
      });
      expect(broken).toMatchObject({ kind: 'cut', line: await lastLine() });
    });

    it('a checkpoint that was removed, and one that somebody else has signed', async () => {
      const [row] = await database.query('select max(seal)::int as seal from audit_checkpoint');
      const seal = row?.['seal'] as number;
      const removed = await afterwards((tx) => tx.query(`delete from audit_checkpoint where seal = ${seal}`));
      expect(removed.broken?.kind).toBe('checkpoint_removed');
      const forged = await afterwards((tx) =>
        tx.query(`update audit_checkpoint set at = at + interval '1 day' where seal = ${seal}`),
      );
      expect(forged.broken?.kind).toBe('checkpoint_forged');
    });
  });

  it('says what a key that is not at hand could not prove', async () => {
    const result = await verified(undefined, new Map());
    expect([result.broken, result.provenUpTo]).toEqual([undefined, undefined]);
    expect(result.unproven).toBe(result.checkpoints);
  });

  it('writes to the second place what anybody can check, and nothing of a person', async () => {
    const found: Checkpoint[] = [];
    for await (const checkpoint of outside()) found.push(checkpoint);
    expect(Object.keys(found[0] ?? {})).toEqual(['seal', 'upTo', 'hash', 'at', 'kid', 'signature']);
  });
});
