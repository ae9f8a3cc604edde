// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditObjectKind } from '@tsunagi/contracts';
import { japaneseDay, rewritesThePast } from '@tsunagi/domain';
import type { Caller } from '../access';
import { audit } from '../audit';
import { AlreadyThereError, Directory, PeriodPastError } from '../organizations';
import { Clock, Database, isUniqueViolation, type Tx } from '../platform';

/** Says in the audit what was done to which object; ids, codes and names of fields only. */
export type Note = (
  action: AuditAction,
  objectKind: AuditObjectKind,
  object: string,
  details: Record<string, unknown>,
) => void;

/** How master data is written: with its line in the audit, known to this process at once and to the others within seconds. */
@Injectable()
export class MasterData {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  today(): string {
    return japaneseDay(this.clock.now());
  }

  now(): Date {
    return this.clock.now();
  }

  /** @throws {AlreadyThereError} when somebody has written the same key */
  async write<T>(caller: Caller, work: (tx: Tx, note: Note) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction((tx) =>
        work(tx, (action, objectKind, object, details) =>
          audit(tx, {
            actor: caller.actor,
            function: caller.acting,
            action,
            objectKind,
            object,
            details,
            at: this.clock.now(),
          }),
        ),
      );
    } catch (error) {
      throw isUniqueViolation(error) ? new AlreadyThereError() : error;
    } finally {
      await this.directory.refresh();
    }
  }

  /** @throws {AlreadyThereError} */
  refuseTaken(): never {
    throw new AlreadyThereError();
  }

  /** @throws {PeriodPastError} */
  mustNotRewrite(before: string | null | undefined, after: string | null | undefined): void {
    if (after !== undefined && rewritesThePast(this.today(), before, after)) throw new PeriodPastError();
  }
}

/** By its name a file finds an organization: who makes or renames one waits for who does so at this moment. */
export async function lockName(tx: Tx, organization: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`organization\n${organization}`]);
}
