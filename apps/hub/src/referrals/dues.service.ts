// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { DueList, SetDue } from '@tsunagi/contracts';
import { BoundedState, ClockLimit, dueDays, limitOf, turnIn } from '@tsunagi/domain';
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
    const rules = this.directory.dueRules().map(({ function: desk, ...rule }) => ({
      ...rule,
      ...(desk !== null && { function: desk }),
    }));
    return {
      standard: {
        days: BoundedState.options.map((state) => ({ state, ...dueDays(state), by: turnIn(state) })),
        limits: ClockLimit.options.map((limit) => ({ limit, value: limitOf(limit) })),
      },
      days: rules.flatMap(({ name, urgent, ...rule }) => {
        const state = BoundedState.safeParse(name).data;
        return state && urgent !== null ? [{ ...rule, state, urgent }] : [];
      }),
      limits: rules.flatMap(({ name, normal: value, function: desk }) => {
        const limit = ClockLimit.safeParse(name).data;
        return limit ? [{ limit, value, ...(desk !== undefined && { function: desk }) }] : [];
      }),
    };
  }

  /** @throws {FunctionUnknownError} */
  async set(actor: string, body: SetDue): Promise<DueList> {
    const { function: desk } = body;
    if (desk !== undefined) this.directory.function(desk);
    const rule = ruleOf(body);
    await this.database.transaction((tx) => {
      if (rule.normal === null)
        tx.change('due_rule', 'delete from due_rule where function is not distinct from $1 and name = $2', [
          desk ?? null,
          rule.name,
        ]);
      else
        tx.change(
          'due_rule',
          `insert into due_rule (function, name, normal, urgent) values ($1, $2, $3, $4)
           on conflict (function, name) do update set normal = excluded.normal, urgent = excluded.urgent`,
          [desk ?? null, rule.name, rule.normal, rule.urgent],
        );
      audit(tx, [
        {
          at: this.clock.now(),
          actor,
          function: desk,
          action: 'due.set',
          objectKind: 'function',
          object: desk ?? 'municipality',
          details: rule,
        },
      ]);
    });
    await this.directory.refresh();
    return this.list();
  }
}

/** Without a number it is taken back. */
const ruleOf = (body: SetDue) =>
  'state' in body
    ? { name: body.state, normal: body.days?.normal ?? null, urgent: body.days?.urgent ?? null }
    : { name: body.limit, normal: body.value, urgent: null };
