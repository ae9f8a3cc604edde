// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityTexts, bodyKindNames, channelNames, kindNames } from '@tsunagi/contracts';
import {
  kindRules,
  multiAgency,
  ReferralKind,
  townDesk,
  type Basis,
  type KindFact,
  type KindRule,
} from '@tsunagi/domain';
import type { CodeGroup } from './code-group';

const functionTypes: Readonly<Record<string, string>> = {
  [multiAgency]: '多機関協働事業者',
  [townDesk]: '福祉事務所未設置町村 相談窓口',
};
const bases: Readonly<Record<Basis, string>> = {
  consent: authorityTexts.consent.name,
  within_purpose: authorityTexts.within_purpose.name,
  statute: '法律の定め(同意によらない)',
  person_free: authorityTexts.person_free.name,
};
const facts: Readonly<Record<KindFact, string>> = {
  personInformed: 'ご本人への説明(`personInformed`)',
  howTheyMeet: '会い方(`howTheyMeet`)',
  asked: 'ご本人が望んだこと(`asked`)',
  keepsDoing: '送り手が続けること(`keepsDoing`)',
  nextContactOn: '送り手が次に連絡する日(`nextContactOn`)',
  agreedIn: '合意した会議(`agreedIn`)',
  question: '尋ねたいこと(`question`)',
  phoned: '先の電話(`phoned`)',
  statute: '法律(`statute`)',
};

const typesOf = (types: readonly string[] | undefined) => types?.map((t) => functionTypes[t] ?? t).join('、');

function recipientOf({ to, between, flaggedOnly, toBodies }: KindRule): string {
  const bodies = toBodies?.map((b) => bodyKindNames[b]).join('、');
  const parts = [
    typesOf(to),
    between !== undefined && 'どの窓口でも(答えは多機関協働へ)',
    flaggedOnly && 'この種類を受けると決められた窓口',
    bodies !== undefined && `(${bodies})`,
  ].filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join('') : 'どの窓口でも';
}

function backOf({ back, leastBack, answersWithDate, needsFeedback }: KindRule): string {
  if (back === 'arrival') return '人が確かめた到着だけ';
  if (answersWithDate) return '状態と、返事をする日';
  if (needsFeedback) return '同意の範囲(状態が返ることが条件)';
  return leastBack === 'state+note' ? '状態と答え' : '同意の範囲';
}

/** Every kind with its rules, as the hub applies them. */
export function kindGroup(): CodeGroup {
  return {
    id: 'kinds',
    title: '種類ごとの決まり',
    english: 'rules of each kind of referral',
    appears: '`POST /referrals` の `kind`。決まりに合わないものは、`denied` か、問題 `SUBMISSION_REJECTED` になる。',
    columns: ['コード', '種類', '送り手', '受け手', '根拠', '要るもの', '届け方', '送り手に返るもの', '見える人'],
    rows: ReferralKind.options.map((kind) => {
      const rule = kindRules[kind];
      return [
        kind,
        kindNames[kind],
        rule.between !== undefined
          ? '多機関協働事業者(答えは、尋ねられた窓口)'
          : (typesOf(rule.from) ?? 'どの窓口でも'),
        recipientOf(rule),
        rule.bases.map((b) => bases[b]).join('、'),
        [...rule.needs.map((f) => facts[f]), ...(rule.persons === 'none' ? ['どなたの情報もないこと'] : [])].join('、'),
        rule.channels.map((c) => channelNames[c]).join('、'),
        backOf(rule),
        rule.seenBy === 'both_functions' ? '二つの窓口の職員だけ' : '二つの窓口、全体を見る役割(中身は見えない)',
      ];
    }),
  };
}
