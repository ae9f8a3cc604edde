// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { japaneseDay } from '../calendar/business-calendar';
import { code, day, id, line, moment, prose } from '../codes/text.schema';
import { Domain, HowTheyMeet, OutcomeCode, ReturnReason } from '../codes/vocabulary';
import { saidFacts } from './said';

/** R11: the person is told at every turn, or it is written down why not and until when. */
export const personInformed = z
  .strictObject({ by: line(60), at: moment, how: line(40) })
  .describe('ご本人に伝えたこと: 誰が(by)、いつ(at)、どのように(how)');
export const notInformed = z
  .strictObject({ reason: line(200), by: day })
  .describe('まだ伝えられない理由(reason)と、いつまでに伝えるか(by)');
const informed = { personInformed: personInformed.optional(), notInformed: notInformed.optional() };

const noBody = z.strictObject({});
const worker = z.strictObject({ name: line(60) }).describe('受け手の担当者');
const nextContactOn = day.describe('次に連絡する日').optional();
const note = prose(2000).describe('相手の窓口への連絡文。経過を返す範囲のときだけ渡ります。').optional();

/**
 * What each action of a referral needs to be told: one schema per action, used by HTTP, plugins and console alike.
 * `receive`, `ask` … `complete` are the recipient's, `answer`, `send` … `withdraw` the sender's.
 */
export const actionFacts = {
  send: z.strictObject({ howTheyMeet: HowTheyMeet.optional(), ...saidFacts, ...informed }),
  receive: noBody,
  ask: z.strictObject({ questions: prose(2000).describe('尋ねたいこと。一度にまとめます。') }),
  answer: z.strictObject({ answer: prose(2000).describe('答え') }),
  accept: z.strictObject({
    worker,
    personMatched: z.literal(true).describe('届いた方と自分の記録の方が同じ人だと確かめたこと'),
    nextContactOn,
    note,
  }),
  start: z.strictObject({
    firstContact: z
      .strictObject({ on: day, how: line(40) })
      .describe('最初の接触: いつ、どのように')
      .optional(),
    attempts: z
      .array(z.strictObject({ on: day, how: line(40), visit: z.boolean() }))
      .max(20)
      .describe('会えなかったときの試み。別の日・別の方法で3回以上、うち一度は訪問。')
      .optional(),
    nextContactOn,
    note,
  }),
  hold: z.strictObject({ reason: line(200).describe('保留の理由'), wakeOn: day.describe('再開する日') }),
  resume: noBody,
  'propose-return': z.strictObject({
    reasons: z.array(ReturnReason).min(1).max(ReturnReason.options.length),
    whoTellsPerson: line(60).describe('誰がご本人に伝えるか'),
    fitting: z
      .union([z.strictObject({ function: id }), z.strictObject({ domain: Domain }), z.literal('unknown')])
      .describe('合う窓口。理由 101 のときに要ります。')
      .optional(),
    municipality: line(60).describe('合う市町村。理由 102 のときに要ります。').optional(),
    note,
  }),
  'agree-return': z.strictObject({
    talk: z.strictObject({ on: day, names: z.array(line(60)).min(2).max(20) }).describe('協議した日と、双方の名前'),
    keepsDoing: z.strictObject({ sender: line(200), recipient: line(200) }).describe('それぞれが続けること'),
    ...informed,
  }),
  complete: z.strictObject({
    outcome: OutcomeCode,
    note: prose(2000).describe('送り元への報告'),
    nextContactOn,
    ...informed,
  }),
  'send-back': z.strictObject({ note: prose(2000).describe('足りないこと') }),
  'follow-up': z.strictObject({ on: day.describe('後追いの日') }),
  close: z.strictObject({ result: prose(2000).describe('どうなったか'), ...informed }),
  withdraw: z.strictObject({ reason: line(200).describe('取り下げる理由') }),
  decline: z.strictObject({
    part: line(200).describe('誰が、どの部分に同意しなかったか'),
    askAgainOn: day.describe('改めて尋ねてよい日').optional(),
    ...informed,
  }),
} as const;

export type ReferralAction = keyof typeof actionFacts;
export type ActionFacts<A extends ReferralAction = ReferralAction> = z.infer<(typeof actionFacts)[A]>;
export const ReferralAction = z.enum(Object.keys(actionFacts) as [ReferralAction, ...ReferralAction[]]);

/**
 * Where something is said to have been done that lies ahead of `now`, as a JSON pointer: telling the person, a contact, a
 * talk. Days are Japanese; a clock may be a few minutes off.
 */
export function aheadOf(facts: object, now: Date): string | undefined {
  const { personInformed, firstContact, attempts, talk, phoned } = facts as {
    personInformed?: { at: string };
    phoned?: { at: string };
    firstContact?: { on: string };
    talk?: { on: string };
    attempts?: { on: string }[];
  };
  const latest = now.getTime() + 5 * 60_000;
  if (personInformed && Date.parse(personInformed.at) > latest) return '/personInformed/at';
  if (phoned && Date.parse(phoned.at) > latest) return '/phoned/at';
  const today = japaneseDay(now);
  if (firstContact && firstContact.on > today) return '/firstContact/on';
  if (talk && talk.on > today) return '/talk/on';
  const attempt = attempts?.findIndex((a) => a.on > today) ?? -1;
  return attempt >= 0 ? `/attempts/${attempt}/on` : undefined;
}

/** 対応区分 of a recipient's legacy system. */
export const ResponseCode = z.enum(['10', '20', '30', '35', '40', '45', '50', '60']);
export type ResponseCode = z.infer<typeof ResponseCode>;

/** A code of at most three characters read from a legacy answer; only known ones are acted on. */
export const legacyReason = code(3);
