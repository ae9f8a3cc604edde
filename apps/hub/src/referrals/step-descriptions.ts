// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionNames, actorNames, stateNames } from '@tsunagi/contracts';
import {
  actionFacts,
  ReferralAction,
  refusalsOfGuard,
  transitions,
  ReferralState,
  writtenAnswers,
  type Transition,
  type WrittenAnswer,
} from '@tsunagi/domain';
import { sentenceOf, type PathDescription } from '../platform';

/** Each step as a path of its own, out of the table of transitions: what may be done when and by whom is written once. */
export const stepDescriptions: Readonly<Record<ReferralAction, PathDescription>> = Object.fromEntries(
  ReferralAction.options.map((action) => [action, describe(action)]),
) as Record<ReferralAction, PathDescription>;

/** The same, written on paper by the recipient and entered at the sender's desk. */
export const writtenDescriptions: Readonly<Record<WrittenAnswer, PathDescription>> = Object.fromEntries(
  writtenAnswers.map((action) => [action, onPaper(stepDescriptions[action])]),
) as Record<WrittenAnswer, PathDescription>;

function onPaper({ summary, details, problems, ...path }: PathDescription): PathDescription {
  return {
    ...path,
    summary: `紙に書かれた返事: ${summary}`,
    details: `宛先の窓口が紙に書いた返事を、送り元の窓口が入力します。紙か本人持参で送り、宛先の窓口にハブを使う人も業務システムもないときだけです。経過と監査の記録には、書いた窓口と、入力した窓口が残ります。まだ到着していなければ、到着も記録します。紙に欄のないこと(ご本人に伝えたこと、理由の裏付けなど)は、なくても断りません。\n${details ?? ''}`,
    problems: [...new Set([...(problems ?? []), 'CODE_MISTYPED', 'AUTHORITY_MISSING'] as const)],
  };
}

function describe(action: ReferralAction): PathDescription {
  const arrows = transitions.filter((t) => t.action === action);
  const refusals = arrows.flatMap((arrow) => arrow.guards.flatMap((guard) => refusalsOfGuard[guard]));
  return {
    summary: actionNames[action],
    details: [
      ...arrows.map(arrowLine),
      '`If-Match` には、見ていた版(GET の答えか直前の手続きの答えの `version`)を `"3"` の形で付けます。`*` は使えません。',
      ...[...new Set(refusals)].map((code) => `- \`${code}\` で断ることがあります: ${sentenceOf(code)}`),
    ].join('\n'),
    body: actionFacts[action],
    problems: [...new Set([...refusals, 'STATE_NOT_THERE', 'NOT_YOUR_STEP', 'SUBMISSION_REJECTED'] as const)],
  };
}

function arrowLine({ from, to, by, byPerson, insteadOf }: Transition): string {
  const people = by.filter((actor) => actor !== 'core').map((actor) => actorNames[actor]);
  const next = to === 'before' ? '前の状態' : to === 'same' ? 'そのまま' : shown(to);
  const states = from.length === ReferralState.options.length ? 'どの状態でも' : from.map(shown).join('、');
  const kinds = insteadOf ? `(「${actionNames[insteadOf]}」のない種類だけ)` : '';
  return `- ${states} → ${next}: ${people.join('、')}${byPerson ? '(人だけ)' : ''}${kinds}`;
}

function shown(state: ReferralState): string {
  return `${stateNames[state]}(\`${state}\`)`;
}
