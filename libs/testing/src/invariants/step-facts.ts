// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick } from './choose';
import { addDays, japaneseDay, type ReferralAction, type ReferralKind, type Statute } from '@tsunagi/domain';

/** Where a step is said, and what hangs on it. */
interface Said {
  readonly now: Date;
  /** Chooses among what may be said. */
  readonly which: number;
  /** The person was told; else it is said why not yet. */
  readonly told: boolean;
  /** Another desk, for what goes on. */
  readonly elsewhere: string;
}

/** What is said with a step, so that it may be taken: dates are those of the moment, and nobody in it is real. */
export function factsOf(action: ReferralAction, { now, which, told, elsewhere }: Said): Record<string, unknown> {
  const today = japaneseDay(now);
  const someone = { by: '試験　一郎', at: now.toISOString(), how: '電話' };
  const informed = told ? { personInformed: someone } : { notInformed: { reason: '試験', by: addDays(today, 7) } };
  const talk = { on: today, names: ['試験　一郎', '試験　二郎'] };
  const keepsDoing = { sender: '見守り', recipient: '記録' };
  const attempts = [-3, -2, -1].map((days) => ({
    on: addDays(today, days),
    how: days === -1 ? '訪問' : '電話',
    visit: days === -1,
  }));
  const to = { function: elsewhere };
  const howTheyMeet = 'accompanied';
  switch (action) {
    case 'edit':
      return { howTheyMeet };
    case 'send':
      return { howTheyMeet, phoned: { whom: '試験　三郎', at: now.toISOString(), by: '試験　一郎' }, ...informed };
    case 'receive':
      return { conditionsAcknowledged: true };
    case 'resume':
      return {};
    case 'confirm-phone':
      return { by: '試験　三郎' };
    case 'ask':
      return { questions: '試験の質問' };
    case 'answer':
      return { answer: '試験の答え' };
    case 'accept':
      return {
        worker: { name: '試験　二郎' },
        personMatched: true,
        nextContactOn: addDays(today, 5),
        talk,
        keepsDoing,
      };
    case 'start':
      return which % 2 === 0 ? { firstContact: { on: today, how: '電話' } } : { attempts };
    case 'hold':
      return { reason: '試験', wakeOn: addDays(today, 2 + (which % 12)), ...(which % 3 === 0 && { code: '103' }) };
    case 'propose-return': {
      const proposals = [
        { reasons: ['101'], fitting: { domain: 'shogai' } },
        { reasons: ['201'], asked: someone },
        { reasons: ['202'], attempts },
        { reasons: ['901'] },
        { reasons: ['301'] },
      ];
      return { whoTellsPerson: '試験　二郎', ...pick(proposals, which)! };
    }
    case 'agree-return':
      return { talk, keepsDoing, ...informed };
    case 'redirect':
      return { to, howTheyMeet, talk, keepsDoing, ...informed };
    case 'coordinate':
      return { keepsDoing };
    case 'complete':
      return {
        note: '試験の報告',
        ...(which % 3 === 0 ? { outcome: '013', referredTo: to, howTheyMeet } : { outcome: '011' }),
        ...informed,
      };
    case 'send-back':
      return { note: '試験' };
    case 'follow-up':
      return { series: 'thirty_days', result: pick(['holds', 'weak', 'broken'], which), howTheyMeet, ...informed };
    case 'close':
      return { result: '試験', talk, keepsDoing, ...informed };
    case 'reopen':
      return { reason: '試験', howTheyMeet, ...informed };
    case 'withdraw':
    case 'mark-error':
      return { reason: '試験' };
    case 'decline':
      return { part: '試験', asked: someone, askAgainOn: addDays(today, 30), ...informed };
    case 'supplement':
      return { note: '試験の補足' };
    case 'inform':
      return { personInformed: someone };
    case 'misdirected':
      return { what: 'wrong_person', reason: '試験' };
    default:
      return action satisfies never;
  }
}

/** What a referral of each kind must say beside its items. */
export function saidOf(kind: ReferralKind, now: Date): Record<string, unknown> {
  const today = japaneseDay(now);
  const keeps = { keepsDoing: '試験の見守り', nextContactOn: addDays(today, 7) };
  const statute: Statute = 'elder_abuse';
  switch (kind) {
    case 'support_request':
      return { ...keeps, asked: '試験の希望' };
    case 'handback':
      return { ...keeps, agreedIn: { on: today, conference: '試験の会議' } };
    case 'inquiry':
    case 'advice':
      return { question: '試験の問い' };
    case 'prefecture':
      return keeps;
    case 'notification':
      return { statute };
    case 'referral':
    case 'protection':
      return {};
    default:
      return kind satisfies never;
  }
}
