// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Attendance, ConferenceKind, ConferenceState, ConferencePost, Mode } from '@tsunagi/domain';
import type { z } from 'zod';

type Names<E extends z.ZodType<string>> = Readonly<Record<z.infer<E>, string>>;

export const conferenceKindNames: Names<typeof ConferenceKind> = {
  shien_kaigi: '支援会議(社会福祉法106条の6)',
  shien_kaigi_konkyu: '支援会議(生活困窮者自立支援法9条)',
  chosei_kaigi: '調整会議(生活保護法27条の3)',
  yotaikyo_case: '要保護児童対策地域協議会 個別ケース検討会議',
  juso: '重層的支援会議',
  shien_chosei: '支援調整会議',
  chiiki_care_kobetsu: '地域ケア個別会議',
  shogai_kyogikai: '(自立支援)協議会',
  case_kaigi: 'ケース会議',
  chiiki_care_suishin: '地域ケア推進会議',
  kyogitai: '協議体',
};

export const conferenceStateNames: Names<typeof ConferenceState> = {
  proposed: '提案',
  declined: '開かない',
  called: '招集',
  open: '開催中',
  held: '開催済み',
  ended: '終了',
};

export const attendanceNames: Names<typeof Attendance> = {
  obligatory: '必須',
  in_principle: '原則',
  invited: '招いた方',
  person: 'ご本人',
  objective: '客観的に検討する方',
};

export const modeNames: Names<typeof Mode> = { in_person: '対面', online: 'オンライン' };

export const conferencePostNames: Readonly<Record<ConferencePost, string>> = {
  holder: '議長、事務局',
  chair: '議長(守秘義務を確認した方)',
  called: '名前で呼ばれた方',
  member: '名前で呼ばれ、守秘義務を確認した方',
};
