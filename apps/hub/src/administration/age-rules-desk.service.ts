// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { AgeRuleList, AgeRuleView, CheckAuthority, NewAgeRules } from '@tsunagi/contracts';
import { bandOutOfPlace } from '@tsunagi/domain';
import { beginRules, enterCheck, refuse } from './dated-rules';
import { MasterData } from './master-data';
import type { Caller } from '../access';
import { ageRuleViewOf, Directory, readAgeRules } from '../organizations';
import { newId, NotFoundError } from '../platform';

const table = 'age_rule';

/** 年齢の定め: who may speak for a child, from a day on. What was recorded before was judged by what stood then, and stays. */
@Injectable()
export class AgeRulesDesk {
  constructor(
    private readonly data: MasterData,
    private readonly directory: Directory,
  ) {}

  /** Other rules from tomorrow on at the earliest: a word that is given today is judged as it was this morning. */
  async replace(caller: Caller, body: NewAgeRules): Promise<AgeRuleList> {
    const { validFrom, rules } = body;
    if (validFrom <= this.data.today()) refuse(['validFrom'], body);
    const misplaced = bandOutOfPlace(rules);
    if (misplaced !== undefined) refuse(['rules', misplaced], body);
    const made = rules.map(({ fromAge, toAge, givers, needs }) => ({
      id: newId(),
      columns: { from_age: fromAge, to_age: toAge, givers, needs },
      said: { fromAge, toAge, givers, needs },
    }));
    await beginRules(this.data, caller, { table, read: readAgeRules, validFrom, made });
    return { items: made.map(({ id }) => this.view(id)) };
  }

  /** Somebody who answers for it has read this version. */
  async check(caller: Caller, id: string, version: number, said: CheckAuthority): Promise<AgeRuleView> {
    this.view(id);
    await enterCheck(this.data, caller, { table, kind: table, id, version }, said);
    return this.view(id);
  }

  private view(id: string): AgeRuleView {
    const found = this.directory.judgedAgeRules().find(({ rule }) => rule.id === id);
    if (!found) throw new NotFoundError();
    return ageRuleViewOf(found.rule, found);
  }
}
