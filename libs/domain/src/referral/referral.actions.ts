// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { japaneseDay } from '../calendar/business-calendar';
import { code, day, id, line, moment, prose } from '../codes/text.schema';
import { addressee } from '../codes/addressee.schema';
import {
  Domain,
  FollowUpResult,
  FollowUpSeries,
  HowTheyMeet,
  Misdirection,
  OutcomeCode,
  Purpose,
  ReturnReason,
  Urgency,
} from '../codes/vocabulary';
import { member, type Member } from '../member/member.schema';
import { phoned, saidFacts } from './said';

/** R11: the person is told at every turn, or it is written down why not and until when. */
export const personInformed = z
  .strictObject({ by: line(60), at: moment, how: line(40) })
  .describe('ご本人に伝えたこと: 誰が(by)、いつ(at)、どのように(how)');
export const notInformed = z
  .strictObject({ reason: line(200).optional(), by: day })
  .describe(
    'まだ伝えられない理由(reason)と、いつまでに伝えるか(by)。緊急と会議による提供では、安全になったときに伝えるので、理由は要りません。',
  );
export type NotInformed = z.infer<typeof notInformed>;
const informed = { personInformed: personInformed.optional(), notInformed: notInformed.optional() };

/** What a return for this reason rests on, said with it. */
export const factOfReason = {
  '101': 'fitting',
  '102': 'municipality',
  '105': 'duplicateOf',
  '201': 'asked',
  '202': 'attempts',
  '203': 'diedOn',
  '204': 'movedOn',
  '205': 'admittedOn',
} as const satisfies Partial<Record<ReturnReason, string>>;
/** What a result says beside itself. */
export const factOfOutcome = { '013': 'referredTo', '023': 'need' } as const satisfies Partial<
  Record<OutcomeCode, string>
>;

/** Documents say what no field says by itself: one of these is there … */
const anyOf = (...facts: string[]) => ({ anyOf: facts.map((fact) => ({ required: [fact] })) });
/** … or this one, when that code is said. */
const saidWith = (facts: Readonly<Record<string, string>>, said: (code: string) => object) => ({
  allOf: Object.entries(facts).map(([code, fact]) => ({ anyOf: [{ not: said(code) }, { required: [fact] }] })),
});

const noBody = z.strictObject({});
const worker = z.strictObject({ name: line(60) }).describe('受け手の担当者');
const nextContactOn = day.describe('次に連絡する日').optional();
const note = prose(2000).describe('相手の窓口への連絡文。経過を返す範囲のときだけ渡ります。').optional();
const attempts = z
  .array(z.strictObject({ on: day, how: line(40), visit: z.boolean() }))
  .max(20)
  .describe('会えなかったときの試み。別の日・別の方法で3回以上、うち一度は訪問。')
  .optional();
const talk = z.strictObject({ on: day, names: z.array(line(60)).min(2).max(20) }).describe('協議した日と、双方の名前');
const keepsDoing = z.strictObject({ sender: line(200), recipient: line(200) }).describe('それぞれが続けること');
const asked = z
  .strictObject({ by: line(60), at: moment, how: line(40) })
  .describe('ご本人の気持ちを確かめたこと: 誰が(by)、いつ(at)、どのように(how)。理由 201 のときに要ります。')
  .optional();
/** What two desks have agreed on at a talk between them. */
const agreed = { talk: talk.optional(), keepsDoing: keepsDoing.optional() };
const howTheyMeet = HowTheyMeet.optional();

/** What a referral that goes on from another one needs to be told before it may leave. */
const goingOn = { howTheyMeet, phoned: phoned.optional() };

const narrativeConfirmed = z
  .literal(true)
  .describe(
    '事実・本人の言葉・見立ての、いまの文がまだそのとおりだと、送り元の窓口の人が確かめたこと。14日の数えなおしは、この日からです。',
  )
  .optional();

/**
 * What each action of a referral needs to be told: one schema per action, used by HTTP, plugins and console alike.
 * `receive`, `ask` … `complete` are the recipient's, `answer`, `send` … `withdraw` the sender's, the rest of either.
 */
export const actionFacts = {
  edit: z
    .strictObject({
      to: addressee.describe('宛先').optional(),
      urgency: Urgency.optional(),
      purpose: Purpose.optional(),
      subject: member.describe('ご本人。書いた内容に入れ替わります。').optional(),
      others: z
        .array(member)
        .max(20)
        .describe('世帯などのほかの方。書いた方々に入れ替わり、前と同じ ref は同じ方です。')
        .optional(),
      ...goingOn,
      ...saidFacts,
      ...informed,
    })
    .meta({ minProperties: 1 }),
  send: z.strictObject({ ...goingOn, ...saidFacts, ...informed, narrativeConfirmed }),
  receive: z.strictObject({
    conditionsAcknowledged: z
      .literal(true)
      .describe(
        '提供に付いた条件(conditions)を、受け手の窓口の人が読んで守ると確かめたこと。条件があるときに要ります。',
      )
      .optional(),
  }),
  'confirm-phone': z.strictObject({ by: line(60).describe('電話を受けたことを確かめた人') }),
  ask: z.strictObject({ questions: prose(2000).describe('尋ねたいこと。一度にまとめます。') }),
  answer: z.strictObject({ answer: prose(2000).describe('答え') }),
  accept: z.strictObject({
    worker,
    personMatched: z.literal(true).describe('届いた方と自分の記録の方が同じ人だと確かめたこと'),
    runningCase: line(100)
      .describe('既に支援中(104)のとき、続いている事例の番号など。送り元には引受とだけ伝わります。')
      .optional(),
    nextContactOn,
    note,
    ...agreed,
  }),
  start: z
    .strictObject({
      firstContact: z
        .strictObject({ on: day, how: line(40) })
        .describe('最初の接触: いつ、どのように')
        .optional(),
      attempts,
      nextContactOn,
      note,
    })
    .meta(anyOf('firstContact', 'attempts')),
  hold: z.strictObject({
    reason: line(200).describe('保留の理由。延ばすときも入れます。'),
    wakeOn: day.describe('再開する日。60日以内、定員・体制(103)では14日以内。'),
    code: z.literal('103').describe('定員・体制で待ってもらうとき。調整担当のやることになります。').optional(),
  }),
  resume: noBody,
  'propose-return': z
    .strictObject({
      reasons: z.array(ReturnReason).min(1).max(ReturnReason.options.length),
      whoTellsPerson: line(60).describe('誰がご本人に伝えるか'),
      fitting: z
        .union([z.strictObject({ function: id }), z.strictObject({ domain: Domain }), z.literal('unknown')])
        .describe('合う窓口。理由 101 のときに要ります。')
        .optional(),
      municipality: line(60).describe('合う市町村。理由 102 のときに要ります。').optional(),
      duplicateOf: id.describe('同じことの、もう一つのつなぎの id。理由 105 のときに要ります。').optional(),
      asked,
      attempts,
      diedOn: day.describe('死亡の日。理由 203 のときに要ります。').optional(),
      movedOn: day.describe('転出の日。理由 204 のときに要ります。').optional(),
      admittedOn: day.describe('入院・入所・収容の日。理由 205 のときに要ります。').optional(),
      note,
    })
    .meta(saidWith(factOfReason, (reason) => ({ properties: { reasons: { contains: { const: reason } } } }))),
  'agree-return': z.strictObject({ talk, keepsDoing, ...informed }),
  redirect: z.strictObject({
    to: addressee.describe('転送先'),
    ...goingOn,
    ...agreed,
    ...informed,
  }),
  coordinate: z.strictObject({ keepsDoing, meetOn: day.describe('話し合う日').optional() }),
  complete: z
    .strictObject({
      outcome: OutcomeCode,
      note: prose(2000).describe('送り元への報告'),
      referredTo: addressee.describe('つないだ先。結果 013 のときに要り、そこへの新しいつなぎになります。').optional(),
      need: line(200).describe('足りなかった支援。結果 023 のときに要ります。').optional(),
      nextContactOn,
      ...goingOn,
      ...informed,
    })
    .meta(saidWith(factOfOutcome, (outcome) => ({ properties: { outcome: { const: outcome } } }))),
  'send-back': z.strictObject({ note: prose(2000).describe('足りないこと') }),
  'follow-up': z
    .strictObject({
      series: FollowUpSeries.describe('後追いの時期。結果報告を受け入れるときに選びます。').optional(),
      result: FollowUpResult.describe('後追いの結果。一度ごとに記録します。').optional(),
      note: prose(2000).describe('後追いで分かったこと').optional(),
      ...goingOn,
      ...informed,
    })
    .meta(anyOf('series', 'result')),
  close: z.strictObject({ result: prose(2000).describe('どうなったか'), ...agreed, ...informed }),
  reopen: z.strictObject({
    reason: line(200).describe('改めてつなぐ理由'),
    to: addressee.describe('宛先。なければ前と同じ窓口。').optional(),
    ...goingOn,
    ...informed,
  }),
  withdraw: z.strictObject({ reason: line(200).describe('取り下げる理由') }),
  decline: z
    .strictObject({
      part: line(200).describe('誰が、どの部分に同意しなかったか'),
      askAgainOn: day.describe('改めて尋ねてよい日。6か月以内。').optional(),
      asked,
      ...informed,
    })
    .meta(anyOf('personInformed', 'notInformed')),
  supplement: z
    .strictObject({
      subject: member.describe('ご本人の、加える・直す項目だけ(送り元の窓口)').optional(),
      others: z
        .array(member)
        .max(20)
        .describe('ほかの方の、加える・直す項目だけ。前と同じ ref は同じ方です(送り元の窓口)。')
        .optional(),
      note: prose(2000)
        .describe(
          '相手の窓口への補足。送り手からは、同意などの根拠があれば受け手の画面に届きます。受け手からは、経過を返す範囲のときだけ渡ります。項目を返すのは照会への答えか、新しいつなぎです。',
        )
        .optional(),
      sealedTextChecked: z
        .literal(true)
        .describe('秘匿の方について書いたいまの文に、居所の手がかりがないことを、送り元の窓口の人が読んで確かめたこと')
        .optional(),
      residenceTextCleared: z
        .literal(true)
        .describe('在留資格に触れたいまの文を、送り元の窓口の管理者が読み、渡してよいと確かめたこと')
        .optional(),
      narrativeConfirmed,
    })
    .meta(anyOf('subject', 'others', 'note', 'sealedTextChecked', 'residenceTextCleared', 'narrativeConfirmed')),
  inform: z.strictObject({ personInformed }),
  misdirected: z.strictObject({
    what: Misdirection.describe('何を誤ったか'),
    reason: line(200).describe('どのように気づいたか'),
  }),
  'mark-error': z.strictObject({ reason: line(200).describe('誤って登録した事情') }),
} as const;

export type ReferralAction = keyof typeof actionFacts;
export type ActionFacts<A extends ReferralAction = ReferralAction> = z.infer<(typeof actionFacts)[A]>;
export const ReferralAction = z.enum(Object.keys(actionFacts) as [ReferralAction, ...ReferralAction[]]);

/**
 * Where something is said to have been done that lies ahead of `now`, as a JSON pointer: telling the person, a contact, a
 * talk, a death, a birth, what was written of somebody. Days are Japanese; a clock may be a few minutes off.
 */
export function aheadOf(facts: object, now: Date): string | undefined {
  const { attempts, subject, others, ...said } = facts as Said & {
    attempts?: { on: string }[];
    subject?: Member;
    others?: readonly Member[];
  };
  const latest = now.getTime() + 5 * 60_000;
  const moments = (['personInformed', 'phoned', 'asked'] as const).map((name) => [`/${name}/at`, said[name]?.at]);
  const late = moments.find(([, at]) => at !== undefined && Date.parse(at) > latest);
  if (late) return late[0];
  const today = japaneseDay(now);
  const days = [
    ...(['firstContact', 'talk', 'agreedIn'] as const).map((name) => [`/${name}/on`, said[name]?.on]),
    ...(['diedOn', 'movedOn', 'admittedOn'] as const).map((name) => [`/${name}`, said[name]]),
    ...(attempts ?? []).map((attempt, n) => [`/attempts/${n}/on`, attempt.on]),
    ...daysOf('/subject', subject),
    ...(others ?? []).flatMap((member, n) => daysOf(`/others/${n}`, member)),
  ];
  return days.find(([, on]) => on !== undefined && on > today)?.[0];
}

/** An unborn child is no person yet; and what was written ahead of its time would never grow old. */
const daysOf = (at: string, member: Member | undefined): [string, string | undefined][] => [
  [`${at}/items/identity/birthDate`, member?.items.identity?.birthDate],
  [`${at}/items/narrative/writtenOn`, member?.items.narrative?.writtenOn],
];

type Said = Readonly<
  Partial<
    Record<'personInformed' | 'phoned' | 'asked', { at: string }> &
      Record<'firstContact' | 'talk' | 'agreedIn', { on: string }> &
      Record<'diedOn' | 'movedOn' | 'admittedOn', string>
  >
>;

/** 対応区分 of a recipient's legacy system. */
export const ResponseCode = z.enum(['10', '20', '30', '35', '40', '45', '50', '60']);
export type ResponseCode = z.infer<typeof ResponseCode>;

/** A code of at most three characters read from a legacy answer; only known ones are acted on. */
export const legacyReason = code(3);
