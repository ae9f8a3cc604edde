// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { CheckAuthority, IncidentRuleList, IncidentRuleView, NewIncidentRules } from '@tsunagi/contracts';
import { isRowInForce, withoutDate } from '@tsunagi/domain';
import { beginRules, enterCheck, refuse } from './dated-rules';
import { MasterData } from './master-data';
import type { Caller } from '../access';
import { readIncidentRules } from '../incidents';
import { Database, newId, NotFoundError } from '../platform';

const table = 'incident_rule';

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
    return { items: rules.map((rule) => ({ ...rule, inForce: isRowInForce(rule, today) })) };
  }

  /** Other rules from tomorrow on at the earliest: what is noticed today has its days by what stood this morning. */
  async replace(caller: Caller, body: NewIncidentRules): Promise<IncidentRuleList> {
    const { validFrom, rules } = body;
    if (validFrom <= this.data.today()) refuse(['validFrom'], body);
    if (withoutDate(rules).length > 0) refuse(['rules'], body);
    const made = rules.map(({ name, days, fromPersons }) => ({
      id: newId(),
      columns: { name, days, from_persons: fromPersons ?? null },
      said: { name, days, fromPersons },
    }));
    await beginRules(this.data, caller, { table, read: readIncidentRules, validFrom, made });
    const ids = new Set(made.map((r) => r.id));
    return { items: (await this.list()).items.filter((r) => ids.has(r.id)) };
  }

  /** Somebody who answers for it has read this version. */
  async check(caller: Caller, id: string, version: number, said: CheckAuthority): Promise<IncidentRuleView> {
    await this.view(id);
    await enterCheck(this.data, caller, { table, kind: table, id, version }, said);
    return this.view(id);
  }

  private async view(id: string): Promise<IncidentRuleView> {
    const found = (await this.list()).items.find((rule) => rule.id === id);
    if (!found) throw new NotFoundError();
    return found;
  }
}
