// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japanTimestamp, japanYmd } from '../residents/calendar';

/** One row behind V_HUB_OTO. */
export interface AnswerRow {
  readonly haiso_id: string;
  readonly hub_shokai_id: string;
  readonly taio_kbn: string;
  readonly sodan_id: string | null;
  readonly tantosha: string | null;
}

export const insertAnswer = `
  insert into legacy_konkyu.T_OTO
    (koshin_dt, haiso_id, hub_shokai_id, taio_kbn, taio_dt, tantosha, sodan_id, riyu_cd, kekka_cd, jikai_ymd, renraku_bun)
  values ($1, $2, $3, $4, $1, $5, $6, $7, $8, $9, $10)`;

/** The parameters of {@link insertAnswer}, with what a caseworker adds to this kind of answer. */
export function answerParameters(answer: AnswerRow, now: Date): (string | null)[] {
  const extra = extras[answer.taio_kbn] ?? {};
  return [
    japanTimestamp(now),
    answer.haiso_id,
    answer.hub_shokai_id,
    answer.taio_kbn,
    answer.tantosha,
    answer.sodan_id,
    extra.reason ?? null,
    extra.outcome ?? null,
    extra.nextInDays === undefined ? null : japanYmd(now, extra.nextInDays),
    extra.text ?? null,
  ];
}

interface Extra {
  readonly reason?: string;
  readonly outcome?: string;
  readonly nextInDays?: number;
  readonly text?: string;
}

/** 101 対象外(制度), 011 支援につながった: the codes of return reasons and outcomes. */
const extras: Readonly<Record<string, Extra>> = {
  '30': { nextInDays: 14, text: '初回の面談を行いました。' },
  '40': { outcome: '011', text: '家計改善支援の利用につながりました。' },
  '45': { text: '連絡のつきやすい時間帯を教えてください。' },
  '50': { reason: '101', text: '当機関の対象ではないと思われます。障害福祉の窓口をご検討ください。' },
};
