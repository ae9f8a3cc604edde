// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lineText, type Checkpoint } from './chain';
import type { ChainItem } from './verify-chain';

/** Asks the database; no transaction is held over it, because what is sealed does not change. */
export type Ask = (sql: string, parameters: unknown[]) => Promise<Record<string, unknown>[]>;

const linesAtOnce = 5_000;
/** Of a full seal the leaves alone take 64 KiB. */
const sealsAtOnce = 200;
const first = '-9223372036854775808';

/** The sealed part of the audit as it stands in the database now, in order. */
export async function* storedChain(ask: Ask): AsyncGenerator<ChainItem> {
  const [bounds] = await ask(
    `select coalesce((select max(seal) from audit_seal), 0)::text as seals, coalesce((select max(up_to) from audit_seal), 0)::text as lines,
       coalesce((select max(seal) from audit_checkpoint), 0)::text as checkpoints`,
    [],
  );
  const lines = new Ahead(
    paged(
      (after) =>
        ask(
          `select e.id::text as key, ${lineText} as text from audit_entry e
           where e.id > $1 and e.id <= $2 order by e.id limit ${linesAtOnce}`,
          [after, bounds?.['lines']],
        ),
      linesAtOnce,
    ),
  );
  const checkpoints = new Ahead(
    paged(
      (after) =>
        ask(
          `select seal::text as key, up_to, hash, at, kid, signature from audit_checkpoint
           where seal > $1 and seal <= $2 order by seal limit ${linesAtOnce}`,
          [after, bounds?.['checkpoints']],
        ),
      linesAtOnce,
    ),
  );
  const seals = paged(
    (after) =>
      ask(
        `select seal::text as key, up_to, leaves, hash from audit_seal where seal > $1 and seal <= $2
         order by seal limit ${sealsAtOnce}`,
        [after, bounds?.['seals']],
      ),
    sealsAtOnce,
  );
  for await (const row of seals) {
    const seal = {
      ...{ seal: Number(row['key']), upTo: Number(row['up_to']) },
      ...{ leaves: row['leaves'] as Buffer, hash: row['hash'] as Buffer },
    };
    for await (const line of lines.until((r) => Number(r['key']) <= seal.upTo))
      yield { line: Number(line['key']), text: line['text'] as string };
    yield { seal };
    for await (const found of checkpoints.until((r) => Number(r['key']) <= seal.seal))
      yield { checkpoint: checkpointOf(found) };
  }
  for await (const found of checkpoints.until(() => true)) yield { checkpoint: checkpointOf(found) };
}

/** As it stands in a row; `key` or `seal` names its seal. */
export const checkpointOf = (row: Record<string, unknown>): Checkpoint => ({
  seal: Number(row['seal'] ?? row['key']),
  upTo: Number(row['up_to']),
  hash: (row['hash'] as Buffer).toString('hex'),
  at: momentOf(row['at'] as Date),
  kid: row['kid'] as string,
  signature: (row['signature'] as Buffer).toString('base64url'),
});

/** Somebody may have written a time that is none; the signature says so. */
const momentOf = (at: Date): string =>
  at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : String(at);

async function* paged(
  page: (after: unknown) => Promise<Record<string, unknown>[]>,
  size: number,
): AsyncGenerator<Record<string, unknown>> {
  for (let after: unknown = first; ;) {
    const rows = await page(after);
    yield* rows;
    if (rows.length < size) return;
    after = rows.at(-1)?.['key'];
  }
}

/** One row ahead, so that several lists can be read beside each other. */
class Ahead<T> {
  private next: Promise<IteratorResult<T, unknown>> | undefined;

  constructor(private readonly rows: AsyncIterator<T, unknown>) {}

  async *until(belongs: (row: T) => boolean): AsyncGenerator<T> {
    for (;;) {
      this.next ??= this.rows.next();
      const { done, value } = await this.next;
      if (done === true || !belongs(value)) return;
      this.next = undefined;
      yield value;
    }
  }
}
