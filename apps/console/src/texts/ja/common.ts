// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Words of more than one page. */
export const common = {
  product: 'つなぎハブ',
  loading: '読み込んでいます',
  again: 'もう一度読み込む',
  empty: 'ありません',
  close: '閉じる',
  cancel: 'やめる',
  save: '保存する',
  back: '戻る',
  next: '次へ',
  more: 'さらに表示する',
  yes: 'はい',
  no: 'いいえ',
  required: '必須',
  choose: '選んでください',
  add: '加える',
  remove: '取り除く',
  sending: '送っています',
  print: '印刷する',
  failed: '読み込めませんでした',
  notDone: 'できませんでした',
  done: 'できました',
  unreachable: 'ハブにつながりません',
  unreachableHint: 'ネットワークを確かめて、もう一度お試しください。入力した内容は残っています。',
  unexpected: '画面を表示できませんでした',
  unexpectedHint: 'もう一度読み込んでも同じときは、情報政策担当に知らせてください。',
  requestId: (id: string) => `問い合わせ番号 ${id}`,
  notFound: 'この頁はありません',
  notFoundHint: 'アドレスを確かめるか、左のメニューから選んでください。',
  notForYou: 'この頁は、いまの役割では使いません',
  notForYouHint: '左のメニューにある頁を選んでください。',
  countOf: (n: number, more: boolean) =>
    more ? `${n.toLocaleString('ja-JP')}件以上` : `${n.toLocaleString('ja-JP')}件`,
  days: (n: number) => `${n}日`,
} as const;
