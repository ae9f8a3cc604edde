// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  addressee,
  AskedBy,
  capacity,
  consentCategories,
  consentExclusions,
  consentRecipients,
  consentScope,
  ConsentGiver,
  code,
  consent,
  DataCategory,
  day,
  disclosureDecision,
  DisclosureWay,
  id,
  line,
  LookedAt,
  moment,
  oralRecord,
  RecallDisposition,
  refusal,
  SaidHow,
} from '@tsunagi/domain';
import { z } from 'zod';
import { disclosedReferral, functionOutline } from '../disclosed-referral';

/** Who says it, and what shows that they may. */
const speaker = {
  giverPerson: id.describe('その人がこのハブのご本人のひとりなら、その id').optional(),
  capacity: capacity.describe('同意できる資格を示すもの').optional(),
  bornOn: day.describe('ご本人の生年月日。自分の窓口の記録にあれば、そちらを使います。').optional(),
};
const ownWord: readonly ConsentGiver[] = ['self', 'self_with_support'];
/** Of somebody's own word nobody else is the giver. */
const giverFits = ({
  giver = 'self',
  giverPerson,
}: {
  giver?: ConsentGiver | undefined;
  giverPerson?: string | undefined;
}) => giverPerson === undefined || !ownWord.includes(giver);
const ofAnother = { path: ['giverPerson'], error: 'the person is the giver' };

/** POST /consents: what a person (or who speaks for the person) has said to the caller's function. */
export const newConsent = z
  .strictObject({
    person: id.describe('ご本人の id(GET /referrals/{id} の person)'),
    giver: ConsentGiver,
    ...speaker,
    manner: z
      .enum(['written', 'oral_recorded', 'electronic'])
      .describe('written=書面、oral_recorded=口頭(記録あり)、electronic=電子'),
    oral: oralRecord.describe('口頭の同意の記録。manner が oral_recorded のときだけ、必ず。').optional(),
    scope: consentScope.refine((s) => s.from <= s.until, { path: ['until'], error: 'ends before it begins' }),
    formVersion: code(40).describe('示した(読み上げた)同意書の様式の版'),
    /** The form was handed back refused: it is kept as a no to what it asked for. */
    refused: z.literal(true).describe('様式で尋ねて、断られた').optional(),
    evidence: z
      .strictObject({ reference: line(200), sha256: z.hex().length(64).optional() })
      .describe('同意書の在りかと、その SHA-256')
      .optional(),
    exclusions: consentExclusions.describe('見せない窓口の id').optional(),
    excludedStaff: consentExclusions.describe('見せない職員の id').optional(),
    namedOrganization: id
      .describe('相手の機関を名指しした同意なら、その機関の id。窓口の受託者が替わると、改めて尋ねます。')
      .optional(),
    grantedAt: moment.describe('同意した時刻。なければ、いま。').optional(),
    /** The earlier consent that this one replaces. */
    supersedes: id.describe('置き換える、これまでの同意の id').optional(),
  })
  .refine(giverFits, ofAnother)
  .refine(({ manner, oral }) => manner === 'oral_recorded' || oral === undefined, {
    path: ['oral'],
    error: 'it was not said by word of mouth',
  });
export type NewConsent = z.infer<typeof newConsent>;

/** POST /refusals. Absent categories or recipients = all. */
export const newRefusal = z
  .strictObject({
    person: id.describe('ご本人の id'),
    giver: ConsentGiver.describe('だれが伝えたか。なければ、本人。').optional(),
    ...speaker,
    how: SaidHow.optional(),
    categories: consentCategories.describe('見せない項目。なければ、すべて。').optional(),
    recipients: consentRecipients.describe('見せない相手。なければ、すべて。').optional(),
    at: moment.describe('伝えた時刻。なければ、いま。').optional(),
    askAgainOn: day.describe('改めて尋ねてよい日').optional(),
  })
  .refine(giverFits, ofAnother);
export type NewRefusal = z.infer<typeof newRefusal>;

/** POST /consents/{id}/withdraw: who takes it back; absent = the person. */
export const withdrawal = z
  .strictObject({
    giver: ConsentGiver.describe('だれが撤回したか。なければ、本人。').optional(),
    ...speaker,
    how: SaidHow.optional(),
    at: moment.describe('撤回を伝えた時刻。なければ、いま。').optional(),
  })
  .refine(giverFits, ofAnother);
export type Withdrawal = z.infer<typeof withdrawal>;

export const recorded = z.strictObject({ id });

/** With what the desk has sealed of it: who could decide, and how it was asked for by word of mouth. */
export const consentOnFile = consent.extend({ capacity: capacity.optional(), oral: oralRecord.optional() });
export type ConsentOnFile = z.infer<typeof consentOnFile>;
export const personWishes = z.strictObject({ consents: z.array(consentOnFile), refusals: z.array(refusal) });

/** One line of the ledger, for those who may see it. */
export const disclosureLine = z.strictObject({
  id,
  referralId: id.describe('つなぎの外で見たものには、ない').optional(),
  from: functionOutline.describe('提供した窓口。窓口でない人(個人情報保護担当など)が見た行には、ない。').optional(),
  to: functionOutline.describe('提供を受けた窓口').optional(),
  way: DisclosureWay.describe(
    'message=業務システムへ、screen=ハブの画面へ、sheet=紙・本人持参、words=連絡文、feedback=送り手への返し、sight=調整する人が見た、conference=会議で見た、read=読み出した、print=印刷した',
  ),
  what: LookedAt.describe(
    'read・print のときに見たもの: referral=つなぎ、facts=ご本人について知ったこと、consents=同意と不同意、withdrawal=撤回の証明、disclosures=提供の記録、incident=漏えい等の記録、name=一覧で見た氏名',
  ).optional(),
  viewer: line(200)
    .describe('見た人または業務システム。自分の窓口の行と、個人情報保護担当・監査にだけ見える。')
    .optional(),
  authority: code(40).describe('根拠のコード'),
  members: z.array(z.strictObject({ ref: code(20), categories: z.array(DataCategory) })),
  /** `claimed` = on its way, `written` = the recipient has it, `recalled` = it never arrived. */
  state: z
    .enum(['claimed', 'written', 'recalled'])
    .describe('claimed=渡している途中、written=相手に渡った、recalled=渡さずに取り消した'),
  at: moment,
  recall: z
    .strictObject({
      requestedAt: moment.describe('取消しを求めた時刻'),
      dueOn: day.describe('受領の期限').optional(),
      acknowledgedAt: moment.describe('相手が受領した時刻').optional(),
      disposition: RecallDisposition.optional(),
    })
    .describe('取消しを求めたことと、その受領')
    .optional(),
});
/** What was disclosed on the content of a referral: always from one desk to another. */
export const disclosedLine = disclosureLine.required({ referralId: true, from: true, to: true });

/** GET /persons/{id}/disclosures: for whom it is put together, and who has asked. */
export const disclosuresQuery = z.strictObject({
  page: z
    .enum(['desk', 'resident', 'working'])
    .default('desk')
    .describe(
      'desk=見る人の窓口の関わった行(個人情報保護担当と監査には全部)、resident=ご本人に渡すもの、working=開示決定のための作業資料(個人情報保護担当だけ)',
    ),
  askedBy: AskedBy.default('self').describe(
    'resident のとき、求めた人: self=ご本人、guardian=親権者・後見人など、agent=代理人、household=世帯の人',
  ),
});
export type DisclosuresQuery = z.infer<typeof disclosuresQuery>;

export const disclosureLines = z.strictObject({
  items: z.array(disclosureLine),
  notices: z.array(z.string()).describe('この頁に何が載り、何が載らないか').optional(),
  cautions: z
    .array(z.enum(['protected', 'in_danger']))
    .describe('ご本人でない人に渡す前に確かめること: protected=秘匿されている、in_danger=危険な人の記録がある')
    .optional(),
});
export type DisclosureLines = z.infer<typeof disclosureLines>;

/** POST /disclosures/preview: 「○○課にはこう見えます」, decided now, with nothing stored. */
export const previewRequest = z.strictObject({
  referralId: id,
  to: addressee.describe('まだ選んでいない宛先。なければ、つなぎの宛先。').optional(),
  with: consentScope.describe('まだ記録していないご本人の同意の範囲。得られたとしたら、どう見えるか。').optional(),
});
export type PreviewRequest = z.infer<typeof previewRequest>;
export const preview = z.strictObject({
  decision: disclosureDecision,
  to: functionOutline,
  sentences: z.array(z.string()).describe('理由の一文'),
  /** Absent unless the decision permits. */
  shown: disclosedReferral.pick({ subject: true, others: true, mask: true }).optional(),
});
export type Preview = z.infer<typeof preview>;
