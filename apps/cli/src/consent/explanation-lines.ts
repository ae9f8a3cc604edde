// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DecisionView } from '@tsunagi/contracts';
import { categoryNames, decisionTexts, fill, stateNames } from '../texts';
import type { Decided, Explanation } from './explanation';

/** First what holds now, then how it came to that. */
export function explanationLines({ state, now, history }: Explanation): string[] {
  return [
    fill(decisionTexts.state, { state: stateNames[state] ?? state }),
    ...(now ? [fill(decisionTexts.now[now.outcome], { to: now.to }), ...detailLines(now)] : [decisionTexts.nowUnknown]),
    '',
    ...(history.length === 0 ? [decisionTexts.none] : [decisionTexts.history, ...history.flatMap(keptLines)]),
  ];
}

/** 提供 goes to the recipient, 返し back to the sender: what left with the one says nothing of the other. */
function keptLines(decision: DecisionView): string[] {
  const { direction, outcome, feedback, authority } = decision;
  const at = inJapan(decision.decidedAt);
  if (direction === 'referral') {
    return [fill(decisionTexts.disclosed, { at, outcome: decisionTexts.outcome[outcome] }), ...detailLines(decision)];
  }
  return [
    fill(decisionTexts.returned, { at, extent: decisionTexts.feedback[feedback ?? 'none'] }),
    ...(authority === undefined ? [] : [`  ${fill(decisionTexts.authority, { code: authority })}`]),
  ];
}

function detailLines({ outcome, authority, members, reasons, notAfter }: Decided): string[] {
  const permitted = members.filter(({ categories }) => categories.length > 0);
  return [
    ...(authority === undefined ? [] : [`  ${fill(decisionTexts.authority, { code: authority })}`]),
    ...permitted.map(({ ref, categories }) => {
      const names = categories.map((category) => categoryNames[category] ?? category).join('、');
      return `  ${fill(decisionTexts.member, { ref, categories: names })}`;
    }),
    ...(notAfter === undefined ? [] : [`  ${fill(decisionTexts.notAfter, { at: inJapan(notAfter) })}`]),
    ...(reasons.length === 0 ? [] : [`  ${outcome === 'permit' ? decisionTexts.leftBehind : decisionTexts.reasons}`]),
    ...reasons.map(({ code, sentence }) => `    ${sentence}（${code}）`),
  ];
}

const japan = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' });
const inJapan = (moment: string) => japan.format(new Date(moment));
