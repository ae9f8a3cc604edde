// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pauseTexts, recordCodes, type CodeText, type NotRevealed, type RouteMiss } from '@tsunagi/contracts';
import type { DenyReason, HoldReason, ItemOutcome, RefusedCode } from '@tsunagi/domain';

/**
 * The one plain Japanese sentence of every code that answers, decisions and to-dos carry, and what to do about it. No
 * sentence says more than its reader's own function knows.
 */
type Texts<K extends string = string> = Readonly<Record<K, CodeText>>;

export const outcomeTexts: Texts<ItemOutcome> = {
  accepted: { says: '送付しました。' },
  held: {
    says: '根拠がそろうまで待っています。',
    remedy: '理由のコードを見て、同意を得るか、ほかの根拠を確かめてください。',
  },
  denied: { says: 'この相手には送れません。', remedy: '理由のコードを見て、宛先や利用目的を直してください。' },
  duplicate: { says: '同じ内容をすでに受け付けています。' },
  conflict: {
    says: '同じ番号で内容の違う記録がすでにあります。',
    remedy: '変更なら「変更」として、別の記録なら新しい番号で送ってください。',
  },
  no_referral: { says: 'つなぎの対象ではありません。' },
  unrouted: {
    says: 'つなぎ先の窓口が決まっていません。',
    remedy: '宛先を決めるのを待っています。急ぐときは調整担当に相談してください。',
  },
  draft: { says: '下書きとして受け付けたので、窓口の画面で仕上げてください。' },
  rejected: {
    says: '記録を受け付けられませんでした。',
    remedy: '理由のコードを見て、記録を直して送り直してください。',
  },
};

/** What an outcome is called in a dry run, where nothing has happened; of the others the same is said. */
export const dryRunTexts: Partial<Texts<ItemOutcome>> = {
  accepted: { says: '送付されます。' },
  draft: { says: '下書きになるので、窓口の画面で仕上げてください。' },
  rejected: { says: '記録を受け付けられません。' },
};

/** The matter is still in somebody's hands. */
/** Of a consent that is recorded, and of one that a decision would rest on. */
export const giverNotEntitled: CodeText = {
  says: '同意した方は、ご本人に代わって決められる方ではないか、その資格が記録されていません。',
  remedy:
    '資格(capacity)と、どなたか(giverPerson)を記録するか、ご本人か、ご本人のために決められる方の同意を得てください。',
};
const openTwin: CodeText = {
  says: '同じ方の同じ相手へのつなぎが、まだ続いています。',
  remedy: '続いているつなぎが終わるのを待つか、その中で相手の窓口に伝えてください。',
};
const meetingUnknown: CodeText = {
  says: '会い方が決まっていません。',
  remedy: '相手とご本人がどう会うかを決めてください。',
};

/** Why something waits: a later record can lift it. */
export const holdTexts: Texts<HoldReason | 'OPEN_TWIN' | 'ASSERTION_ENDED'> = {
  CONSENT_MISSING: {
    says: 'この相手への提供に、ご本人の同意がまだありません。',
    remedy: '同意を得て、ハブに記録してください。',
  },
  CONSENT_NOT_YET: {
    says: '同意の期間がまだ始まっていません。',
    remedy: '始まる日を待つか、期間を改めて同意を得てください。',
  },
  CONSENT_EXPIRED: { says: '同意の期間が終わっています。', remedy: '続けるときは、改めて同意を得てください。' },
  CONSENT_WITHDRAWN: {
    says: '同意が撤回されています。',
    remedy: 'ご本人と話し合い、望むときだけ改めて同意を得てください。',
  },
  CONSENT_REFUSED: {
    says: 'ご本人が同意しないと伝えています。',
    remedy: 'ご本人の意思のとおりにし、気持ちが変わったときだけ改めて記録してください。',
  },
  CONSENT_OTHER_RECIPIENT: {
    says: '同意の範囲に、この相手が入っていません。',
    remedy: 'この相手を含む同意を得てください。',
  },
  CONSENT_EXCLUDES_RECIPIENT: {
    says: 'ご本人が、この相手には見せないと決めています。',
    remedy: 'ほかの相手を、ご本人と選んでください。',
  },
  CONSENT_OTHER_PURPOSE: {
    says: '同意の範囲に、この目的が入っていません。',
    remedy: 'この目的を含む同意を得てください。',
  },
  CONSENT_UNCONFIRMED: {
    says: '業務システムの「同意あり」を、30日たっても人が確かめていません。',
    remedy: '同意書を確かめ、確かめたことをハブに記録してください。',
  },
  CONSENT_LACKS_IDENTITY: {
    says: '同意の範囲に、氏名などの基本の項目が入っていません。',
    remedy: '氏名などを含む同意を得てください。',
  },
  ASSERTED_WITHOUT_CONSENT: {
    says: '記録の同意欄が「あり」ではありません。',
    remedy: '同意を得て、記録の同意欄を直すか、ハブに同意を記録してください。',
  },
  ASSERTED_CONFERENCE_NEEDED: {
    says: '支援会議での共有には、この事例の会議が要ります。',
    remedy: '会議を開くか、ご本人の同意を得てください。',
  },
  ASSERTION_ENDED: {
    says: 'より新しい記録で、「同意あり」が取り消されています。',
    remedy: 'ご本人に確かめ、同意を得たときはハブに記録してください。',
  },
  ASSERTED_FORM_UNKNOWN: {
    says: '「同意あり」が指す同意書の様式が、登録・承認されていません。',
    remedy: '様式の版を確かめるか、個人情報保護担当に様式の承認を頼んでください。',
  },
  FEEDBACK_NOT_PERMITTED: {
    says: '同意の範囲では、経過を返せません。',
    remedy: '経過を返すには、それを含む同意が要ります。',
  },
  MEETING_UNKNOWN: meetingUnknown,
  OPEN_TWIN: openTwin,
  GIVER_NOT_ENTITLED: giverNotEntitled,
  GROUND_UNAPPROVED: {
    says: '同意によらない提供が、まだ承認されていません。',
    remedy: '承認を待つか、ご本人の同意を得てください。',
  },
  GROUND_REFUSAL_WORDS: {
    says: 'ご本人が同意しないと伝えていて、それでも提供する理由を承認者がまだ記録していません。',
    remedy: '承認者に、理由を記録するか、提供をやめるかを判断してもらってください。',
  },
  GROUND_EXPIRED: {
    says: '同意によらない提供の期限が過ぎています。',
    remedy: '続けるときは、ご本人の同意を得るか、改めて根拠を記録してください。',
  },
  GROUND_REFUSED: {
    says: '同意によらない提供は、承認されませんでした。',
    remedy: 'ご本人の同意を得てください。',
  },
  CONFERENCE_NOT_OPEN: {
    says: 'この事例の会議が、開かれていません。',
    remedy: '会議が開かれるのを待つか、ご本人の同意を得てください。',
  },
  SECRECY_UNACKNOWLEDGED: {
    says: '会議の守秘義務を、まだ確認していない構成員がいます。',
    remedy: '両方の窓口の構成員が確認すると、共有できます。',
  },
  SEALED_TEXT_UNCHECKED: {
    says: '秘匿の方の連絡文に居所の手がかりがないか、まだ確かめられていません。',
    remedy: '連絡文を読み、確かめたことをハブに記録してください。',
  },
  RESIDENCE_STATUS_TEXT: {
    says: '在留資格や在留カード番号に触れた文は、窓口の管理者が確かめるまで渡りません。',
    remedy:
      '要らなければ文を直してください。要るときは、管理者が読み、補足(supplement)で確かめたこと(residenceTextCleared)を記録してください。',
  },
  ASK_ADMINISTRATOR: { says: '送れないので、管理者に確認してください。' },
};

/** Why it cannot go there: no consent lifts it. */
export const denyTexts: Texts<DenyReason | 'PERSON_DECEASED'> = {
  PERSON_DECEASED: {
    says: 'ご本人が亡くなったとの記録があるので、送られません。',
    remedy: '誤りであれば、死亡の記録を取り消してから、改めて送ってください。',
  },
  PURPOSE_NOT_HELD: {
    says: 'どちらかの窓口が、この利用目的を定めていません。',
    remedy: '利用目的(purpose)を確かめてください。両方の窓口が定めている目的だけが使えます。',
  },
  SAME_FUNCTION: { says: '自分の窓口には送れません。', remedy: '宛先を確かめてください。' },
  FUNCTION_CLOSED: {
    says: 'どちらかの窓口が、いまはこの業務を受けていません。',
    remedy: '窓口の受託期間を確かめ、いま受けている窓口を選んでください。',
  },
  RECEIVES_NO_PERSONS: {
    says: '宛先の窓口は、ご本人についてのつなぎを受けません。',
    remedy: 'ほかの窓口を選ぶか、分野を指定して送ってください。',
  },
  KIND_WITHOUT_PERSON: {
    says: '助言依頼には、ご本人の情報を付けられません。',
    remedy: 'ご本人の情報を外すか、支援依頼として送ってください。',
  },
  HUB_ONLY: {
    says: '通報・通告は、ハブの画面からだけ届けます。',
    remedy: 'まず電話で伝え、ハブの画面で記録してください。',
  },
  KIND_NOT_FROM_HERE: {
    says: 'この窓口からは、この種類では送れません。',
    remedy: '種類(kind)を確かめてください。種類ごとの送り手と受け手は POST /referrals の説明にあります。',
  },
  KIND_NOT_TO_THERE: {
    says: 'この種類は、その窓口では受けていません。',
    remedy: '宛先を確かめてください。通報・通告などは、それを受けると決められた窓口だけに送れます。',
  },
  STATUTE_NOT_IN_FORCE: {
    says: 'その法律による提供は、この市町村ではまだ使えるようになっていません。',
    remedy: 'まず電話で通報・通告をし、法務または個人情報保護担当に確認してください。',
  },
  STATUTE_OTHER_FUNCTION: {
    says: 'その法律の通報・通告先は、この窓口ではありません。',
    remedy: 'その法律が定める窓口を宛先にしてください。急ぐときは、まず電話で伝えてください。',
  },
  BODY_KIND_NOT_OF_AUTHORITY: {
    says: 'その根拠では、この窓口の間で提供できません。',
    remedy: '根拠を確かめるか、ご本人の同意を得てください。',
  },
};

/** Why an item was not taken. */
export const itemTexts = {
  UNROUTED: outcomeTexts.unrouted,
  DELIVERY_UNKNOWN: {
    says: 'この配送IDの送付は見つかりません。',
    remedy: 'ハブから届いた配送IDを、そのまま返してください。',
  },
  DELIVERY_RECALLED: {
    says: 'この送付は取り消されています。',
    remedy: '届いた情報の利用をやめ、取消の受領を返してください。',
  },
  RECALL_UNKNOWN: {
    says: 'この配送IDの取消しは見つかりません。',
    remedy: 'ハブから届いた配送IDを、そのまま返してください。',
  },
  MEMBER_TWICE: {
    says: '同じ方が二度書かれています。',
    remedy: 'ご本人とほかの方の番号を確かめ、同じ方は一度だけ書いてください。',
  },
  ORIGIN_OFF: {
    says: 'この市町村では出自の項目(origin)を扱わないので、ハブに残していません。',
    remedy: '出自の項目を除いてください。扱うには、市町村の設定(TSUNAGI_ORIGIN)が要ります。',
  },
  IDENTITY_MISSING: { says: 'ご本人の氏名またはフリガナを入れてください。' },
  DATE_IN_FUTURE: {
    says: 'これから先の日時は入れられません。',
    remedy: '示された項目(pointer)の日時を確かめてください。',
  },
  TOO_LARGE: { says: '一件の記録が大きすぎるので、文を短くするか、世帯の方を分けてください。' },
  INVALID: { says: '記録の形が決まりに合っていません。', remedy: '示された項目(pointer)を直して送り直してください。' },
  SENDS_NO_PERSONS: {
    says: 'この窓口は、ご本人についてのつなぎを送らない窓口として登録されています。',
    remedy: '送り元の窓口を確かめるか、管理者に窓口の登録を確認してください。',
  },
  RECEIVES_NO_PERSONS: denyTexts.RECEIVES_NO_PERSONS,
  FUNCTION_NOT_YOURS: {
    says: 'その窓口としては送れません。',
    remedy: '送り元の窓口(fromFunction または fromCode)を確かめてください。',
  },
  ITEMS_OF_RECIPIENT: {
    says: '受け手の窓口は、つなぎに項目を加えられません。',
    remedy: '連絡文(note)だけにするか、照会への答えか新しいつなぎとして送ってください。',
  },
  BEFORE_START: {
    says: '受付を始めた日より前の記録なので、つなぎにしていません。',
    remedy: 'つなぎが要るときは、業務システムで記録を改めて出すか、窓口の画面から送ってください。',
  },
  CHANNEL_NOT_OF_THIS_KIND: {
    says: 'この種類は、その届け方では送れません。',
    remedy: '届け方(channel)を外してください。',
  },
  NAMES_SOMEBODY: {
    says: '助言依頼の文に、氏名・住所・電話・番号のように見えるものがあります。',
    remedy: '誰のことか分からないように書き直すか、支援依頼として送ってください。',
  },
  INQUIRY_MISSING: {
    says: '照会できるのは多機関協働だけです。',
    remedy: '照会に答えるときは、その照会の id を regarding に入れてください。',
  },
  REGARDING_UNKNOWN: {
    says: 'もとになる照会または助言依頼が見つかりません。',
    remedy: '自分の窓口に届いた照会、または自分の窓口の助言依頼の id かを確かめてください。',
  },
  NOTE_NAMES_SOMEBODY: {
    says: 'この欄に、氏名・住所・電話・番号のように見えるものがあります。',
    remedy: '誰のことか分からないように書き直してください。',
  },
  OTHER_MATTER: {
    says: '送付済みの記録で、つなぎ先か種類が変わっています。',
    remedy: '窓口の画面で前のつなぎを取り下げ、新しい番号で送ってください。',
  },
} as const satisfies Texts;

/** Why a step of a referral's life is refused. */
export const stepTexts: Texts<RefusedCode> = {
  STATE_NOT_THERE: {
    says: 'いまの状態では、この手続きはできません。',
    remedy: '最新の状態と、いまできる手続き(actions)を確かめてください。',
  },
  NOT_YOUR_STEP: {
    says: 'この手続きは、ほかの担当が行います。',
    remedy: 'いまできる手続き(actions)を確かめてください。',
  },
  AUTHORITY_MISSING: { says: '送る根拠がありません。', remedy: '同意を得るか、ほかの根拠を確かめてください。' },
  NOT_TO_THERE: {
    says: 'この内容では、同意があってもこの窓口に送れません。',
    remedy: '宛先、種類、目的を確かめてください。わけは提供の確認(disclosures/preview)で見られます。',
  },
  OPEN_TWIN: openTwin,
  MEETING_UNKNOWN: meetingUnknown,
  WORKER_MISSING: { says: '担当者の名前を入れてください。' },
  CONTACT_MISSING: { says: '最初の接触、または訪問を含む3回の試みを入れてください。' },
  WAKE_DATE_MISSING: { says: '再開する日を入れてください。' },
  REASON_MISSING: { says: '理由を入れてください。' },
  REASON_IS_NO_RETURN: {
    says: 'この理由では差し戻せません。',
    remedy: '定員・体制(103)なら保留に、既に支援中(104)なら引受にしてください。',
  },
  ASK_FIRST: { says: '情報不足で差し戻す前に、一度照会してください。' },
  FITTING_DESK_MISSING: { says: '合う窓口、または「不明」を入れてください。' },
  TALK_MISSING: { says: '協議した日と、双方の名前を入れてください。' },
  SECOND_RETURN: { says: '二度目の差戻しはできないので、窓口間で調整してください。' },
  SENT_BACK_ALREADY: { says: '結果報告を戻せるのは一度だけです。', remedy: '相手の窓口と直接話し合ってください。' },
  RECEIVED_ALREADY: {
    says: 'このつなぎはもう届いています。',
    remedy: '画面を新しくして、次の手続きへ進んでください。',
  },
  CONDITIONS_UNACKNOWLEDGED: {
    says: 'この提供には守っていただく条件があるので、確かめるまで開けません。',
    remedy: '条件(conditions)を読み、守ると確かめて(conditionsAcknowledged)から開いてください。',
  },
  MISDIRECTED: {
    says: '誤送付とされたつなぎなので、このまま進められません。',
    remedy: '差戻しを申し出るか、送り元の取下げを待ってください。',
  },
  ACCEPTED_ALREADY: {
    says: '引き受けたあとなので、この手続きはできません。',
    remedy: '相手の窓口と話し合い、差戻しか結果報告で終えてください。',
  },
  KEEPS_DOING_MISSING: { says: 'それぞれが続けることを入れてください。' },
  OUTCOME_MISSING: { says: '結果コードを入れてください。' },
  PERSON_NOT_INFORMED: { says: 'ご本人に伝えたこと、または伝えられない理由を入れてください。' },
  RESULT_MISSING: { says: '結果を入れてください。' },
  SAID_TO_WHOM_MISSING: { says: '誰がどの部分に同意しなかったかを入れてください。' },
  HOP_LIMIT: { says: 'これ以上は転送できないので、窓口間で調整してください。' },
  WITHDRAWAL_NOT_ASKED: {
    says: '送り元から取下げの申し出がありません。',
    remedy: '続けられないときは、差戻しを申し出てください。',
  },
  PHONE_NOT_ANNOUNCED: { says: '電話で伝えたという記録がありません。', remedy: '送り元の窓口に確かめてください。' },
  NOTHING_SAID: { says: '書き加える内容を入れてください。' },
  PERSON_NOT_MATCHED: { says: '届いた方と自分の記録の方が同じ人だと確かめてください。' },
  WAKE_DATE_OUT_OF_RANGE: {
    says: '再開する日は、明日から60日以内、定員・体制(103)では14日以内で入れてください。',
    remedy: '定員・体制で待つ期間は延ばせません。調整担当に相談してください。',
  },
  PERSON_NOT_ASKED: { says: 'ご本人の気持ちを、誰がいつどのように確かめたか(asked)を入れてください。' },
  ATTEMPTS_MISSING: { says: '訪問を含む、別の日・別の方法での3回の試みを入れてください。' },
  REASON_DATE_MISSING: { says: '死亡、転出、または入院・入所・収容の日を入れてください。' },
  DUPLICATE_MISSING: {
    says: '同じことの、もう一つのつなぎを示してください。',
    remedy: '自分の窓口が受けているか送っているつなぎの id を入れてください。',
  },
  TARGET_MISSING: { says: 'つなぐ先の窓口、分野、または「不明」を入れてください。' },
  NEED_MISSING: { says: '足りなかった支援を入れてください。' },
  SERIES_MISSING: { says: '後追いの時期を選んでください。' },
  NOT_ON_TO_THERE: {
    says: '通報・通告は、まだ受けていないほかの通報先にだけつなげます。',
    remedy: 'ほかの窓口につなぐときは、新しいつなぎを作って送り、この結果は 013 以外で記録してください。',
  },
  FOLLOW_UP_LEFT: { says: 'まだ後追いが残っています。', remedy: '残りの後追いの結果を記録してから完了してください。' },
  LEAD_NOT_NAMED: {
    says: 'つなぎの主担当の担当者が、まだ決まっていません。',
    remedy: '支援単位の主担当の窓口で担当者を決めるか、主担当を引き継いでから完了してください。',
  },
  ASK_AGAIN_OUT_OF_RANGE: { says: '改めて尋ねる日は、明日から6か月以内で入れてください。' },
  NOT_OF_THIS_KIND: {
    says: 'この種類のつなぎには、この手続きはありません。',
    remedy: 'いまできる手続き(actions)を確かめてください。',
  },
  DATE_OF_ANSWER_MISSING: { says: 'いつまでに返事をするか、日付(nextContactOn)を入れてください。' },
  ASKED_MISSING: { says: 'ご本人が望んだこと、尋ねたことを入れてください。' },
  NEXT_CONTACT_MISSING: { says: '送り手が次にご本人と連絡する日を入れてください。' },
  AGREEMENT_MISSING: { says: '合意した重層的支援会議の id と、その日を入れてください。' },
  CONFERENCE_UNKNOWN: {
    says: 'その日に、その方について開かれた重層的支援会議が見つかりません。',
    remedy:
      '会議の id と開いた日を確かめてください。まだなら、先に会議に開いた日を記録(record)してください。つなぎもどしは、会議の id を入れて作ると、その方のものになります。',
  },
  QUESTION_MISSING: { says: '尋ねたいことを入れてください。' },
  PHONE_FIRST: { says: '先に電話で伝え、誰に、いつ、誰が伝えたかを入れてください。' },
  REQUEST_MISSING: {
    says: '児童虐待防止法13条の4による提供は、求めに答えるときだけできます。',
    remedy:
      '求めの相手と日(request)か、ハブで受けた照会の id(regarding)を入れてください。求めがなければ、通告(child_abuse)です。',
  },
  SUBJECT_UNDER_18: {
    says: '18歳未満の方は、障害者虐待防止法ではなく児童虐待防止法の通告です。',
    remedy: '法律(statute)を child_abuse にして、通告先の窓口へ送ってください。',
  },
  STATUTE_MISSING: { says: 'どの法律による通報・通告かを選んでください。' },
  ACCOMPANY_MISSING: {
    says: 'ご本人が不安なときは、同行か三者面談が要ります。',
    remedy: '会い方を「同行する」か「三者で会う」にしてください。',
  },
};

/** What has become of something that was taken back, on every page. */
export const recallTexts = {
  ASKED: { says: '使うのをやめるよう求めました。' },
  NO_ANSWER: { says: 'まだ返事がありません。' },
  DUE: { says: '返事の期限' },
  ANSWERED: { says: '使うのをやめたと返事がありました。' },
  RETURNED: { says: '情報を返しました。' },
  ERASED: { says: '情報を消しました。' },
  KEPT: { says: '法令によって、記録として残します。' },
  UNSTATED: { says: '情報をどうしたかは、まだ書かれていません。' },
  LAW_UNSAID: { says: '法令の名は示せません' },
} as const satisfies Texts;

/** What the printed proof of a withdrawal says to the person. */
export const proofTexts = {
  TITLE: { says: '同意の撤回の証明' },
  STOPPED: { says: '渡る前に止めたもの' },
  GONE: { says: 'すでに提供していたもの' },
  REVOKED: { says: '引受の前だったので、終わったつなぎ' },
  TALKS: { says: '引受の後だったので、どうするかをご本人と話し合うつなぎ' },
  NOTHING: { says: 'ありません。' },
  ON_ITS_WAY: { says: '相手に渡している途中です。' },
  NOT_RECALLED: { says: '取消しを求めていません。' },
  TALKED: { says: '話し合いました。' },
  NOT_TALKED: { says: 'これから話し合います。' },
  ONLY_THIS_DESK: { says: 'この紙には、同意を受けた窓口の知っていることだけを書いています。' },
} as const satisfies Texts;

/** What stands on a printed つなぐシート beside what is carried. */
export const sheetTexts = {
  TITLE: { says: 'つなぐシート' },
  CODE: { says: 'このシートのコード' },
  ONLY_PERMITTED: {
    says: 'ご本人の同意などの根拠のある項目だけを載せています。宛先の窓口のほかに見せたり、写しを渡したりしないでください。',
  },
  SEALED: { says: '秘匿の方です。住所や居場所の分かることは載せていません。尋ねたり、書き足したりしないでください。' },
  HAND_OVER: { says: '引き継ぎ' },
  CONDITIONS: { says: '守っていただくこと' },
  ANSWER: { says: 'お返事' },
  HOW_TO_ANSWER: {
    says: '宛先の窓口は、上のコードをハブの画面に打ち込むか QR コードを読み取ると、返事の欄が開きます。ハブを使わない窓口では、下に書いて送り元へ渡してください。送り元が、このコードで返事を入力します。',
  },
  TAKE: { says: '引き受けます' },
  ASK: { says: '尋ねたいことがあります' },
  TALK: { says: '引き受ける前に、話し合いたいことがあります' },
  WORKER: { says: '担当者' },
  TELEPHONE: { says: '電話' },
  WRITTEN_ON: { says: '書いた日' },
  WORDS: { says: '内容' },
} as const satisfies Texts;

/** The first page of a sheet that the person carries, in やさしい日本語. */
export const carriedSheetTexts = {
  TITLE: { says: 'この かみを もって いって ください' },
  WHAT: { says: 'これは「つなぐシート」です。あなたが はなした ことを、つぎの まどぐちに つたえる かみです。' },
  NEXT: { says: 'つぎの まどぐち' },
  FROM: { says: 'この かみを つくった まどぐち' },
  SHOW: {
    says: 'つぎの まどぐちの ひとに、この かみを ぜんぶ わたして ください。おなじ はなしを もういちど しなくて いいです。',
  },
  KEEP: { says: 'あなたの ことが かいて あります。ほかの ひとに みせないで ください。' },
  LOST: { says: 'かみを なくした ときは、すぐに この かみを つくった まどぐちに いって ください。' },
  FREE: { says: 'いきたく ない ときは、いかなくて いいです。この かみを つくった まどぐちに いって ください。' },
  HELP: { says: 'ひとりで いくのが しんぱいな ときは、いっしょに いって もらえるか きいて ください。' },
} as const satisfies Texts;

/** The headings and lines of the printed ledger of a person. */
export const ledgerTexts = {
  RESIDENT: { says: 'あなたの情報の提供の記録' },
  WORKING: { says: '提供の記録(作業資料)' },
  NOTHING: { says: '記録はありません。' },
  FOR_A_DECISION: { says: '開示決定のための作業資料です。記録の全部が載っているので、このままでは渡せません。' },
  NOT_IN_IT: {
    says: '法令により載せないもの(通報・通告と、同意によらない会議の項目)は、あるかないかも含めて、この記録からは分かりません。',
  },
  ONLY_THIS_DESK: { says: 'この窓口の知っている提供だけを載せています。' },
  CLAIMED: { says: '渡している途中' },
  WRITTEN: { says: '渡した' },
  RECALLED: { says: '渡さずに取り消した' },
  MUNICIPALITY: { says: '個人情報保護担当' },
} as const satisfies Texts;

/** What a to-do asks for. */
export const todoTexts = {
  review_disclosures: {
    says: '提供の記録の求めがあるので、答えてよいかどうかを確かめてください。',
  },
  incident_contain: { says: '事故の拡大を防いだかどうかを確かめ、記録してください。' },
  incident_first_report: { says: '事故の速報が要るかどうかを確かめ、記録してください。' },
  incident_final_report: { says: '事故の確報が要るかどうかを確かめ、記録してください。' },
  incident_tell: { says: '事故についてご本人に知らせ、記録してください。' },
  complete_draft: { says: '下書きを仕上げてください。' },
  find_recipient: { says: 'つなぎ先を決めてください。' },
  authority_needed: { says: '同意を得るか、ほかの根拠を確かめてください。' },
  asserted_after_withdrawal: {
    says: '撤回・不同意のあとに「同意あり」の記録が届いたので、ご本人に確かめてください。',
  },
  support_ended: { says: '業務システムの記録が変わったので、続いているつなぎを確かめてください。' },
  answer_question: { says: '照会に答えてください。' },
  confirm_return: { says: '差戻しの申出を確かめてください。' },
  case_hoarded: {
    says: '複数の課題のある事例を半年以上、一つの窓口だけで抱えているので、ほかの窓口につなぐか会議に出すかを考えてください。',
  },
  lead_missing: {
    says: '主担当の窓口が終わったか、その方々に関わらなくなったので、重層的支援会議で新しい主担当を決めてください。',
  },
  agree_return: { says: '差戻しについて、相手の窓口と話し合ってください。' },
  act_on_return: { says: '差し戻されたので、次の手を決めてください。' },
  talk_after_withdrawal: { says: '同意が撤回されたので、ご本人と話し合ってください。' },
  stop_using: { says: '取り消された情報を使うのをやめ、受領を返してください。' },
  recall_disposition: {
    says: '取り消された情報を返したか、消したか、記録として残すかを書いてください。',
    remedy: '記録として残すときは、根拠の法令も書いてください。',
  },
  recall_unanswered: {
    says: '取消しの受領が期限までに返っていないので、相手の窓口に確かめてください。',
  },
  ask_again: {
    says: '同意を待って二週間になるので、ご本人に改めて尋ねてください。',
    remedy: '会えないときはアウトリーチや支援会議を、要らなくなったときは取下げを検討してください。',
  },
  ask_after_no: {
    says: '同意を得られなかった方に、改めて尋ねる日になりました。',
    remedy: '望まれるなら再開し、望まれないときはこのやることを済みにしてください。',
  },
  renew_authority: {
    says: '同意の期限が近いので、続けるかどうかをご本人に尋ねてください。',
    remedy: '業務システムの記録による同意は、紙を確かめると、紙の期限まで使えます。',
  },
  confirm_assertion: {
    says: '業務システムの記録による同意なので、同意書の紙を確かめて、記録してください。',
    remedy: '30日のうちに確かめないと、そこから先は何も渡りません。紙がないときは、ご本人に尋ねてください。',
  },
  await_reception: {
    says: '相手の窓口がご本人を受け付けたと答えるまで、続けて確かめてください。',
  },
  carried_not_arrived: {
    says: 'ご本人の持参や紙で届けるシートが届いたという知らせが一週間ないので、ご本人か相手の窓口に確かめてください。',
    remedy: '確かめたら済みにしてください。届いたと知らされるまで、一週間ごとにまた尋ねます。',
  },
  call_next_duty: { says: '即日のつなぎがまだ確認されていないので、次の当番の電話番号に連絡してください。' },
  begin_work: { says: '引き受けたつなぎの、最初の接触をしてください。' },
  find_capacity: { says: '受け手の定員・体制がいっぱいで待っているので、ほかの受け手がないか確かめてください。' },
  hold_meeting: { says: '窓口どうしの話し合いを開いてください。' },
  see_result: { says: '結果報告が届いているので、受け取るか、足りないことを一度だけ戻してください。' },
  follow_up_due: { says: '後追いの日なので、ご本人の様子を確かめてください。' },
  overdue: { says: '期限を過ぎているので、いまの状況を確かめてください。' },
  take_referral: { says: 'つなぎが届いているので、開いて、引き受けるか返すかを決めてください。' },
  work_on: { says: '結果報告が戻されたので、対応を続けてください。' },
  twin_open: {
    says: '同じ方の同じ相手へのつなぎが続いているので、それが終わるのを待っています。',
    remedy: '終わると、自動で送られます。',
  },
  refer_on: { says: '業務システムで「他機関につないだ」とされたので、そのつなぎをハブで送ってください。' },
  withdrawal_asked: {
    says: '送り元が取下げを申し出ているので、応じるか、続けるかを決めてください。',
    remedy: '応じるなら取下げを記録し、続けるならこのやることを済みにしてください。',
  },
  inform_person: { says: 'まだご本人に伝えていないので、伝えて記録してください。' },
  see_misdirected: { says: '誤送付の知らせがあったので、相手の窓口と確かめてください。' },
  see_correction: { says: '届いているつなぎの内容が訂正されたので、確かめてください。' },
  person_deceased: {
    says: 'ご本人が亡くなったとの記録があるので、手紙と電話を止めてください。',
    remedy: '死亡の日のほかは伝えられません。',
  },
  death_in_error: { says: '亡くなったとの記録は誤りだったので、ご本人への連絡を元に戻してください。' },
  judge_merge: { says: '窓口が同じ人だと確かめた二つの記録を、一つにするかどうか決めてください。' },
  seal_lapsed: {
    says: '秘匿の期間が過ぎても秘匿は続いているので、まだ要るかを確かめてください。',
    remedy: '続くなら新しい期間を記録し、終わったなら承認者と個人情報保護担当に解くことを頼んでください。',
  },
  confirm_unseal: {
    says: '秘匿を解くことが求められているので、別の方が確かめてください。',
    remedy: '解いてよければ確認(confirm)を送り、解かないならこのやることを済みにしてください。',
  },
  release_name: {
    says: '秘匿の方などの氏名を一覧で見る求めがあるので、認めるかどうかを決めてください。',
  },
  check_sealed_text: {
    says: '秘匿の方について書いた文が送られずに待っているので、居所の手がかりがないか読んで確かめてください。',
    remedy: '手がかりがあれば直し、なければ補足(supplement)で確かめたこと(sealedTextChecked)を記録してください。',
  },
  confirm_narrative: {
    says: '事実・本人の言葉・見立ての文が書いてから14日を過ぎ、このままでは渡らないので、いまもそのとおりか確かめてください。',
    remedy:
      'そのとおりなら送るときか補足(supplement)で確かめたこと(narrativeConfirmed)を記録し、違えば書き直してください。',
  },
  clear_residence_text: {
    says: '在留資格や在留カード番号に触れた文が渡らずに待っているので、読んで確かめてください。',
    remedy: '要らなければ文を直し、要るときは補足(supplement)で確かめたこと(residenceTextCleared)を記録してください。',
  },
  judge_split: { says: '窓口が別の人のものだと知らせた記録を、分けるかどうか決めてください。' },
  whereabouts_due: { says: '入院・入所などの記録を確かめる日なので、ご本人がどうしているかを確かめてください。' },
  ratify: {
    says: '同意によらない提供の記録が、承認を待っています。',
    remedy: '理由と項目を見て、承認するか、却下してください。',
  },
  ground_ends: {
    says: '同意によらない根拠がまもなく終わります。',
    remedy: 'ご本人の同意を得るか、承認する職に確かめてください。終わると、そこから先は何も渡りません。',
  },
  acknowledge_conditions: {
    says: '業務システムに届いた提供には、守っていただく条件があります。',
    remedy: 'つなぎの画面で条件を読み、守ると確かめてから済みにしてください。',
  },
  tell_person_when_safe: { says: '緊急に提供したことを、安全に伝えられるときにご本人へ伝えて、記録してください。' },
  exceptions_repeated: {
    says: '一件ごとの例外のはずの根拠が、同じ窓口の間で繰り返し使われています。',
    remedy: '同意の取り方や仕組みを見直してください。提供は止まっていません。',
  },
  approve_write: {
    says: '業務システムへの書き込みが確認を待っているので、内容を見て、書き込むかどうかを決めてください。',
  },
  confirm_intake: { says: '業務システムからの受付が確認を待っているので、件数を見て、続けてよいかを決めてください。' },
  file_missing: { says: '毎晩届くはずの業務システムのファイルが届いていないので、送り元に確かめてください。' },
  not_taken_in: {
    says: 'ハブが渡した記録を、業務システムが長い間取り込んでいません。',
    remedy:
      'どのシステムかはプラグインの画面で分かります。業務システムの担当に、取り込みが動いているかを確かめてください。取り込まれれば消えます。急ぎのつなぎがあれば、受け手の窓口に電話で伝えてください。',
  },
  counts_differ: {
    says: '前の日に業務システムと受け渡した件数が、ハブの記録と合いません。',
    remedy:
      'tsunagi plugin show で、どの件数がどれだけ違うかを見て、業務システムの側に消えたものや残ったものがないかを確かめてください。合えば、一時間ほどで消えます。違ったままでよければ、わけを書いて済みにしてください(tsunagi plugin settle)。',
  },
  unassigned: { says: '受け持つ機関が替わったので、このつなぎの担当者を決めてください。' },
  ask_consent_again: {
    says: 'ご本人に、改めて同意を尋ねてください。',
    remedy:
      '前の機関を名指しした同意、年齢の区切りで終わった同意、改めて尋ねる日を決めた不同意があります。答えをハブに記録し、済みにしてください。',
  },
  conference_proposed: { says: '会議の提案があるので、開くかどうかを決めてください。' },
  conference_review: { says: '会議の事例を見直す日なので、続けるか、見守るか、終えるかを決めてください。' },
  propose_conference: {
    says: '業務システムの同意欄が「支援会議」なので、支援決定に要るなら、会議を事務局に提案してください。',
    remedy: '同意を得られるときは、同意を記録してください。',
  },
  delivery_stuck: { says: '相手のシステムに届いていないので、管理者に確認してください。' },
} as const satisfies Texts;

const usesAnother = '何もしなくてよいです。この場合にも使う行なら、管理者が条件を直してください。';

/** Where a domain leads, and why a route of it does not lead there. */
export const routeTexts: Texts<RouteMiss | 'NO_ROUTE'> = {
  NO_ROUTE: { says: 'つながる窓口がありません。', remedy: '管理者が宛先の表(/routes)に行を足してください。' },
  ROUTE_NOT_IN_FORCE: {
    says: 'この行の期間ではありません。',
    remedy: 'いま使う行なら、管理者が期間を直してください。',
  },
  FUNCTION_NOT_IN_FORCE: {
    says: '宛先の窓口の受託期間ではありません。',
    remedy: '受け持つ機関とその期間(operators)の登録を確かめてください。',
  },
  FUNCTION_WITHOUT_PERSONS: {
    says: '宛先の窓口は、ご本人についてのつなぎを受けません。',
    remedy: '宛先を替えるか、管理者に窓口の登録を確認してください。',
  },
  OTHER_SENDER: { says: 'ほかの窓口から送るときの行です。', remedy: usesAnother },
  OTHER_AREA: { says: 'ほかの圏域の行です。', remedy: usesAnother },
  OTHER_KIND: { says: 'ほかの種類のつなぎの行です。', remedy: usesAnother },
  OTHER_FUNCTION_TYPE: { says: '窓口の種類が違います。', remedy: usesAnother },
};

/** Why master data is refused, beside what its schema says. */
export const masterDataTexts = {
  REFERENCE_UNKNOWN: { says: '登録されていません。', remedy: '一覧を確かめ、先に登録してください。' },
  PLUGIN_UNKNOWN: {
    says: 'その名前のプラグインは、ハブにつながったことがありません。',
    remedy: '名前を確かめるか、先にプラグインを起動してください。',
  },
  NAME_AMBIGUOUS: {
    says: '同じ名前のものが二つあり、どちらのことか分かりません。',
    remedy: '一方の名前を画面で変えてから、もう一度読み込んでください。',
  },
  ROW_TWICE: { says: '同じコードの行が前にもあります。', remedy: '一行にまとめてください。' },
  OPERATOR_BY_DATE: {
    says: '受け持つ機関は、取り込みでは替えられません。',
    remedy: '替わる日を決めて、受け持ちの交替(operators)で登録してください。',
  },
  FIRST_DAY_FIXED: { says: 'はじめの日は、あとから変えられません。', remedy: '登録されている日のままにしてください。' },
} as const satisfies Texts;

/** Why settings of a plugin are refused, beside what their schema says. */
export const settingsTexts = {
  CONFIG_HOLDS_SECRET: {
    says: '合言葉を含む接続先は、設定には書けません。',
    remedy: '値は秘密情報のファイルに置き、設定には { "secretRef": "名前" } と書いてください。',
  },
} as const satisfies Texts;

/** Why a name that a list leaves out is not shown. */
export const revealTexts: Texts<NotRevealed> = {
  NOT_FOUND: {
    says: '該当するものがないか、閲覧できません。',
    remedy: 'id と、どの窓口としての操作かを確認してください。',
  },
  NAME_NOT_SHOWN: {
    says: 'このつなぎでは、氏名をお見せできません。',
    remedy: '届いていないか、根拠が氏名に及んでいません。つなぎの画面で状態を確かめてください。',
  },
  TWO_PERSONS: {
    says: '秘匿の方などの氏名を一覧で見るには、もう一人の確認が要ります。',
    remedy: '理由を書いて確認を求める(reveal-requests)と、同じ窓口の管理者が決めます。',
  },
};

/** What an answer says of itself. */
export const searchTexts = {
  TOO_MANY_FOUND: {
    says: '見つかった方が50人を超えるので、はじめの50人だけを出しています。',
    remedy: '氏名を続けて入れるか、生年月日で探してください。',
  },
} as const satisfies Texts;

const all: Texts = {
  ...outcomeTexts,
  ...holdTexts,
  ...denyTexts,
  ...itemTexts,
  ...stepTexts,
  ...todoTexts,
  ...revealTexts,
  ...searchTexts,
  ROUTE_FITS: { says: 'つながります。' },
  ...routeTexts,
  ...masterDataTexts,
  ...settingsTexts,
  ...pauseTexts,
  ...recordCodes,
};

/** A code of a legacy interface that nobody has given words is told in general terms. */
const unknown: CodeText = {
  says: '記録の項目が決まりに合っていません。',
  remedy: 'コードを添えて、情報担当に確認してください。',
};

export const textOf = (code: string): CodeText => (Object.hasOwn(all, code) ? all[code] : undefined) ?? unknown;

/** The sentence of a code. */
export const sentenceOf = (code: string): string => textOf(code).says;
