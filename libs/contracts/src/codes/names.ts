// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type {
  Approval,
  AuthorityBadge,
  AuthorityOff,
  AuthorityWay,
  BesideSteps,
  BodyKind,
  Concern,
  ConsentGiver,
  ConsentManner,
  ChosenChannel,
  ConsentStatus,
  CountedThing,
  CountVerdict,
  DataCategory,
  DeliveryChannel,
  Domain,
  Feedback,
  FollowUpResult,
  FollowUpSeries,
  FormPart,
  GroundFact,
  HowTheyMeet,
  IncidentAnswer,
  IncidentKind,
  ItemOutcome,
  Misdirection,
  OverRefusal,
  ParentalAuthority,
  Purpose,
  RevealPurpose,
  ReferralAction,
  ReferralKind,
  ReferralState,
  Role,
  SaidHow,
  Statute,
  Urgency,
} from '@tsunagi/domain';
import type { z } from 'zod';
import type { LookedInto } from '../http/doctor';
import { authorityNames } from './interface-codes';

/** The Japanese words of the vocabulary, in the order in which they are shown. */
type Names<E extends z.ZodEnum> = Readonly<Record<z.infer<E>, string>>;

export const domainNames: Names<typeof Domain> = {
  kaigo: '介護',
  shogai: '障害',
  kosodate: '子育て',
  konkyu: '生活困窮',
  takikan: '多機関協働',
  chiiki: '地域づくり',
  hogo: '生活保護',
  other: 'その他',
};

export const bodyKindNames: Names<typeof BodyKind> = {
  agency: '同じ実施機関',
  other_agency: '同じ市町村のほかの実施機関(教育委員会など)',
  public_body: 'ほかの行政機関(都道府県、他市町村、国など)',
  contractor: 'その機能の受託者',
  official_volunteer: '民生委員・児童委員',
  private: '民間',
};

export const kindNames: Names<typeof ReferralKind> = {
  referral: 'つなぎ',
  support_request: '支援依頼',
  handback: 'つなぎもどし',
  inquiry: '照会',
  prefecture: '都道府県への提供',
  notification: '通報・通告',
  protection: '権利擁護の要請',
  advice: '助言依頼',
};

export const urgencyNames: Names<typeof Urgency> = { normal: '通常', urgent: '急', same_day: '即日' };

export const purposeNames: Names<typeof Purpose> = {
  consultation: '相談支援',
  coordination: '支援の調整',
  rights_protection: '権利擁護',
  abuse_response: '虐待への対応',
  emergency: '緊急の対応',
};

export const meetingNames: Names<typeof HowTheyMeet> = {
  contact_permitted: '相手から連絡してよい',
  accompanied: '同行する',
  three_way: '三者で会う(三者面談)',
  person_visits: '本人が来所する',
  through_sender: '送り手を通す',
};

export const channelNames: Names<typeof DeliveryChannel> = {
  plugin: '業務システムに届ける',
  web: 'ハブの画面に届ける',
  paper: '紙で届ける',
  carried_by_person: '本人が持って行く(本人持参)',
  hub_only: 'ハブの画面だけに届ける',
};
export const chosenChannelNames: Names<typeof ChosenChannel> = {
  web: channelNames.web,
  paper: channelNames.paper,
  carried_by_person: channelNames.carried_by_person,
};

export const concernNames: Names<typeof Concern> = {
  illness: '病気・医療',
  mental_health: 'こころの問題',
  care: '介護',
  disability: '障害',
  child_rearing: '子育て',
  income_work: '収入・仕事',
  spending_debt: '支出・滞納・借金',
  housing: '住まい',
  violence: 'DV・虐待',
  rights: '権利擁護',
  health: '健康',
  other: 'その他',
};

export const badgeNames: Names<typeof AuthorityBadge> = {
  consent_active: '同意 有効',
  consent_ending: '同意 期限間近',
  consent_ended: '同意 期限切れ',
  consent_withdrawn: '同意 撤回',
  law: '法令',
  conference: '会議',
  waiting: '根拠待ち',
};

export const roleNames: Names<typeof Role> = {
  caseworker: '担当者',
  supervisor: '管理者',
  approver: '承認者',
  coordinator: '調整担当',
  it_admin: '情報政策担当',
  privacy_officer: '個人情報保護担当',
  auditor: '監査担当',
};

export const itemOutcomeNames: Names<typeof ItemOutcome> = {
  accepted: '送付',
  held: '根拠待ち',
  denied: '不可',
  duplicate: '重複',
  conflict: '矛盾',
  no_referral: '対象外',
  unrouted: '宛先なし',
  draft: '下書き',
  rejected: '受付不可',
};

export const feedbackNames: Names<typeof Feedback> = {
  none: '返さない',
  state: '状態だけ返す',
  'state+note': '状態、担当者、次回予定、連絡文を返す',
};

export const stateNames: Names<typeof ReferralState> = {
  draft: '下書き',
  awaiting_authority: '根拠待ち',
  declined: '同意なし',
  sent: '送付',
  received: '到着',
  questioned: '照会中',
  accepted: '引受',
  in_progress: '対応中',
  on_hold: '保留',
  return_proposed: '差戻しの申出',
  returned: '差戻し',
  redirected: '転送',
  coordinating: '窓口間で調整中',
  completed: '結果報告',
  follow_up: '後追い',
  closed: 'つなぎ完了',
  withdrawn: '取下げ',
  revoked: '根拠失効',
  entered_in_error: '誤登録',
};

export const actionNames: Names<typeof ReferralAction> = {
  edit: '書き直す',
  send: '送る',
  receive: '到着を確かめる',
  'confirm-phone': '電話を受けたことを確かめる',
  ask: '照会する',
  answer: '照会に答える',
  accept: '引き受ける',
  start: '対応を始める',
  hold: '保留する',
  resume: '保留・差戻しの申出を解く',
  'propose-return': '差戻しを申し出る',
  'agree-return': '差戻しに合意する',
  redirect: '転送する',
  coordinate: '窓口間の調整を始める',
  complete: '結果を報告する',
  'send-back': '結果報告を戻す',
  'follow-up': '後追いを決める・結果を記録する',
  close: 'つなぎを完了する',
  reopen: '改めてつなぐ',
  withdraw: '取り下げる',
  decline: '同意が得られなかったことを記録する',
  supplement: '補足する・訂正する',
  inform: 'ご本人に伝えたことを記録する',
  misdirected: '誤送付を知らせる',
  'mark-error': '誤登録にする',
};

/** What stands in a history beside the steps of a life. */
export const besideStepsNames: Names<typeof BesideSteps> = {
  submit: '作成',
  replace: '送る前の記録の差替え',
  correct: '訂正',
  assign: '担当者の決定',
  'hand-over': '受け持つ機関の交替',
  go_on: '取下げに応じず続ける',
  asked_again: '改めて尋ねた',
  noted: '業務システムからの連絡文',
  return_asked: '業務システムからの差戻しの申出',
  duplicate_closed: '重複した方の完了',
  feedback_permitted: '経過を返せるようになった',
  authority_lost: '根拠を失った(引受のあと)',
  authority_narrowed: '渡せる項目が減った',
  persons_merged: '同じ方の記録をまとめた',
  person_split: '別の方の記録を分けた',
};

export const followUpSeriesNames: Names<typeof FollowUpSeries> = {
  thirty_days: '30日後',
  one_three_six_months: '1か月・3か月・6か月後',
};

export const followUpResultNames: Names<typeof FollowUpResult> = {
  holds: '続いている',
  weak: '弱まっている',
  broken: '途切れた(改めてつなぐ)',
  not_reached: '連絡がとれない',
};

export const misdirectionNames: Names<typeof Misdirection> = {
  wrong_person: '別の方のもの',
  wrong_desk: '別の窓口あて',
  wrong_content: '渡してはいけない内容',
};

/** 漏えい等 */
export const incidentKindNames: Names<typeof IncidentKind> = {
  ...misdirectionNames,
  wrong_merge: '別人の統合',
  lost: '紛失',
  crime: '盗難・不正アクセス',
  other: 'その他',
};

export const incidentAnswerNames: Names<typeof IncidentAnswer> = {
  done: '行った',
  not_required: '法令上要らない',
};

export const giverNames: Names<typeof ConsentGiver> = {
  self: '本人',
  self_with_support: '本人(支援を受けて)',
  authorized_agent: '本人が任せた代理人',
  legal_guardian: '親権者・未成年後見人',
  adult_guardian: '成年後見人',
  curator_or_assistant: '代理権のある保佐人・補助人',
  voluntary_guardian: '任意後見人',
  family: '家族(希望として記録し、何も許しません)',
};

export const mannerNames: Names<typeof ConsentManner> = {
  written: '書面',
  oral_recorded: '口頭(記録あり)',
  electronic: '電子',
  asserted_by_system: '業務システムの「同意あり」',
};

export const saidHowNames: Names<typeof SaidHow> = {
  written: '書面',
  in_person: '面談',
  telephone: '電話',
  electronic: '電子',
};
export const parentalNames: Names<typeof ParentalAuthority> = {
  sole: '単独親権',
  joint: '共同親権',
  appointed: '未成年後見人',
};
export const formPartNames: Names<typeof FormPart> = { application: '申込', personal_data: '個人情報の取扱い' };

export const consentStatusNames: Names<typeof ConsentStatus> = {
  active: '有効',
  withdrawn: '撤回',
  expired: '期間終了',
  refused: '不同意',
};

/** 提供項目. */
export const categoryNames: Names<typeof DataCategory> = {
  identity: '氏名・生年月日・性別',
  contact: '連絡先',
  contact_wishes: '連絡上の注意',
  household_outline: '世帯の概要',
  household: '世帯員',
  concern: '相談事由',
  wishes: '本人の希望',
  care_level: '要介護度',
  disability: '障害',
  health: '健康',
  income_debt: '収入・負債',
  public_assistance: '生活保護',
  employment: '就労',
  housing: '住まい',
  education: '教育',
  child_rearing: '子育て',
  service_use: '利用サービス',
  abuse: '虐待',
  criminal: '犯罪',
  narrative: '経過の記述',
  origin: '出自',
};

export const statuteNames: Names<typeof Statute> = {
  elder_abuse: authorityNames.elder_abuse,
  disability_abuse: authorityNames.disability_abuse,
  child_abuse: authorityNames.child_abuse,
  child_abuse_request: authorityNames.child_abuse_request,
  dv: authorityNames.dv,
};

export const approvalNames: Names<typeof Approval> = {
  none: '要らない',
  before: '提供の前に要る',
  after: '提供の後でもよい',
};
export const overRefusalNames: Names<typeof OverRefusal> = {
  stands: 'ご本人が同意しないと伝えていても使える',
  with_words: '承認者が理由を記録したときだけ使える',
  never: '使えない',
};
export const authorityWayNames: Names<typeof AuthorityWay> = { any: 'どの届け方でも', hub_only: 'ハブの画面だけ' };
export const groundFactNames: Names<typeof GroundFact> = {
  law: '法令名',
  article: '条',
  reason: '理由',
  why_no_consent: '同意を得ていない理由',
  harms_nobody: 'だれの権利利益も不当に害さないこと',
  request: '求めた機関と日',
  window: '災害の期間',
};
export const authorityOffNames: Names<typeof AuthorityOff> = {
  overridden: '市町村の行に置き換わった',
  off: '切ってある',
  not_yet: 'まだ始まっていない',
  ended: '終わった',
  unchecked: 'だれも確かめていない',
};

export const countedNames: Names<typeof CountedThing> = {
  events: '受け取った記録',
  answers: '受け取った回答',
  referrals: '渡したつなぎ',
  statuses: '返した状態',
};

export const countVerdictNames: Names<typeof CountVerdict> = {
  agrees: '合う',
  differs: '違う',
  not_countable: '業務システムの側では数えられない',
};

export const revealPurposeNames: Names<typeof RevealPurpose> = {
  asked_by_person: 'ご本人・ご家族からの問合せ',
  assign: '担当者を決める',
  contact: '連絡・訪問の準備',
  consultation: '窓口どうしの相談・協議',
  handover: '引継ぎ',
  paperwork: '事務処理(書類の作成・確認)',
  other: 'その他',
};

export const lookedIntoNames: Names<typeof LookedInto> = {
  hub: 'ハブ',
  database: 'データベース',
  migrations: 'データベースの表',
  broker: 'メッセージ基盤',
  clock: '時計',
  keys: '鍵ファイル',
  data: 'データフォルダー',
  disk: 'ディスク',
  legal: '根拠の確かめ',
  plugin: 'プラグイン',
};
