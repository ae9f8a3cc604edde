// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type {
  AuthorityCode,
  Domain,
  ItemOutcome,
  OutcomeCode,
  ReferralKind,
  ResponseCode,
  ReturnReason,
  StatusCode,
} from '@tsunagi/domain';

/** The numbers that files and tables of departments' systems carry, and what they are called. */

/** 結果 of one row: what became of it at the hub. */
export const resultNames = {
  '10': '送付',
  '11': '根拠待ち',
  '12': '不可',
  '13': '重複',
  '14': '対象外(つなぎ不要)',
  '15': '宛先なし',
  '16': '下書き',
  '90': '保留',
  '91': 'ファイル拒否',
} as const;
export type ResultCode = keyof typeof resultNames;

/** Which 結果 stands for which outcome; `quarantined` and `refused` are found before anything reaches the hub. */
export const resultCodes: Readonly<Record<ItemOutcome | 'quarantined' | 'refused', ResultCode>> = {
  accepted: '10',
  held: '11',
  denied: '12',
  duplicate: '13',
  no_referral: '14',
  unrouted: '15',
  draft: '16',
  conflict: '90',
  rejected: '90',
  quarantined: '90',
  refused: '91',
};

/** 状態コード, from the hub to the sender's system. */
export const statusNames: Readonly<Record<StatusCode, string>> = {
  '10': '到着',
  '20': '引受',
  '30': '対応中',
  '40': '結果報告・つなぎ完了',
  '50': '差戻し',
  '60': '取下げ',
  '65': '根拠失効',
  '90': '受信エラー',
};

/** 対応区分, from the recipient's system to the hub. */
export const responseNames: Readonly<Record<ResponseCode, string>> = {
  '10': '到着',
  '20': '引受',
  '30': '対応開始',
  '35': '保留',
  '40': '結果報告',
  '45': '照会',
  '50': '差戻しの申出',
  '60': '取消の受領',
};

/** 理由コード of a return. */
export const returnReasonNames: Readonly<Record<ReturnReason, string>> = {
  '101': '対象外(制度)',
  '102': '対象外(地域)',
  '103': '定員・体制',
  '104': '既に支援中',
  '105': '重複',
  '201': '本人が希望せず',
  '202': '連絡がとれない',
  '203': '死亡',
  '204': '転出',
  '205': '入院・入所・収容',
  '301': '情報不足',
  '901': 'その他',
};

/** 結果コード of a completion. */
export const outcomeNames: Readonly<Record<OutcomeCode, string>> = {
  '011': '支援につながった',
  '012': '情報提供で終了',
  '013': '他機関につないだ',
  '014': '見守り・関わりの体制が整った',
  '021': '本人が辞退',
  '022': '連絡不能',
  '023': '資源なし',
  '031': '死亡',
  '032': '転出',
  '091': 'その他',
};

/** 根拠コード, from the hub to the recipient's system. */
export const authorityNumbers: Readonly<Record<AuthorityCode, string>> = { consent: '01', within_purpose: '02' };

/** 分野, one digit. Fields of welfare without a digit of their own are 5 その他; the name of the organization says which. */
export const domainDigits: Readonly<Record<Domain, string>> = {
  kaigo: '1',
  shogai: '2',
  kosodate: '3',
  konkyu: '4',
  takikan: '6',
  chiiki: '5',
  hogo: '5',
  other: '5',
};

/** 種類コード, from the hub to the recipient's system. 05 通報・通告 is on no plugin's path. */
export const kindNumbers: Readonly<Record<Exclude<ReferralKind, 'notification'>, string>> = {
  referral: '01',
  support_request: '02',
  handback: '04',
  inquiry: '06',
  prefecture: '07',
  protection: '08',
  advice: '09',
};
