// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The one plain Japanese sentence of every code that answers, decisions and to-dos carry. No sentence says more than
 * its reader's own function knows.
 */
const sentences: Readonly<Record<string, string>> = {
  // outcomes of items
  accepted: '送付しました。',
  held: '根拠がそろうまで待っています。',
  denied: 'この相手には送れません。',
  duplicate: '同じ内容をすでに受け付けています。',
  conflict: '同じ番号で内容の違う記録がすでにあります。',
  no_referral: 'つなぎの対象ではありません。',
  unrouted: 'つなぎ先の窓口が決まっていません。',
  draft: '下書きとして受け付けました。窓口の画面で仕上げてください。',
  rejected: '記録を受け付けられませんでした。',

  // reasons of a decision that a later record can lift
  CONSENT_MISSING: 'この相手への提供に、ご本人の同意がまだありません。',
  CONSENT_NOT_YET: '同意の期間がまだ始まっていません。',
  CONSENT_EXPIRED: '同意の期間が終わっています。',
  CONSENT_WITHDRAWN: '同意が撤回されています。',
  CONSENT_REFUSED: 'ご本人が同意しないと伝えています。',
  CONSENT_OTHER_RECIPIENT: '同意の範囲に、この相手が入っていません。',
  CONSENT_EXCLUDES_RECIPIENT: 'ご本人が、この相手には見せないと決めています。',
  CONSENT_OTHER_PURPOSE: '同意の範囲に、この目的が入っていません。',
  CONSENT_UNCONFIRMED: '業務システムの「同意あり」を、30日たっても人が確かめていません。',
  CONSENT_LACKS_IDENTITY: '同意の範囲に、氏名などの基本の項目が入っていません。',
  ASSERTED_WITHOUT_CONSENT: '記録の同意欄が「あり」ではありません。',
  ASSERTED_CONFERENCE_NEEDED: '支援会議での共有には、この事例の会議が要ります。',
  ASSERTION_ENDED: 'より新しい記録で、「同意あり」が取り消されています。',
  ASSERTED_FORM_UNKNOWN: '「同意あり」が指す同意書の様式が、登録・承認されていません。',
  FEEDBACK_NOT_PERMITTED: '同意の範囲では、経過を返せません。',
  OPEN_TWIN: '同じ方の同じ相手へのつなぎが、まだ続いています。',
  ASK_ADMINISTRATOR: '送れません。管理者に確認してください。',

  // reasons that no consent lifts
  PURPOSE_NOT_HELD: 'どちらかの窓口が、この利用目的を定めていません。',
  SAME_FUNCTION: '自分の窓口には送れません。',
  FUNCTION_CLOSED: 'どちらかの窓口が、いまはこの業務を受けていません。',
  KIND_WITHOUT_PERSON: '助言依頼には、ご本人の情報を付けられません。',
  HUB_ONLY: '通報・通告は、ハブの画面からだけ届けます。',

  // items
  UNROUTED: 'つなぎ先の窓口が決まっていません。',
  DELIVERY_UNKNOWN: 'この配送IDの送付は見つかりません。',
  DELIVERY_RECALLED: 'この送付は取り消されています。',
  RECALL_UNKNOWN: 'この配送IDの取消しは見つかりません。',

  'S-MYNUMBER': 'マイナンバーかもしれない数字があります。消してから送り直してください。',
  IDENTITY_MISSING: 'ご本人の氏名またはフリガナを入れてください。',
  DATE_IN_FUTURE: 'これから先の日時は入れられません。',
  TOO_LARGE: '一件の記録が大きすぎます。文を短くするか、世帯の方を分けてください。',
  INVALID: '記録の形が決まりに合っていません。',
  FUNCTION_NOT_YOURS: 'その窓口としては送れません。',
  OTHER_MATTER: '送付済みの記録で、つなぎ先か種類が変わっています。窓口の画面で取り下げ、新しく送ってください。',
  'E-DUP-DIFF': '同じ外部管理番号で内容の違う新規の記録があります。',

  // steps that are refused
  STATE_NOT_THERE: 'いまの状態では、この手続きはできません。',
  NOT_YOUR_STEP: 'この手続きは、ほかの担当が行います。',
  AUTHORITY_MISSING: '送る根拠がありません。',
  MEETING_UNKNOWN: '会い方が決まっていません。',
  WORKER_MISSING: '担当者の名前を入れてください。',
  CONTACT_MISSING: '最初の接触、または訪問を含む3回の試みを入れてください。',
  WAKE_DATE_MISSING: '再開する日を入れてください。',
  REASON_MISSING: '理由を入れてください。',
  REASON_IS_NO_RETURN: 'この理由では差し戻せません。保留または引受にしてください。',
  ASK_FIRST: '情報不足で差し戻す前に、一度照会してください。',
  FITTING_DESK_MISSING: '合う窓口、または「不明」を入れてください。',
  TALK_MISSING: '協議した日と、双方の名前を入れてください。',
  SECOND_RETURN: '二度目の差戻しはできません。窓口間で調整してください。',
  SENT_BACK_ALREADY: '結果報告を戻せるのは一度だけです。',
  ACCEPTED_ALREADY: '引き受けたあとなので、この手続きはできません。',
  KEEPS_DOING_MISSING: 'それぞれが続けることを入れてください。',
  OUTCOME_MISSING: '結果コードを入れてください。',
  PERSON_NOT_INFORMED: 'ご本人に伝えたこと、または伝えられない理由を入れてください。',
  RESULT_MISSING: '結果を入れてください。',
  SAID_TO_WHOM_MISSING: '誰がどの部分に同意しなかったかを入れてください。',
  HOP_LIMIT: 'これ以上は転送できません。窓口間で調整してください。',

  // to-dos
  complete_draft: '下書きを仕上げてください。',
  find_recipient: 'つなぎ先を決めてください。',
  authority_needed: '同意を得るか、ほかの根拠を確かめてください。',
  asserted_after_withdrawal: '撤回・不同意のあとに「同意あり」の記録が届きました。ご本人に確かめてください。',
  support_ended: '業務システムの記録が変わりました。続いているつなぎを確かめてください。',
  answer_question: '照会に答えてください。',
  confirm_return: '差戻しの申出を確かめてください。',
  agree_return: '差戻しについて、相手の窓口と話し合ってください。',
  act_on_return: '差し戻されました。次の手を決めてください。',
  talk_after_withdrawal: '同意が撤回されました。ご本人と話し合ってください。',
  stop_using: '取り消された情報を使うのをやめ、受領を返してください。',
  take_referral: 'つなぎが届いています。開いて確かめてください。',
  work_on: '結果報告が戻されました。対応を続けてください。',
  twin_open: '同じ方の同じ相手へのつなぎが続いています。それが終わると、自動で送られます。',
  see_correction: '届いているつなぎの内容が訂正されました。確かめてください。',
  delivery_stuck: '相手のシステムに届いていません。管理者に確認してください。',
};

/** The sentence of a code; a code of a legacy interface without one of its own is told in general terms. */
export function sentenceOf(code: string): string {
  return sentences[code] ?? '記録の項目が決まりに合っていません。';
}
