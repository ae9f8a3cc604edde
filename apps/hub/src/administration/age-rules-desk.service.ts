// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { AgeRuleList, AgeRuleView, CheckAuthority, NewAgeRules } from '@tsunagi/contracts';
import { addDays, bandOutOfPlace, succeeding } from '@tsunagi/domain';
import { MasterData } from './master-data';
import type { Caller } from '../access';
import { ageRuleViewOf, Directory, readAgeRules } from '../organizations';
import { changeAt, InvalidInputError, newId, NotFoundError, type Tx } from '../platform';

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
    const made = rules.map((rule) => ({ ...rule, id: newId() }));
    await this.data.write(caller, async (tx, note) => {
      await lockAgeRules(tx);
      const { ended, validTo } = succeeding(await readAgeRules(tx), validFrom);
      tx.change('age_rule', 'update age_rule set valid_to = $2, version = version + 1 where id = any($1::uuid[])', [
        ended.map((r) => r.id),
        addDays(validFrom, -1),
      ]);
      tx.insert(
        'age_rule',
        made.map(({ id, fromAge, toAge, givers, needs }) => ({
          id,
          from_age: fromAge,
          to_age: toAge,
          givers,
          needs,
          valid_from: validFrom,
          valid_to: validTo ?? null,
          active: true,
        })),
      );
      for (const { id, ...rule } of made) note('age_rule.made', 'age_rule', id, { ...rule, validFrom });
      for (const { id } of ended) note('age_rule.ended', 'age_rule', id, { validTo: addDays(validFrom, -1) });
    });
    return { items: made.map(({ id }) => this.view(id)) };
  }

  /** Somebody who answers for it has read this version. */
  async check(caller: Caller, id: string, version: number, said: CheckAuthority): Promise<AgeRuleView> {
    this.view(id);
    if (said.checkedOn > this.data.today()) refuse(['checkedOn'], said);
    await this.data.write(caller, async (tx, note) => {
      await changeAt(tx, 'age_rule', id, version, { checked_on: said.checkedOn, checked_by: said.checkedBy });
      note('age_rule.checked', 'age_rule', id, { version: version + 1, checkedOn: said.checkedOn });
    });
    return this.view(id);
  }

  private view(id: string): AgeRuleView {
    const found = this.directory.judgedAgeRules().find(({ rule }) => rule.id === id);
    if (!found) throw new NotFoundError();
    return ageRuleViewOf(found.rule, found);
  }
}

/** Two who begin something at once would each end what the other has not seen. */
const lockAgeRules = (tx: Tx) => tx.query(`select pg_advisory_xact_lock(hashtextextended('age_rule', 0))`);

function refuse(path: (string | number)[], body: unknown): never {
  throw new InvalidInputError([{ code: 'custom', path, message: 'out of place' }], body);
}
