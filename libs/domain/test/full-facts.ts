// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts, type ReferralAction, type Transition } from '../src';

/** Facts that meet every guard of each action a person takes; what `actionFacts` accepts and no more. */
export const fullFacts = {
  send: { personInformed: { by: '見本 一郎', at: '2026-11-20T12:00:00+09:00', how: '面談' } },
  receive: {},
  ask: { questions: '滞納は何か月ですか。' },
  answer: { answer: '三か月です。' },
  accept: { worker: { name: '相談 次郎' }, personMatched: true },
  start: { firstContact: { on: '2026-11-20', how: '電話' } },
  hold: { reason: '入院中', wakeOn: '2026-12-01' },
  resume: {},
  'propose-return': {
    reasons: ['101', '102'],
    whoTellsPerson: '見本 一郎',
    fitting: { domain: 'shogai' },
    municipality: '隣町',
  },
  'agree-return': {
    talk: { on: '2026-11-20', names: ['見本 一郎', '相談 次郎'] },
    keepsDoing: { sender: '安否の確認', recipient: '家計の相談' },
    notInformed: { reason: '入院中', by: '2026-12-01' },
  },
  complete: {
    outcome: '011',
    note: '家計改善支援につながった。',
    personInformed: { by: '相談 次郎', at: '2026-11-20T12:00:00+09:00', how: '訪問' },
  },
  'send-back': { note: '滞納が続いている。' },
  'follow-up': { on: '2026-12-20' },
  close: {
    result: '続いている。',
    personInformed: { by: '見本 一郎', at: '2026-11-20T12:00:00+09:00', how: '電話' },
  },
  withdraw: { reason: '本人が転出した。' },
  decline: {
    part: '連絡先',
    personInformed: { by: '見本 一郎', at: '2026-11-20T12:00:00+09:00', how: '面談' },
  },
} satisfies { [A in ReferralAction]: unknown };

/** The facts of an action; for a step of the hub alone, what the desks would have said at a coordination. */
export function factsOf(action: Transition['action']): Record<string, unknown> {
  return action in actionFacts
    ? fullFacts[action as ReferralAction]
    : { ...fullFacts['agree-return'], ...fullFacts.accept };
}
