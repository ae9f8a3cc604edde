// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityNames, categoryNames, type DisclosureLines } from '@tsunagi/contracts';
import { escaped, printedDay, printedMoment } from './html';
import { recallTexts } from './sentences';

type Line = DisclosureLines['items'][number];

/** What of the person a line of the ledger is about. */
export const printedCategories = ({ members }: Pick<Line, 'members'>): string =>
  [...new Set(members.flatMap((m) => m.categories))].map((c) => categoryNames[c]).join('、');

export const printedAuthority = ({ authority }: Pick<Line, 'authority'>): string =>
  escaped((authorityNames as Readonly<Record<string, string>>)[authority] ?? authority);

/** That it was taken back, and what the other desk has answered. */
export const printedRecall = ({
  requestedAt,
  dueOn,
  acknowledgedAt,
  disposition,
}: NonNullable<Line['recall']>): string =>
  [
    `${printedMoment(requestedAt)} ${recallTexts.ASKED.says}`,
    ...(acknowledgedAt === undefined
      ? [recallTexts.NO_ANSWER.says, ...(dueOn === undefined ? [] : [`${recallTexts.DUE.says} ${printedDay(dueOn)}`])]
      : [`${printedMoment(acknowledgedAt)} ${recallTexts.ANSWERED.says}`]),
    ...(disposition
      ? [printedDisposition(disposition)]
      : acknowledgedAt === undefined
        ? []
        : [recallTexts.UNSTATED.says]),
  ].join('<br>');

const became = { returned: 'RETURNED', erased: 'ERASED', kept: 'KEPT' } as const;
type Disposition = NonNullable<NonNullable<Line['recall']>['disposition']>;
const printedDisposition = (disposition: Disposition) =>
  `${recallTexts[became[disposition.done]].says}${disposition.done === 'kept' ? `(${escaped(disposition.law)})` : ''}`;
