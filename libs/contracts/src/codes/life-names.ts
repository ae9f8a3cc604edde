// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Actor, CoreStep, Guard } from '@tsunagi/domain';

/** The words in which the table of transitions is shown, beside those of states and actions. */
export const actorNames: Readonly<Record<Actor, string>> = {
  sender: '送り元の窓口',
  recipient: '受け手の窓口',
  recipient_supervisor: '受け手の窓口の管理者(職員)',
  coordinator: '調整担当',
  coordinator_of_recipient: '受け手の窓口に属する調整担当',
  municipality: '市町村(承認者)',
  overseer: '個人情報保護担当、監査担当',
  lead: '主担当の窓口',
  core: 'ハブ',
};

export const coreStepNames: Readonly<Record<CoreStep, string>> = {
  await_authority: '根拠を待つ',
  deliver: '届く',
  revoke: '根拠を失う',
  wake: '保留が明ける',
};

/** What each guard asks for. */
export const guardNames: Readonly<Record<Guard, string>> = {
  permit: '提供できるという、そのときの判断',
  may_go_there: 'その窓口に、その種類と目的で送れること',
  phoned_first: '即日なら、先に電話で伝えたこと',
  no_open_twin: '同じ方の同じ相手へのつなぎが続いていないこと',
  meeting_known: '会い方',
  something_said: '書いた内容',
  worker_named: '担当者の名前',
  person_matched: '同じ人だと確かめたこと',
  first_contact: '最初の接触、または別の日・別の方法で3回(うち一度は訪問)の試み',
  wake_date: '理由と再開する日(60日以内、103 は14日以内)',
  reason_codes: '理由コード(103 と 104 は差戻しにしない)',
  questioned_before_301: '301 なら、一度照会したこと',
  fitting_desk_named: '101 なら合う窓口か「不明」、102 なら合う市町村',
  reason_shown: '105 ならもう一つのつなぎ、201 なら尋ねたこと、202 なら試み、203〜205 ならその日',
  talk_recorded: '協議した日と双方の名前',
  keeps_doing: 'それぞれが続けること',
  target_named: '転送先',
  outcome_code: '結果コード',
  referred_on: '013 なら、つないだ先',
  need_named: '023 なら、足りなかった支援',
  person_informed: 'ご本人に伝えたこと、または伝えられない理由と期日',
  series_chosen: '後追いの時期',
  lead_named: '支援依頼なら、つなぎの主担当とその担当者が決まっていること',
  result_recorded: '結果',
  contact_recorded: '後追いの結果',
  informed_when_broken: '途切れたときは、ご本人に伝えたこと',
  said_to_whom: '誰がどの部分に同意しなかったか',
  ask_again_in_time: '改めて尋ねる日は6か月以内',
  both_asked: '送り元も、ご本人に尋ねたこと',
  first_return_of_journey: '一連のつなぎで初めての差戻し',
  reason_ends_it: '差戻しの理由(同意なしは 201、完了は 105)',
  hop_limit: '転送は2回まで',
  sent_back_once: '戻せるのは一度',
  series_done: '後追いが残っていないこと',
  withdrawal_asked: '送り元からの取下げの申し出',
  phone_announced: '電話で伝えたという記録',
  never_accepted: '一度も引き受けていないこと',
  never_received: 'まだ届いていないこと',
  conditions_acknowledged: '提供に条件があれば、読んで守ると確かめたこと',
  not_misdirected: '誤送付とされていないこと',
};
