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

/** A code that files, tables and messages carry: what it is called and what it says. */
export interface NamedCodeText extends CodeText {
  readonly name: string;
}
type Codes<K extends string> = Readonly<Record<K, NamedCodeText>>;

const namesOf = <K extends string>(codes: Codes<K>): Readonly<Record<K, string>> =>
  Object.fromEntries(Object.entries<NamedCodeText>(codes).map(([code, { name }]) => [code, name])) as Record<K, string>;

export type ResultCode = '10' | '11' | '12' | '13' | '14' | '15' | '16' | '90' | '91';

/** 結果 of one row of a file: what became of it at the hub. */
export const resultTexts: Codes<ResultCode> = {
  '10': { name: '送付', says: '相手の窓口へ送りました。' },
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
  '13': { name: '重複', says: '同じ内容をすでに受け付けています。' },
  '14': { name: '対象外(つなぎ不要)', says: 'つなぎの対象ではない記録です。' },
  '15': {
    name: '宛先なし',
    says: 'つなぎ先の窓口が決まっていません。',
    remedy: '送り元の窓口か調整担当が、宛先を決めてください。',
  },
  '16': { name: '下書き', says: '下書きとして受け付けたので、窓口の画面で仕上げてください。' },
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
  '10': { name: '到着', says: '相手の窓口に届きました(引受の前の照会中も、このコードです)。' },
  '20': { name: '引受', says: '相手の窓口が引き受けました。' },
  '30': { name: '対応中', says: '相手の窓口が対応を始めました。' },
  '40': { name: '結果報告・つなぎ完了', says: '相手の窓口が結果を報告したか、つなぎが完了しました。' },
  '50': { name: '差戻し', says: '話し合いのうえで差し戻されたので、次の手を決めてください。' },
  '60': { name: '取下げ', says: '取り下げたか、同意が得られなかったか、誤りとして終わりました。' },
  '65': { name: '根拠失効', says: '同意が撤回されて終わったので、ご本人と話し合ってください。' },
  '90': {
    name: '受信エラー',
    says: '記録を受け付けられませんでした。',
    remedy: 'エラーコードを見て記録を直してください。',
  },
};
export const statusNames = namesOf(statusTexts);

/** 対応区分, from the recipient's system to the hub. */
export const responseTexts: Codes<ResponseCode> = {
  '10': { name: '到着', says: '届いたことを知らせます。' },
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
  '60': { name: '取消の受領', says: '取り消された情報の利用をやめたことを知らせます。' },
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
  '103': { name: '定員・体制', says: 'いまは受けられないので、差戻しではなく保留として14日まで待ちます。' },
  '104': { name: '既に支援中', says: 'すでに支援しているので、差戻しではなく引受として扱います。' },
  '105': { name: '重複', says: '同じつなぎがほかにあるので、このつなぎを終えます。' },
  '201': {
    name: '本人が希望せず',
    says: 'ご本人が希望していません。',
    remedy: '双方の窓口が一度ずつ、ご本人に確かめてください。',
  },
  '202': { name: '連絡がとれない', says: 'ご本人と連絡がとれません。' },
  '203': { name: '死亡', says: 'ご本人が亡くなりました。' },
  '204': { name: '転出', says: 'ご本人が転出しました。' },
  '205': { name: '入院・入所・収容', says: 'ご本人が入院・入所などをしています。' },
  '301': { name: '情報不足', says: '情報が足りません。', remedy: '差し戻す前に、一度照会してください。' },
  '901': { name: 'その他', says: 'ほかの理由です。', remedy: '連絡文に理由を書いてください。' },
};
export const returnReasonNames = namesOf(returnReasonTexts);

/** 結果コード of a completion. */
export const outcomeCodeTexts: Codes<OutcomeCode> = {
  '011': { name: '支援につながった', says: '支援につながりました。' },
  '012': { name: '情報提供で終了', says: '情報を提供して終わりました。' },
  '013': { name: '他機関につないだ', says: 'ほかの機関につなぎました。' },
  '014': { name: '見守り・関わりの体制が整った', says: '見守りや関わりの体制が整いました。' },
  '021': { name: '本人が辞退', says: 'ご本人が辞退しました。' },
  '022': { name: '連絡不能', says: 'ご本人と連絡がとれませんでした。' },
  '023': { name: '資源なし', says: '使える支援がありませんでした。', remedy: '足りない支援を連絡文に書いてください。' },
  '031': { name: '死亡', says: 'ご本人が亡くなりました。' },
  '032': { name: '転出', says: 'ご本人が転出しました。' },
  '091': { name: 'その他', says: 'ほかの結果です。', remedy: '連絡文に書いてください。' },
};
export const outcomeNames = namesOf(outcomeCodeTexts);

/** 根拠: what permits a disclosure. */
export const authorityTexts: Codes<AuthorityCode> = {
  consent: { name: '本人の同意', says: 'ご本人の同意の範囲で提供します。' },
  within_purpose: {
    name: '利用目的内',
    says: '市町村が定めた利用目的の範囲で提供します(つなぎと支援依頼には使えません)。',
  },
  to_person: { name: '本人への提供', says: 'ご本人に渡し、ご本人が相手の窓口に持って行きます(本人持参)。' },
  person_free: { name: '本人の情報なし', says: 'どなたの情報も含まないので、根拠は要りません。' },
  law: { name: '法令に基づく提供', says: 'ほかの法令の定めに基づいて提供します(法令名と条を記録します)。' },
  internal_reasonable: {
    name: '同一機関内の利用(相当の理由)',
    says: '個人情報保護法69条2項2号による、その件かぎりの利用です。',
  },
  public_body_reasonable: {
    name: 'ほかの行政機関への提供(相当の理由)',
    says: '個人情報保護法69条2項3号による、その件かぎりの提供です。',
  },
  benefit_of_person: { name: '本人の利益', says: '明らかにご本人の利益になる提供です(個人情報保護法69条2項4号)。' },
  private_necessity: {
    name: '民間からの提供(必要があるとき)',
    says: '個人情報保護法27条1項2〜4号による、民間の窓口からの提供です。',
  },
  shien_kaigi: { name: '支援会議', says: '社会福祉法106条の6の支援会議の構成員の間で共有します。' },
  shien_kaigi_konkyu: {
    name: '支援会議(生活困窮)',
    says: '生活困窮者自立支援法9条の支援会議の構成員の間で共有します。',
  },
  chosei_kaigi: { name: '調整会議', says: '生活保護法27条の3の調整会議の構成員の間で共有します。' },
  yotaikyo: { name: '要保護児童対策地域協議会', says: '児童福祉法25条の2の協議会の構成員の間で共有します。' },
  elder_abuse: { name: '高齢者虐待防止法', says: '高齢者虐待防止法7条・21条の通報です。' },
  disability_abuse: { name: '障害者虐待防止法', says: '障害者虐待防止法7条・16条・22条の通報です。' },
  child_abuse: { name: '児童虐待防止法', says: '児童虐待防止法6条、児童福祉法25条などの通告です。' },
  child_abuse_request: {
    name: '児童虐待防止法(資料の求め)',
    says: '児童虐待防止法13条の4の求めに応じた提供です。',
  },
  dv: { name: '配偶者暴力防止法', says: '配偶者暴力防止法6条の通報です。' },
  disaster: { name: '災害', says: '災害対策基本法49条の11による提供です。' },
  emergency: { name: '緊急', says: '生命、身体、財産を守るために、いま要る情報を提供します。' },
  chiiki_care_kaigi: { name: '地域ケア会議', says: '介護保険法115条の48の会議での共有です。' },
  shogai_kyogikai: { name: '協議会(障害)', says: '障害者総合支援法89条の3の協議会での共有です。' },
  konnan_josei: { name: '困難女性支援法', says: '困難女性支援法15条の支援調整会議での共有です。' },
  young_carer: {
    name: 'ヤングケアラー',
    says: '子ども・若者育成支援推進法によるヤングケアラーの支援のための共有です。',
  },
  own_desk: {
    name: '自分の窓口',
    says: '自分の窓口が持つ情報を見た、または印刷したという記録です。ほかへの提供ではありません。',
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
