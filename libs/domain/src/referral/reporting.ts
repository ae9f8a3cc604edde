// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ageOn } from '../consent/age-rules';
import type { AuthorityRow } from '../disclosure/authority-row';
import type { SaidFacts } from './kinds';

/** Why a 通報・通告 does not go out on the law that it names. */
export type ReportLack = 'REQUEST_MISSING' | 'SUBJECT_UNDER_18';

/** 障害者虐待防止法 is about who is not a child: of a child it is 児童虐待防止法. */
const ofAdults = { disability_abuse: 18 } as const satisfies Partial<Record<string, number>>;

/**
 * 児童虐待防止法13条の4 is an answer, so it says which request it answers, as the row of the law asks; and nobody is reported
 * by a law that is not about them, as far as their age is known.
 */
export function lackOfReport(
  { statute, request }: Pick<SaidFacts, 'statute' | 'request'>,
  bornOn: string | undefined,
  { authorities, today }: { readonly authorities: readonly AuthorityRow[]; readonly today: string },
): { readonly fact: 'request' | 'statute'; readonly code: ReportLack } | undefined {
  const least = statute && (ofAdults as Partial<Record<string, number>>)[statute];
  if (least !== undefined && bornOn !== undefined && ageOn(today, bornOn) < least)
    return { fact: 'statute', code: 'SUBJECT_UNDER_18' };
  const answers = authorities.some((row) => row.code === statute && row.needs.includes('request'));
  return answers && request === undefined ? { fact: 'request', code: 'REQUEST_MISSING' } : undefined;
}
