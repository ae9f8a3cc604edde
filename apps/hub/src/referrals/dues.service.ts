// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { DueList, SetDue } from '@tsunagi/contracts';
import { BoundedState, dueDays, nextDue } from '@tsunagi/domain';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { Clock, Database } from '../platform';

/** The days within which somebody must move a referral on, as municipality and functions have set them. */
@Injectable()
export class Dues {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  list(): DueList {
    return {
      standard: BoundedState.options.map((state) => ({
        state,
        ...dueDays(state),
        by: nextDue(state, 'normal')?.by ?? 'recipient',
      })),
      items: this.directory.dueRules().map(({ function: desk, ...rule }) => ({
        ...rule,
        ...(desk !== null && { function: desk }),
      })),
    };
  }

  /** @throws {FunctionUnknownError} */
  async set(actor: string, { function: desk, state, days }: SetDue): Promise<DueList> {
    if (desk !== undefined) this.directory.function(desk);
    await this.database.transaction((tx) => {
      if (days)
        tx.change(
          'due_rule',
          `insert into due_rule (function, state, normal, urgent) values ($1, $2, $3, $4)
           on conflict (function, state) do update set normal = excluded.normal, urgent = excluded.urgent`,
          [desk ?? null, state, days.normal, days.urgent],
        );
      else
        tx.change('due_rule', 'delete from due_rule where function is not distinct from $1 and state = $2', [
          desk ?? null,
          state,
        ]);
      audit(tx, [
        {
          at: this.clock.now(),
          actor,
          function: desk,
          action: 'due.set',
          objectKind: 'function',
          object: desk ?? 'municipality',
          details: { state, ...(days ?? { standard: true }) },
        },
      ]);
    });
    await this.directory.refresh();
    return this.list();
  }
}
