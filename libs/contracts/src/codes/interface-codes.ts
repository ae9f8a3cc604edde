// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type {
  AuthorityCode,
  DisclosureWay,
  Domain,
  ItemOutcome,
  LookedAt,
  OutcomeCode,
  ReferralKind,
  ResponseCode,
  ReturnReason,
  StatusCode,
} from '@tsunagi/domain';
import type { CodeText } from './code-text';

const nothingToDo = '何もしなくてよいです。';

/** A code that files, tables and messages carry: what it is called and what it says. */
export interface NamedCodeText extends CodeText {
  readonly name: string;
  /** Who meets one of these looks it up: it says what to do also where that is nothing. */
  readonly remedy: string;
}
type Codes<K extends string> = Readonly<Record<K, NamedCodeText>>;

const namesOf = <K extends string>(codes: Codes<K>): Readonly<Record<K, string>> =>
  Object.fromEntries(Object.entries<NamedCodeText>(codes).map(([code, { name }]) => [code, name])) as Record<K, string>;

export type ResultCode = '10' | '11' | '12' | '13' | '14' | '15' | '16' | '90' | '91';

/** 結果 of one row of a file: what became of it at the hub. */
export const resultTexts: Codes<ResultCode> = {
  '10': { name: '送付', says: '相手の窓口へ送りました。', remedy: nothingToDo },
  '11': {
    name: '根拠待ち',
    says: '提供の根拠がまだないので、送らずに待っています。',
    remedy: '同意を得るか、ほかの根拠を確かめてください。理由はハブの画面にあります。',
  },
  '12': {
    name: '不可',
    says: 'この相手には送れません。',
    remedy: 'ハブの画面で理由を見て、宛先や利用目的を直してください。',
  },
  '13': { name: '重複', says: '同じ内容をすでに受け付けています。', remedy: nothingToDo },
  '14': {
    name: '対象外(つなぎ不要)',
    says: 'つなぎの対象ではない記録です。',
    remedy: '何もしなくてよいです。つなぐつもりだったときは、つなぎ先の欄を入れて出し直してください。',
  },
  '15': {
    name: '宛先なし',
    says: 'つなぎ先の窓口が決まっていません。',
    remedy: '送り元の窓口か調整担当が、宛先を決めてください。',
  },
  '16': {
    name: '下書き',
    says: '下書きとして受け付けたので、窓口の画面で仕上げてください。',
    remedy: 'ハブの画面の「やること」から開いて、足りないところを入れてください。',
  },
  '90': {
    name: '保留',
    says: 'この行は受け付けていません。',
    remedy: 'エラーコードと項目番号を見て記録を直し、次のファイルで出し直してください。',
  },
  '91': {
    name: 'ファイル拒否',
    says: 'ファイル全体を受け付けていません。',
    remedy: 'エラーコードを見て、ファイルを作り直してください。',
  },
};
export const resultNames = namesOf(resultTexts);

/** Which 結果 stands for which outcome; `quarantined` and `refused` are found before anything reaches the hub. */
export const resultCodes: Readonly<Record<ItemOutcome | 'quarantined' | 'refused', ResultCode>> = {
  accepted: '10',
  held: '11',
  denied: '12',
  duplicate: '13',
  no_referral: '14',
  unrouted: '15',
  draft: '16',
  conflict: '90',
  rejected: '90',
  quarantined: '90',
  refused: '91',
};

/** 状態コード, from the hub to the sender's system. */
export const statusTexts: Codes<StatusCode> = {
  '10': {
    name: '到着',
    says: '相手の窓口に届きました(引受の前の照会中も、このコードです)。',
    remedy: '何もしなくてよいです。引受を待ってください。',
  },
  '20': {
    name: '引受',
    says: '相手の窓口が引き受けました。',
    remedy: '何もしなくてよいです。急ぎの変化があれば、変更として送るか、相手の担当者に電話してください。',
  },
  '30': { name: '対応中', says: '相手の窓口が対応を始めました。', remedy: nothingToDo },
  '40': {
    name: '結果報告・つなぎ完了',
    says: '相手の窓口が結果を報告したか、つなぎが完了しました。',
    remedy: '結果を確かめてください。残った用事があれば、自分の窓口で続けるか、新しいつなぎにしてください。',
  },
  '50': {
    name: '差戻し',
    says: '話し合いのうえで差し戻されたので、次の手を決めてください。',
    remedy: 'ハブの画面で理由を見て、ほかの窓口へつなぐか、自分の窓口で続けるかを決めてください。',
  },
  '60': {
    name: '取下げ',
    says: '取り下げたか、同意が得られなかったか、誤りとして終わりました。',
    remedy: '何もしなくてよいです。思い当たらないときは、ハブの画面で経過を見てください。',
  },
  '65': {
    name: '根拠失効',
    says: '同意が撤回されて終わったので、ご本人と話し合ってください。',
    remedy: '止めたものと、すでに渡っていたものを、ハブの画面の撤回の証明で確かめてください。',
  },
  '90': {
    name: '受信エラー',
    says: '記録を受け付けられませんでした。',
    remedy: 'エラーコードを見て記録を直してください。',
  },
};
export const statusNames = namesOf(statusTexts);

/** 対応区分, from the recipient's system to the hub. */
export const responseTexts: Codes<ResponseCode> = {
  '10': {
    name: '到着',
    says: '届いたことを知らせます。',
    remedy: '添えるものはありません。受け取りはハブにも記録されるので、返さなくても届いたことは分かります。',
  },
  '20': { name: '引受', says: '引き受けます。', remedy: '担当者名を添えてください。' },
  '30': { name: '対応開始', says: '最初の接触があり、対応を始めます。', remedy: '担当者名を添えてください。' },
  '35': {
    name: '保留',
    says: 'しばらく保留します。',
    remedy: '再開する日を次回予定年月日に入れてください。なければ14日後です。',
  },
  '40': { name: '結果報告', says: '結果を報告します。', remedy: '結果コードを添えてください。' },
  '45': { name: '照会', says: '送り元に尋ねます。', remedy: '尋ねたいことを連絡文に書いてください。' },
  '50': {
    name: '差戻しの申出',
    says: '差戻しを申し出ます。',
    remedy: '理由コードを添えてください。管理者の確認と、送り元との話し合いを待ちます。',
  },
  '60': {
    name: '取消の受領',
    says: '取り消された情報の利用をやめたことを知らせます。',
    remedy:
      '情報を返したか、消したか、記録として残すか(その法令)を、欄があれば欄に、なければハブの画面で書いてください。',
  },
};
export const responseNames = namesOf(responseTexts);

/** 理由コード of a return. */
export const returnReasonTexts: Codes<ReturnReason> = {
  '101': {
    name: '対象外(制度)',
    says: '制度の対象ではありません。',
    remedy: '合う窓口、または「不明」を添えてください。',
  },
  '102': { name: '対象外(地域)', says: '担当する地域ではありません。', remedy: '合う市町村を添えてください。' },
  '103': {
    name: '定員・体制',
    says: 'いまは受けられないので、差戻しではなく保留として14日まで待ちます。',
    remedy: '添えるものはありません。再開する日が分かれば、次回予定年月日に入れてください。',
  },
  '104': {
    name: '既に支援中',
    says: 'すでに支援しているので、差戻しではなく引受として扱います。',
    remedy: '担当者名を添えてください。',
  },
  '105': {
    name: '重複',
    says: '同じつなぎがほかにあるので、このつなぎを終えます。',
    remedy: '同じつなぎの番号を、ハブの画面で示してください。',
  },
  '201': {
    name: '本人が希望せず',
    says: 'ご本人が希望していません。',
    remedy: '双方の窓口が一度ずつ、ご本人に確かめてください。',
  },
  '202': {
    name: '連絡がとれない',
    says: 'ご本人と連絡がとれません。',
    remedy: '訪問を含む、別の日・別の方法での3回の試みを、ハブの画面に書いてください。',
  },
  '203': { name: '死亡', says: 'ご本人が亡くなりました。', remedy: '亡くなった日を、ハブの画面に書いてください。' },
  '204': { name: '転出', says: 'ご本人が転出しました。', remedy: '転出した日を、ハブの画面に書いてください。' },
  '205': {
    name: '入院・入所・収容',
    says: 'ご本人が入院・入所などをしています。',
    remedy: '入院・入所などの日を、ハブの画面に書いてください。',
  },
  '301': { name: '情報不足', says: '情報が足りません。', remedy: '差し戻す前に、一度照会してください。' },
  '901': { name: 'その他', says: 'ほかの理由です。', remedy: '連絡文に理由を書いてください。' },
};
export const returnReasonNames = namesOf(returnReasonTexts);

/** 結果コード of a completion. */
export const outcomeCodeTexts: Codes<OutcomeCode> = {
  '011': { name: '支援につながった', says: '支援につながりました。', remedy: '添えるものはありません。' },
  '012': { name: '情報提供で終了', says: '情報を提供して終わりました。', remedy: '添えるものはありません。' },
  '013': {
    name: '他機関につないだ',
    says: 'ほかの機関につなぎました。',
    remedy: 'つないだ先を連絡文に書いてください。ハブの画面では、窓口を選んでください。',
  },
  '014': {
    name: '見守り・関わりの体制が整った',
    says: '見守りや関わりの体制が整いました。',
    remedy: '添えるものはありません。',
  },
  '021': { name: '本人が辞退', says: 'ご本人が辞退しました。', remedy: '添えるものはありません。' },
  '022': { name: '連絡不能', says: 'ご本人と連絡がとれませんでした。', remedy: '添えるものはありません。' },
  '023': { name: '資源なし', says: '使える支援がありませんでした。', remedy: '足りない支援を連絡文に書いてください。' },
  '031': { name: '死亡', says: 'ご本人が亡くなりました。', remedy: '亡くなった日が分かれば、連絡文に書いてください。' },
  '032': { name: '転出', says: 'ご本人が転出しました。', remedy: '転出した日が分かれば、連絡文に書いてください。' },
  '091': { name: 'その他', says: 'ほかの結果です。', remedy: '連絡文に書いてください。' },
};
export const outcomeNames = namesOf(outcomeCodeTexts);

/** 根拠: what permits a disclosure. */
export const authorityTexts: Codes<AuthorityCode> = {
  consent: {
    name: '本人の同意',
    says: 'ご本人の同意の範囲で提供します(個人情報保護法69条2項1号、民間の窓口からは27条1項)。',
    remedy:
      'ご本人の同意を登録してください。送る時に生きていないと渡りません。本文に書いたほかの方には印を付けてください。',
  },
  within_purpose: {
    name: '利用目的内',
    says: '市町村が公表した利用目的の範囲で、市町村の窓口とその受託先に提供します(個人情報保護法61条・69条1項。つなぎ、支援依頼、都道府県への提供には使えません)。',
    remedy: '双方の窓口の利用目的の登録を確かめてください。使えない種類では、ご本人の同意を得てください。',
  },
  to_person: {
    name: '本人への提供',
    says: 'ご本人に渡し、ご本人が相手の窓口に持って行きます(本人持参)。',
    remedy: '相手の窓口への同意は要りません。経過を返してもらうには、ご本人の同意を得てください。',
  },
  person_free: {
    name: '本人の情報なし',
    says: 'どなたの情報も含まないので、根拠は要りません。',
    remedy: '何もしなくてよいです。本文に、どなたのことか分かることを書かないでください。',
  },
  law: {
    name: '法令に基づく提供',
    says: 'ほかの法令の定めに基づいて提供します(個人情報保護法69条1項、民間の窓口からは27条1項1号)。',
    remedy: 'その法令の名前と条を記録してください。',
  },
  internal_reasonable: {
    name: '同一機関内の利用(相当の理由)',
    says: '相当の理由があるときに、同じ機関の中で使います(個人情報保護法69条2項2号による、その件かぎりの利用です)。',
    remedy:
      '理由を書き、承認する職の承認を受けてください。その件かぎりなので、繰り返すなら同意の取り方を見直してください。',
  },
  public_body_reasonable: {
    name: 'ほかの行政機関への提供(相当の理由)',
    says: '相手の行政機関が法令の定める事務に要り、相当の理由があるときに提供します(個人情報保護法69条2項3号による、その件かぎりの提供です)。',
    remedy:
      '理由を書き、承認する職の承認を受けてください。その件かぎりなので、繰り返すなら同意の取り方を見直してください。',
  },
  benefit_of_person: {
    name: '本人の利益',
    says: '明らかにご本人の利益になる提供です(個人情報保護法69条2項4号)。',
    remedy:
      '理由を書き、承認する職の承認を受けてください。その件かぎりなので、繰り返すなら同意の取り方を見直してください。',
  },
  private_necessity: {
    name: '民間からの提供(必要があるとき)',
    says: '生命・身体・財産や児童の健全な育成のために要り、同意を得がたいとき、または公の事務に協力するときに、民間の窓口から提供します(個人情報保護法27条1項2〜4号)。',
    remedy: '理由を書き、自分の機関の管理者の承認を受けてください。',
  },
  shien_kaigi: {
    name: '支援会議',
    says: '社会福祉法106条の6の支援会議の構成員の間で共有します。',
    remedy:
      'この方の件で会議を開き、呼ばれた構成員を名前で登録し、秘密を守る義務を確かめてください。ハブの中だけで見られ、その先へは渡せません。',
  },
  shien_kaigi_konkyu: {
    name: '支援会議(生活困窮)',
    says: '生活困窮者自立支援法9条の支援会議の構成員の間で共有します。',
    remedy:
      'この方の件で会議を開き、呼ばれた構成員を名前で登録し、秘密を守る義務を確かめてください。ハブの中だけで見られ、その先へは渡せません。',
  },
  chosei_kaigi: {
    name: '調整会議',
    says: '生活保護法27条の3の調整会議の構成員の間で共有します。',
    remedy:
      'この方の件で会議を開き、呼ばれた構成員を名前で登録し、秘密を守る義務を確かめてください。ハブの中だけで見られ、その先へは渡せません。',
  },
  yotaikyo: {
    name: '要保護児童対策地域協議会',
    says: '児童福祉法25条の2・25条の3・25条の5の協議会の構成員の間で共有します。',
    remedy:
      'この方の件で会議を開き、呼ばれた構成員を名前で登録し、秘密を守る義務を確かめてください。ハブの中だけで見られ、その先へは渡せません。',
  },
  elder_abuse: {
    name: '高齢者虐待防止法',
    says: '高齢者虐待防止法7条(養護者)・21条(施設などの職員)の通報です。',
    remedy:
      'ハブの通報・通告で、その法律の窓口へ送ってください。急ぐときは先に電話してください。だれが知らせたかは伝わりません。',
  },
  disability_abuse: {
    name: '障害者虐待防止法',
    says: '障害者虐待防止法7条・16条・22条の通報です(18歳未満の方には使えません)。',
    remedy:
      'ハブの通報・通告で、その法律の窓口へ送ってください。急ぐときは先に電話してください。だれが知らせたかは伝わりません。',
  },
  child_abuse: {
    name: '児童虐待防止法',
    says: '児童虐待防止法6条、児童福祉法25条の通告と、同法21条の10の5による情報の提供です。',
    remedy:
      'ハブの通報・通告で、その法律の窓口へ送ってください。急ぐときは先に電話してください。だれが知らせたかは伝わりません。',
  },
  child_abuse_request: {
    name: '児童虐待防止法(資料の求め)',
    says: '児童虐待防止法13条の4の求めに応じた提供です。',
    remedy: 'だれが何を求めたかを記録し、求められた範囲だけを渡してください。',
  },
  dv: {
    name: '配偶者暴力防止法',
    says: '配偶者暴力防止法6条の通報です。',
    remedy:
      'ハブの通報・通告で、その法律の窓口へ送ってください。急ぐときは先に電話してください。だれが知らせたかは伝わりません。',
  },
  disaster: {
    name: '災害',
    says: '災害対策基本法49条の11による提供です。',
    remedy: '災害の宣言の期間の中であることを確かめてください。備えとしての提供には、ご本人の同意か条例が要ります。',
  },
  emergency: {
    name: '緊急',
    says: '生命、身体、財産を守るために、いま要る情報を提供します(個人情報保護法69条2項4号、民間の窓口からは27条1項2号)。',
    remedy:
      '72時間のうちに承認を受けてください。過ぎると、そこから先は何も渡りません。安全に伝えられるときに、ご本人に伝えてください。',
  },
  chiiki_care_kaigi: {
    name: '地域ケア会議',
    says: '介護保険法115条の48の会議での共有です。',
    remedy: 'はじめは切ってあります。使うには、個人情報保護担当が行を確かめてください。',
  },
  shogai_kyogikai: {
    name: '協議会(障害)',
    says: '障害者総合支援法89条の3の協議会での共有です。',
    remedy: 'はじめは切ってあります。使うには、個人情報保護担当が行を確かめてください。',
  },
  konnan_josei: {
    name: '困難女性支援法',
    says: '困難女性支援法15条の支援調整会議での共有です。',
    remedy: 'はじめは切ってあります。使うには、個人情報保護担当が行を確かめてください。',
  },
  young_carer: {
    name: 'ヤングケアラー',
    says: '子ども・若者育成支援推進法によるヤングケアラーの支援のための共有です。',
    remedy: 'はじめは切ってあります。使うには、個人情報保護担当が行を確かめてください。',
  },
  own_desk: {
    name: '自分の窓口',
    says: '自分の窓口が持つ情報を見た、または印刷したという記録です。ほかへの提供ではありません。',
    remedy: nothingToDo,
  },
};
export const authorityNames = namesOf(authorityTexts);

/** 提供の方法 */
export const wayNames: Readonly<Record<DisclosureWay, string>> = {
  message: '業務システムへ',
  screen: 'ハブの画面へ',
  sheet: '紙・本人持参',
  words: '連絡文',
  feedback: '送り手への返し',
  sight: '調整のための閲覧',
  conference: '会議での閲覧',
  read: '読み出し',
  print: '印刷',
};

/** What was read or printed. */
export const lookedAtNames: Readonly<Record<LookedAt, string>> = {
  referral: 'つなぎ',
  facts: 'ご本人について知ったこと',
  consents: '同意と不同意',
  withdrawal: '同意の撤回の証明',
  disclosures: '提供の記録',
  incident: '漏えい等の記録',
  name: '一覧で見た氏名',
};

/**
 * 根拠コード, from the hub to the recipient's system. What has no number of its own is 99 その他(ハブで確認); conferences and
 * 通報・通告 never come to a system at all.
 */
export const authorityNumbers: Readonly<Record<AuthorityCode, string>> = {
  consent: '01',
  within_purpose: '02',
  to_person: '99',
  person_free: '99',
  law: '03',
  internal_reasonable: '04',
  public_body_reasonable: '05',
  benefit_of_person: '06',
  private_necessity: '09',
  shien_kaigi: '99',
  shien_kaigi_konkyu: '99',
  chosei_kaigi: '99',
  yotaikyo: '99',
  elder_abuse: '99',
  disability_abuse: '99',
  child_abuse: '99',
  child_abuse_request: '99',
  dv: '99',
  disaster: '08',
  emergency: '07',
  chiiki_care_kaigi: '99',
  shogai_kyogikai: '99',
  konnan_josei: '99',
  young_carer: '99',
  own_desk: '99',
};

/** 分野, one digit. Fields of welfare without a digit of their own are 5 その他; the name of the organization says which. */
export const domainDigits: Readonly<Record<Domain, string>> = {
  kaigo: '1',
  shogai: '2',
  kosodate: '3',
  konkyu: '4',
  takikan: '6',
  chiiki: '5',
  hogo: '5',
  other: '5',
};

/** 種類コード, from the hub to the recipient's system. 05 通報・通告 is on no plugin's path. */
export const kindNumbers: Readonly<Record<Exclude<ReferralKind, 'notification'>, string>> = {
  referral: '01',
  support_request: '02',
  handback: '04',
  inquiry: '06',
  prefecture: '07',
  protection: '08',
  advice: '09',
};
