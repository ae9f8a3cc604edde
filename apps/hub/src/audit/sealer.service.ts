// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { keysOf, lineText, signatureOf, signCheckpoint, type CheckpointKeys } from './chain';
import { appendCheckpoints, checkpointFile, lastSealIn } from './second-place';
import { SettledLines } from './settled-lines';
import { checkpointOf } from './stored-chain';
import { defaultTimings, type HubConfig } from '../hub.config';
import {
  Clock,
  Database,
  DatabaseAwayError,
  HUB_CONFIG,
  HUB_KEYS,
  Log,
  Sweep,
  type HubKeys,
  type Tx,
} from '../platform';

/** As many lines stand behind one seal at most: a fraction of a second of work, in one short transaction. */
export const linesOfASeal = 2_000;

/** One process at a time. Whoever does not get it leaves it to the one that has it. */
const takeTurn = 'select 1 from audit_sealer for update skip locked';

/** All of it is one statement: what is hashed never leaves the database. */
const sealNext = `
  with last as (select seal, up_to, hash from audit_seal order by seal desc limit 1),
    line as (
      select e.id, sha256(convert_to(${lineText}, 'UTF8')) as leaf from audit_entry e
      where e.id > coalesce((select up_to from last), -1) and e.id <= $1 order by e.id limit ${linesOfASeal}),
    batch as (select count(*)::int as lines, max(id) as up_to, string_agg(leaf, ''::bytea order by id) as leaves from line)
  insert into audit_seal (seal, up_to, leaves, hash)
    select coalesce((select seal from last), 0) + 1, up_to, leaves,
      sha256(coalesce((select hash from last), decode(repeat('00', 32), 'hex')) || leaves)
    from batch where lines > 0
  returning length(leaves) / 32 as lines`;

/**
 * Chains the lines of the audit, signs how far the chain has come, and brings that to a place outside the database (ADR 28).
 * Each is a transaction or a step of its own which looks at what is there: whoever is killed in between leaves the next one
 * to somebody else.
 */
@Injectable()
export class Sealer extends Sweep {
  private readonly lines: SettledLines;
  private readonly keys: CheckpointKeys;
  private readonly file: string;
  private readonly timings: typeof defaultTimings;
  /** Lines up to which this process has seen it sealed, and signed. */
  private sealed = 0;
  private signed = 0;
  private signAt = 0;
  private bringAt: number | undefined = 0;
  private failing = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
    @Inject(HUB_KEYS) private readonly hubKeys: HubKeys,
  ) {
    super('audit seal', { clock, log, config }, 'seal');
    this.lines = new SettledLines(database);
    this.keys = keysOf(hubKeys.audit);
    this.file = checkpointFile(config.auditDir ?? join(config.dataDir, 'audit'));
    this.timings = { ...defaultTimings, ...config.timings };
  }

  /** Could this process write to the second place when it last tried? */
  get reachesSecondPlace(): boolean {
    return !this.failing;
  }

  /** One look at each step. Is there more to seal at once? */
  override async turn(): Promise<boolean> {
    try {
      if (await this.seal()) return true;
      await this.sign();
      await this.bring();
    } catch (error) {
      // The health of the hub says so already.
      if (!(error instanceof DatabaseAwayError)) throw error;
    }
    return false;
  }

  /** Is there more? */
  private async seal(): Promise<boolean> {
    await this.lines.look();
    if (this.lines.isWaiting) await this.lines.look();
    const { last } = this.lines;
    if (last === undefined || last <= this.sealed) return false;
    const lines = await this.inTurn(async (tx) => {
      const [seal] = await tx.query<{ lines: number }>(sealNext, [last]);
      return seal?.lines ?? 0;
    });
    if (lines === undefined) return false;
    if (lines === linesOfASeal) return true;
    this.sealed = last;
    return false;
  }

  private async sign(): Promise<void> {
    if (this.sealed <= this.signed || Date.now() < this.signAt) return;
    const wait = await this.inTurn(async (tx) => {
      const [state] = await tx.query<State>(
        `select s.seal, s.up_to, s.hash, c.seal as signed, c.at from (select * from audit_seal order by seal desc limit 1) s
           left join (select * from audit_checkpoint order by seal desc limit 1) c on true`,
      );
      if (!state || state.seal === state.signed) return 0;
      const now = this.clock.now();
      const next = state.at === null ? 0 : this.timings.checkpoint - (now.getTime() - state.at.getTime());
      // A clock that was put back does not keep the next one waiting.
      if (next > 0 && next <= this.timings.checkpoint) return next;
      const seal = { seal: Number(state.seal), upTo: Number(state.up_to), hash: state.hash };
      const { at, kid, signature } = signCheckpoint(seal, now, this.hubKeys.audit);
      tx.insert('audit_checkpoint', [
        {
          ...{ seal: seal.seal, up_to: seal.upTo, hash: hex(seal.hash), at, kid },
          signature: hex(Buffer.from(signature, 'base64url')),
        },
      ]);
      return 0;
    });
    if (wait === undefined) return;
    this.signAt = Date.now() + wait;
    if (wait > 0) return;
    this.signed = this.sealed;
    this.bringAt ??= 0;
  }

  /** What has been signed and does not stand there yet: also what others have signed, or what could not be written before. */
  private async bring(): Promise<void> {
    if (this.bringAt === undefined || Date.now() < this.bringAt) return;
    try {
      const after = await lastSealIn(this.file);
      const rows = await this.database.query('select * from audit_checkpoint where seal > $1 order by seal', [after]);
      const good = rows.map(checkpointOf).filter((c) => signatureOf(c, this.keys) === 'good');
      if (good.length < rows.length)
        this.log.warn('audit checkpoints not signed here', { count: rows.length - good.length });
      if (good.length > 0) await appendCheckpoints(this.file, good);
      this.failing = false;
      this.bringAt = undefined;
    } catch (error) {
      if (error instanceof DatabaseAwayError) throw error;
      if (!this.failing) this.log.failure('audit second place', error);
      this.failing = true;
      this.bringAt = Date.now() + this.timings.checkpoint;
    }
  }

  /** `undefined` = somebody else has the turn. */
  private inTurn<T>(work: (tx: Tx) => Promise<T>): Promise<T | undefined> {
    return this.database.transaction(async (tx) => {
      const [mine] = await tx.query(takeTurn);
      return mine ? work(tx) : undefined;
    });
  }
}

interface State {
  readonly seal: string;
  readonly up_to: string;
  readonly hash: Buffer;
  readonly signed: string | null;
  readonly at: Date | null;
}

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;
