// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CodeText } from './code-text';

const again = '直してから、もう一度届けてください(`tsunagi dead replay`)。';

/** Why a delivery stays where it is. A plugin may say others of its own, which its own documents explain. */
export const deliveryCodes = {
  AUTHORITY_MISSING: {
    says: '届けてよい根拠が、いまはありません。',
    remedy: '同意などの根拠がそろえば、自動で届きます。',
  },
  HUB_ONLY: {
    says: '業務システムには渡さず、ハブの画面だけで見るものです。',
    remedy: '窓口がハブの画面で受け取れば足ります。',
  },
  REFERRAL_UNROUTED: {
    says: '届け先の窓口が決まっていません。',
    remedy: '経路を登録してから、もう一度届けてください。',
  },
  NOTHING_TO_RECALL: {
    says: '取り消す相手の記録がありません。',
    remedy: '何も書かれていないので、することはありません。',
  },
  MESSAGE_TOO_LARGE: {
    says: '中身が大きすぎて、一通に入りません。',
    remedy: '送り手の窓口に、文を短くして訂正してもらってください。',
  },
  OVERTAKEN: { says: '書く前に中身が変わり続けました。', remedy: again },
  NOT_WRITTEN: { says: 'プラグインが、書かずに返しました。', remedy: again },
  NOT_ANSWERED: { says: '書いてよいかの問い合わせに、ハブの答えが届きませんでした。', remedy: again },
  NO_OUTCOME: { says: 'プラグインが、書けたかどうかを答えませんでした。', remedy: again },
  KILLED_HOST: {
    says: 'これを書くときに、プラグインのホストが止まりました。',
    remedy: `プラグインのログを確かめ、${again}`,
  },
  MAYBE_WRITTEN: {
    says: '書けたかどうか、プラグインにもわかりません。',
    remedy:
      '相手の業務システムに記録があるかを確かめてください。なければもう一度届けてください。あっても二重には書かれません。',
  },
  FAILED: { says: '相手の業務システムに書けませんでした。', remedy: `プラグインのログを確かめ、${again}` },
} as const satisfies Record<string, CodeText>;

/** The words for a code; for one of a plugin's own those for what could not be written. */
export const deliveryText = (code: string): CodeText =>
  Object.hasOwn(deliveryCodes, code) ? deliveryCodes[code as keyof typeof deliveryCodes] : deliveryCodes.FAILED;
