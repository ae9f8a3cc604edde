// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { conferencePostNames, conferenceStateNames } from '@tsunagi/contracts';
import { ConferenceAction, conferenceFacts, conferenceTransitions } from '@tsunagi/domain';
import type { PathDescription, ProblemCode } from '../platform';

const summaries: Readonly<Record<ConferenceAction, string>> = {
  decline: '提案された会議を開かないことにします。',
  call: '会議に出る方を、名前で呼びます。',
  acknowledge: '守秘義務を確認します。',
  open: '会議を開きます。項目を出せるようになります。',
  'add-item': '会議に項目を出します。',
  request: '同じ会議の窓口に、資料を求めます(照会)。',
  promote: '項目を会議の外のつなぎにするよう、出した方に求めます。',
  'agree-promotion': '自分が出した項目を、会議の外に出すかどうか答えます。',
  record: '会議の記録と、見直す日を書きます。',
  review: '見直して、続けるか、見守るか、終えるかを決めます。',
  end: '会議を終えて、項目を消します。',
  erase: '項目を消します。',
};

const problems: Readonly<Partial<Record<ConferenceAction, readonly ProblemCode[]>>> = {
  call: ['MEMBER_UNKNOWN', 'SEAT_MISSING', 'REVIEW_DATE'],
  open: ['SEAT_MISSING'],
  'add-item': ['NO_PERSONS_HERE', 'SECRECY_UNACKNOWLEDGED'],
  request: ['SECRECY_UNACKNOWLEDGED'],
  promote: ['NOT_PROMOTABLE', 'CONSENT_NEEDED', 'SECRECY_UNACKNOWLEDGED'],
  'agree-promotion': ['SECRECY_UNACKNOWLEDGED'],
  record: ['REVIEW_DATE', 'SECRECY_UNACKNOWLEDGED'],
  review: ['REVIEW_DATE'],
  erase: ['SECRECY_UNACKNOWLEDGED'],
};

/** Each step as a path of its own, out of the table of transitions. */
export const stepDescriptions: Readonly<Record<ConferenceAction, PathDescription>> = Object.fromEntries(
  ConferenceAction.options.map((action) => [action, describe(action)]),
) as Record<ConferenceAction, PathDescription>;

function describe(action: ConferenceAction): PathDescription {
  const arrows = conferenceTransitions.filter((t) => t.action === action);
  return {
    summary: summaries[action],
    details: arrows
      .map(({ from, to, by }) => {
        const next = to.map((state) => (state === 'same' ? 'そのまま' : conferenceStateNames[state])).join('、');
        return `- ${from.map((state) => conferenceStateNames[state]).join('、')} → ${next}: ${conferencePostNames[by]}`;
      })
      .join('\n'),
    body: conferenceFacts[action],
    problems: ['NOT_YOUR_PART', 'CONFERENCE_STATE', ...(problems[action] ?? []), 'SUBMISSION_REJECTED'],
  };
}
