// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AgeRule, ConsentForm } from '@tsunagi/domain';
import type { Database } from '../platform';

type Reading = Pick<Database, 'query'>;

/** A form on file, with the version of its row. */
export type FormOnFile = ConsentForm & { readonly revision: number };

interface FormRow {
  id: string;
  function: string;
  version: string;
  title: string;
  profile: ConsentForm['profile'];
  parts: ConsentForm['parts'];
  wording: string | null;
  plain_wording: string | null;
  script: string | null;
  givers: NonNullable<ConsentForm['givers']> | null;
  keeps_paper: boolean;
  approved_on: string | null;
  retired_on: string | null;
  revision: number;
}

export async function readForms(database: Reading): Promise<FormOnFile[]> {
  const rows = await database.query<FormRow>(
    `select id, function, version, title, profile, parts, wording, plain_wording, script, givers, keeps_paper, approved_on, retired_on, revision
     from consent_form order by id`,
  );
  return rows.map(({ plain_wording, keeps_paper, approved_on, retired_on, wording, script, givers, ...form }) => ({
    ...form,
    keepsPaper: keeps_paper,
    ...(wording !== null && { wording }),
    ...(plain_wording !== null && { plainWording: plain_wording }),
    ...(script !== null && { script }),
    ...(givers !== null && { givers }),
    ...(approved_on !== null && { approvedOn: approved_on }),
    ...(retired_on !== null && { retiredOn: retired_on }),
  }));
}

interface AgeRow {
  id: string;
  from_age: number;
  to_age: number | null;
  givers: AgeRule['givers'];
  needs: AgeRule['needs'];
  valid_from: string;
  valid_to: string | null;
  active: boolean;
  checked_on: string | null;
  checked_by: string | null;
  version: number;
}

/** As it is kept. */
export interface AgeRuleOnFile extends AgeRule {
  readonly version: number;
}

/**
 * They only ask for more than an adult's word, so one that nobody has checked counts as well: without it a child would
 * decide alone.
 */
export async function readAgeRules(database: Reading): Promise<AgeRuleOnFile[]> {
  const rows = await database.query<AgeRow>(
    `select id, from_age, to_age, givers, needs, valid_from, valid_to, active, checked_on, checked_by, version
     from age_rule order by valid_from, from_age, id`,
  );
  return rows.map(({ from_age, to_age, valid_from, valid_to, checked_on, checked_by, ...rule }) => ({
    ...rule,
    fromAge: from_age,
    validFrom: valid_from,
    ...(to_age !== null && { toAge: to_age }),
    ...(valid_to !== null && { validTo: valid_to }),
    ...(checked_on !== null && { checkedOn: checked_on }),
    ...(checked_by !== null && { checkedBy: checked_by }),
  }));
}
