// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import * as contracts from '@tsunagi/contracts';
import type { CliErrorCode } from './cli.error';
import type { SettingName } from './settings/settings.schema';
import type { BreakKind } from '@tsunagi/hub';

/** Every sentence of the command line. `{name}` is filled in. */

export interface Sentence {
  readonly says: string;
  /** What to do now. */
  readonly remedy: string;
}

/** How the command in hand is written. */
const seeHelp = '使い方は、同じコマンドに --help を付けると見られます。';

export const errorTexts: Readonly<Record<CliErrorCode, Sentence>> = {
  ACCESS_MISSING: {
    says: 'ハブに接続するための ID がありません。',
    remedy:
      'TSUNAGI_CLIENT_ID と TSUNAGI_CLIENT_SECRET を設定するか、デモを起動した TSUNAGI_DATA_DIR を指定してください（{path} がありません）。',
  },
  ACCESS_UNREADABLE: {
    says: '{path} を読めません。',
    remedy: 'ファイルの権限と中身を確かめてください。デモなら、データフォルダーを消して起動し直すと作り直されます。',
  },
  ARGUMENTS_TOO_MANY: { says: '要らないものが付いています。', remedy: seeHelp },
  ARGUMENT_MISSING: { says: '{name} を指定してください。', remedy: seeHelp },
  AUTHORITY_NOT_ONE: {
    says: '「{name}」の行は一つではありません。\n{list}',
    remedy: '確かめた行の id(はじめの8文字以上)で指定してください。',
  },
  AUTHORITY_UNKNOWN: {
    says: '「{name}」という根拠の行はありません。',
    remedy: '`tsunagi authority list` の行の id かコードで指定してください。',
  },
  BROKER_AWAY: {
    says: 'RabbitMQ に接続できません（{code}）。',
    remedy: 'RabbitMQ が動いているか、AMQP_URL の接続先とアカウントを確かめてください。',
  },
  CANDIDATE_OTHER: {
    says: '{dir} は、プラグイン {plugin} のパッケージではありません（{name}）。',
    remedy: '同じプラグインの、組み立て済みのパッケージのフォルダーを --candidate に指定してください。',
  },
  CANDIDATE_FAILED: {
    says: '候補のプラグインが途中で止まりました（{code}）。',
    remedy: 'プラグインの作り手に、この符号と版を伝えてください。ハブにもフォルダーにも、何も残っていません。',
  },
  CANDIDATE_REFUSED: {
    says: '{dir} のプラグインは、このホストでは動かせません。',
    remedy: '組み立て済みか、要るパッケージが入っているか、SDK の版が合うかを確かめてください。',
  },
  COMMAND_LINE_INVALID: { says: 'コマンドの書き方が正しくありません。', remedy: seeHelp },
  COMMAND_UNKNOWN: { says: '{name} というコマンドはありません。', remedy: seeHelp },
  CONFIG_INVALID: { says: '設定に誤りがあります。\n{list}', remedy: '直してから、もう一度実行してください。' },
  CONFIG_UNREADABLE: {
    says: '{path} を読めません。',
    remedy: 'JSON のオブジェクトになっているか、権限があるかを確かめてください。',
  },
  DATABASE_AWAY: {
    says: 'データベースに接続できません（{code}）。',
    remedy: 'PostgreSQL が動いているか、DATABASE_URL を確かめてください。',
  },
  DATABASE_GIVEN_UP: {
    says: '組み込みデータベースが止まり続けるため、終了します（{code}）。',
    remedy: 'メモリーとディスクの空きを確かめ、起動し直してください。確定した記録は残っています。',
  },
  DATABASE_NOT_STARTED: {
    says: '組み込みデータベースを起動できません（{code}）。',
    remedy: 'ビルドが済んでいるか（npm run build）、メモリーとディスクの空きがあるかを確かめてください。',
  },
  DATA_DIR_IN_USE: {
    says: 'データフォルダー {path} は、別のつなぎハブ（プロセス {pid}）が使っています。',
    remedy: 'そちらを終了するか、TSUNAGI_DATA_DIR に別のフォルダーを指定してください。',
  },
  DATA_DIR_OF_OTHERS: {
    says: 'データフォルダー {path} は、ほかの利用者かほかの用途のもので、ほかの人も読める状態です。',
    remedy: '所有者に権限を 0700 にしてもらうか、TSUNAGI_DATA_DIR に自分のフォルダーを指定してください。',
  },
  DIRECTORY_UNUSABLE: {
    says: 'フォルダー {path} を作れないか、そこに書き込めません（{code}）。',
    remedy: '書き込めるフォルダーを {setting} に指定してください。',
  },
  FILE_NOT_TAKEN: {
    says: 'プラグイン {plugin} は、{name} という名前のファイルを取り込みません。',
    remedy: 'ファイル名を仕様書（プラグインの説明）の形にしてください。',
  },
  FILE_NOT_CSV: {
    says: 'CSV として読めないか、見出しの列が違います。',
    remedy: 'UTF-8 か CP932 で、見出しを {columns} から選んでください（はじめの三つは必ず要ります）。',
  },
  FILE_THERE: {
    says: '{path} に新しいファイルを作れません（{code}）。',
    remedy: 'まだない名前を指定してください。あるファイルには書き込みません。',
  },
  FILE_NOT_JSON: {
    says: '{path} は JSON のオブジェクトではありません。',
    remedy: 'UTF-8 の JSON で、{ から始まり } で終わるように書いてください。',
  },
  FILE_TOO_LARGE: { says: '{path} が大きすぎます（上限 {limit}）。', remedy: 'ファイルを分けてください。' },
  FILE_UNREADABLE: { says: '{path} を読めません（{code}）。', remedy: 'パスと権限を確かめてください。' },
  HUB_AWAY: {
    says: 'ハブ（{url}）が応答しません。',
    remedy: '`tsunagi start` で起動しているか、TSUNAGI_HOST と TSUNAGI_PORT を確かめてください。',
  },
  HUB_REFUSED: { says: 'ハブが断りました（{code}）。{detail}', remedy: '' },
  HUB_STRANGE: {
    says: 'ハブの答えを読めません。',
    remedy: 'ハブと tsunagi コマンドの版をそろえてください。',
  },
  INIT_DONE: {
    says: '{dir} には、もう用意したものがあります（{list}）。何も変えていません。',
    remedy: '作り直すなら、使っているサービスを止め、そのファイルを別の場所に移してから実行してください。',
  },
  INIT_UNWRITABLE: { says: '{dir} に書き込めません（{code}）。', remedy: 'フォルダーの権限と空きを確かめてください。' },
  KIND_UNKNOWN: { says: 'その種類のファイルは確かめられません。', remedy: '確かめられる種類：{list}' },
  NAME_UNKNOWN: {
    says: '「{name}」は、ハブに登録されていません。',
    remedy: '機関は名前、窓口はコード、クライアントは ID で指定してください。',
  },
  NEEDS_AMQP_URL: {
    says: 'プラグインホストには AMQP_URL が要ります。',
    remedy: '例：AMQP_URL=amqp://plugin.kaigo:パスワード@127.0.0.1:5672/tsunagi tsunagi start plugins',
  },
  NEEDS_DATABASE_URL: {
    says: 'この操作には DATABASE_URL が要ります。',
    remedy: '試すだけなら、引数なしの `tsunagi start` が全部をまとめて起動します。',
  },
  ONE_URL_ONLY: {
    says: '{given} だけが設定されています。',
    remedy: '{missing} も設定するか、試すだけなら両方とも外してください（組み込みで起動します）。',
  },
  OPTION_INVALID: { says: '{option} の値が正しくありません。', remedy: '{hint}' },
  OPTION_MISSING: { says: '{name} を付けてください。', remedy: seeHelp },
  OPTION_UNKNOWN: { says: '{name} という指定はありません。', remedy: seeHelp },
  OPTION_WITHOUT_VALUE: { says: '{name} の値を入れてください。', remedy: seeHelp },
  PASSWORD_NEEDED: {
    says: '{as} としてサインインするためのパスワードがありません。',
    remedy: '端末で実行して入力するか、本人だけが読めるファイルに書き、--password-file で指定してください。',
  },
  PLUGIN_CONFIG_INVALID: {
    says: '設定がこのプラグインに合いません。',
    remedy: '`tsunagi plugin config` で設定を直すか、--config のファイルを直してください。',
  },
  PLUGIN_DIR_THERE: {
    says: '{dir} には、もうファイルがあります。',
    remedy: '空のフォルダーを --dir で指定してください。上書きはしません。',
  },
  PLUGIN_KIT_MISSING: {
    says: '{name} の点検の用意（{name}/verify）を読み込めません（{code}）。',
    remedy:
      'package.json の exports に "./verify" を置き、defineKit() の結果を default export にしてください（docs/plugin-authors.md）。',
  },
  PLUGIN_NAME_INVALID: {
    says: 'その名前では作れません。',
    remedy: 'ID は英小文字で始まる英小文字・数字・ハイフン（31文字まで）、名前は40文字までの文字にしてください。',
  },
  PLUGIN_NOT_CONNECTED: {
    says: 'プラグインをここで組み立てられません（{code}）。',
    remedy: '設定を確かめてください（`tsunagi plugin config`）。',
  },
  PLUGIN_NOT_WRITTEN: {
    says: '{dir} に書けません（{code}）。',
    remedy: 'フォルダーの権限とディスクの空きを確かめてください。',
  },
  PLUGIN_PACKAGE_MISSING: {
    says: '{dir} にプラグインのパッケージがありません。',
    remedy:
      'package.json（名前は @tsunagi/plugin-ID）があるフォルダーを指定してください。作るには：tsunagi plugin new ID',
  },
  PLUGIN_REFUSED: { says: '動かせるプラグインがありません。\n{list}', remedy: 'TSUNAGI_PLUGINS を確かめてください。' },
  PORT_TAKEN: {
    says: 'ポート {port} はほかのプログラムが使っているので、それを終了するか、TSUNAGI_PORT に別の番号を指定してください。',
    remedy: '例：TSUNAGI_PORT=3001 tsunagi start',
  },
  HOST_PORT_TAKEN: {
    says: 'ポート {port} はほかのプログラムが使っているので、それを終了するか、TSUNAGI_HOST_PORT に別の番号を指定してください。',
    remedy: '例：TSUNAGI_HOST_PORT=3101 tsunagi start',
  },
  READS_NO_FILES: {
    says: 'プラグイン {plugin} は、ファイルを取り込みません。',
    remedy: '予行できるのは、ファイルを取り込むプラグインだけです。',
  },
  PERSON_UNKNOWN: {
    says: 'ご本人の番号ではありません。',
    remedy: 'つなぎの person にある番号（UUID）か、26文字の番号を指定してください。',
  },
  ROW_UNKNOWN: {
    says: '保留の番号ではありません。',
    remedy: 'tsunagi quarantine list の番号を、そのまま使ってください。',
  },
  DELIVERY_UNKNOWN: {
    says: 'その番号の、届いていないものはありません。',
    remedy: 'tsunagi dead list で番号を確かめてください。',
  },
  REFERRAL_UNKNOWN: {
    says: 'そのつなぎは見つからないか、見る権限がありません。',
    remedy: '番号（UUID または26文字）と、接続に使っている ID を確かめてください。',
  },
  SANDBOX_PORT_TAKEN: {
    says: '練習用の子育てシステムのポート {port} を、ほかのプログラムが使っています。',
    remedy: 'それを終了してから、もう一度起動してください。プラグインの設定 callbackUrl がこのポートを指しています。',
  },
  SANDBOX_ABSENT: {
    says: '練習用のデータベースが見つかりません。',
    remedy: '先に `tsunagi start` でデモを起動するか、DATABASE_URL を設定してください。',
  },
  URL_NOT_TAKEN: {
    says: '`start {target}` は {name} を受け取りません。',
    remedy: 'プラグインホストはハブのデータベースに触れません。{name} を外してください。',
  },
  VALUE_NOT_ALLOWED: { says: '{name} は使えません。', remedy: '使えるもの：{choices}' },
};

export const unknownError: Sentence = {
  says: '思いがけないところで失敗しました（{code}）。',
  remedy: '`tsunagi doctor` で環境を確かめてください。',
};

export const settingHints: Readonly<Record<SettingName | 'unknown', string>> = {
  DATABASE_URL: 'PostgreSQL の接続文字列。例：postgres://hub:パスワード@127.0.0.1:5432/tsunagi',
  AMQP_URL: 'RabbitMQ の接続文字列。例：amqp://hub:パスワード@127.0.0.1:5672/tsunagi',
  TSUNAGI_HOST: '待ち受けるアドレス。例：127.0.0.1',
  TSUNAGI_PORT: '0 から 65535 までの数',
  TSUNAGI_DATA_DIR: 'データフォルダーのパス',
  TSUNAGI_AUDIT_DIR: '監査の記録の署名を、データベースとは別に残すフォルダーのパス',
  TSUNAGI_MUNICIPALITY_CODE: '全国地方公共団体コード（数字6桁）',
  TSUNAGI_KEYS: '鍵ファイルのパス',
  TSUNAGI_OIDC_ISSUER: 'https:// で始まる URL',
  TSUNAGI_PLUGINS: 'プラグインの名前をコンマで区切ったもの。例：kaigo,konkyu,kosodate,shogai',
  TSUNAGI_LOG_LEVEL: 'debug、info、warn、error、silent のどれか',
  TSUNAGI_DEMO: 'on か off',
  TSUNAGI_SECRETS_DIR: '秘密情報のフォルダーのパス',
  TSUNAGI_STATE_DIR: 'プラグインホストの控えのフォルダーのパス',
  TSUNAGI_HOST_PORT: '0 から 65535 までの数',
  TSUNAGI_HOST_NAME: '英数字、ハイフン、下線で28文字まで',
  TSUNAGI_CHROMIUM: 'Chromium のパス',
  TSUNAGI_LEGAL: 'checked か demo',
  TSUNAGI_ORIGIN: 'on か off',
  TSUNAGI_CLIENT_ID: '100文字までの ID',
  TSUNAGI_CLIENT_SECRET: '200文字までの文字列',
  unknown: 'この名前の設定はありません',
};

export const originNames = { environment: '環境変数', file: '設定ファイル', default: '既定値' } as const;

/** Titles of a help page, as commander has them. */
export const helpTitles: Readonly<Record<string, string>> = {
  'Usage:': '使い方：',
  'Arguments:': '指定するもの：',
  'Options:': '付けられるもの：',
  'Commands:': 'コマンド：',
};

export const help = {
  help: '使い方を見る',
  program: 'つなぎハブ：自治体の福祉の窓口とシステムをつなぎます',
  json: '結果を JSON 一行で出す',
  start: '起動する。引数なしなら全部。DATABASE_URL も AMQP_URL もなければ組み込みで',
  startTarget: 'hub、plugins、sandbox のどれか',
  init: '本番や試用のための合言葉、鍵、メッセージ基盤の定義を用意する',
  initDir: '用意したものを置くフォルダー',
  initFor: 'compose（Docker）か systemd',
  initDatabase: 'PostgreSQL の場所（ホスト:ポート）。systemd のとき',
  initBroker: 'RabbitMQ の場所（ホスト:ポート）。systemd のとき',
  migrate: 'データベースとメッセージ基盤を、この版の構造にする',
  migrateFirstClient: '情報担当のクライアントがまだなければ、この ID で一つ作る',
  doctor: '環境と設定を確かめ、直し方を示す',
  audit: '監査の記録が書き換えられていないかを確かめる、渡す',
  auditVerify: '監査の記録を計算し直し、初めに合わないところを示す（何も変えない）',
  auditVerifyFile: '`audit export` で書き出したファイル。なければデータベース',
  auditVerifyCheckpoints: 'データベースとは別に残した署名のファイル。なければ TSUNAGI_AUDIT_DIR のもの',
  auditVerifyKeys:
    '署名を確かめる公開鍵のファイル（/.well-known/audit-keys.json を控えたもの）。なければ鍵ファイルから',
  auditExport: '監査の記録と署名を、ほかの人が確かめられるように書き出す（id だけで、氏名などは入らない）',
  auditExportFile: '新しく作るファイル',
  plugin: 'プラグインを見る、確かめる、切り替える',
  pluginList: '一覧と今の状態',
  pluginShow: '設定と、動かしているホスト',
  pluginCheck: '動いているホストに点検させる',
  pluginConfig: '設定を見る。--file で入れ替える',
  pluginConfigFile: '新しい設定の JSON ファイル',
  pluginConfigHistory: 'だれが、いつ、何を変えたかを見る',
  pluginConfigReturn: 'この版の内容に戻す（新しい版になる）',
  pluginConfigValidate: '入れ替えずに、入れ替えられるかだけを確かめる（--file と使う）',
  pluginEnable: '有効にする（点検に合格していること）',
  pluginForce: '点検に合格していなくても有効にする',
  pluginReason: '強制する理由。記録に残ります',
  pluginDryRun: 'ファイルを取り込んだとしたらどうなるかを、何も残さず確かめる',
  pluginDryRunFile: '業務システムのファイル',
  pluginDryRunConfig: 'ハブにある設定の代わりに使う JSON ファイル',
  pluginDryRunCandidate: '比べるプラグインのフォルダー（組み立て済みの、入れる前の版）。違う行だけを示す',
  pluginDryRunCandidateConfig: '比べる設定の JSON ファイル（--candidate があれば、その版の設定）',
  pluginConfirm: '止まっている受付を、件数を見たうえで続ける',
  pluginConfirmReason: '続けてよいと判断した理由。記録に残ります',
  pluginSettle: '業務システムと件数の合わない日を、わけが分かったとして済みにする（日は YYYY-MM-DD）',
  pluginSettleReason: '違ったままでよいと判断した理由。記録に残ります',
  pluginNew: '新しいプラグインのひな形を作る',
  pluginNewDir: '作るフォルダー（なければ ID と同じ名前）',
  pluginNewTitle: '人が読む名前。例：生活保護',
  pluginNewDomain: '分野（なければ ID と同じ分野、それもなければ other）',
  pluginVerify: 'フォルダーのプラグインがすべての約束を守るかを、ハブなしで確かめる',
  pluginVerifyDir: 'プラグインのパッケージがあるフォルダー（組み立て済み）',
  pluginVerifyReport: '結果のファイルを置くフォルダー（なければプラグインのフォルダー）',
  pluginDisable: '止める（処理中のものは終えてから）',
  pluginPoll: '業務システムを、次の時刻を待たずにいま見に行かせる',
  desk: '窓口の機能をまとめて取り込む、書き出す',
  deskImport: '窓口の機能をファイルから取り込む（誤りが一行でもあれば、何も変えない）',
  deskImportFile: 'CSV（UTF-8 か CP932）または .json のファイル',
  deskImportDryRun: '何が変わるかを見るだけ',
  deskExport: '窓口の機能を書き出す。そのまま取り込める',
  deskExportFormat: 'csv か json',
  staff: '職員を登録する',
  staffAdd: '職員を一人登録し、はじめのパスワードを作る',
  staffName: '氏名',
  staffOrganization: '属する機関の名前',
  staffRole: '役割（caseworker など）',
  staffFunction: '窓口のコード。なければ市町村全体の役割',
  staffFrom: '役割の最初の日（例 2027-04-01）',
  staffImport: '職員を CSV から登録する（一行に一つの役割）',
  staffImportFile: 'CSV のファイル（login,name,organization,role,function,validFrom,validTo）',
  client: '機械クライアントを登録する、secret を作り直す、止める',
  clientAdd: '登録し、secret を作る',
  clientOrganization: '使う機関の名前。窓口を指すときに要る',
  clientPlugin: '並んで動くプラグイン',
  clientFunction: '窓口のコード。なければ市町村全体',
  clientRole: '役割',
  clientRotate: 'secret を作り直す（これまでのものは使えなくなる）',
  clientRevoke: '止める（元に戻せない）',
  secretFile: 'パスワードや secret を書く、新しいファイル（本人だけが読める）',
  checkFile: '業務システムのファイルが仕様に合っているかを確かめる（ハブは要らない）',
  checkFileKind: 'ファイルの種類（プラグインの名前）。例：kaigo',
  checkFileFile: '確かめるファイル',
  checkFileConfig: '外字表や保険者番号を含む、プラグインの設定の JSON ファイル',
  quarantine: '元の場所で保留になっている行',
  quarantineList: '一覧と理由（値は出ません）',
  quarantinePlugin: 'このプラグインのものだけ',
  quarantineFile: 'このファイル（SHA-256）のものだけ。件数の突合も出す',
  quarantineCode: 'この理由のものだけ',
  quarantineRelease: '一行を、人の判断でもう一度読ませる',
  quarantineClose: '一行を、取り込まないと決めて一覧から除く',
  quarantineReason: '取り込まない理由。記録に残ります',
  dead: '業務システムに届かず、止まっているもの',
  deadList: '一覧と理由',
  deadExplain: '一つについて、理由と直し方を示す',
  deadReplay: 'もう一度届ける。番号を一つか、--plugin で一つのプラグインのすべてを',
  deadPlugin: 'このプラグインのものだけ',
  deadCode: 'この理由のものだけ',
  authority: '提供の根拠(法令ごとの行)',
  authorityList: '一覧と、いま使えるか、だれが確かめたか',
  authorityCheck: '法務などが行を確かめたことを記録する（行の id か、一つしかないコードで）',
  authorityAs: 'サインインする人（根拠を管理する個人情報保護担当。プログラムの ID ではできません）',
  authorityBy: '確かめた人（部署と名前）',
  authorityOn: '確かめた日（例 2026-12-01）',
  passwordFile: 'サインインする人のパスワードだけを書いたファイル。なければ端末で聞きます',
  disclosures: 'ご本人の情報を、いつ、誰に、何を根拠に提供したかを示す',
  disclosuresPerson: 'ご本人の番号（UUID または26文字）',
  disclosuresPage:
    'desk=自分の窓口の関わった行、resident=ご本人に渡すもの、working=開示決定のための作業資料（個人情報保護担当）',
  disclosuresAs: 'サインインする人。なければ、プログラムの ID の窓口に見えるものを示します',
  consent: '同意と提供の判断',
  consentExplain: 'いま提供できるか、その理由と、これまでの判断を示す',
  referral: 'つなぎの番号（UUID または26文字）',
  sandbox: '練習用のレガシーシステム',
  sandboxWrite: '介護か障害福祉のシステムのファイルを一つ作る',
  sandboxFor: 'どのシステムのファイルか',
  sandboxRows: '行数',
  sandboxSeed: '乱数の種。同じ種は同じ内容になる',
  sandboxBad: '誤りを混ぜる。例：E-DATE:3（3行目）、E-COUNT（ファイル）',
  sandboxConsult: '自立相談支援機関の相談を作る',
  sandboxConsultBad: '誤りを混ぜる。例：E-ERA:3（3行目）',
  sandboxStep: '介護、自立相談支援機関、障害福祉、子育ての相談員を一歩進める',
  sandboxTimes: '歩数',
  sandboxShow: '届いたもの、返したものを数える',
  sandboxClock: '試用のハブの時計を見る、進める',
  sandboxClockShow: '時計を見る',
  sandboxClockAdvance: '時計を進める。例：1d、3h、90m',
  sandboxClockJump: '時計をその日時まで進める。例：2026-12-01T08:30',
} as const;

export const startTexts = {
  starting: 'つなぎハブを起動しています…',
  crossing: 'デモのファイルが届くのを待っています…',
  ready: 'つなぎハブが動いています。',
  address: 'アドレス　{url}',
  running: '{parts}が動いています。',
  stop: '終了するには Ctrl+C を押してください。',
  stopping: '終了しています…',
  stopped: '終了しました。',
  restarted: '組み込みデータベースが止まったため、起動し直しました。確定した記録は残っています。',
  sandboxTrouble: '練習用の相談員が一歩を終えられませんでした（{code}）。続けます。',
  embedded:
    '組み込みのデータベースで動いています。試用と練習のためのもので、本番には PostgreSQL と RabbitMQ を使ってください。',
  signIn: 'サインイン（デモ）',
  secretsElsewhere: 'サインインの名前とパスワードは {path} にあります。',
  more: 'ほかの名前は {path} にあります。',
  crossed: '届いたもの',
  waiting: '同意がなく止まっているもの',
  elsewhere: '途中のもの、取り下げたもの',
  quarantined: '誤りがあって保留になった行、受け取れなかったファイル',
  otherRows: 'そのほかの行',
  none: 'ありません',
  cases: '{count} 件',
  incomplete: 'デモのファイルはまだ処理中です。',
  konkyuTable: '自立相談支援機関の受付表に {count} 件',
  konkyuAnswers: '自立相談支援機関からの返事 {list}',
  kaigoFiles: '介護システムへのファイルに {count} 件',
  kaigoAnswers: '介護システムからの返事 {list}',
  shogaiFiles: '障害福祉システムへのファイルに {count} 件',
  shogaiAnswers: '障害福祉システムからの返事 {list}',
  kosodateEvents: '子育てシステムから受け付けた出来事 {count} 件',
  kosodateCalls: '子育てシステムへの折り返しに {count} 件',
  kosodateAnswers: '子育てシステムからの返事 {list}',
  fileName: '最初のファイル {name}（{rows} 行）',
} as const;

export const partNames = { hub: 'ハブ', plugins: 'プラグイン', sandbox: '練習用システム' } as const;

/** Names of codes, looked up with what another program says: a code may be newer than this CLI. */
type Names = Readonly<Record<string, string>>;
export const stateNames: Names = contracts.stateNames;
export const answerNames: Names = contracts.responseNames;
export const statusNames: Names = contracts.statusNames;
export const resultNames: Names = contracts.resultNames;
export const categoryNames: Names = contracts.categoryNames;
/** The sentence of an エラーコード of a record. */
export const faultSentences: Names = Object.fromEntries(
  Object.entries(contracts.recordCodes).map(([code, { says }]) => [code, says]),
);
/** What to do about it, where the sentence does not say so itself. */
export const faultRemedies: Names = Object.fromEntries(
  Object.entries<contracts.CodeText>(contracts.recordCodes).flatMap(([code, { remedy }]) =>
    remedy === undefined ? [] : [[code, remedy]],
  ),
);

/** 取消区分. */
export const cancelNames: Names = { '1': '新規', '2': '訂正', '3': '取消' };

/** つなぎ先分野 of a consultation. */
export const targetNames: Names = {
  '-': 'なし',
  '1': '介護',
  '2': '障害',
  '3': '子育て',
  '4': '困窮',
  '5': 'その他',
  '6': 'つなぎ先不明',
};

export const findingTexts = {
  unknown: '仕様に合いません。',
  unknownRemedy: '符号を添えて管理者に連絡してください。',
} as const;

export const disclosureTexts = {
  head: ['時刻', '渡した窓口', '受けた窓口', '方法', '内容', '根拠', '経過'],
  none: 'お見せできる記録はありません。',
  noDesk: '個人情報保護担当',
  claimed: '渡している途中',
  written: '渡した',
  recalled: '渡さずに取り消した',
  recall: { asked: '使うのをやめるよう求めた', answered: '使うのをやめたと返事があった' },
} as const;

export const decisionTexts = {
  outcome: { permit: '提供できると判断', hold: '根拠を待つと判断', deny: '提供できないと判断' },
  state: '状態　{state}',
  now: {
    permit: 'いま　{to}へ提供できます。',
    hold: 'いま　{to}への提供は止まっています。',
    deny: 'いま　{to}へは提供できません。',
  },
  nowUnknown:
    'いま提供できるかどうかは、ここからは分かりません。つなぎ先が決まっていれば、送り元の窓口の ID で確かめられます。',
  history: 'これまでの判断（新しい順）',
  none: 'これまでの判断はありません。',
  disclosed: '提供　{at}　{outcome}',
  returned: '返し　{at}　{extent}',
  feedback: {
    none: '送り元の記録の変化だけを返せると判断',
    state: '状態を返せると判断',
    'state+note': '状態と連絡文を返せると判断',
  },
  authority: '根拠　{code}',
  notAfter: '期限　{at}',
  member: '{ref}　{categories}',
  reasons: '理由',
  leftBehind: '送らない項目の理由',
} as const;

export const secretTexts = {
  needsFile: '画面に出せないので、--secret-file で新しいファイルを指定してください。',
  once: '{name} の値です。ここでしか見せません。',
  written: '{name} の値を {path} に書きました（本人だけが読めます）。',
} as const;

export const deskTexts = {
  added: '＋ {row} 行目　{code}',
  changed: '～ {row} 行目　{code}　{fields}',
  wrong: '× {row} 行目　{code}　{pointer}: {message}',
  refused: '誤りがあるので、何も変えていません。',
  dryRun: '取り込むと、{added} 件が加わり、{changed} 件が変わります（{unchanged} 件は同じ）。',
  done: '{added} 件を加え、{changed} 件を直しました（{unchanged} 件は同じ）。',
} as const;

export const passwordTexts = { ask: '{as} のパスワード（表示されません）: ' } as const;

export const staffTexts = {
  needsFrom: '役割の最初の日を --from で指定してください。',
  made: '職員 {login} を登録しました。はじめにサインインしたとき、本人がパスワードを変えます。',
  imported: '{made} 人を登録し、はじめのパスワードを {path} に書きました（{there} 人は登録済み）。',
} as const;

export const clientTexts = {
  made: 'クライアント {id} の secret を作りました。',
  revoked: 'クライアント {id} を止めました。',
} as const;

export const quarantineTexts = {
  head: ['番号', 'プラグイン', '読み取り口', 'ファイル', '行', '項目', '理由', '読み直し', '意味'],
  none: '保留の行はありません。',
  whole: '全体',
  releasable: 'できる',
  fileOfPlugin: '--file は --plugin と使います。',
  counts:
    'このファイル　読んだ {read} ＝ 送付 {accepted} ＋ 根拠待ち {held} ＋ 不可 {denied} ＋ 重複 {duplicate} ＋ 対象外 {no_referral} ＋ 宛先なし {unrouted} ＋ 下書き {draft} ＋ 保留 {quarantined} ＋ 取り込まない {closed}',
} as const;

export const deadTexts = {
  head: ['番号', 'プラグイン', '理由', '回数', '最後に試した時', '意味'],
  none: '止まっているものはありません。',
  buried: 'メッセージ基盤が諦めた電文（中身は残していません。送った側がもう一度送ります）',
  oneOrPlugin: '番号を一つか、--plugin のどちらか一方を指定してください。--code は --plugin と使います。',
  replayed: '{count} 件をもう一度届けます。',
  left: 'まだ {count} 件が残っています。もう一度実行してください。',
  which: '{id}　{plugin}　{kind}　つなぎ {referral}',
  why: '{code}　{says}',
  tried: '{attempts} 回試しました。最後は {since}',
} as const;

/** Where the audit does not hold, and how it shows. */
export const auditBreaks: Readonly<Record<BreakKind, string>> = {
  changed: '{line} 番の記録が書き換えられています。',
  removed: '{line} 番かその前後で、記録が消されています。',
  inserted: '{line} 番の記録は、あとから差し込まれています。',
  reordered: '{line} 番の記録の順番が入れ替えられています。',
  seal_removed: '{line} 番のあとの鎖の輪が一つ消されています。',
  seal_changed: '{line} 番までの鎖の輪が、前の輪とつながりません。',
  checkpoint_forged: '{line} 番までの署名は、ハブの鍵によるものではありません。',
  checkpoint_differs: '{line} 番まで、署名したときの記録と違います（鎖が作り直されています）。',
  checkpoint_removed: '{line} 番までの署名が、データベースの外にはあるのに、中にはありません。',
  cut: '{line} 番まで署名したのに、その記録がありません（終わりが切り取られています）。',
  unreadable: 'ファイルの {line} 行目を読めないか、ファイルが途中で終わっています。',
};

export const auditTexts = {
  fine: '記録 {lines} 件（{sealedUpTo} 番まで）は、書き込まれたときのままです。署名 {checkpoints} 個。',
  broken: '監査の記録が、書き込まれたときのままではありません。',
  soundUpTo: '{soundUpTo} 番までは合っています。',
  brokenRemedy:
    '何も直さずに、データベースと TSUNAGI_AUDIT_DIR の控えを取り、個人情報保護担当と監査の担当に知らせてください。',
  proven: '{provenUpTo} 番までは、データベースの外に残した署名が裏づけています。',
  noneOutside:
    'データベースの外に残した署名（{path}）と比べていません。データベースごと作り直されていても分かりません。',
  unproven: '署名 {unproven} 個は、手元にない鍵のものなので確かめられません（--keys で公開鍵を指定できます）。',
  unreadable: '{path} の {list} 行目は読めないので飛ばしました（書き込みの途中で止まった跡かもしれません）。',
  exported: '{path} に、記録 {lines} 件（{sealedUpTo} 番まで）と署名 {checkpoints} 個を書きました。',
  keysHint: '/.well-known/audit-keys.json の形のファイル',
} as const;

export const authorityTexts = {
  head: ['行', 'コード', '根拠', '同じコードの行との違い', '期間', '確かめた人', 'いま'],
  trait: '{title}は{is}',
  own: '市町村の行（{id} に代わる）',
  purposes: '利用目的',
  kinds: '種類',
  senders: '送り手',
  recipients: '受け手',
  checked: '{statute}（{code}）を、{checkedBy}が{checkedOn}に確かめたと記録しました。',
  hints: { by: '60文字までの、部署と名前', on: '2026-12-01 の形の、実際にある日' },
  counts: '使える',
  countsUnchecked: '使える（試用のため。本番では、確かめるまで使えない）',
  nobody: 'なし',
  because: {
    off: '切ってある',
    not_yet: 'まだ始まっていない',
    ended: '終わった',
    unchecked: '確かめていないので使えない',
    overridden: '市町村の行 {by} に置き換わった',
  },
} as const;

export const newPluginTexts = {
  made: [
    '{title}のプラグインを {dir} に作りました（{n} ファイル）。',
    '',
    '次にすること：',
    '  npm --prefix {dir} run verify　組み立てて、すべての約束を確かめる',
    '  npm --prefix {dir} test　　　　テストを動かす',
    '  書式を直す　　　　　　　　　　　手引き：docs/plugin-authors.md',
  ],
} as const;

export const verifyTexts = {
  begins: 'プラグイン {plugin} を確かめています（十数秒かかります）…',
  written: '結果を {names} に書きました。',
  notWritten: '結果のファイル {names} を書けませんでした。',
} as const;

export const pluginTexts = {
  head: ['ID', '名前', '版', '設定', '経路', '点検', '受付', 'ホスト', '待ち'],
  parked: '{waiting}（ほかに止まったもの {parked}）',
  enabled: '有効',
  disabled: '無効',
  open: '開',
  closed: '閉',
  checked: '合格',
  failed: '不合格',
  unchecked: '未点検',
  outdated: '要再点検',
  noHost: 'なし',
  staleHost: '応答なし',
  none: 'プラグインはまだ登録されていません。',
  passed: '点検に合格しました。',
  notPassed: '点検に合格しませんでした。',
  nowEnabled: 'プラグイン {id} を有効にしました。',
  nowDisabled: 'プラグイン {id} を止めました。',
  nowPolled: 'プラグイン {id} に、業務システムをいま見に行かせました。',
  nowConfirmed:
    'プラグイン {id} の受付を続けます。待っているものは、ホストが次に送ったとき（15秒ほど）に受け付けます。',
  nowSettled: 'プラグイン {id} の、件数の合わない日を済みにしました。',
  functions: '窓口の機能　{list}',
  config: '設定（版 {version}）',
  untaken: '未取り込み　{at} から、渡した記録が業務システムに取り込まれていません。',
  hosts: 'ホスト　{id}（{state}、処理中 {inHand} 件）',
  needsReason: '--force には --reason が要ります。例：--force --reason "保守のため"',
} as const;

export const intakeTexts = {
  watched: '通常',
  unwatched: '見張りなし',
  paused: '確認待ち',
  missed: 'ファイル未着',
  differs: '件数が違う',
  off: '受付の見張り　なし',
  on: '受付の見張り　開始日 {from}、新しいつなぎ 一ファイル {perFile}、一時間 {perHour}',
  noStart: 'なし',
  upTo: '{n} 件まで',
  noLimit: '上限なし',
  lastFile: '最後のファイル　{at}',
  missedSince: 'ファイル未着　{at} までに届くはずのファイルが、届いていません。',
  days: '業務システムとの件数の突き合わせ（直近と、違う日）',
  dayHead: ['日', '件数', '結果', '業務システム', 'ハブ'],
  notCounted: 'まだ数えられていません',
  between: '{fewest}～{most}',
  howSettled:
    '  直れば一時間ほどで済みになります。わけが分かり、違ったままでよければ　tsunagi plugin settle {id} {day} --reason "理由"',
  differsInFile: '  {day} のファイル {file}　業務システム {system}、ハブ {hub}',
  pausedSince: '確認待ち（{at} から）　{sentence}',
  newOnes: '  できる新しいつなぎ　{n} 件',
  newOnesOf: '  できる新しいつなぎ　{n} 件（上限 {limit} 件）',
  countHead: ['予行の結果', '符号', '行き先の窓口', '件数'],
  trials: {
    goes_on: '  まだ予行の途中です。件数は、これから増えます。',
    waits: '  届いているものを、最後まで予行しました。',
  },
  quarantined: '  ほかに、ファイルの誤りで保留した行　{n} 件',
  how: '  続けてよければ　tsunagi plugin confirm {id} --reason "理由"　違うなら　tsunagi plugin disable {id}',
} as const;

export const checkFileTexts = {
  sound: '{file} は仕様に合っています（{rows} 行）。',
  flagged: '{file} は受け付けられますが、気になるところがあります（{rows} 行）。',
  quarantined: '{file} には、受け付けられない行があります（{rows} 行のうち）。',
  refused: '{file} は、ファイルごと受け付けられません。',
  head: ['行', '項目', '項目名', '扱い', '符号', '説明'],
  wholeFile: '全体',
  severities: { refused: 'ファイル拒否', quarantined: '行を保留', flagged: '注意' },
  remedies: '直し方',
  limits:
    '以前に送った記録との重なりや同意の有無は、ハブでしか分かりません。値は、元号から見当をつけた日付のほか、表示していません。',
  suggestion: '（{day} のことではありませんか）',
  offset: '（はじめから {offset} バイトの所）',
} as const;

export const dryRunTexts = {
  title: '予行　{file} をいま取り込んだとしたら',
  versions: '注意　ここのプラグインは版 {here}、ハブが知っているのは版 {there} です。読み方が違うことがあります。',
  countHead: ['結果', '行'],
  rowHead: ['行', '結果', '宛先', '符号', '説明'],
  wholeFile: '全体',
  field: '項目{field}',
  empty: 'データの行がありません。',
  notJudged: '返事の行 {count} 件は、予行では確かめられません。',
  questions: '大きなファイルなので {count} 回に分けました。別の回の行どうしの重なりは、予行では分かりません。',
  nothingStored: '何も保存せず、何も送っていません。',
} as const;

export const comparisonTexts = {
  title: '比較　{file} をいま取り込んだとしたら。いまの版 {today} と、候補の版 {candidate}',
  notTaken: {
    today: 'いまのプラグインと設定では、この名前のファイルを取り込みません。',
    candidate: '候補では、この名前のファイルを取り込みません。',
  },
  countHead: ['結果', 'いま', '候補'],
  rowHead: ['行', 'いま', '候補', '中身の違う項目'],
  to: '（{name}へ）',
  same: '候補にしても、何も変わりません。',
  different: '違いは {count} 件です（中身は項目の名前だけで、値は出しません）。',
} as const;

export const settingsTexts = {
  made: '版 {version}　{at}　{by}',
  current: '（いまの設定）',
  returnedTo: '（版 {version} の内容に戻した）',
  needsVersion: '--history に出る版の番号を指定してください。',
  oneOnly: '--file、--history、--return は、一度に一つだけ使えます。',
  version: '設定（版 {version}）。括弧の中は既定値です。',
  head: ['名前', '値', '説明'],
  needsFile: '--file で設定のファイルを指定してください。',
  fits: 'この設定に入れ替えられます（まだ入れ替えていません）。',
  same: 'いまの設定と同じです。何も変えていません。',
  stored: '設定を版 {version} にしました。前の版も残っています。',
  given: '動いているホストに渡しました。',
  later: '動いているホストがないので、次に起動したときに渡します。',
  checkRunning: 'プラグインは有効のままです。点検し直してください：tsunagi plugin check {id}',
  checkFirst: '有効にする前に点検してください：tsunagi plugin check {id}',
} as const;

/** Comments in the files of variables that `tsunagi init` writes. */
export const envComments = {
  secret: '`tsunagi init` が作りました。合言葉が入っています。所有者だけが読めるままにしてください。',
  demo: '見本市（架空の市）で始めます。本番では TSUNAGI_DEMO=off、TSUNAGI_LEGAL=checked にしてください。',
  port: 'このコンピューターの 127.0.0.1 で待ち受けるポート',
  door: '子育てのシステムからの呼出しを、このコンピューターの 127.0.0.1 で待ち受けるポート',
  runAs: 'コンテナーの中の利用者（site の持ち主と同じ）',
  passwords: 'データベース（管理者、移行、ハブ）とメッセージ基盤（ハブ、プラグインごと）の合言葉',
  migrate: 'tsunagi-migrate.service（表の持ち主として働く）',
  hub: 'tsunagi-hub.service',
  plugins: 'tsunagi-plugins@.service（データベースには触れない）',
} as const;

export const initTexts = {
  done: '{dir} に用意しました。',
  nextHead: '次にすること',
  backup: '鍵（site/keys.json）がないと記録を開けません。データベースとは別の場所に控えを取ってください。',
  placeHint: '例：db.example.local:5432',
  next: {
    compose: [
      'docker compose up -d --build　（表を作り、ハブとプラグインを起動します）',
      'docker compose ps　（hub が healthy になるのを待ちます）',
      'docker compose exec hub tsunagi plugin list',
      '業務システムの秘密情報を site/secrets/<プラグイン>/ に置きます（一つに一ファイル、0600。kosodate の二つは作ってあるので、業務システムに渡します）',
      '見本市でなく空で始めるときは、最初の起動の前に .env を TSUNAGI_DEMO=off、TSUNAGI_LEGAL=checked にします',
    ],
    systemd: [
      'sudo -u postgres psql -f {dir}/site/database.sql',
      'rabbitmqctl import_definitions {dir}/site/broker-definitions.json',
      'docs/install.md のとおりに利用者を作り、site/keys.json と site/secrets/<プラグイン>/ の持ち主にします（{plugins}）',
      'docs/install.md のユニットを置き、systemctl start tsunagi-migrate',
      'systemctl enable --now tsunagi-hub tsunagi-plugins@{first}　（ほかのプラグインも同じ）',
    ],
  },
} as const;

export const migrateTexts = {
  client: '情報担当のはじめのクライアント {id} を作りました。TSUNAGI_CLIENT_ID と TSUNAGI_CLIENT_SECRET に設定します。',
  clientThere: '情報担当のクライアントはもうあるので、作っていません。',
  done: '{count} 個の変更を適用しました。',
  nothing: 'データベースはこの版の構造になっています。',
  topology: 'メッセージ基盤のキューを用意しました。',
} as const;

export const sandboxTexts = {
  written: '{path} を作りました（{rows} 行）。',
  consulted: '相談を {written} 件書きました。',
  kaigoStepped: '介護　受付 {taken} 件、返事 {answers}',
  konkyuStepped: '自立相談支援機関　受付 {taken} 件、返事 {answers}',
  kosodateStepped: '子育て　受付 {taken} 件、返事 {answers}',
  shogaiStepped: '障害福祉　受付 {taken} 件、返事 {answers}',
  results: '{system}の結果ファイル {count} 個　{list}',
  events: '子育てから受け付けた出来事 {count} 件　断ったもの {list}',
  statuses: '{system}への状態通知　{list}',
  received: '{system}が受け取ったつなぎ　{list}',
  answers: '{system}の返事　{list}',
  consultations: '自立相談支援機関の相談（つなぎ先）　{list}',
  konkyuResults: '自立相談支援機関への状態通知　{list}',
  konkyuReceived: '自立相談支援機関の受付表　{list}',
  konkyuAnswers: '自立相談支援機関の返事　{list}',
  rowsHint: '1 から 1000000 までの整数',
  consultRowsHint: '1 から 100000 までの整数',
  seedHint: '0 から 998 までの整数',
  timesHint: '1 から 1000 までの整数',
  badHint: '使えるもの：{list}。行の誤りには行番号を付けます（例：E-DATE:3）',
} as const;

export const clockTexts = {
  now: 'ハブの時計は {now} です（実際より {days} 日 {hours} 時間先）。',
  spanHint: '1d（一日）、3h（三時間）、90m（九十分）、2w（二週間）の形',
  momentHint: '2026-12-01 か 2026-12-01T08:30 の形',
} as const;

export const doctorTexts = {
  ok: '良好',
  warning: '注意',
  failure: '不良',
  node: { name: 'Node.js', old: 'Node.js 20.19 以上に更新してください。' },
  config: { name: '設定', unknown: '読まれない設定名があります：{list}', unknownRemedy: '名前を確かめてください。' },
  dataDir: {
    name: 'データフォルダー',
    absent: 'まだありません（{path}）。起動すると作られます。',
    open: '{path} は、ほかの利用者も読める状態です。',
    openRemedy: '`chmod 700 {path}` を実行してください。',
    closed: '{path} に書き込めません。',
    closedRemedy: '所有者と権限を確かめるか、TSUNAGI_DATA_DIR を変えてください。',
    fine: '{path}',
  },
  secrets: {
    name: '秘密情報',
    absent: 'フォルダーがまだありません（{path}）。使うプラグインがなければ、このままでかまいません。',
    closed: '{list} を読めません。',
    closedRemedy: '`tsunagi start plugins` を動かす利用者を、フォルダーとファイルの所有者にしてください。',
    open: '{list} は、ほかの利用者も読める状態です。',
    openRemedy: 'フォルダーは `chmod 700`、ファイルは `chmod 600` で閉じ、中の合言葉を新しくしてください。',
    fine: '{path}（{count} 個）',
  },
  stateDir: {
    name: 'ホストの控え',
    absent: 'まだありません（{path}）。プラグインホストを起動すると作られます。',
    closed: '{path} に書き込めません。',
    closedRemedy: '所有者と権限を確かめるか、TSUNAGI_STATE_DIR を変えてください。',
    open: '{path} は、ほかの利用者も書き込める状態です。',
    openRemedy: '`chmod 750 {path}` を実行してください。',
    fine: '{path}',
  },
  disk: {
    name: 'ディスク',
    low: '{path} の空きが {free} しかありません。',
    lowRemedy: '{least} 以上になるよう、古いログや控えを移すか、ディスクを増やしてください。',
    fine: '空きは {free}（{path}）。',
  },
  clock: {
    name: '時計',
    hub: 'ハブ',
    database: 'データベース',
    host: 'ホスト {id}',
    alone: '比べる相手（ハブ、データベース）に届きません。',
    off: '{where} の時計が {seconds} 秒{direction}います。',
    ahead: '進んで',
    behind: '遅れて',
    remedy: 'その機械で時刻合わせ（chrony など）を動かし、日本の標準時に合わせてください。',
    fine: '{list} と合っています。',
  },
  plugins: {
    name: 'プラグイン',
    named: 'プラグイン {id}',
    hubAway: 'ハブが動いていないので、確かめていません。',
    noAccess: 'ハブに聞けないので、確かめていません（{code}）。',
    noAccessRemedy: '情報担当のクライアントを TSUNAGI_CLIENT_ID と TSUNAGI_CLIENT_SECRET に設定してください。',
    none: 'ハブはまだ、どのプラグインも知りません。使うものは `tsunagi start plugins` で起動してください。',
    disabled: '無効です。使うときは `tsunagi plugin check {id}` のあと、有効にしてください。',
    hostAway: '有効ですが、動かしているホストがありません。',
    hostAwayRemedy: 'そのプラグインの機械で `tsunagi start plugins` を起動し、ホストのログを確かめてください。',
    unanswered: '点検できません（{code}）。',
    unansweredRemedy: 'ホストのログを確かめ、`tsunagi plugin check {id}` をもう一度実行してください。',
    failed: '点検に合格しません：{list}。',
    failedRemedy: '直してから `tsunagi plugin check {id}` を実行してください。',
    fine: '点検に合格しました（{count} 項目）。',
    differs: '点検には合格しましたが、業務システムと件数の合わない日があります：{list}。',
    differsRemedy: '`tsunagi plugin show {id}` で、どの件数がどれだけ違うかを見てください。',
  },
  keys: {
    name: '鍵ファイル',
    absentEmbedded: 'まだありません。起動すると作られます。',
    hostOnly: 'プラグインホストは使いません。',
    absent: '{path} がまだありません。空のデータベースなら、最初の起動で作られます。',
    absentRemedy: 'すでに記録があるなら、その鍵ファイルを置くか、TSUNAGI_KEYS を直してください。',
    open: '{path} は、ほかの利用者も読める状態です。',
    openRemedy: '`chmod 600 {path}` を実行してください。',
    damaged: '{path} は、鍵ファイルとして読めません。',
    damagedRemedy:
      '所有者を確かめ、壊れているなら控えから戻してください。新しく作ると、これまでの記録を読めなくなります。',
    lost: 'データベースに記録があるのに、{path} がありません。',
    lostRemedy: '控えから戻すか、TSUNAGI_KEYS を直してください。新しい鍵では、これまでの記録を読めません。',
    other: '{path} に、データベースの記録を閉じた鍵がありません。',
    otherRemedy: 'このデータベースと同じときの鍵ファイルを、控えから戻してください。',
    fine: '{path}',
  },
  database: {
    name: 'データベース',
    embedded: '組み込み。',
    hostOnly: 'プラグインホストは使いません。',
    forgetful: 'PostgreSQL が確定した記録を失う設定です（{list}）。',
    forgetfulRemedy: 'postgresql.conf で fsync=on、synchronous_commit=on にしてください。',
    empty: 'PostgreSQL {version} に、ハブの表がまだありません。',
    old: 'PostgreSQL {version} は古すぎます。',
    oldRemedy: 'PostgreSQL 15 以上を使ってください。',
    pending: 'PostgreSQL {version} の表が、この版より古いままです（まだの変更 {count} 個）。',
    pendingRemedy: '`tsunagi migrate` を実行してください。',
    newer: 'データベースの表は、この版のハブより新しいものです（知らない変更 {count} 個）。',
    newerRemedy: '新しい版のハブを使ってください。表を元に戻すことはできません。',
    fine: 'PostgreSQL {version}、適用した変更は {count} 個。',
  },
  broker: {
    name: 'メッセージ基盤',
    embedded: '組み込み（同じプロセスの中）。',
    old: 'RabbitMQ {version} は古すぎます。',
    oldRemedy: 'RabbitMQ 3.10 以上を使ってください。',
    missing: 'RabbitMQ に、ハブの使うものがありません：{list}。',
    missingRemedy: 'ハブのアカウントの AMQP_URL で `tsunagi migrate` を実行してください。',
    different: '交換機かキューの性質が、この版のものと違います：{list}。',
    differentRemedy:
      'ハブを止め、キューは空であることを確かめて `rabbitmqctl delete_queue` で、交換機は RabbitMQ の管理の画面で消し、`tsunagi migrate` を実行してください。',
    fine: 'RabbitMQ {version}（アカウント {account}、キューは揃っています）。',
  },
  audit: {
    name: '監査の記録',
    embedded: '組み込み。`tsunagi audit verify` で確かめられます。',
    hostOnly: 'プラグインホストは使いません。',
    unasked: 'データベースに聞けないので、確かめていません。',
    none: 'まだありません。',
    lags: '{seconds} 秒前の記録が、まだ鎖につながっていません。',
    lagsRemedy: 'ハブが動いているか、長く終わらない処理がデータベースにないかを確かめてください。',
    outsideBehind: '{path} に、{seal} 番より後の署名がありません。',
    outsideClosed: '{path} に書き込めません。',
    outsideRemedy:
      '空きと所有者を確かめるか、TSUNAGI_AUDIT_DIR を変えてください。署名は、書けるようになると追いつきます。',
    fine: '{upTo} 番まで鎖につながり、署名は {path} にも残っています。',
  },
  hub: {
    name: 'ハブ',
    ready: '{url} は動いています。',
    starting: '{url} は起動の途中か、データベースかメッセージ基盤を待っています。',
    startingRemedy: '少し待って変わらなければ、{url}/health/ready とログを確かめてください。',
    away: '{url} は動いていません。',
    awayRemedy: '`tsunagi start` で起動してください。',
  },
} as const;

/** Puts the values in. A blank without a value stays visible, so that a test finds it. */
export function fill(sentence: string, blanks: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{([a-zA-Z]+)\}/g, (blank, name: string) => String(blanks[name] ?? blank));
}
