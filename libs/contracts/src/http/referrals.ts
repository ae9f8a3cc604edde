// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  AuthorityBadge,
  AuthorityCode,
  code,
  day,
  HistoryEntry,
  DataCategory,
  DeliveryChannel,
  HowTheyMeet,
  id,
  ItemOutcome,
  line,
  memberPermit,
  member,
  moment,
  phoned,
  Purpose,
  ReferralAction,
  ReferralKind,
  ReferralState,
  RecallDisposition,
  Role,
  saidOfReferral,
  Urgency,
} from '@tsunagi/domain';
import { z } from 'zod';
import { csvEncoding } from './exports';
import { atMost } from './page-size';
import { QueueView } from '../codes/queue-views';
import { functionOutline } from '../disclosed-referral';
import { addressee, referralSubmission, submissionSource } from '../submission';

/** POST /referrals: the same submission that plugins send; channel and fingerprint are the hub's to say. */
export const submitBody = referralSubmission.extend({
  source: submissionSource.pick({ system: true, key: true, change: true, occurredAt: true, echo: true }),
});
export type SubmitBody = z.infer<typeof submitBody>;

export const submitted = z.strictObject({
  id: id.describe('つなぎの id。GET /referrals/{id} で追えます。').optional(),
  state: ReferralState.optional(),
  outcome: ItemOutcome,
  codes: z.array(code(40)).describe('理由のコード。意味は、動いているハブの /docs/codes。'),
  /** One plain Japanese sentence. */
  sentence: z.string().describe('画面にそのまま出せる一文'),
});
export type Submitted = z.infer<typeof submitted>;

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** What is looked for in the queue: ids and codes, so that it may be kept and shared. */
export const queueFilters = z.strictObject({
  view: QueueView.describe('決まった見方。ほかの条件と合わせて絞れます。').optional(),
  state: ReferralState.optional(),
  from: id.describe('送り元の窓口の id').optional(),
  to: id.describe('宛先の窓口の id').optional(),
  kind: ReferralKind.optional(),
  /** Either side. */
  function: id.describe('送り元か宛先の窓口の id').optional(),
  lead: id.describe('つなぎの主担当の窓口の id。自分の窓口が知っている主担当だけで絞れます。').optional(),
  journey: id.describe('転送などでつながる一連のつなぎの id').optional(),
  urgency: Urgency.optional(),
  overdue: z.enum(['true', 'false']).describe('true=期限を過ぎたものだけ、false=過ぎていないものだけ').optional(),
  /** `me`: where the next step is my functions'. */
  waiting: z.enum(['me']).describe('次の手が自分の窓口にあるものだけ').optional(),
  /** `due`: overdue and soonest first; without a date the oldest first. */
  sort: z
    .enum(['newest', 'oldest', 'due'])
    .describe('並び順。指定がなければ新しい順。due=期限の近い順(過ぎたものが先、期限のないものは後に古い順)。')
    .optional(),
});
export type QueueFilters = z.infer<typeof queueFilters>;

/** GET /referrals. Times of states, never names: personal data is in the detail, for those who may see it. */
export const queueQuery = queueFilters.extend({
  /** A name would stand in the URL. */
  q: line(60)
    .describe('つなぎの id だけ(UUID、または画面や帳票の26文字)。氏名では POST /persons/search で探します。')
    .optional(),
  /** Of what is sorted by due date, the date stands before the id. */
  cursor: z
    .string()
    .regex(new RegExp(`^(?:\\d{4}-\\d{2}-\\d{2}\\.)?${uuid}$`))
    .describe('前の答えの next')
    .optional(),
  limit: atMost(200).describe('件数。指定がなければ 50、最大 200。').optional(),
});
export type QueueQuery = z.infer<typeof queueQuery>;

/** GET /referrals/export */
export const queueExportQuery = queueFilters.extend({
  /** It stands in the audit: no text that somebody typed. */
  q: id.describe('つなぎの id だけ').optional(),
  encoding: csvEncoding,
});
export type QueueExportQuery = z.infer<typeof queueExportQuery>;

export const queueItem = z.strictObject({
  id,
  journeyId: id.describe('転送などでつながる一連のつなぎに共通の id'),
  kind: ReferralKind,
  state: ReferralState,
  version: z.int().describe('版。手続きのときに If-Match で返します。'),
  from: functionOutline,
  /** Absent while no route knows the addressee. */
  to: functionOutline.optional(),
  urgency: Urgency,
  createdAt: moment,
  stateAt: moment.describe('この状態になった時刻'),
  dueOn: day.describe('次の手の期限').optional(),
  overdue: z.boolean().describe('期限を過ぎているか'),
  waitedDays: z
    .int()
    .min(0)
    .describe('この状態になってからの日数(次の手がある窓口の開いている日で数える)。終わったものにはありません。')
    .optional(),
  dueInDays: z.int().describe('期限までの日数(同じ数え方)。過ぎていれば負の数。期限がなければありません。').optional(),
  /** Absent for whoever may not know it. */
  basis: AuthorityBadge.describe(
    '根拠。GET /referrals/{id}/decision で理由を見られる人にだけ。consent_withdrawn は、撤回のほか、同意で提供できなくなったものすべてです。',
  ).optional(),
});
export type QueueItem = z.infer<typeof queueItem>;

export const queuePage = z.strictObject({
  items: z.array(queueItem),
  next: z.string().describe('続きがあるときの cursor').optional(),
  /** By state, exact up to 1,000. */
  counters: z.array(
    z.strictObject({
      state: ReferralState,
      count: z.int(),
      more: z.boolean().describe('1,000 を超えて数えるのをやめたか'),
    }),
  ),
});
export type QueuePage = z.infer<typeof queuePage>;

/** GET /referrals/{id}: what this caller may see. `members` is absent where nothing of the content may be shown. */
export const referralView = queueItem.extend({
  purpose: Purpose,
  howTheyMeet: HowTheyMeet.optional(),
  toAddress: addressee.describe('送り手が書いた宛先'),
  /** The subject, for the sending function: the key of /persons/{id}/… */
  person: id.describe('ご本人の id(送り元の窓口にだけ)。/persons/{id}/… で使います。').optional(),
  /** Everybody in it, the subject too, by `members[].ref`; for the sending function. */
  persons: z
    .array(z.strictObject({ ref: code(20), person: id }))
    .describe('members の ref ごとの id(送り元の窓口にだけ)')
    .optional(),
  members: z
    .array(member)
    .describe('見せてよい項目だけの、ご本人とほかの方。何も見せられないときはありません。')
    .optional(),
  channel: DeliveryChannel.describe('届け方(両方の窓口にだけ)').optional(),
  /** Paper and what the person carries: for the sending function, from the moment it was sent. */
  sheetCode: code(27)
    .describe(
      '紙に記すコード(送り元の窓口にだけ)。つなぎの id の26文字と、写し間違いに気づくための1文字です。受け手は GET /sheets/{code} で開きます。',
    )
    .optional(),
  said: saidOfReferral
    .describe('引き継ぎについて送り手が伝えること(送り手が続けること、尋ねたいことなど)。members が見えるときだけ。')
    .optional(),
  conditions: z
    .array(line(200))
    .describe('受け手が守る条件(個人情報保護法70条)。送り元と受け手の窓口にだけ。受け手は開く前にも読めます。')
    .optional(),
  fromWorker: line(60).describe('送り元の担当者。members が見えるときだけ。').optional(),
  /** Of the last delivery that was written, where the sender may know that anything was; and what goes by no system at all. */
  notCarried: z
    .array(DataCategory)
    .describe(
      '渡せたが、受け手の業務システムに欄がない、または欄に入りきらず、書き込めなかったものがある項目(送り元の窓口にだけ、経過を返す範囲のとき)。答えや補足に書いた文(narrative)は、画面にだけ届きます。電話などで補ってください。',
    )
    .optional(),
  worker: line(60).describe('受け手の担当者(受け手の窓口にだけ)').optional(),
  nextContactOn: day.describe('次に連絡する日(受け手の窓口にだけ)').optional(),
  followUps: z.array(day).describe('残っている後追いの日(送り元の窓口にだけ)').optional(),
  continues: id.describe('転送、または「他機関につないだ」で続けているもとのつなぎ').optional(),
  reopens: id.describe('終わっていて、改めてつないだもとのつなぎ').optional(),
  phoned: phoned.describe('即日: 送り手が、先に電話で伝えた相手(送り元と受け手の窓口にだけ)').optional(),
  misdirected: z.literal(true).describe('誤送付の知らせがあり、受け手は中身を使えません').optional(),
});
export type ReferralView = z.infer<typeof referralView>;

export const timelineEntry = z.strictObject({
  version: z.int(),
  at: moment,
  action: HistoryEntry.describe('手続き。人が行うものは /actions の action、ほかはハブが行ったもの。'),
  from: ReferralState.optional(),
  to: ReferralState,
  by: z
    .enum(['hub', 'staff', 'client', 'plugin'])
    .describe('誰が。hub=ハブ、staff=職員、client=機械クライアント、plugin=業務システム'),
  function: functionOutline.optional(),
  enteredBy: functionOutline
    .optional()
    .describe('紙に書かれた返事のとき、それを入力した窓口。function は、書いた窓口です。'),
  reasons: z.array(code(40)).describe('理由コード・結果コード'),
  /** The texts of one's own function, and what the feedback scope lets through. */
  note: z
    .record(z.string(), z.json())
    .describe('手続きに書かれた内容。自分の窓口のものと、経過を返す範囲で許されたものだけ。')
    .optional(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** What keeps a message from a system, in as few codes as whoever waits for it can do something with. */
export const deliveryTrouble = z
  .enum(['not_written', 'no_answer', 'unsure', 'changed', 'too_large'])
  .describe(
    '届かなかったわけ。not_written=業務システムに書けなかった、no_answer=業務システムの返事がない、unsure=書けたかどうかわからない、changed=書く前に中身が変わった、too_large=中身が大きすぎる',
  );
export type DeliveryTrouble = z.infer<typeof deliveryTrouble>;

/** How far a referral is on its way to the recipient's system. */
export const deliveryTold = z.strictObject({
  brings: z.enum(['referral', 'supplement']).describe('何を。referral=つなぎ、supplement=訂正'),
  state: z
    .enum(['waiting', 'under_way', 'again', 'arrived', 'given_up'])
    .describe(
      'waiting=まだ届けていない、under_way=届けて返事を待っている、again=届かず、また届ける、arrived=届いた、given_up=届けるのをやめ、職員が見るのを待っている',
    ),
  waitsFor: z
    .enum(['approval', 'plugin'])
    .describe('approval=受け手の職員が取り込みを認めるのを、plugin=止めてあるプラグインが動くのを待っている')
    .optional(),
  triedAt: moment.describe('最後に届けようとした時').optional(),
  failures: z.int().min(0).describe('届かなかった回数'),
  trouble: deliveryTrouble.optional(),
  nextAt: moment.describe('次に届けるのは、この時から').optional(),
  arrivedAt: moment.describe('業務システムに書けたという返事が来た時').optional(),
});
export type DeliveryTold = z.infer<typeof deliveryTold>;

export const timeline = z.strictObject({
  items: z.array(timelineEntry),
  deliveries: z
    .array(deliveryTold)
    .describe('受け手の業務システムへの届き具合。送り元には、経過を返す範囲で許されたときだけ。'),
});
export type Timeline = z.infer<typeof timeline>;

export const possibleAction = z.strictObject({
  action: ReferralAction,
  possible: z.boolean().describe('いまの状態でできるか。本文の中身は手続きのときに確かめます。'),
  because: code(40).describe('できない理由のコード').optional(),
  sentence: z.string().describe('できない理由の一文').optional(),
});
export const actions = z.strictObject({
  version: z.int().describe('いまの版。手続きのときに If-Match で返します。'),
  actions: z.array(possibleAction),
  onPaper: z
    .literal(true)
    .optional()
    .describe(
      '宛先の返事が紙で戻り、この人がいま入力できるとき。つなぎの `sheetCode` で `GET /sheets/{code}` を開き、`POST /sheets/{code}/{action}` で送ります。',
    ),
});
export type Actions = z.infer<typeof actions>;

export const decisionView = z.strictObject({
  outcome: z.enum(['permit', 'hold', 'deny']).describe('permit=提供できる、hold=根拠を待つ、deny=提供できない'),
  direction: z
    .enum(['referral', 'feedback', 'coordination'])
    .describe('referral=相手への提供、feedback=送り元へ返す経過、coordination=調整担当が中身を見ること'),
  authority: AuthorityCode.optional(),
  members: z.array(memberPermit),
  feedback: z.enum(['none', 'state', 'state+note']).optional(),
  reasons: z.array(z.strictObject({ code: code(40), sentence: z.string() })),
  notAfter: moment.describe('この時刻を過ぎたら渡さない').optional(),
  conditions: z.array(line(200)).describe('受け手が守る条件').optional(),
  /** Ids and versions of everything it was decided on. */
  inputs: z.record(z.string(), z.json()).describe('判断に使ったものの id と版'),
  decidedAt: moment,
});
export type DecisionView = z.infer<typeof decisionView>;
export const decisions = z.strictObject({ items: z.array(decisionView) });

/** GET /sheets/{code}: the referral that the sheet brought, as its answer form needs it. */
export const sheetOpened = z.strictObject({
  referral: referralView,
  actions: z.array(possibleAction),
  onPaper: z
    .literal(true)
    .optional()
    .describe('送り元の窓口が、宛先の書いた返事を入力するとき。答えは `POST /sheets/{code}/{action}` で送ります。'),
  forms: z
    .partialRecord(ReferralAction, z.record(z.string(), z.json()))
    .describe('いまできる手続きごとの、返事の欄(JSON Schema)。`POST /referrals/{id}/{action}` の本文です。'),
});
export type SheetOpened = z.infer<typeof sheetOpened>;

/** What a step leads to. */
export const stepped = z.strictObject({
  id,
  state: ReferralState,
  version: z.int().describe('新しい版。続けて手続きをするときに If-Match で返します。'),
  /** It goes on, or begins anew, in this one. */
  next: id.describe('この手続きで始まった、続きのつなぎの id').optional(),
});
export type Stepped = z.infer<typeof stepped>;

/** POST /todos/{id}/done: something was done beside the referral. What waits for the referral to move on cannot be ticked off. */
export const todoDone = z.strictObject({
  worker: z
    .strictObject({ name: line(60) })
    .describe('担当者。unassigned(担当者を決める)では必ず入れます。')
    .optional(),
  disposition: RecallDisposition.describe(
    '取り消された情報をどうしたか。stop_using では分かっていれば、recall_disposition では必ず入れます。',
  ).optional(),
});
export type TodoDone = z.infer<typeof todoDone>;

/** GET /todos. Filters only narrow what is the caller's anyway. */
export const todoQuery = z.strictObject({
  function: id.describe('窓口の id').optional(),
  role: Role.optional(),
  kind: code(40).describe('やることの種類のコード').optional(),
  escalated: z.enum(['true']).describe('期限を過ぎたものだけ').optional(),
  cursor: z
    .string()
    .regex(/^[01]\.[0-9a-f-]{36}$/)
    .describe('前の答えの next')
    .optional(),
  limit: atMost(500).describe('1〜500。指定がなければ 200。').optional(),
});
export type TodoQuery = z.infer<typeof todoQuery>;

export const todo = z.strictObject({
  id,
  kind: code(40).describe('やることの種類のコード'),
  sentence: z.string().describe('画面にそのまま出せる一文'),
  role: Role,
  function: functionOutline.describe('どの窓口のことか。プラグインのことにはありません。').optional(),
  referralId: id.optional(),
  person: id.describe('つなぎではなくご本人のことなら、その id').optional(),
  conferenceId: id.describe('会議のことなら、その id').optional(),
  plugin: code(31).describe('プラグインのことなら、その名前').optional(),
  unitId: id.describe('支援単位のことなら、その id').optional(),
  incidentId: id.describe('事故のことなら、その id').optional(),
  /** It may be ticked off; absent, it is done when the referral moves on. */
  tickable: z.literal(true).describe('POST /todos/{id}/done で済みにできるもの').optional(),
  escalated: z.literal(true).describe('期限を過ぎたので、先に並ぶもの').optional(),
  createdAt: moment,
});
export const todos = z.strictObject({
  items: z.array(todo),
  next: z.string().describe('続きがあるとき、次の cursor').optional(),
});
export type Todos = z.infer<typeof todos>;
