// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lookedAtNames, wayNames, type DisclosureLines } from '@tsunagi/contracts';
import {
  escaped,
  ledgerTexts,
  printedAuthority,
  printedCategories,
  printedMoment,
  printedPage,
  printedRecall,
  table,
} from '../platform';

type Line = DisclosureLines['items'][number];

/** The ledger as a page to print: for the person, or to decide on what somebody asks to be shown. */
export function ledgerPage(page: 'resident' | 'working', { items, notices = [] }: DisclosureLines, now: Date): string {
  const said = notices.map((notice) => `<p>${notice}</p>`).join('\n');
  return printedPage(
    (page === 'working' ? ledgerTexts.WORKING : ledgerTexts.RESIDENT).says,
    `${said}
${listOf(page, items)}
<p>${printedMoment(now)} 現在</p>`,
  );
}

function listOf(page: 'resident' | 'working', items: readonly Line[]): string {
  if (items.length === 0) return `<p>${ledgerTexts.NOTHING.says}</p>`;
  const seenBy = page === 'working' ? ['見た人'] : [];
  return table(
    ['時刻', '渡した窓口', '受けた窓口', '方法', '内容', '根拠', '経過', ...seenBy],
    items.map((line) => [
      printedMoment(line.at),
      deskOf(line.from),
      deskOf(line.to),
      wayOf(line),
      printedCategories(line),
      printedAuthority(line),
      becameOf(line),
      ...(page === 'working' ? [escaped(line.viewer ?? '')] : []),
    ]),
  );
}

const deskOf = (desk: Line['from']) => escaped(desk?.name ?? ledgerTexts.MUNICIPALITY.says);
const wayOf = ({ way, what }: Line) =>
  what === undefined ? wayNames[way] : `${wayNames[way]}(${lookedAtNames[what]})`;

function becameOf({ state, recall }: Line): string {
  const { says } = { claimed: ledgerTexts.CLAIMED, written: ledgerTexts.WRITTEN, recalled: ledgerTexts.RECALLED }[
    state
  ];
  return recall ? `${says}<br>${printedRecall(recall)}` : says;
}
