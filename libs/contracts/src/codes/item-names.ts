// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberItems } from '@tsunagi/domain';

type Fields = {
  readonly [C in keyof Required<MemberItems>]: Readonly<Record<keyof NonNullable<MemberItems[C]>, string>>;
};

const period = { validFrom: '有効期間の始まり', validTo: '有効期間の終わり' } as const;

/** The Japanese words for the fields of every category, in the order in which they are shown. */
export const itemNames: Fields = {
  identity: {
    name: '氏名',
    kana: '読み',
    otherNames: '通称・旧姓など',
    birthDate: '生年月日',
    birthDateText: '生年月日(日付にならないもの)',
    sex: '性別',
  },
  contact: {
    postalCode: '郵便番号',
    address: '住所',
    residence: '居所',
    telephone: '電話',
    mobile: '携帯電話',
    mail: 'メール',
  },
  contact_wishes: {
    number: '連絡してよい番号',
    when: '連絡してよい時',
    leaveMessage: '伝言を残してよいか',
    mustNotKnow: '知られてはいけない人',
    letters: '手紙を送ってよいか',
    language: '話す言葉',
    interpreter: '通訳など',
    safe: 'このとおりに連絡して安全だと確かめたか',
  },
  household_outline: { size: '世帯人数', relations: '続柄', affected: '困りごとに関わる方' },
  concern: { boxes: '相談事由', mostPressing: 'とくに困っていること' },
  wishes: { wishes: '希望', strengths: '強み', avoid: '避けてほしいこと' },
  care_level: {
    level: '要介護状態区分',
    application: '認定申請区分',
    ...period,
    physicalIndependence: '障害高齢者の日常生活自立度',
    dementiaIndependence: '認知症高齢者の日常生活自立度',
  },
  disability: {
    kinds: '障害の種別',
    physicalGrade: '身体障害者手帳の等級',
    intellectualGrade: '療育手帳の判定',
    mentalGrade: '精神障害者保健福祉手帳の等級',
    supportLevel: '障害支援区分',
    ...period,
  },
  health: { illness: '病気', pregnancyDue: '出産予定日' },
  income_debt: { income: '収入', arrears: '滞納', debts: '借金' },
  public_assistance: { receiving: '受けているか', note: '内容' },
  employment: { status: '状況', note: '内容' },
  housing: { status: '状況', note: '内容' },
  education: { school: '学校・園', note: '内容' },
  child_rearing: { note: '内容' },
  service_use: { planKind: '計画の区分', office: '事業所', services: '利用しているサービス', note: '内容' },
  abuse: { note: '内容' },
  criminal: { note: '内容' },
  narrative: { fact: '事実', words: '本人の言葉', view: '支援者の見立て', writtenOn: '書いた日' },
  origin: { note: '内容' },
};

export const sexNames = { male: '男', female: '女', other: 'その他', unknown: '不明' } as const;

export const interpreterNames = {
  sign_language: '手話',
  writing: '筆談',
  reading_aloud: '代読',
  spoken: '通訳',
} as const;

/** 要介護状態区分コード as the interface of 国保連 has it. */
export const careLevelNames = {
  '01': '非該当',
  '06': '事業対象者',
  '11': '要支援(経過的要介護)',
  '12': '要支援1',
  '13': '要支援2',
  '21': '要介護1',
  '22': '要介護2',
  '23': '要介護3',
  '24': '要介護4',
  '25': '要介護5',
} as const;

export const relativeNames = {
  subject: 'ご本人',
  spouse: '配偶者',
  child: '子',
  parent: '親',
  sibling: 'きょうだい',
  grandparent: '祖父母',
  grandchild: '孫',
  relative: '親族',
  cohabitant: '同居の方',
  other: 'その他の方',
} as const;
