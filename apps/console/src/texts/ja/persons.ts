// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Looking for somebody, and seeing a name. */
export const persons = {
  lead: '自分の窓口のつなぎで知っている方をさがします。さがした言葉は、どこにも残りません。',
  q: 'さがす言葉',
  qHint: '氏名かその始め(2字から)、読み、生年月日(西暦・和暦)、自分の業務システムの番号、つなぎの番号',
  search: 'さがす',
  found: 'みつかった方',
  nobody: '当てはまる方はいません。自分の窓口のつなぎにいる方だけがみつかります。',
  sort: '並び順',
  sorts: { kana: '読みの五十音順', newest: '新しいつなぎの順' },
  masked: '氏名は伏せています',
  name: '氏名',
  desk: '窓口',
  referrals: 'つなぎ',
  open: (open: number, all: number) => `続いているもの ${open} / ${all}`,
  last: 'さいごの動き',
  toReferral: 'つなぎを開く',
  reveal: '氏名を見る',
  revealWhy: '何のために氏名を見ますか',
  revealHint: '目的は監査の記録に残ります。5分たつと、また伏せます。',
  revealNote: 'その他のときの説明',
  revealNoteHint: 'どなたのことかが分かることは書かないでください。',
  remask: 'いますぐ伏せる',
  unnamed: '見せられない',
  askSecond: 'もう一人に確認を求める',
  askSecondReason: '見る必要がある理由',
  askSecondHint: '同じ窓口の管理者が読みます。認められると、15分のあいだ見られます。',
  asked: '確認を求めました。認められたら、もう一度「氏名を見る」を押してください。',
} as const;
