// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FunctionOutline, WithdrawalProof } from '@tsunagi/contracts';
import {
  escaped,
  printedAuthority,
  printedCategories,
  printedMoment,
  printedPage,
  printedRecall,
  proofTexts,
  table,
} from '../platform';

/** The proof as a page to print and hand over. */
export function withdrawalPage(proof: WithdrawalProof, now: Date): string {
  const { receivedBy, at, stopped, gone, revoked, talks } = proof;
  const title = proofTexts.TITLE.says;
  return printedPage(
    title,
    `<p>${nameOf(receivedBy)}は、ご本人の同意の撤回を受けました。<br>撤回した時刻 ${printedMoment(at)}<br>同意の番号 ${escaped(proof.consent)}</p>
<h2>${proofTexts.STOPPED.says}</h2>
${list(
  ['相手', '内容', '根拠'],
  stopped.map((line) => [nameOf(line.to), printedCategories(line), printedAuthority(line)]),
)}
<h2>${proofTexts.GONE.says}</h2>
${list(
  ['提供した時刻', '相手', '内容', '根拠', '取消し'],
  gone.map((line) => [
    printedMoment(line.at),
    nameOf(line.to),
    printedCategories(line),
    printedAuthority(line),
    recallOf(line),
  ]),
)}
<h2>${proofTexts.REVOKED.says}</h2>
${list(
  ['相手', 'つなぎの番号'],
  revoked.map((r) => [nameOf(r.to), escaped(r.referralId)]),
)}
<h2>${proofTexts.TALKS.says}</h2>
${list(
  ['相手', 'つなぎの番号', ''],
  talks.map((t) => [
    nameOf(t.to),
    escaped(t.referralId),
    t.doneAt === undefined ? proofTexts.NOT_TALKED.says : `${printedMoment(t.doneAt)} ${proofTexts.TALKED.says}`,
  ]),
)}
<p>${proofTexts.ONLY_THIS_DESK.says}<br>${printedMoment(now)} 現在</p>`,
  );
}

type Line = WithdrawalProof['gone'][number];

const list = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
  rows.length === 0 ? `<p>${proofTexts.NOTHING.says}</p>` : table(columns, rows);

const nameOf = ({ name }: FunctionOutline) => escaped(name);

function recallOf({ recall, state }: Line): string {
  if (recall === undefined) return state === 'claimed' ? proofTexts.ON_ITS_WAY.says : proofTexts.NOT_RECALLED.says;
  return printedRecall(recall);
}
