// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Addressee } from '@tsunagi/plugin-sdk';

export const targets = ['1', '2', '3', '4', '5', '6'] as const;
export type Target = (typeof targets)[number];

/** つなぎ先分野. 4 is the department that sends: no referral. */
export const addressees: Record<Target, Addressee | undefined> = {
  '1': { domain: 'kaigo' },
  '2': { domain: 'shogai' },
  '3': { domain: 'kosodate' },
  '4': undefined,
  '5': { domain: 'other' },
  '6': 'unknown',
};

/** 同意: 1 あり 2 なし(社会福祉法106条の6) 3 なし(他の根拠) 9 不明. */
export const consents = ['1', '2', '3', '9'] as const;
export type ConsentCode = (typeof consents)[number];

/** 性別. */
export const sexes = { '1': 'male', '2': 'female', '3': 'other' } as const;

/** 来談者: 0 本人 1 家族 2 その他. */
export const visitors = ['0', '1', '2'] as const;
export type Visitor = (typeof visitors)[number];

/**
 * 仕事 and 住居 of the 相談受付・申込票 (B票), in its words. The source for them is a draft of the form in which 4 cannot be
 * read; an office that uses 4, or codes of its own, names them in the settings.
 */
export const workWords: Readonly<Record<string, string>> = {
  '1': '正社員・公務員',
  '2': '臨時・パート・アルバイト・派遣',
  '3': '自営・家族従業・内職',
  '5': '年金生活',
  '6': '失業・休職中',
  '7': 'その他',
};
export const homeWords: Readonly<Record<string, string>> = {
  '1': '持家',
  '2': '借家',
  '3': '公営住宅',
  '5': '会社寮・借上げ',
  '6': '野宿',
  '7': 'その他',
};
