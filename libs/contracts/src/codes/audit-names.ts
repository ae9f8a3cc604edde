// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConferenceAction, HistoryEntry } from '@tsunagi/domain';

/** What a line of the audit may say was done. The steps of a referral have the words of its history. */
export const auditActionNames = {
  'session.opened': 'サインインした',
  'session.closed': 'サインアウトした',
  'password.changed': '自分のパスワードを変えた',
  'token.issued': 'プログラムがつながった',
  'staff.created': '職員を登録した',
  'staff.changed': '職員の登録を変えた',
  'staff.deactivated': '職員の利用を止めた',
  'staff.password_reset': '職員のパスワードを発行し直した',
  'membership.created': '職員に役割を付けた',
  'membership.changed': '職員の役割の期間を変えた',
  'deputy.created': '代理を決めた',
  'deputy.changed': '代理の期間を変えた',
  'client.created': 'プログラムの登録を作った',
  'client.rotated': 'プログラムの秘密を替えた',
  'client.revoked': 'プログラムの登録を止めた',
  'audit.read': '監査の記録を見た',
  'referral.read': 'つなぎを開いて見た',
  'referral.content_seen': 'つなぎの中身を見た(調整担当)',
  'referral.printed': 'つなぎを印刷した',
  'person.read': 'ある方の記録を見た',
  'person.printed': 'ある方の記録を印刷した',
  'names.revealed': '伏せた氏名を表示した',
  'reveal.asked': '氏名の表示を、二人目に申し出た',
  'reveal.approved': '氏名の表示の申出を認めた',
  'reveal.refused': '氏名の表示の申出を断った',
  'persons.searched': '人を探した',
  'referrals.exported': 'つなぎ一覧を書き出した',
  'list.exported': '画面の一覧を書き出した',
  'delivery.approved': '業務システムへの書込みを承認した',
  'delivery.declined': '業務システムへの書込みを断った',
  'delivery.replayed': '止まった配送を送り直した',
  'recall.acknowledged': '取消しを受け取った',
  'ground.recorded': '同意によらない根拠を記録した',
  'ground.approved': '同意によらない根拠を承認した',
  'ground.refused': '同意によらない根拠を認めなかった',
  'consent.registered': '同意を記録した',
  'consent.withdrawn': '同意の撤回を記録した',
  'consent.confirmed': '同意の紙を確かめた',
  'refusal.recorded': '不同意を記録した',
  'application.recorded': '申込を記録した',
  'application.withdrawn': '申込の取下げを記録した',
  'person_fact.recorded': 'ある方について知ったことを記録した',
  'person.merged': '同じ方の記録を一つにした',
  'person.split': '別の方の記録を分けた',
  'person.sealed': '居所などを秘匿にした',
  'person.unseal_asked': '秘匿を解くことを申し出た',
  'person.unsealed': '秘匿を解いた',
  'disclosures.asked': '開示の求めを受け付けた',
  'incident.opened': '漏えい等の記録を開いた',
  'incident.noted': '漏えい等の記録に書き留めた',
  'incident.contain': '漏えい等の拡大を防いだと記録した',
  'incident.first_report': '漏えい等の速報を記録した',
  'incident.final_report': '漏えい等の確報を記録した',
  'incident.tell': '漏えい等をご本人に伝えたと記録した',
  'incident.close': '漏えい等の記録を閉じた',
  'organization.created': '機関を登録した',
  'organization.changed': '機関の登録を変えた',
  'desk_function.created': '窓口を登録した',
  'desk_function.changed': '窓口の登録を変えた',
  'desk_function.imported': '窓口の登録をファイルから入れた',
  'desk_function.passed_on': '窓口を受け持つ機関の交替を決めた',
  'desk_function.handed_over': '窓口を受け持つ機関が交替した',
  'desk_function.secrecy_acknowledged': '窓口の守秘を確かめた',
  'route.created': '届け先の決まりを作った',
  'route.changed': '届け先の決まりを変えた',
  'due.set': '期限の決まりを変えた',
  'authority.overridden': '提供の根拠を、市町村の行に置き換えた',
  'authority.checked': '提供の根拠を確かめた',
  'age_rule.made': '年齢の定めを作った',
  'age_rule.ended': '年齢の定めを終えた',
  'age_rule.checked': '年齢の定めを確かめた',
  'incident_rule.made': '漏えい等の期限の定めを作った',
  'incident_rule.ended': '漏えい等の期限の定めを終えた',
  'incident_rule.checked': '漏えい等の期限の定めを確かめた',
  'consent_form.drafted': '同意書の様式の下書きを作った',
  'consent_form.approved': '同意書の様式を承認した',
  'consent_form.retired': '同意書の様式を終えた',
  'plugin.registered': 'プラグインがつながった',
  'plugin.host_changed': 'プラグインの動く場所が替わった',
  'plugin.configured': 'プラグインの設定を変えた',
  'plugin.enabled': 'プラグインを使い始めた',
  'plugin.disabled': 'プラグインを止めた',
  'plugin.check_asked': 'プラグインの接続の確認を頼んだ',
  'plugin.settings_check_asked': 'プラグインの設定の確認を頼んだ',
  'plugin.checked': 'プラグインの接続を確かめた',
  'plugin.poll_asked': 'プラグインに、いま読みに行くよう頼んだ',
  'plugin.dry_run_asked': 'プラグインの試し読みを頼んだ',
  'plugin.intake_paused': 'プラグインの取込みを止めて待たせた',
  'plugin.intake_confirmed': 'プラグインの取込みを進めてよいと決めた',
  'plugin.counts_agree': 'プラグインの件数が合った',
  'plugin.counts_differ': 'プラグインの件数が合わなかった',
  'plugin.counts_settled': 'プラグインの件数の違いを確かめて済ませた',
  'plugin.row_released': '取り込めずに残した行を、もう一度取り込ませた',
  'plugin.row_closed': '取り込めずに残した行を、取り込まずに閉じた',
  'clock.moved': '見本市の時計を進めた',
  'demo.loaded': '見本市のデータを入れた',
} as const;

/** Done to what may be read of. */
export type AuditWorded = keyof typeof auditActionNames;

/**
 * What is written down and read by nobody who audits: a conference, a support unit, a 利用勧奨, what is on a list to be done, and
 * what tells of a danger. It needs no words.
 */
type Unread =
  | `conference.${ConferenceAction | 'proposed' | 'read'}`
  | `unit.${'founded' | 'joined' | 'split'}`
  | `unit.lead.${string}`
  | `recommendation.${'told' | 'answered'}`
  | `view.${'created' | 'changed' | 'deleted'}`
  | `person.${'linked' | 'doubted' | 'endangered'}`
  | `todo.${string}.done`
  | `${'referral' | 'person' | 'conference'}.reminded`
  | 'disclosures.answered'
  | 'support_request.dumped';

/** Everything that a line of the audit may say was done. Lines of before may say something else. */
export type AuditAction = AuditWorded | `referral.${HistoryEntry}` | Unread;

/** To what kind of thing. */
export const auditKindNames = {
  staff: '職員',
  membership: '職員の役割',
  deputy: '代理',
  client: 'プログラム',
  audit: '監査の記録',
  municipality: '市町村全体',
  organization: '機関',
  desk_function: '窓口',
  function: '窓口',
  route: '届け先の決まり',
  authority: '提供の根拠',
  age_rule: '年齢の定め',
  incident_rule: '漏えい等の期限の定め',
  consent_form: '同意書の様式',
  plugin: 'プラグイン',
  quarantined_row: '取り込めずに残した行',
  reveal: '氏名の表示',
  search: '人を探したこと',
  queue: 'つなぎ一覧',
  list: '画面の一覧',
  referral: 'つなぎ',
  delivery: '配送',
  person: 'ある方',
  incident: '漏えい等の記録',
} as const;
export type AuditWordedKind = keyof typeof auditKindNames;
export type AuditObjectKind =
  | AuditWordedKind
  | 'conference'
  | 'support_unit'
  | 'recommendation'
  | 'submission'
  | 'view';

/** What stands beside it. */
export const auditDetailNames = {
  what: '見たもの',
  page: '頁',
  askedBy: '求めた人',
  authority: '根拠',
  contentVersion: '内容の版',
  version: '版',
  code: '符号',
  row: '行',
  categories: '提供項目',
  answer: '答え',
  plugin: 'プラグイン',
  day: '日',
  forced: '待たずに行った',
  ok: '問題なし',
  rows: '行数',
  written: '書いた行数',
  fields: '変えた欄',
  validFrom: '有効な最初の日',
  validTo: '有効な最後の日',
  checkedOn: '確かめた日',
  group: '行いの種類',
  action: '行い',
  actor: 'だれが',
  objectKind: '何に',
  from: '前・始め',
  to: '後・終わり',
  roles: '役割',
  role: '役割',
  purpose: '目的',
  count: '件数',
  found: '見つかった人数',
  more: 'ほかにもある',
  encoding: '文字コード',
} as const;
export type AuditDetail = keyof typeof auditDetailNames;
