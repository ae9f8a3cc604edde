// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  addressee,
  ChosenChannel,
  code,
  day,
  HowTheyMeet,
  id,
  line,
  member,
  moment,
  notInformed,
  personInformed,
  Purpose,
  ReferralKind,
  saidFacts,
  Urgency,
} from '@tsunagi/domain';
import { z } from 'zod';

export { addressee, type Addressee } from '@tsunagi/domain';

/** A field of the record that was accepted with a flag (`W-…`). Never the value. */
export const fieldWarning = z.strictObject({ code: code(20), field: z.int().min(1).max(99).optional() });
export type FieldWarning = z.infer<typeof fieldWarning>;

/** Rows and files are numbered no higher: the hub keeps the numbers in 32 bits. */
export const maxPlace = 2_147_483_647;
/** Number of a row in its own place. 0 = of no row. */
export const placeNumber = z.int().min(0).max(maxPlace);

/** Where a submission comes from and how its sender names it. */
export const submissionSource = z.strictObject({
  channel: z.enum(['plugin', 'http', 'web']).describe('どこから入ったか'),
  plugin: code(31).optional(),
  system: code(40).describe('送り手の業務システムの名前(例 kaigo)'),
  file: z.hex().length(64).optional(),
  fileSerial: placeNumber.optional(),
  row: placeNumber.optional(),
  /** The sender's own name of the record (外部管理番号 with its insurer, sodan_id + tsunagi_bunya, …). */
  key: line(100).describe('送り手の記録の番号。同じ記録は、いつも同じ番号で送ります。'),
  change: z
    .enum(['new', 'changed', 'ended'])
    .describe(
      '記録の異動区分。new=新規、changed=変更、ended=終了。new と言って同じ番号の別の内容を送ると矛盾(conflict)になります。',
    )
    .optional(),
  occurredAt: moment.describe('その記録ができた、または変わった時刻。同じ番号では、新しい時刻の記録が勝ちます。'),
  contentHash: z.hex().length(64),
  /** Opaque; comes back in every status. At most 1 KiB. */
  echo: line(1024).describe('状態の通知にそのまま付けて返す文字列。ハブは読みません。').optional(),
  warnings: z.array(fieldWarning).max(40).optional(),
});
export type SubmissionSource = z.infer<typeof submissionSource>;

/** The common schema's way in: what one desk function asks of another about one person. */
export const referralSubmission = z.strictObject({
  source: submissionSource,
  kind: ReferralKind,
  fromFunction: id.describe('送り元の窓口の id。一つの窓口のクライアントでは要りません。').optional(),
  /** The function's own code of at most ten characters, as the record holds it. */
  fromCode: code(10).describe('送り元の窓口のコード。id の代わりに使えます。').optional(),
  to: addressee.describe('宛先。なければ、つなぎの対象ではない記録(no_referral)です。').optional(),
  urgency: Urgency,
  purpose: Purpose,
  howTheyMeet: HowTheyMeet.optional(),
  personInformed: personInformed.optional(),
  notInformed: notInformed.optional(),
  ...saidFacts,
  channel: ChosenChannel.describe(
    'この一件の届け方。なければ、宛先の窓口の届け方です。通報・通告と助言依頼では選べません。',
  ).optional(),
  /** The inquiry that this answers, or the advice that it grew out of. */
  regarding: id.describe('これが答える照会、またはもとになった助言依頼の id').optional(),
  acting: z
    .strictObject({ name: line(60).optional() })
    .describe('送り手の担当者')
    .optional(),
  subject: member.describe('ご本人'),
  others: z.array(member).max(20).describe('世帯などのほかの方。いなければ空の配列。'),
  /** What the legacy record says of consent; it counts only with a registered form. */
  asserted: z
    .strictObject({
      code: z
        .enum(['1', '2', '3', '9'])
        .describe('業務システムの同意欄。1=あり、2=支援会議(社会福祉法106条の6)、3=なし、9=不明'),
      formVersion: code(40)
        .describe(
          '「1 あり」が指す、ハブに登録・承認された同意書の様式の版。ハブの管理者に確かめます(見本市の介護は K-2026-1)。',
        )
        .optional(),
      on: day.describe('同意欄に記入した日'),
    })
    .describe('業務システムの記録が言う同意。登録された様式の版があるときだけ根拠になります。')
    .optional(),
});
export type ReferralSubmission = z.infer<typeof referralSubmission>;
