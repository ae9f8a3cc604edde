// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { RefusedCode } from '@tsunagi/domain';
import { giverNotEntitled, stepTexts } from './sentences';

/** What the hub says when it refuses. `detail` is one plain sentence without a personal datum; `hint` says what to do next. */
export interface Entry {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
  /** The same request, unchanged, may succeed later. */
  readonly retryable?: true;
}

/** A step that the life of a referral refuses: 403 who, 409 when, 422 what is missing. */
const stepStatus: Readonly<Record<RefusedCode, 403 | 409 | 422>> = {
  STATE_NOT_THERE: 409,
  NOT_YOUR_STEP: 403,
  AUTHORITY_MISSING: 409,
  NOT_TO_THERE: 409,
  OPEN_TWIN: 409,
  MEETING_UNKNOWN: 409,
  WORKER_MISSING: 422,
  CONTACT_MISSING: 422,
  WAKE_DATE_MISSING: 422,
  REASON_MISSING: 422,
  REASON_IS_NO_RETURN: 422,
  ASK_FIRST: 409,
  FITTING_DESK_MISSING: 422,
  TALK_MISSING: 422,
  SECOND_RETURN: 409,
  SENT_BACK_ALREADY: 409,
  ACCEPTED_ALREADY: 409,
  RECEIVED_ALREADY: 409,
  CONDITIONS_UNACKNOWLEDGED: 409,
  MISDIRECTED: 409,
  KEEPS_DOING_MISSING: 422,
  OUTCOME_MISSING: 422,
  PERSON_NOT_INFORMED: 422,
  RESULT_MISSING: 422,
  SAID_TO_WHOM_MISSING: 422,
  HOP_LIMIT: 409,
  PHONE_FIRST: 422,
  PHONE_NOT_ANNOUNCED: 409,
  WITHDRAWAL_NOT_ASKED: 409,
  NOTHING_SAID: 422,
  PERSON_NOT_MATCHED: 422,
  WAKE_DATE_OUT_OF_RANGE: 422,
  PERSON_NOT_ASKED: 422,
  ATTEMPTS_MISSING: 422,
  REASON_DATE_MISSING: 422,
  DUPLICATE_MISSING: 422,
  TARGET_MISSING: 422,
  NOT_ON_TO_THERE: 422,
  NEED_MISSING: 422,
  SERIES_MISSING: 422,
  FOLLOW_UP_LEFT: 409,
  LEAD_NOT_NAMED: 409,
  ASK_AGAIN_OUT_OF_RANGE: 422,
  NOT_OF_THIS_KIND: 409,
  DATE_OF_ANSWER_MISSING: 422,
  ASKED_MISSING: 422,
  NEXT_CONTACT_MISSING: 422,
  AGREEMENT_MISSING: 422,
  CONFERENCE_UNKNOWN: 422,
  QUESTION_MISSING: 422,
  STATUTE_MISSING: 422,
  REQUEST_MISSING: 422,
  SUBJECT_UNDER_18: 422,
  ACCOMPANY_MISSING: 422,
};

function steps(): Readonly<Record<RefusedCode, Entry>> {
  const codes = Object.keys(stepStatus) as RefusedCode[];
  return Object.fromEntries(
    codes.map((code) => [
      code,
      {
        status: stepStatus[code],
        title: 'この手続きはできません',
        detail: stepTexts[code].says,
        ...(stepTexts[code].remedy !== undefined && { hint: stepTexts[code].remedy }),
      },
    ]),
  ) as Record<RefusedCode, Entry>;
}

/** Absent, or not for this caller: the words must not tell which. */
const notFound = {
  status: 404,
  title: '見つかりません',
  detail: '該当するものがないか、閲覧できません。',
  hint: 'URL と id、どの窓口としての操作かを確認してください。',
} as const;

/** Every problem code the HTTP interface answers with. The only place where a code gets its status and its words. */
export const catalogue = {
  // The request itself
  BAD_REQUEST: {
    status: 400,
    title: '要求を読めません',
    detail: '要求の形が正しくありません。',
    hint: 'URL の書き方を確認してください。',
  },
  BODY_MALFORMED: {
    status: 400,
    title: '本文を読めません',
    detail: '本文が JSON として正しくありません。',
    hint: 'UTF-8 の JSON(オブジェクト)を送ってください。',
  },
  BODY_DUPLICATE_KEY: {
    status: 400,
    title: '本文に同じ項目が重なっています',
    detail: '本文の一つのオブジェクトに、同じ名前の項目が二つ以上あります。',
    hint: '項目を一つにして送り直してください。',
  },
  BODY_RESERVED_KEY: {
    status: 400,
    title: '本文に使えない項目名があります',
    detail: '本文に、valueOf か toString という名前の項目があります。',
    hint: 'その項目を除いて送り直してください。',
  },
  BODY_TOO_DEEP: {
    status: 400,
    title: '本文の入れ子が深すぎます',
    detail: '本文の入れ子が32段を超えています。',
    hint: '入れ子を浅くして送り直してください。',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: '本文が大きすぎます',
    detail: '本文が上限(1 MiB)を超えています。',
    hint: '一件ずつに分けるか、文を短くしてください。',
  },
  BODY_TYPE: {
    status: 415,
    title: '本文の形式が違います',
    detail: 'この本文の形式は受け付けていません。',
    hint: 'Content-Type: application/json(UTF-8、圧縮なし)で送ってください。',
  },
  INVALID: {
    status: 422,
    title: '内容に誤りがあります',
    detail: '受け付けられない項目があります。errors を確認してください。',
  },
  NOT_FOUND: notFound,
  CODE_MISTYPED: {
    status: 422,
    title: 'コードの写し間違いです',
    detail: '打ち込まれたコードに、写し間違いがあります。',
    hint: '紙のコードを、もう一度、一文字ずつ確かめて打ち込むか、QR コードを読み取ってください。',
  },
  NOTHING_TO_PRINT: {
    status: 409,
    title: '印刷できるものがありません',
    detail: 'このつなぎには、いま紙にして渡せる内容がありません。',
    hint: '送り元は紙か本人持参で送ったあと、受け手は開いたあとに印刷できます。GET /referrals/{id} で状態を確かめてください。',
  },
  PDF_UNAVAILABLE: {
    status: 503,
    title: 'PDF を作れません',
    detail: 'このハブでは、いま PDF を作れません。',
    hint: '同じ頁を HTML で開き、ブラウザから印刷してください。いつも PDF が要るときは、情報政策担当に TSUNAGI_CHROMIUM の設定を頼んでください。',
  },
  IDEMPOTENCY_KEY_MISSING: {
    status: 400,
    title: 'Idempotency-Key がないか、長すぎます',
    detail: 'ヘッダー Idempotency-Key を 200 文字までで付けてください。',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    title: 'Idempotency-Key が別の内容で使われています',
    detail: '同じ Idempotency-Key が別の内容ですでに使われています。',
    hint: '内容を変えたときは新しい Idempotency-Key を付けてください。',
  },
  IF_MATCH_MISSING: {
    status: 428,
    title: 'If-Match に版がありません',
    detail: '最新の版を確認し、ヘッダー If-Match を "3" の形で付けてください。',
  },
  VERSION_CONFLICT: {
    status: 412,
    title: 'ほかの人が先に変更しました',
    detail: '開いている間に内容が変わりました。最新の状態を確認してやり直してください。',
  },

  ALREADY_THERE: {
    status: 409,
    title: 'すでにあります',
    detail: '同じコードまたは名前のものが、すでにあります。',
    hint: '一覧を確かめてください。',
  },
  PERIOD_OVERLAPS: {
    status: 409,
    title: '期間が重なっています',
    detail: '同じものが、重なる期間ですでに登録されています。',
    hint: '前の登録の最後の日を入れてから、登録してください。',
  },
  PERIOD_PAST: {
    status: 422,
    title: '過ぎた日にはできません',
    detail: '過ぎた日のことは変えられません。',
    hint: '今日からあとの日を入れてください。',
  },
  REFERENCE_UNKNOWN: {
    status: 422,
    title: '指している相手がありません',
    detail: 'id や名前で指している相手が登録されていません。',
    hint: 'errors の項目を確かめ、先に登録してください。',
  },
  OTHER_EMPLOYER: {
    status: 409,
    title: '受け持つ機関の職員ではありません',
    detail: 'その期間に、この職員やクライアントの機関は、この窓口や、自治体全体の役割を受け持っていません。',
    hint: '窓口を受け持つ機関と期間を確かめてください。自治体全体の役割は、自治体の機関の職員に付けます。',
  },
  OWN_ACCOUNT: {
    status: 409,
    title: '自分の役割は自分では変えられません',
    detail: '自分に役割を付けたり、延ばしたり、自分を代行者にしたりはできません。',
    hint: 'ほかの管理者に頼んでください。',
  },
  CSV_UNREADABLE: {
    status: 422,
    title: 'CSV を読めません',
    detail: 'UTF-8 または CP932 の CSV として読めません。',
    hint: '文字コードと、引用符(")が閉じているかを確かめてください。',
  },
  NOTHING_TO_ACKNOWLEDGE: {
    status: 409,
    title: '確認することがありません',
    detail: 'この窓口の秘密保持は確認済みか、確認が要りません。',
    hint: 'GET /session の mustAcknowledgeSecrecy を確かめてください。',
  },

  // Who calls
  NOT_SIGNED_IN: {
    status: 401,
    title: 'サインインが必要です',
    detail: '有効なトークンまたはサインインがありません。',
    hint: 'サインインし直すか、新しいトークンを取得してください。',
  },
  CREDENTIALS_REFUSED: {
    status: 401,
    title: 'サインインできません',
    detail: '名前またはパスワードが違います。',
    hint: '確かめて、もう一度入れてください。',
  },
  CLIENT_REFUSED: {
    status: 401,
    title: 'トークンを発行できません',
    detail: 'クライアントの id または secret が違います。',
    hint: '値を確かめるか、管理者に secret の再発行を頼んでください。',
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    title: 'しばらくお待ちください',
    detail: 'サインインの失敗が続いたため、しばらく受け付けません。',
    hint: 'Retry-After の秒数だけ待ってください。',
    retryable: true,
  },
  TOO_MANY_STREAMS: {
    status: 429,
    title: '知らせを受ける画面が多すぎます',
    detail: '一つのサインインで知らせを受けられるのは、4つの画面までです。',
    hint: '使っていない画面を閉じてください。',
    retryable: true,
  },
  ROLE_MISSING: {
    status: 403,
    title: 'この操作の役割がありません',
    detail: 'この操作に必要な役割を持っていません。',
    hint: '管理者に役割を確認してください。',
  },
  REQUEST_HEADER_MISSING: {
    status: 403,
    title: 'ヘッダーが足りません',
    detail: 'サインインでの変更にはヘッダー Tsunagi-Request: 1 が要ります。',
    hint: '付けて送り直してください。',
  },
  FUNCTION_NOT_YOURS: {
    status: 403,
    title: '所属していない窓口です',
    detail: 'ヘッダー Tsunagi-Function の窓口には所属していません。',
    hint: '自分の窓口の id またはコードを指定してください。',
  },
  FUNCTION_NEEDED: {
    status: 400,
    title: 'どの窓口としての操作かを指定してください',
    detail: '複数の窓口に所属しているため、ヘッダー Tsunagi-Function が要ります。',
    hint: '窓口の id またはコードを指定してください。',
  },
  FUNCTION_UNKNOWN: notFound,
  PASSWORD_CHANGE_NEEDED: {
    status: 403,
    title: 'はじめのパスワードを変えてください',
    detail: 'はじめのパスワードのままでは、ほかの操作はできません。',
    hint: 'POST /session/password で、自分のパスワードに変えてください。',
  },
  PASSWORD_UNCHANGED: {
    status: 422,
    title: 'そのパスワードは使えません',
    detail: '新しいパスワードが、いまのパスワードかサインインの名前と同じです。',
    hint: '別のパスワードにしてください。',
  },

  // Support units and their lead
  LEAD_NOT_YOURS: {
    status: 403,
    title: 'この手続きはできません',
    detail: '主担当の窓口だけができる手続きです。',
    hint: '主担当の窓口に頼むか、重層的支援会議で決めてください。',
  },
  LEAD_NOT_OFFERED: {
    status: 409,
    title: '主担当を頼まれていません',
    detail: 'この窓口は、いま主担当を頼まれていません。',
    hint: '主担当の窓口から頼んでもらってください。',
  },
  LEAD_ALREADY: {
    status: 409,
    title: 'すでに主担当です',
    detail: 'その窓口が、すでに主担当です。',
    hint: '担当者だけを変えるときは、name_worker を使ってください。',
  },
  LEAD_DATE_AHEAD: {
    status: 422,
    title: '日付が先になっています',
    detail: '会議や説明の日時が、今より先です。',
    hint: '済んだことの日時を入れてください。',
  },
  CONFERENCE_NOT_YOURS: {
    status: 403,
    title: 'この手続きはできません',
    detail: '重層的支援会議の決定は、多機関協働事業者か調整担当が記録します。',
    hint: '多機関協働事業者に記録を頼んでください。',
  },
  UNIT_NOT_DIVISIBLE: {
    status: 409,
    title: 'この分け方はできません',
    detail: '選んだ方を、この支援単位から分けられません。',
    hint: '移る方と残る方が一人以上いるかを確かめ、わからないときは管理者に確認してください。',
  },
  LEADS_DIFFER: {
    status: 409,
    title: '主担当が違います',
    detail: '主担当が同じで、別の支援単位だけを合わせられます。',
    hint: '先に、どちらかの主担当を引き継いでください。',
  },

  CONFERENCE_STATE: {
    status: 409,
    title: '会議の状態が変わっています',
    detail: '会議のいまの状態では、この手続きはできません。',
    hint: '会議を読み直して、いまできる手続きを確かめてください。',
  },
  CONFERENCE_NOT_HELD_THERE: {
    status: 422,
    title: 'その窓口が開く会議ではありません',
    detail: 'この種類の会議は、その窓口では開けません。',
    hint: '会議を開く事務局の窓口を確かめてください。',
  },
  CONFERENCES_APART: {
    status: 422,
    title: '一緒には開けない会議です',
    detail: 'これらの会議は、同じ日に続けて開けません。',
    hint: '会議を分けて提案してください。要対協と続けて開くには、個人情報保護担当が法令の行を確かめている必要があります。',
  },
  NO_PERSONS_HERE: {
    status: 422,
    title: 'この会議では個人を扱いません',
    detail: 'この種類の会議には、ご本人の情報を出せません。',
    hint: '数と地域だけを出すか、個人を扱う会議を選んでください。',
  },
  PERSONS_NEEDED: {
    status: 422,
    title: '話し合う方がいません',
    detail: 'この種類の会議は、決まった方について開きます。',
    hint: '話し合う方の id(persons)か、つなぎの id(referral)を入れてください。',
  },
  MEMBER_UNKNOWN: {
    status: 422,
    title: '呼べない方がいます',
    detail: '呼ぶ方のなかに、その窓口の職員ではない方か、ない部に入る方がいます。',
    hint: '窓口と職員の id、部の番号を確かめてください。',
  },
  SEAT_MISSING: {
    status: 422,
    title: '必ず出る方が足りません',
    detail: '議長、または必ず出る窓口の方が、まだ呼ばれていません。',
    hint: '議長と、会議の種類ごとに決まった窓口の方を、部ごとに呼んでください。',
  },
  SECRECY_UNACKNOWLEDGED: {
    status: 409,
    title: '守秘義務の確認が要ります',
    detail: '守秘義務を確認するまで、会議の項目は見られません。',
    hint: '会議の画面で、守秘義務を確認してください。',
  },
  NOT_YOUR_PART: {
    status: 403,
    title: 'この手続きはできません',
    detail: '会議でのあなたの立場では、この手続きはできません。',
    hint: '議長か事務局に頼んでください。',
  },
  NOT_PROMOTABLE: {
    status: 422,
    title: '会議の外に出せません',
    detail: '誰が知らせたかがわかる項目と、ほかの項目を含む文は、会議の外に出せません。',
    hint: '出す項目だけを、知らせた方がわからない言葉で書き直してください。',
  },
  CONSENT_NEEDED: {
    status: 409,
    title: 'ご本人の同意が要ります',
    detail: 'この項目をその相手に提供する同意が、まだありません。',
    hint: '出した窓口で、ご本人の同意を得て記録してください。',
  },
  REVIEW_DATE: {
    status: 422,
    title: '日付を確かめてください',
    detail: '開いた日は今日まで、見直す日は明日から6か月以内です。開く日は、今日より前にはできません。',
    hint: '日付を直してください。',
  },

  CLOCK_NOT_MOVABLE: {
    status: 409,
    title: '時計は動かせません',
    detail: 'このハブは試用ではないので、時計を進められません。',
    hint: '試用のハブ(TSUNAGI_DEMO=on)で使ってください。',
  },
  CLOCK_RUNS_FORWARD: {
    status: 409,
    title: '時計は戻せません',
    detail: '時計は、いまより先にだけ進められます。',
    hint: 'いまの時刻(GET /clock)を確かめてください。',
  },

  DISPOSITION_MISSING: {
    status: 422,
    title: '取り消された情報をどうしたかがありません',
    detail: '返したか、消したか、どの法令によって記録として残すかが書かれていません。',
    hint: '`disposition` に書いて、もう一度済みにしてください。',
  },
  TODO_NOT_TICKABLE: {
    status: 409,
    title: 'ここでは済みにできません',
    detail: 'このやることは、つなぎの手続きが進むと自動で済みになります。',
    hint: 'つなぎの手続きを進めてください。',
  },

  // Consents and their forms
  FORM_NOT_APPROVED: {
    status: 422,
    title: '承認されていない様式です',
    detail: 'この同意書の様式の版は、この窓口で承認されていないか、使用を終えています。',
    hint: '様式の版を確かめるか、個人情報保護担当に承認を頼んでください。',
  },
  SCRIPT_MISSING: {
    status: 422,
    title: '口頭の同意の記録が足りません',
    detail:
      '口頭の同意には、読み上げる文のある様式と、読み上げた人、日時、項目、相手、ご本人の確かめ方の記録が要ります。',
    hint: '読み上げた項目と相手の範囲で、聞き取りの記録(oral)を入れてください。',
  },
  SECOND_LISTENER_MISSING: {
    status: 422,
    title: '立ち会った人の記録がありません',
    detail: '要配慮の項目を口頭の同意で提供するには、もう一人の立会いが要ります。',
    hint: '立ち会った人を記録するか、書面で同意を得てください。',
  },
  GIVER_NOT_ENTITLED: {
    status: 422,
    title: '同意できる方ではありません',
    detail: giverNotEntitled.says,
    ...(giverNotEntitled.remedy !== undefined && { hint: giverNotEntitled.remedy }),
  },

  MATCH_NOT_CONFIRMED: {
    status: 422,
    title: '同じ人だと確かめられていません',
    detail: '氏名、読み、生年月日、性別のほかに、二つ以上の項目の一致を、両方に関わった窓口が確かめていません。',
    hint: '住所や電話番号などを確かめて、一致したものを agreed に加えて記録(link)してください。',
  },
  NUMBERS_DIFFER: {
    status: 409,
    title: '同じシステムの番号が二つあります',
    detail: '同じ業務システムが、この二人を別の番号で扱っています。',
    hint: '番号を持つ窓口に、どちらの番号が正しいかを確かめ、正しくない方を先に分けてもらってください。',
  },
  GROUND_NOT_OF_THIS_KIND: {
    status: 422,
    title: 'この種類では使えない根拠です',
    detail: 'この種類のつなぎは、この送り手と受け手の間では、その根拠で提供できません。',
    hint: '根拠(code)を確かめるか、ご本人の同意を得てください。',
  },
  GROUND_INCOMPLETE: {
    status: 422,
    title: '根拠の記録が足りません',
    detail: 'その根拠に要ることが、まだ記録されていません。',
    hint: '根拠の行(GET /authorities)の needs を見て、法令名と条、権利を侵害しないことの確認などを入れてください。',
  },
  AUTHORITY_OFF: {
    status: 409,
    title: 'その根拠は使えません',
    detail: 'その根拠は、この市町村ではいま使えるようになっていません。',
    hint: '法務または個人情報保護担当に確認してください。',
  },
  OWN_DRAFT: {
    status: 403,
    title: '自分の起案は承認できません',
    detail: '起案した人とその代理の人は、承認も却下もできません。',
    hint: 'ほかの承認者に頼んでください。',
  },
  NOT_THE_POST: {
    status: 403,
    title: 'この件の承認者ではありません',
    detail: '専決規程で、この件はほかの職が決めます。',
    hint: '承認者を確かめてください。',
  },
  GROUND_DECIDED: {
    status: 409,
    title: 'もう決まっています',
    detail: 'この根拠は、すでに承認または却下されています。',
    hint: 'さらに提供が要るときは、送り手が新しい根拠を記録します。',
  },
  OWN_REQUEST: {
    status: 403,
    title: 'ほかの方が判断します',
    detail: 'ご自分が申し出たことは、ご自分では判断できません。',
    hint: 'ほかの個人情報保護担当に頼んでください。',
  },
  DANGER_RECORDED: {
    status: 409,
    title: '危険の記録があります',
    detail: 'ご本人にとって危険な人の記録があるので、ご本人のほかに渡す頁は印刷できません。',
    hint: '求めた人がその人でないかを確かめてください。中身は画面で見られます(印刷しない形)。',
  },
  REVIEW_NEEDED: {
    status: 409,
    title: '個人情報保護担当の確認が要ります',
    detail: 'ご本人のほかからの求めは、個人情報保護担当が確認してから答えます。',
    hint: '渡してよいかどうかを、個人情報保護担当が作業資料(page=working)で確かめます。答えを待ってください。',
  },
  REQUEST_ANSWERED: {
    status: 409,
    title: 'もう答えています',
    detail: 'この求めへの答えは記録されていて、直せません。',
    hint: '決定を改めるときは、新しい求めとして記録してください。',
  },
  SECOND_PERSON_NEEDED: {
    status: 409,
    title: 'もう一人の確認が要ります',
    detail: '秘匿を解くには、求めた人とは別の人の確認が要ります。',
    hint: 'もう一人の権限のある人に、確認を頼んでください。',
  },

  TOO_MANY_SEARCHES: {
    status: 429,
    title: 'しばらくお待ちください',
    detail: '短いあいだに探した回数が多すぎます(15分に200回まで)。',
    hint: 'Retry-After の秒数だけ待ってください。',
    retryable: true,
  },
  TOO_MANY_TO_SORT: {
    status: 409,
    title: '五十音順に並べられません',
    detail: '窓口のつなぎが多く(5,000件を超えています)、五十音順に並べられません。',
    hint: '新しい順(sort=newest)で見るか、氏名や読みで探して(POST /persons/search)ください。',
  },
  REVEAL_NOT_NEEDED: {
    status: 409,
    title: 'もう一人の確認は要りません',
    detail: 'この方の氏名は、もう一人の確認がなくても見られます。',
    hint: '目的を示して、そのまま表示(POST /referrals/reveal)してください。',
  },

  // Plugins
  CHECK_NEEDED: {
    status: 409,
    title: '点検に合格していません',
    detail: '点検に合格するまで有効にできません。',
    hint: '先に点検してください。強制するときは force と reason を付けてください。',
  },
  CHECK_UNANSWERED: {
    status: 504,
    title: '点検の結果が届きません',
    detail: '10秒以内に点検の結果が届きませんでした。',
    hint: 'ホストの動作を確認して、もう一度点検してください。',
    retryable: true,
  },
  FILE_TOO_LARGE: {
    status: 413,
    title: '予行には大きすぎます',
    detail:
      'ファイルが、画面と HTTP で予行できる上限(80 KiB、1,000行)を超えているか、設定と合わせて一つの電文(128 KiB)に入りません。',
    hint: '行を減らしたファイルで試すか、プラグインのある機械で tsunagi plugin dry-run を使ってください。',
  },
  FILE_NOT_TAKEN: {
    status: 422,
    title: 'この名前のファイルは取り込みません',
    detail: 'このプラグインは、この名前のファイルを取り込みません。',
    hint: '業務システムが付ける名前のまま、名前を変えずに選んでください。決まりは、プラグインの説明にあります。',
  },
  READS_NO_FILES: {
    status: 409,
    title: 'ファイルを取り込まないプラグインです',
    detail: 'このプラグインは、ファイルを取り込みません。',
    hint: 'ビューや呼出しで届く記録は、設定を確かめてから、受付の見張りの予行で件数を見てください。',
  },
  DRY_RUN_FAILED: {
    status: 409,
    title: '予行できませんでした',
    detail: 'この設定では、プラグインがファイルを読む用意ができませんでした。',
    hint: '設定の「接続を確かめる」で、どの項目かを確かめてください。',
  },
  DRY_RUN_UNANSWERED: {
    status: 504,
    title: '予行の結果が届きません',
    detail: '20秒以内に、ホストから予行の結果が届きませんでした。何も保存していません。',
    hint: 'ホストが動いているか、版がハブと合っているかを確かめて、もう一度試してください。',
    retryable: true,
  },
  CONFIG_HOLDS_SECRET: {
    status: 422,
    title: '設定に秘密情報があります',
    detail: '設定に、合言葉を含む接続先が書かれています。',
    hint: '値は秘密情報のファイルに置き、設定には { "secretRef": "名前" } と書いてください。',
  },
  CONFIG_UNCHECKABLE: {
    status: 409,
    title: '設定を確かめられません',
    detail: 'プラグインが名乗った設定の形を、このハブは読めません。',
    hint: 'プラグインとハブの版をそろえてください。',
  },
  DELIVERY_NOT_PARKED: {
    status: 409,
    title: '届け直すものではありません',
    detail: 'いま送っている、もう届いた、取り消された、あとの知らせが届いたなど、もう届け直さないものです。',
    hint: '`GET /deliveries` の一覧にあるものだけを、届け直せます。',
  },
  NOTHING_PROPOSED: {
    status: 409,
    title: '確認を待っているものはありません',
    detail: 'このつなぎには、いま、書き込みの確認を待っているものがありません。',
    hint: '`GET /proposals` の一覧を取り直してください。ほかの人が先に決めたか、取り下げや撤回があったのかもしれません。',
  },
  NOTHING_TO_CONFIRM: {
    status: 409,
    title: '確認を待っていません',
    detail: 'このプラグインの受付は止まっていないので、確認することがありません。',
    hint: 'プラグインの状態(intake)を確かめてください。ほかの人が先に確認したのかもしれません。',
  },
  NO_DIFFERENCE: {
    status: 409,
    title: '件数の違いはありません',
    detail: 'この日の件数は、業務システムと違っていません。',
    hint: 'プラグインの状態(days)を確かめてください。数え直して合ったか、ほかの人が先に済ませたのかもしれません。',
  },
  ROW_NOT_WAITING: {
    status: 409,
    title: '保留ではありません',
    detail: 'この行は、もう保留ではありません。',
    hint: '一覧を取り直してください。直した記録が届いたか、ほかの人が先に決めたのかもしれません。',
  },
  ROW_NOT_RELEASABLE: {
    status: 409,
    title: '読み直せない理由です',
    detail: 'この理由で保留になった行やファイル、本文を残していない呼出しは、人の判断では読み直せません。',
    hint: '業務システムの記録を直して、次のファイルで出し直してください。取り込まないときは、一覧から除いてください。',
  },
  ROW_GONE: {
    status: 409,
    title: '元の行がありません',
    detail: 'その行のあったファイルか行が、元の場所にありません。',
    hint: '業務システムから出し直してください。移したのなら、同じファイルを done フォルダーに戻してください。',
  },
  ROW_CHANGED: {
    status: 409,
    title: '元の行が変わっています',
    detail: '元の行かファイルが、保留になったときと同じではありません。',
    hint: '変わった記録は、次に読むときに取り込みます。急ぐときは、プラグインにいま見に行かせてください。',
  },
  RELEASE_UNANSWERED: {
    status: 504,
    title: '結果が届きません',
    detail: '10秒以内に、読み直した行の結果が届きませんでした。',
    hint: '受付が止まっていないか、ホストが動いているかを確かめてください。読み直しは生きているので、あとで一覧を見てください。',
    retryable: true,
  },
  PLUGIN_OFF: {
    status: 409,
    title: 'プラグインが止まっています',
    detail: '止めているプラグインは、業務システムを見に行きません。',
    hint: '有効にしてから、もう一度実行してください。',
  },
  HOST_AWAY: {
    status: 409,
    title: 'ホストが動いていません',
    detail: 'このプラグインを動かしているホストがありません。',
    hint: 'プラグインホストを起動してください。',
    retryable: true,
  },

  // What a client submitted
  SUBMISSION_REJECTED: {
    status: 422,
    title: 'つなぎを受け付けられません',
    detail: '記録を受け付けられませんでした。',
    hint: 'errors のコードを確認し、直して送り直してください。',
  },
  CONTENT_CONFLICT: {
    status: 409,
    title: '内容の違う記録がすでにあります',
    detail: '同じ番号(source.key)で内容の違う記録がすでにあります。',
    hint: 'E-DUP-DIFF のとき、変更なら source.change を changed に、別の件なら source.key を新しくして送り直してください。',
  },

  INCIDENT_STEP: {
    status: 409,
    title: 'この手続きは、いまはできません',
    detail: 'もう済んでいるか、先にする手続きが残っています。',
    hint: '事故の最新の状態を見て、速報、確報、通知、拡大防止のうち残っているものを確かめてください。',
  },
  TOO_MANY_VIEWS: {
    status: 409,
    title: '見方が多すぎます',
    detail: '受付簿の見方は、窓口ごと、自分ごとに 50 件までです。',
    hint: '使わない見方を消してください。',
  },
  RECOMMENDATION_ANSWERED: {
    status: 409,
    title: '答えはもう決まっています',
    detail: 'この利用勧奨には、相談したい、または希望しないという答えが記録されています。',
    hint: '気持ちが変わったときは、新しい利用勧奨を記録してください。',
  },
  RECOMMENDATION_NOT_HERE: {
    status: 403,
    title: 'この窓口では記録しません',
    detail: '利用勧奨は、市町村の窓口が記録します。',
    hint: 'ご本人が望むときは、つなぎを送ってください。',
  },

  ...steps(),

  // The hub itself
  DATABASE_AWAY: {
    status: 503,
    title: '一時的に利用できません',
    detail: 'データベースにつながりません。しばらくしてからやり直してください。',
    retryable: true,
  },
  BROKER_AWAY: {
    status: 503,
    title: '一時的に利用できません',
    detail: 'メッセージ基盤につながりません。しばらくしてからやり直してください。',
    retryable: true,
  },
  INTERNAL: {
    status: 500,
    title: '処理できませんでした',
    detail: 'ハブの内部で問題が起きました。requestId を添えて管理者に連絡してください。',
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof catalogue;

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(catalogue, code);

/** Codes of one field, in `errors[]`. */
export const fieldCatalogue = {
  REQUIRED: '必須の項目です。',
  UNKNOWN_FIELD: '知らない項目です。',
  WRONG_TYPE: '値の型が違います。',
  WRONG_FORMAT: '値の形式が違います。',
  NOT_ALLOWED: '選べない値です。',
  TOO_LONG: '長すぎるか、大きすぎます。',
  TOO_SHORT: '短すぎるか、小さすぎます。',
  NO_MATCH: 'どの形にも当てはまりません。',
  NOT_VALID: '受け付けられない値です。',
} as const;

export type FieldCode = keyof typeof fieldCatalogue;

/** What to do about each in general; with a fault stands the exact limit or list. */
export const fieldHints: Readonly<Record<FieldCode, string>> = {
  REQUIRED: '値を入れてください。',
  UNKNOWN_FIELD: '項目の名前を確かめるか、外してください。',
  WRONG_TYPE: 'hint にある型で書いてください。',
  WRONG_FORMAT: 'hint にある書き方に直してください。',
  NOT_ALLOWED: 'hint にある値から選んでください。',
  TOO_LONG: 'hint にある上限に収めてください。',
  TOO_SHORT: 'hint にある下限を満たしてください。',
  NO_MATCH: 'API の文書にある形のどれかで書いてください。',
  NOT_VALID: 'API の文書で、この項目の決まりを確かめてください。',
};

/** How a value of a wrong format should look. */
export const formatHints: Readonly<Record<string, string>> = {
  uuid: 'UUID(例 018f2f60-7c3a-7000-8000-000000000000)',
  date: '実在する日付(例 2026-04-01)',
  datetime: '時差つきの日時(例 2026-04-01T09:00:00+09:00)',
  regex: '使えない文字が含まれていないか、書式を確かめてください',
};

/** Why the hub refuses to start, and what to do. */
export const startRefusals = {
  KEYS_MISSING:
    '鍵ファイル(TSUNAGI_KEYS)がありません。保管している鍵ファイルを戻すか、TSUNAGI_KEYS のパスを直してください。新しい鍵では、これまでの記録を開けません。',
  MIGRATIONS_PENDING: 'データベースの構造が古いか、まだありません。`tsunagi migrate` を実行してから起動してください。',
  FSYNC_OFF:
    'PostgreSQL が fsync=off のため、確定した記録が電源断で失われます。postgresql.conf で fsync=on にして再起動してください。',
  SYNCHRONOUS_COMMIT_OFF:
    'PostgreSQL が synchronous_commit=off のため、確定した記録が電源断で失われます。postgresql.conf(または役割の設定)で synchronous_commit=on にしてください。',
} as const;
