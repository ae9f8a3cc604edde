// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Sign-in, header, menu, keys: what stands around every page. */
export const frame = {
  skip: '本文へ移る',
  menu: 'メニュー',
  signIn: 'サインイン',
  signInTo: 'つなぎハブにサインインします',
  signInName: 'サインインの名前',
  password: '合言葉',
  signOut: 'サインアウト',
  signedInAs: (name: string) => `${name} さん`,
  sessionEnded: 'サインインの時間が切れました',
  sessionEndedHint: (name: string) =>
    `${name} さんとしてもう一度サインインすると、この画面の続きから始められます。入力した内容は残っています。`,
  actingFor: '操作する窓口',
  allDesks: '属するすべての窓口',
  legalDemo: '試用: 提供の根拠の行は、まだだれも確かめていません',
  line: {
    opening: '接続しています',
    live: '最新です',
    stale: '更新が止まっています。表示が古いかもしれません',
  },
  firstPassword: 'はじめの合言葉を変えてください',
  firstPasswordHint: '合言葉を変えるまで、ほかのことはできません。',
  currentPassword: 'いまの合言葉',
  newPassword: '新しい合言葉',
  newPasswordAgain: '新しい合言葉(もう一度)',
  passwordsDiffer: '二つの新しい合言葉が同じではありません。',
  changePassword: '合言葉を変える',
  secrecy: '秘密保持の確認',
  secrecyHint: (desk: string) =>
    `${desk} の受託者の職員として、知り得た秘密を漏らさないことを、機関として確認してください。確認するまで何も見えません。`,
  secrecyConfirm: '機関として確認する',
  keys: 'キーの一覧',
  keysOn: '一文字のキーを使う',
  keysOff: '一文字のキーを使わない',
  settings: '表示の設定',
  language: '言語 / Language',
  printedBy: (who: string, when: string) => `${who} 印刷 ${when}`,
  groups: {
    work: 'つなぎ',
    people: 'ご本人',
    watch: '見わたす',
    machines: '業務システム',
    records: '記録',
  },
  pages: {
    inbox: '受付箱',
    queue: 'つなぎ一覧',
    referral: 'つなぎ',
    settings: '表示の設定',
  },
} as const;
