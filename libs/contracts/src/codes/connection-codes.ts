// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding } from '../plugin-control';
import type { CodeText } from './code-text';

const folder = 'フォルダーの場所を確かめ、なければ作ってください。';
const right = 'プラグインホストの利用者に、読み書きの権限を与えてください。';
const name = '接続先の名前(ホスト名)と、名前解決の設定を確かめてください。';
const reach = '接続先とポート、相手が動いているか、間のファイアウォールを確かめてください。';
const login = '利用者名と、秘密情報のファイルにある合言葉を確かめてください。';
const layout = '名前とスキーマの設定を確かめ、業務システムの業者に確認してください。';

/**
 * Why a plugin does not reach its legacy system, or does not work at all: codes of the operating system, of PostgreSQL and
 * MariaDB, of the SDK and of its host. A plugin may say others of its own.
 */
export const connectionCodes = {
  BAD_CONFIG: { says: '設定の書き方が決まりに合いません。', remedy: '示された項目を直してください。' },
  SECRET_MISSING: {
    says: '設定が指す秘密情報のファイルがありません。',
    remedy: 'ホストの秘密情報フォルダー(TSUNAGI_SECRETS_DIR)に、その名前のファイルを置いてください。',
  },
  SECRET_TOO_SHORT: { says: '秘密情報が短すぎます。', remedy: '長いものを作り直し、相手の側にも入れてください。' },
  DATABASE_URL: {
    says: 'データベースの接続先の書き方が違います。',
    remedy: '秘密情報のファイルに postgresql:// か mysql:// で始まる接続先を書いてください。',
  },
  ENOENT: { says: 'フォルダーがありません。', remedy: folder },
  ENOTDIR: { says: 'その場所は、フォルダーではありません。', remedy: folder },
  EACCES: { says: 'フォルダーを読み書きする権限がありません。', remedy: right },
  EPERM: { says: 'フォルダーを読み書きする権限がありません。', remedy: right },
  EROFS: { says: 'フォルダーが読み取り専用です。', remedy: '書き込めるように、共有をつなぎ直してください。' },
  EXDEV: {
    says: '五つのフォルダーが、同じファイルシステムにありません。',
    remedy: '五つのフォルダーを、同じファイルシステムに置いてください。',
  },
  ENOSPC: { says: 'ディスクの空きがありません。', remedy: '空きを作ってください。' },
  ECONNREFUSED: { says: '相手が接続を断りました。', remedy: reach },
  ECONNRESET: { says: '相手が接続を切りました。', remedy: reach },
  EHOSTUNREACH: { says: '相手に届く経路がありません。', remedy: reach },
  ETIMEDOUT: { says: '相手が時間内に応えません。', remedy: reach },
  TIMEOUT: { says: '相手が時間内に応えません。', remedy: reach },
  QUERY_TIMEOUT: { says: 'データベースが時間内に応えません。', remedy: reach },
  ENOTFOUND: { says: '接続先の名前が見つかりません。', remedy: name },
  EAI_AGAIN: { says: '接続先の名前を、いま調べられません。', remedy: name },
  '28P01': { says: 'データベースに入れません。利用者名か合言葉が違います。', remedy: login },
  '28000': { says: 'データベースに入れません。利用者名か合言葉が違います。', remedy: login },
  ER_ACCESS_DENIED_ERROR: { says: 'データベースに入れません。利用者名か合言葉が違います。', remedy: login },
  '3D000': { says: 'その名前のデータベースがありません。', remedy: layout },
  ER_BAD_DB_ERROR: { says: 'その名前のデータベースがありません。', remedy: layout },
  '42P01': { says: '表かビューがありません。', remedy: layout },
  ER_NO_SUCH_TABLE: { says: '表かビューがありません。', remedy: layout },
  '42703': { says: '表かビューに、要る列がありません。', remedy: layout },
  ER_BAD_FIELD_ERROR: { says: '表かビューに、要る列がありません。', remedy: layout },
  '42501': { says: '表かビューを使う権限がありません。', remedy: 'データベースの管理者に、権限を頼んでください。' },
  ER_TABLEACCESS_DENIED_ERROR: {
    says: '表かビューを使う権限がありません。',
    remedy: 'データベースの管理者に、権限を頼んでください。',
  },
  HTTP_401: { says: '相手がこちらの合言葉を認めません。', remedy: '相手と取り決めた秘密情報を確かめてください。' },
  HTTP_403: { says: '相手がこちらの呼び出しを許しません。', remedy: '相手の側の許可を確かめてください。' },
  HTTP_404: { says: '呼び出す先の場所がありません。', remedy: '設定の URL を確かめてください。' },
  TOO_MANY_ROWS: {
    says: '新しい記録が一度に多すぎるので、読み取りを止めて待っています。',
    remedy:
      '業務システムの側で、まとめて書き換えたものかを確かめ、よければプラグインの画面で、理由を添えて続きを読んでください。',
  },
  LOAD_FAILED: {
    says: 'ホストがプラグインを読み込めません。',
    remedy: 'パッケージが入っているか、ビルド済みかを、ホストの機械で確かめてください。',
  },
  NOT_A_PLUGIN: {
    says: '入っているパッケージは、プラグインではありません。',
    remedy: 'パッケージの名前と版を確かめ、入れ直してください。',
  },
  WRONG_ID: {
    says: '入っているパッケージが、別のプラグインを名乗っています。',
    remedy: 'パッケージの名前と、TSUNAGI_PLUGINS の指定を確かめてください。',
  },
  SDK_RANGE: {
    says: 'プラグインとホストの版が合わないので、動かしていません。',
    remedy: 'プラグインかホストを、合う版に入れ替えてください。',
  },
  CONFIG_SCHEMA: {
    says: 'プラグインの設定の項目を、ハブに伝えられません。',
    remedy: '前の版に戻し、ホストのログを添えて、プラグインの作り手に伝えてください。',
  },
} as const satisfies Record<string, CodeText>;

const otherwise: CodeText = {
  says: '業務システムとつながることを確かめられませんでした。',
  remedy: 'コードを控えて、プラグインのホストのログを確かめてください。',
};

/** What a finding says to people; the plugin's own hint comes before the general one. */
export function connectionText({ code, hint }: Pick<CheckFinding, 'code' | 'hint'>): CodeText {
  const known: Readonly<Record<string, CodeText>> = connectionCodes;
  const text = (code !== undefined && Object.hasOwn(known, code) ? known[code] : undefined) ?? otherwise;
  return hint === undefined ? text : { ...text, remedy: hint };
}
