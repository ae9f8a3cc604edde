// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { CheckAuthority, IncidentRuleList, IncidentRuleView, NewIncidentRules } from '@tsunagi/contracts';
import { addDays, isIncidentRuleInForce, succeeding, withoutDate } from '@tsunagi/domain';
import { MasterData } from './master-data';
import type { Caller } from '../access';
import { readIncidentRules } from '../incidents';
import { changeAt, Database, InvalidInputError, newId, NotFoundError, type Tx } from '../platform';

/** 漏えい等の期限: by when an incident is reported and the person told, from a day on. What was noticed before keeps its days. */
@Injectable()
export class IncidentRulesDesk {
  constructor(
    private readonly data: MasterData,
    private readonly database: Database,
  ) {}

  async list(): Promise<IncidentRuleList> {
    const today = this.data.today();
    const rules = await readIncidentRules(this.database);
    return { items: rules.map((rule) => ({ ...rule, inForce: rule.active && isIncidentRuleInForce(rule, today) })) };
  }

  /** Other rules from tomorrow on at the earliest: what is noticed today has its days by what stood this morning. */
  async replace(caller: Caller, body: NewIncidentRules): Promise<IncidentRuleList> {
    const { validFrom, rules } = body;
    if (validFrom <= this.data.today()) refuse('validFrom', body);
    if (withoutDate(rules).length > 0) refuse('rules', body);
    const made = rules.map((rule) => ({ ...rule, id: newId() }));
    const lastDay = addDays(validFrom, -1);
    await this.data.write(caller, async (tx, note) => {
      await lockIncidentRules(tx);
      const { ended, validTo } = succeeding(await readIncidentRules(tx), validFrom);
      tx.change(
        'incident_rule',
        'update incident_rule set valid_to = $2, version = version + 1 where id = any($1::uuid[])',
        [ended.map((r) => r.id), lastDay],
      );
      tx.insert(
        'incident_rule',
        made.map(({ id, name, days, fromPersons }) => ({
          ...{ id, name, days, from_persons: fromPersons ?? null },
          ...{ valid_from: validFrom, valid_to: validTo ?? null, active: true },
        })),
      );
      for (const { id, ...rule } of made) note('incident_rule.made', 'incident_rule', id, { ...rule, validFrom });
      for (const { id } of ended) note('incident_rule.ended', 'incident_rule', id, { validTo: lastDay });
    });
    const ids = new Set(made.map((r) => r.id));
    return { items: (await this.list()).items.filter((r) => ids.has(r.id)) };
  }

  /** Somebody who answers for it has read this version. */
  async check(caller: Caller, id: string, version: number, said: CheckAuthority): Promise<IncidentRuleView> {
    await this.view(id);
    if (said.checkedOn > this.data.today()) refuse('checkedOn', said);
    await this.data.write(caller, async (tx, note) => {
      await changeAt(tx, 'incident_rule', id, version, { checked_on: said.checkedOn, checked_by: said.checkedBy });
      note('incident_rule.checked', 'incident_rule', id, { version: version + 1, checkedOn: said.checkedOn });
    });
    return this.view(id);
  }

  private async view(id: string): Promise<IncidentRuleView> {
    const found = (await this.list()).items.find((rule) => rule.id === id);
    if (!found) throw new NotFoundError();
    return found;
  }
}

/** Two who begin something at once would each end what the other has not seen. */
const lockIncidentRules = (tx: Tx) => tx.query(`select pg_advisory_xact_lock(hashtextextended('incident_rule', 0))`);

function refuse(field: string, body: unknown): never {
  throw new InvalidInputError([{ code: 'custom', path: [field], message: 'out of place' }], body);
}
