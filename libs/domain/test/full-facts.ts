// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts, type ReferralAction, type Transition } from '../src';

const told = { by: '見本 一郎', at: '2026-11-20T12:00:00+09:00', how: '電話' };
const talk = { on: '2026-11-20', names: ['見本 一郎', '相談 次郎'] };
const keepsDoing = { sender: '安否の確認', recipient: '家計の相談' };

/** Facts that meet every guard of each action a person takes; what `actionFacts` accepts and no more. */
export const fullFacts = {
  edit: { howTheyMeet: 'accompanied' },
  send: { personInformed: told, phoned: { whom: '当直 三郎', at: told.at, by: '見本 一郎' } },
  receive: { conditionsAcknowledged: true },
  'confirm-phone': { by: '当直 三郎' },
  ask: { questions: '滞納は何か月ですか。' },
  answer: { answer: '三か月です。' },
  accept: { worker: { name: '相談 次郎' }, personMatched: true, nextContactOn: '2026-12-01', talk, keepsDoing },
  start: { firstContact: { on: '2026-11-20', how: '電話' } },
  hold: { reason: '入院中', wakeOn: '2026-12-01' },
  resume: {},
  'propose-return': {
    reasons: ['101', '102'],
    whoTellsPerson: '見本 一郎',
    fitting: { domain: 'shogai' },
    municipality: '隣町',
  },
  'agree-return': { talk, keepsDoing, notInformed: { reason: '入院中', by: '2026-12-01' } },
  redirect: { to: { domain: 'shogai' }, talk, keepsDoing, personInformed: told },
  coordinate: { keepsDoing, meetOn: '2026-12-01' },
  complete: { outcome: '011', note: '家計改善支援につながった。', personInformed: told },
  'send-back': { note: '滞納が続いている。' },
  'follow-up': { series: 'one_three_six_months', result: 'holds' },
  close: { result: '続いている。', talk, keepsDoing, personInformed: told },
  reopen: { reason: '滞納が再び始まった。', personInformed: told },
  withdraw: { reason: '本人が転出した。' },
  decline: { part: '連絡先', asked: told, personInformed: told },
  supplement: { note: '電話番号が変わった。' },
  inform: { personInformed: told },
  misdirected: { what: 'wrong_person', reason: '名簿と違っていた。' },
  'mark-error': { reason: '別の方の記録だった。' },
} satisfies { [A in ReferralAction]: unknown };

/** The facts of an action; the hub's own steps are told nothing. */
export function factsOf(action: Transition['action']): Record<string, unknown> {
  return action in actionFacts ? fullFacts[action as ReferralAction] : {};
}
