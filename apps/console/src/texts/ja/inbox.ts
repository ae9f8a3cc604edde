// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What waits for one. */
export const inbox = {
  lead: 'あなたの番のもの、あなたの役割ですることを、急ぐものから並べています。',
  todos: 'やること',
  nothing: 'いま、やることはありません。',
  escalated: '期限を過ぎています',
  tick: '済みにする',
  waiting: '自分の番のつなぎ',
  nothingWaits: '自分の番のつなぎはありません。',
  all: '一覧ですべて見る',
  disposition: '取り消された情報をどうしたか',
  dispositions: { returned: '返した', erased: '消した', kept: '法令により記録として残す' },
  law: '残す根拠の法令',
  worker: '担当者',
  more: 'さらに表示する',
  reveals: '氏名を見る確認',
  revealsHint: '秘匿の方などの氏名を一覧で見たいという求めです。認めると、求めた方だけが15分のあいだ見られます。',
  approve: '認める',
  refuse: '断る',
} as const;
