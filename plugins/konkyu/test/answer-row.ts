// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import { claim, deliveryId, referralId } from '@tsunagi/plugin-sdk/testing';
import type { AnswerRow } from '../src/answers/answer-row';

export { claim, deliveryId, referralId };

/** 引受 by a named worker; each case states what it turns on. */
export function anAnswer(row: Partial<AnswerRow> = {}): AnswerRow {
  return {
    renban: '1',
    koshin_dt: '2026-11-20 09:31:00',
    haiso_id: uuidToBase32(deliveryId),
    hub_shokai_id: uuidToBase32(referralId),
    taio_kbn: '20',
    taio_dt: '2026-11-20 09:30:00',
    tantosha: '見本　三郎',
    sodan_id: 'S-2026-0001',
    riyu_cd: null,
    kekka_cd: null,
    jikai_ymd: '20261127',
    renraku_bun: '来週、面談の予定です。',
    han: 1,
    ...row,
  };
}
