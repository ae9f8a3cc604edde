// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { lineText } from './chain';
import type { Verified } from './verify-chain';
import { anAuditChain, type AuditChain } from '../../test/an-audit-chain';
import type { Tx } from '../platform';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'whoever recomputes the audit, although the database itself was ruled,', () => {
  let chain: AuditChain;
  let gap: number;

  beforeAll(async () => {
    chain = await anAuditChain();
    await chain.write(3, 'l');
    await chain.proveAll();
    await chain.write(6, 'm');
    await chain.sealAll();
    await chain.write(3, 'n');
    // A transaction that was undone leaves a number that nobody has.
    gap = Number(
      (await chain.database.query(`select nextval(pg_get_serial_sequence('audit_entry', 'id')) as gap`))[0]?.['gap'],
    );
    await chain.write(5, 'n');
    await chain.proveAll();
    expect((await chain.verified()).broken).toBeUndefined();
  });
  afterAll(() => chain?.drop());

  const middle = async () => (await chain.lastLine()) - 3;
  /** What whoever rules the database can do, whom no trigger keeps from anything; undone afterwards. */
  const afterwards = (meddle: (tx: Tx) => Promise<unknown>): Promise<Verified> =>
    chain.database.dryRun(async (tx) => {
      await tx.query(`set local session_replication_role = 'replica'`);
      await meddle(tx);
      return chain.verified((sql, parameters) => tx.query(sql, parameters));
    });

  it.each([
    ['actor', `'staff:other'`],
    ['at', `at + interval '1 second'`],
    ['function', `'01900000-0000-7000-8000-000000000001'`],
    ['action', `'referral.printed'`],
    ['object', `'other'`],
    ['object_kind', `'person'`],
    ['details', `details || '{"contentVersion": 99}'`],
  ])('finds a line whose %s was changed', async (column, value) => {
    const id = await middle();
    const { broken } = await afterwards((tx) =>
      tx.query(`update audit_entry set ${column} = ${value} where id = ${id}`),
    );
    expect(broken).toEqual({ kind: 'changed', line: id, soundUpTo: id - 1 });
  });

  it('finds a line that was removed, and the last one of a seal', async () => {
    const id = await middle();
    const { broken } = await afterwards((tx) => tx.query(`delete from audit_entry where id = ${id}`));
    expect(broken).toMatchObject({ kind: 'removed', soundUpTo: id - 1 });
    const last = await chain.lastLine();
    const ended = await afterwards((tx) => tx.query(`delete from audit_entry where id = ${last}`));
    expect(ended.broken).toEqual({ kind: 'removed', line: last, soundUpTo: last - 1 });
  });

  it('finds a line that was put in between, or before all', async () => {
    const put = (id: number) => (tx: Tx) =>
      tx.query(
        `insert into audit_entry (id, at, actor, action, object_kind, object, details) overriding system value
         select ${id}, at, actor, action, object_kind, 'inserted', details from audit_entry order by id desc limit 1`,
      );
    expect((await afterwards(put(gap))).broken).toEqual({ kind: 'inserted', line: gap, soundUpTo: gap - 1 });
    expect((await afterwards(put(0))).broken).toEqual({ kind: 'inserted', line: 0, soundUpTo: 0 });
  });

  it('finds two lines of which each says now what the other said', async () => {
    const id = await middle();
    const { broken } = await afterwards((tx) =>
      tx.query(
        `update audit_entry a set object = b.object, details = b.details from audit_entry b
         where a.id in (${id}, ${id + 1}) and b.id in (${id}, ${id + 1}) and a.id <> b.id`,
      ),
    );
    expect(broken).toEqual({ kind: 'changed', line: id, soundUpTo: id - 1 });
  });

  it('finds a line that was changed, with everything made anew that nobody has to sign', async () => {
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

  it('finds a seal that was removed, or does not follow from the one before', async () => {
    const [row] = await chain.database.query('select max(seal)::int as seal from audit_seal');
    const seal = row?.['seal'] as number;
    const removed = await afterwards((tx) => tx.query(`delete from audit_seal where seal = ${seal - 1}`));
    expect(removed.broken?.kind).toBe('seal_removed');
    const changed = await afterwards((tx) =>
      tx.query(`update audit_seal set hash = sha256('other') where seal = ${seal - 1}`),
    );
    expect(changed.broken?.kind).toBe('seal_changed');
  });

  it('finds an end that was cut off after a checkpoint', async () => {
    const id = await middle();
    const { broken } = await afterwards(async (tx) => {
      await tx.query('delete from audit_checkpoint where up_to >= $1', [id]);
      await tx.query('delete from audit_seal where up_to >= $1', [id]);
      await tx.query('delete from audit_entry where id > (select max(up_to) from audit_seal)');
    });
    expect(broken).toMatchObject({ kind: 'cut', line: await chain.lastLine() });
  });

  it('finds a checkpoint that was removed, and one that somebody else has signed', async () => {
    const [row] = await chain.database.query('select max(seal)::int as seal from audit_checkpoint');
    const seal = row?.['seal'] as number;
    const removed = await afterwards((tx) => tx.query(`delete from audit_checkpoint where seal = ${seal}`));
    expect(removed.broken?.kind).toBe('checkpoint_removed');
    const forged = await afterwards((tx) =>
      tx.query(`update audit_checkpoint set at = at + interval '1 day' where seal = ${seal}`),
    );
    expect(forged.broken?.kind).toBe('checkpoint_forged');
  });

  it('says what a key that is not at hand could not prove', async () => {
    const result = await chain.verified(undefined, new Map());
    expect([result.broken, result.provenUpTo]).toEqual([undefined, undefined]);
    expect(result.unproven).toBe(result.checkpoints);
  });
});
