// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CodeText } from './code-text';

/** What becomes of the file or record that a code is about. */
export type RecordEffect = 'file_refused' | 'row_waits' | 'request_refused' | 'flagged' | 'not_written';

export interface RecordCodeText extends CodeText {
  readonly effect: RecordEffect;
  /** A person may let a row with this fault be read again; absent: only its own system can mend it. */
  readonly release?: RowRelease;
}

export interface RowRelease {
  /** What is done with the fault then; without it the row is only read again, under the settings of today. */
  readonly override?: string;
}

/**
 * Every code of reading and writing legacy records, whichever library or plugin finds it: `E-` an error, `W-` accepted
 * with a flag, `S-` a matter of secrecy. The one place for their words; a spec finds a code that is missing here.
 */
export const recordCodes = {
  // The file as a whole
  'E-ENCODING': {
    effect: 'file_refused',
    says: 'ファイルの文字コードが CP932 ではありません。',
    remedy: 'CP932(Shift_JIS)で書き出し直してください。',
  },
  'E-CONTROL': {
    effect: 'file_refused',
    says: 'コントロールレコードが決まりに合っていません。',
    remedy: '結果ファイルの項目番号を見て、コントロールレコードを直してください。',
  },
  'E-NO-END': {
    effect: 'file_refused',
    says: 'エンドレコードがありません。',
    remedy: '途中で切れています。別名で書き終えてから名前を変えて、置き直してください。',
  },
  'E-SEQ': {
    effect: 'file_refused',
    says: 'レコード番号が続いていません。',
    remedy: '1 から続くレコード番号で書き出し直してください。',
  },
  'E-COUNT': {
    effect: 'file_refused',
    says: 'レコード件数が実際の数と合いません。',
    remedy: 'データレコードの数を数え直して書き出すか、途中で切れていないかを確かめてください。',
  },

  'E-RECLEN': {
    effect: 'file_refused',
    says: '長さの違うレコードがあります。',
    remedy:
      'どのレコードも決められたバイト数で書き出し直してください(送るときに改行が入っていないか、全角文字が途中で切れていないか)。',
  },
  'E-HEADER': {
    effect: 'file_refused',
    says: 'ヘッダーレコードかトレーラーレコードが決まりに合っていません。',
    remedy: '結果ファイルの項目番号を見て、ヘッダーとトレーラーを直してください。',
  },
  'E-HASH': {
    effect: 'file_refused',
    says: 'トレーラーのハッシュ合計が実際の合計と合いません。',
    remedy: '番号の合計を計算し直して書き出すか、途中で変わっていないかを確かめてください。',
  },

  'E-SEQ-REUSE': {
    effect: 'file_refused',
    says: '同じ送信連番で内容の違うファイルを、すでに受け付けています。',
    remedy: '直した記録は、次の送信連番のファイルで出し直してください。',
  },

  'E-UTF8': {
    effect: 'file_refused',
    says: 'ファイルの文字コードが UTF-8 ではありません。',
    remedy: 'UTF-8 で書き出し直してください。',
  },
  'E-CSV': {
    effect: 'file_refused',
    says: 'CSV として読めないか、見出しが決まりに合いません。',
    remedy: '引用符と列の数、一行目の項目名を確かめて書き出し直してください。',
  },

  'E-NAME': {
    effect: 'file_refused',
    says: 'このプラグインが扱うファイルの名前ではありません。',
    remedy: 'ファイルの名前(はじめの文字と番号、要るなら日付)を確かめてください。',
  },

  // One record
  'E-FIELDS': {
    effect: 'row_waits',
    says: '項目の数が違います。',
    remedy: '決められた数の項目で出し直してください。空の項目も区切りは要ります。',
  },
  'E-UNKNOWN': {
    effect: 'row_waits',
    says: '決まりにない項目があります。',
    remedy: '項目の名前を確かめ、要らない項目を除いて送り直してください。',
  },
  'E-REFUSED': {
    effect: 'row_waits',
    release: {},
    says: 'ハブがこの記録を受け付けませんでした。',
    remedy: '情報担当に、要求の番号(X-Request-ID)かファイルの行を伝えてください。',
  },
  'E-REQUIRED': {
    effect: 'row_waits',
    says: '必須の項目が空です。',
    remedy: '送り元の記録に値を入れて出し直してください。',
  },
  'E-ATTR': {
    effect: 'row_waits',
    says: '項目に使えない文字があります。',
    remedy: '英数・コード・漢字などの決まりに合わせて、送り元の記録を直して出し直してください。',
  },
  'E-LENGTH': {
    effect: 'row_waits',
    says: '項目が長すぎます。',
    remedy: '決められた長さに収めて出し直してください(CP932 のファイルでは全角一文字が 2 バイト)。',
  },
  'E-CODE': {
    effect: 'row_waits',
    release: {},
    says: 'コード表にない値か、桁の合わない番号です。',
    remedy: 'その項目のコード表と桁数を確かめて出し直してください。',
  },
  'E-DATE': {
    effect: 'row_waits',
    says: '存在しない日付か、期間の終わりが始まりより前です。',
    remedy: '実在する日付に直して出し直してください。',
  },
  'E-ERA': {
    effect: 'row_waits',
    release: { override: '暦のうえで同じ日の、正しい元号の日付として読みます。' },
    says: 'その元号にはない日付です。',
    remedy: '正しい元号の日付に直して出し直してください(例: 平成31年5月1日は令和元年5月1日)。',
  },
  'E-CD-HOKENSHA': {
    effect: 'row_waits',
    release: { override: 'コントロールレコードの保険者番号で読みます。' },
    says: '保険者番号の検証番号が合いません。',
    remedy: '証記載保険者番号を確かめて出し直してください。',
  },
  'E-CD-MUNI': {
    effect: 'row_waits',
    release: { override: 'ヘッダー(なければ設定)の市町村番号で読みます。' },
    says: '市町村番号の検証番号が合いません。',
    remedy:
      '全国地方公共団体コード6桁を確かめてください。保険者番号と取り違えていませんか(ヘッダーなら、ファイル全体を受け付けません)。',
  },
  'E-ID': {
    effect: 'row_waits',
    says: '配送IDか紹介IDが正しい形ではありません。',
    remedy: 'ハブから届いた26文字を、そのまま返してください。',
  },
  'E-DUP-DIFF': {
    effect: 'row_waits',
    release: { override: '新規ではなく、前の記録の変更として読みます。' },
    says: '同じ外部管理番号で内容の違う新規の記録があります。',
    remedy: '変更なら「変更」として、別の記録なら新しい番号で出し直してください。',
  },
  'E-DELIVERY': {
    effect: 'row_waits',
    release: {},
    says: 'その配送は、この窓口に渡していないか、取り消していません。',
    remedy: 'ハブから届いた配送IDを、そのまま返してください。',
  },
  'E-RECALLED': {
    effect: 'row_waits',
    release: {},
    says: 'その配送は取り消されています。',
    remedy: '届いた情報の利用をやめ、取消の受領(60)を返してください。',
  },
  'E-STATE': {
    effect: 'row_waits',
    release: {},
    says: 'いまの状態ではその対応に進めないか、必要なことが足りません。',
    remedy: '状態と、対応区分ごとに要るもの(担当者名、理由コード、結果コード)を確かめて出し直してください。',
  },
  'E-ROW': {
    effect: 'row_waits',
    says: '列の名前か型が取り決めと違います。',
    remedy: '業務システムのビューを取り決めの形に直してください。',
  },
  'E-READ': {
    effect: 'row_waits',
    release: {},
    says: 'プラグインが記録を読めませんでした。',
    remedy: 'プラグインの不具合かもしれません。ホストのログを添えて、プラグインの作り手に伝えてください。',
  },
  'E-MAPPING': {
    effect: 'row_waits',
    release: {},
    says: 'プラグインが記録を共通の形にできませんでした。',
    remedy: 'プラグインの不具合かもしれません。ホストのログを添えて、プラグインの作り手に伝えてください。',
  },
  'E-SIZE': {
    effect: 'row_waits',
    says: '記録かファイルが大きすぎます。',
    remedy: '文を短くするか、ファイルを分けて出し直してください。',
  },
  'S-MYNUMBER': {
    effect: 'row_waits',
    says: 'マイナンバーかもしれない数字があるので、消してから送り直してください。',
  },

  'S-MYNUMBER-FIELD': {
    effect: 'row_waits',
    says: 'マイナンバーのための項目があるので、受け取れません。',
    remedy: '項目ごと消してから送り直してください。マイナンバーは、ハブでは扱いません。',
  },

  // A request at a plugin's door: nothing of it was taken
  'S-UNAUTHENTICATED': {
    effect: 'request_refused',
    says: 'トークンか署名がないか、もう通用しません。',
    remedy: 'トークンを取り直すか、署名を付けて送り直してください。',
  },
  'S-CLIENT': {
    effect: 'request_refused',
    says: 'トークンを求めた client_assertion が正しくありません。',
    remedy: 'client_id、aud、exp、jti と秘密情報を確かめ、毎回新しいものを作ってください。',
  },
  'S-SIGNATURE': {
    effect: 'request_refused',
    says: '署名が本文と合いません。',
    remedy: '時刻、メソッド、パス、本文をそのままのバイトで署名しているか、秘密情報が同じかを確かめてください。',
  },
  'S-TIMESTAMP': {
    effect: 'request_refused',
    says: '署名の時刻が5分より前か後です。',
    remedy: '送り手の時計を合わせ、送るたびに署名し直してください。',
  },
  'S-SCOPE': {
    effect: 'request_refused',
    says: 'このトークンでは、この操作はできません。',
    remedy: '要るスコープのトークンを取り直してください。',
  },
  'E-PATH': {
    effect: 'request_refused',
    says: 'そのような宛先はありません。',
    remedy: 'URL を確かめてください。クエリ(? から後ろ)は付けられません。',
  },
  'E-METHOD': {
    effect: 'request_refused',
    says: 'この宛先では使えないメソッドです。',
    remedy: 'Allow ヘッダーにあるメソッドで送ってください。',
  },
  'E-TYPE': {
    effect: 'request_refused',
    says: '本文の種類か文字コードが違います。',
    remedy: '圧縮しない UTF-8 の application/json で送ってください。',
  },
  'E-JSON': {
    effect: 'request_refused',
    says: '本文を JSON として読めません。',
    remedy: 'UTF-8 の JSON オブジェクトを、同じ名前の項目を重ねずに送ってください。',
  },
  'E-KEY': {
    effect: 'request_refused',
    says: 'Idempotency-Key がないか、本文の番号と違います。',
    remedy: '本文の eventId または responseId と同じ値を付けてください。',
  },
  'E-VERSION': {
    effect: 'request_refused',
    release: { override: '版にかかわらず、前の記録の変更として読みます(日次の CSV の行だけ)。' },
    says: '同じ番号の記録を、別の内容ですでに受け付けています。',
    remedy: '直した記録なら、新しい historyKey を付けて送ってください。別の記録なら、新しい番号にしてください。',
  },
  'E-BUSY': {
    effect: 'request_refused',
    says: 'いまは受け付けられません。',
    remedy: 'Retry-After の秒数を待ってから、同じ本文をもう一度送ってください。',
  },

  // Accepted with a flag
  'W-NONCALENDAR': {
    effect: 'flagged',
    says: '生年月日が暦の日付ではないので、登録どおりの文字のまま受け付けました。',
  },
  'W-DV-ADDRESS': {
    effect: 'flagged',
    says: '秘匿の方なので、住所など居所の分かる項目をハブに残していません。',
    remedy: '連絡先は、電話で伝えるか、安全な連絡方法(連絡上の注意)に書いてください。',
  },
  'W-CODE': {
    effect: 'flagged',
    says: 'コード表にない値なので、受け取るときはそのまま、渡すときは空にしました。',
    remedy: '急ぎません。次の書き出しまでに、送り元のコードを確かめてください。',
  },
  'W-GAIJI': {
    effect: 'flagged',
    says: '外字表にない外字があり、その文字を渡していません。',
    remedy: '外字表に登録するか、読み(カナ)で確かめてください。',
  },
  'W-GAIJI-MAPPED': {
    effect: 'flagged',
    says: '外字を外字表の文字に置き換えました。',
  },
  'W-ERA-OVERRUN': {
    effect: 'flagged',
    says: '改元後の日付が前の元号で書かれていたので、読み替えました。',
  },
  'W-INSURER': {
    effect: 'flagged',
    says: '保険者番号が分からないため、ご本人の番号を使わずに受け付けました。',
    remedy: 'コントロールレコードの保険者番号か、プラグインの設定を確かめてください。',
  },
  'W-CD-ATENA': {
    effect: 'flagged',
    says: '宛名番号の検証番号が合いませんが、そのまま受け付けました。',
    remedy: '急ぎません。古い番号なら、そのままでかまいません。',
  },
  'W-ATTR': {
    effect: 'flagged',
    says: '業務システムの欄に使えない文字があり、その項目を空にしました。',
    remedy: '元の内容はハブで確かめてください。',
  },
  'W-DATE': {
    effect: 'flagged',
    says: '業務システムの欄で表せない日付なので、その項目を空にしました。',
    remedy: '元の内容はハブで確かめてください。',
  },
  'W-UNENCODABLE': {
    effect: 'flagged',
    says: '業務システムの文字コードで書けない文字があり、その項目を空にしました。',
    remedy: '代替文字をプラグインの設定に登録してください。',
  },
  'W-LENGTH': {
    effect: 'flagged',
    says: '長すぎるため、末尾を「…」にするか、その項目を空にしました。',
    remedy: '全文はハブで確かめてください。',
  },

  // What could not be written into a department's system
  'E-ECHO': {
    effect: 'not_written',
    says: 'どの記録についての状態かが分からないため、書き込めません。',
    remedy: '送り元の窓口に、ハブで状態を確かめるよう伝えてください。',
  },
  'E-HUB-ONLY': {
    effect: 'not_written',
    says: '通報・通告は、業務システムには届けません。',
    remedy: 'ハブの中で受け取ってください。',
  },
} as const satisfies Record<string, RecordCodeText>;

export type RecordCode = keyof typeof recordCodes;

export const isRecordCode = (code: string): code is RecordCode => Object.hasOwn(recordCodes, code);

/**
 * May a person let a row with this code be read again, and how? What the hub itself did not take is judged anew by what it
 * knows today, whatever its code; a マイナンバー never.
 */
export function releaseOf(code: string): RowRelease | undefined {
  if (!isRecordCode(code)) return {};
  const text: RecordCodeText = recordCodes[code];
  return text.release;
}
