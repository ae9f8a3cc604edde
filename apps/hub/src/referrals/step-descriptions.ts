// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionNames, stateNames } from '@tsunagi/contracts';
import {
  actionFacts,
  ReferralAction,
  refusalsOfGuard,
  transitions,
  type Actor,
  type ReferralState,
  type Transition,
} from '@tsunagi/domain';
import { sentenceOf, type PathDescription } from '../platform';

const actorNames: Readonly<Record<Actor, string>> = {
  sender: '送り元の窓口',
  recipient: '受け手の窓口',
  recipient_supervisor: '受け手の窓口の管理者(職員)',
  coordinator: '調整担当',
  municipality: '市町村',
  lead: '主担当の窓口',
  core: 'ハブ',
};

/** Each step as a path of its own, out of the table of transitions: what may be done when and by whom is written once. */
export const stepDescriptions: Readonly<Record<ReferralAction, PathDescription>> = Object.fromEntries(
  ReferralAction.options.map((action) => [action, describe(action)]),
) as Record<ReferralAction, PathDescription>;

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

function arrowLine({ from, to, by }: Transition): string {
  const people = by.filter((actor) => actor !== 'core').map((actor) => actorNames[actor]);
  const next = to === 'before' ? '前の状態' : shown(to);
  return `- ${from.map(shown).join('、')} → ${next}: ${people.join('、')}`;
}

function shown(state: ReferralState): string {
  return `${stateNames[state]}(\`${state}\`)`;
}
