// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts } from '@tsunagi/domain';
import type { z } from 'zod';
import { keySet, callerView, signIn, tokenAnswer, tokenRequest } from './access';
import { ageRuleList, ageRuleView, newAgeRules } from './age-rules';
import { incidentRuleList, incidentRuleView, newIncidentRules } from './incident-rules';
import { authorityList, authorityView, checkAuthority, newAuthority } from './authorities';
import { clockView, moveClock } from './clock';
import { applicationList, newApplication, withdrawApplication } from './applications';
import {
  consentFormList,
  consentFormView,
  consentSheet,
  newConsentForm,
  retireConsentForm,
  type ConsentFormView,
} from './consent-forms';
import {
  disclosureLines,
  newConsent,
  newRefusal,
  personWishes,
  preview,
  previewRequest,
  recorded,
  withdrawal,
} from './consents';
import { dueList, setDue } from './dues';
import { exceptionReport, groundList, newGround, ratify } from './grounds';
import { health } from './health';
import { conferenceExamples } from './conferences.examples';
import { incident, incidentAnswered, newIncident, newIncidentNote } from './incidents';
import { masterDataExamples } from './master-data.examples';
import { disclosureRequestAnswer, disclosureRequestList, newDisclosureRequest } from './disclosure-requests';
import { nameExamples } from './names.examples';
import { failures, flows, guards } from './reports';
import {
  joinSupportUnit,
  splitSupportUnit,
  supportUnits,
  supportUnitView,
  unitLead,
  type SupportUnitView,
} from './support-units';
import { deskFunctionList, organizationList, routeList } from './organizations';
import {
  doubtPerson,
  judgements,
  linkPersons,
  mergeConsequences,
  mergedHere,
  mergePersons,
  newPersonFact,
  personFacts,
  splitPerson,
} from './persons';
import { dangerRecorded, newDanger, newSeal, personProtection, unseal, unsealed } from './protection';
import {
  actions,
  decisions,
  queuePage,
  referralView,
  stepped,
  submitBody,
  submitted,
  timeline,
  todoDone,
  todos,
  type QueueItem,
  type SubmitBody,
} from './referrals';
import { newRecommendation, recommendationAnswered } from './recommendations';
import { withdrawalProof } from './withdrawals';
import { exampleId as id } from '../example-ids';
import { exportExamples } from './exports.examples';
import { pluginExamples } from './plugins.examples';
import { viewExamples } from './views.examples';

/** One example of a body, about people who do not exist. */
export interface Example<T = unknown> {
  readonly summary: string;
  readonly value: T;
}
export type Examples<T = unknown> = Readonly<Record<string, Example<T>>>;

const [referral, journey, kaigo, konkyu, person, consentId] = [2, 3, 21, 22, 23, 24].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const sender = { domain: 'kaigo', code: '9970100005', name: '地域包括支援センター' } as const;
const recipient = { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' } as const;
const sentAt = '2026-11-20T14:03:00+09:00';

const withConsent: SubmitBody = {
  kind: 'referral',
  to: { domain: 'konkyu' },
  urgency: 'normal',
  purpose: 'consultation',
  howTheyMeet: 'through_sender',
  source: {
    system: 'kaigo',
    key: 'KAI-20261118-0001',
    change: 'new',
    occurredAt: '2026-11-18T09:00:00+09:00',
    echo: 'KAI-20261118-0001',
  },
  asserted: { code: '1', formVersion: 'K-2026-1', on: '2026-11-18' },
  subject: {
    ref: 'subject',
    role: 'subject',
    identifiers: [{ system: 'kaigo', value: '00990010-0000000123' }],
    items: {
      identity: { name: '見本　花子', kana: 'ミホン　ハナコ', birthDate: '1940-01-05', sex: 'female' },
      contact: { address: '見本県見本市一丁目1番', telephone: '000-000-0001' },
      household_outline: { size: 2 },
      concern: { boxes: ['care', 'income_work'], mostPressing: ['income_work'] },
      narrative: { fact: '家賃の滞納がある。', writtenOn: '2026-11-18' },
    },
  },
  others: [],
};
const withoutConsent: SubmitBody = {
  ...withConsent,
  source: { ...withConsent.source, key: 'KAI-20261118-0002', echo: 'KAI-20261118-0002' },
  asserted: { code: '3', on: '2026-11-18' },
  subject: { ...withConsent.subject, identifiers: [{ system: 'kaigo', value: '00990010-0000000124' }] },
};

const informed = { by: '相談　次郎', at: '2026-11-24T09:30:00+09:00', how: '電話' };
const supportRequest: SubmitBody = {
  ...withConsent,
  kind: 'support_request',
  to: 'unknown',
  source: { ...withConsent.source, key: 'KAI-20261118-0003', echo: 'KAI-20261118-0003' },
  howTheyMeet: 'accompanied',
  personInformed: informed,
  asked: '家計のことを一緒に考えてほしい。',
  anxious: true,
  keepsDoing: '週に一度の訪問を続ける',
  nextContactOn: '2026-11-27',
};
const carried: SubmitBody = {
  ...withoutConsent,
  source: { ...withConsent.source, key: 'KAI-20261118-0004', echo: 'KAI-20261118-0004' },
  channel: 'carried_by_person',
  howTheyMeet: 'person_visits',
};

const line: QueueItem = {
  id: referral,
  journeyId: journey,
  kind: 'referral',
  state: 'received',
  version: 3,
  from: sender,
  to: recipient,
  urgency: 'normal',
  createdAt: '2026-11-20T14:02:00+09:00',
  stateAt: sentAt,
  dueOn: '2026-11-24',
  overdue: false,
  waitedDays: 0,
  dueInDays: 1,
  basis: 'consent_active',
};

const unit: SupportUnitView = {
  id: id(51),
  version: 1,
  members: [{ id: id(52), referralId: referral, ref: 'subject' }],
  lead: { function: sender, worker: '見本　太郎', since: sentAt },
};

const form = {
  id: id(27),
  function: kaigo,
  version: 'K-2026-1',
  title: '個人情報の提供に関する同意書(介護・令和8年版)',
  profile: {
    categories: ['identity', 'contact', 'concern', 'care_level'],
    purposes: ['consultation'],
    days: 90,
    feedback: 'state',
  },
  parts: ['personal_data'],
  wording: '私は、下の項目を、下の窓口へ、相談を受けるために伝えることに同意します。',
  plainWording: 'あなたの ことを ほかの 窓口(まどぐち)に 伝(つた)えて いいですか。',
  script: 'これから、どの窓口に何を伝えるかを読み上げます。よろしければ「はい」とお答えください。',
  keepsPaper: true,
  approvedOn: '2026-04-01',
  revision: 2,
  inForce: true,
} as const satisfies ConsentFormView;

const scope = {
  categories: ['identity', 'contact', 'concern'],
  recipients: [{ domain: 'konkyu' }],
  purposes: ['consultation'],
  from: '2026-11-20',
  until: '2027-02-17',
  feedback: 'state',
} as const;

type Entry = readonly [z.ZodType, Examples];
/** Ties examples to what they are examples of: the compiler checks their shape, a spec the rest. */
const of = <S extends z.ZodType>(schema: S, examples: Examples<z.input<S>>): Entry => [schema, examples];
const one = <S extends z.ZodType>(schema: S, summary: string, value: z.input<S>): Entry =>
  of(schema, { example: { summary, value } });

const steps: readonly Entry[] = [
  one(actionFacts.edit, '下書きの会い方を決める', { howTheyMeet: 'accompanied' }),
  one(actionFacts.send, 'ご本人に伝えて送る', { personInformed: informed }),
  one(actionFacts.receive, '条件を確かめて開く', { conditionsAcknowledged: true }),
  one(actionFacts['confirm-phone'], '電話を受けた', { by: '相談　次郎' }),
  one(actionFacts.ask, '照会', { questions: '世帯の収入の状況を教えてください。' }),
  one(actionFacts.answer, '答え', { answer: '年金のみで、月に9万円ほどです。' }),
  one(actionFacts.accept, '引受', {
    worker: { name: '相談　次郎' },
    personMatched: true,
    nextContactOn: '2026-11-26',
  }),
  of(actionFacts.start, {
    contact: {
      summary: '会えたとき',
      value: { firstContact: { on: '2026-11-26', how: '訪問' }, nextContactOn: '2026-12-03' },
    },
    attempts: {
      summary: '会えなかったとき',
      value: {
        attempts: [
          { on: '2026-11-26', how: '電話', visit: false },
          { on: '2026-11-27', how: '手紙', visit: false },
          { on: '2026-11-30', how: '訪問', visit: true },
        ],
      },
    },
  }),
  of(actionFacts.hold, {
    hold: { summary: '保留', value: { reason: '入院中のため', wakeOn: '2026-12-10' } },
    capacity: {
      summary: '定員・体制で待ってもらう(103)',
      value: { reason: '定員に達しているため', wakeOn: '2026-12-04', code: '103' },
    },
  }),
  one(actionFacts['propose-return'], '対象外(制度)での差戻しの申出', {
    reasons: ['101'],
    whoTellsPerson: '相談　次郎',
    fitting: { domain: 'shogai' },
  }),
  one(actionFacts['agree-return'], '差戻しの合意', {
    talk: { on: '2026-11-27', names: ['包括　太郎', '相談　次郎'] },
    keepsDoing: { sender: '安否の確認を続ける', recipient: '家計の相談に応じる' },
    personInformed: informed,
  }),
  one(actionFacts.redirect, '障害の窓口への転送', { to: { domain: 'shogai' }, personInformed: informed }),
  one(actionFacts.coordinate, '窓口間の調整', {
    keepsDoing: { sender: '安否の確認を続ける', recipient: '家計の相談に応じる' },
    meetOn: '2026-12-03',
  }),
  of(actionFacts.complete, {
    done: {
      summary: '結果報告',
      value: { outcome: '011', note: '家計改善支援の利用が決まりました。', personInformed: informed },
    },
    referredOn: {
      summary: '他機関につないだ(013)',
      value: {
        outcome: '013',
        note: '障害の相談が要るため、つなぎました。',
        referredTo: { domain: 'shogai' },
        personInformed: informed,
      },
    },
  }),
  one(actionFacts['send-back'], '結果報告を戻す', { note: '家賃のことが残っています。' }),
  of(actionFacts['follow-up'], {
    series: { summary: '結果を受け入れ、時期を選ぶ', value: { series: 'one_three_six_months' } },
    result: { summary: '一度の結果', value: { result: 'holds', note: '家賃の支払いが続いている。' } },
  }),
  one(actionFacts.close, '完了', { result: '支援が続いていることを確かめた。', personInformed: informed }),
  one(actionFacts.reopen, '改めてつなぐ', { reason: '滞納が再び始まったため', personInformed: informed }),
  one(actionFacts.withdraw, '取下げ', { reason: 'ご本人の希望' }),
  one(actionFacts.decline, '同意が得られなかった', {
    part: 'ご本人が、住所を伝えることに同意しなかった',
    askAgainOn: '2027-01-15',
    personInformed: informed,
  }),
  one(actionFacts.supplement, '電話番号の訂正', {
    subject: { ref: 'subject', role: 'subject', identifiers: [], items: { contact: { telephone: '0991234568' } } },
  }),
  one(actionFacts.inform, 'ご本人に伝えた', { personInformed: informed }),
  one(actionFacts.misdirected, '別の方のものだった', {
    what: 'wrong_person',
    reason: '生年月日が名簿と違っていた。',
  }),
  one(actionFacts['mark-error'], '誤って登録した', { reason: '別の方の記録から作っていた。' }),
];

const entries: readonly Entry[] = [
  ...steps,
  of(submitBody, {
    withConsent: { summary: '登録された様式の同意がある → 送られる', value: withConsent },
    withoutConsent: { summary: '同意がない → 根拠がそろうまで待つ', value: withoutConsent },
    supportRequest: { summary: '支援依頼。不安な方に同行する。', value: supportRequest },
    carried: { summary: '本人持参。相手の窓口への同意は要らない。', value: carried },
  }),
  of(submitted, {
    accepted: {
      summary: '送られた',
      value: { id: referral, state: 'sent', outcome: 'accepted', codes: [], sentence: '送付しました。' },
    },
    held: {
      summary: '待っている',
      value: {
        id: id(4),
        state: 'awaiting_authority',
        outcome: 'held',
        codes: ['ASSERTED_WITHOUT_CONSENT', 'CONSENT_MISSING'],
        sentence: '記録の同意欄が「あり」ではありません。',
      },
    },
    duplicate: {
      summary: '同じ内容をもう受け付けている(200)',
      value: {
        id: referral,
        state: 'received',
        outcome: 'duplicate',
        codes: [],
        sentence: '同じ内容をすでに受け付けています。',
      },
    },
  }),
  one(newRecommendation, '窓口で案内した', { reference: 'ZEI-2026-0042', told: { ...informed, how: '窓口' } }),
  of(recommendationAnswered, {
    wantsTo: {
      summary: '相談したい → つなぎを開く',
      value: {
        answer: 'wants_to',
        accompanimentOffered: true,
        referral: {
          ...withoutConsent,
          source: { ...withoutConsent.source, change: 'new' },
          kind: 'referral',
          to: { domain: 'konkyu' },
          howTheyMeet: 'accompanied',
          personInformed: informed,
        },
      },
    },
    notNow: { summary: '今はまだ', value: { answer: 'not_now', askAgainOn: '2027-02-01' } },
    no: { summary: '希望しない', value: { answer: 'no' } },
  }),
  one(queuePage, '受付簿の一頁', {
    items: [line],
    counters: [{ state: 'received', count: 1, more: false }],
  }),
  one(referralView, '受け手から見た一件。同意の範囲の項目だけが入る。', {
    ...line,
    purpose: 'consultation',
    howTheyMeet: 'through_sender',
    toAddress: { domain: 'konkyu' },
    members: [
      {
        ref: 'subject',
        role: 'subject',
        identifiers: [],
        items: {
          identity: { name: '見本　花子', kana: 'ミホン　ハナコ', birthDate: '1940-01-05', sex: 'female' },
          contact: { address: '見本県見本市一丁目1番', telephone: '000-000-0001' },
          concern: { boxes: ['care', 'income_work'], mostPressing: ['income_work'] },
        },
      },
    ],
  }),
  one(timeline, '経過', {
    items: [
      {
        version: 2,
        at: sentAt,
        action: 'send',
        from: 'draft',
        to: 'sent',
        by: 'client',
        function: sender,
        reasons: [],
      },
      { version: 3, at: sentAt, action: 'deliver', from: 'sent', to: 'received', by: 'hub', reasons: [] },
    ],
    deliveries: [{ brings: 'referral', state: 'arrived', failures: 0, triedAt: sentAt, arrivedAt: sentAt }],
  }),
  one(actions, '到着したあとの受け手', {
    version: 3,
    actions: [
      { action: 'accept', possible: true },
      {
        action: 'complete',
        possible: false,
        because: 'STATE_NOT_THERE',
        sentence: 'いまの状態では、この手続きはできません。',
      },
    ],
  }),
  one(decisions, '提供の判断', {
    items: [
      {
        outcome: 'permit',
        direction: 'referral',
        authority: 'consent',
        members: [{ ref: 'subject', categories: ['identity', 'contact', 'concern'], consents: [consentId] }],
        feedback: 'state',
        reasons: [],
        notAfter: '2026-12-18T14:02:59.999+09:00',
        inputs: {},
        decidedAt: sentAt,
      },
    ],
  }),
  one(stepped, '引受のあと', { id: referral, state: 'accepted', version: 4 }),
  of(previewRequest, {
    example: { summary: 'どのつなぎについてか', value: { referralId: referral } },
    'other-desk': {
      summary: 'まだ選んでいない窓口に、まだ得ていない同意で',
      value: {
        referralId: referral,
        to: { domain: 'shogai' },
        with: {
          categories: ['identity', 'concern'],
          recipients: [{ domain: 'shogai' }],
          purposes: ['consultation'],
          from: '2026-11-20',
          until: '2027-03-31',
          feedback: 'state',
        },
      },
    },
  }),
  one(preview, '同意がまだない', {
    decision: {
      outcome: 'hold',
      reasons: ['CONSENT_MISSING'],
      lift: { givenTo: kaigo, recipient: konkyu, categories: ['identity', 'contact'] },
    },
    to: recipient,
    sentences: ['この相手への提供に、ご本人の同意がまだありません。'],
  }),
  of(moveClock, {
    advance: { summary: '一日進める', value: { advance: 'P1D' } },
    jump: { summary: '月曜の朝にする', value: { jumpTo: '2026-11-23T08:30:00+09:00' } },
  }),
  one(newGround, '緊急', {
    code: 'emergency',
    persons: ['subject'],
    categories: ['identity', 'contact', 'health'],
    reason: 'けさから連絡がつかず、訪ねても応答がない。',
    whyNoConsent: 'not_reached',
  }),
  one(ratify, '一部を承認', { outcome: 'approved', categories: ['identity', 'contact'], until: '2026-12-18' }),
  one(groundList, '承認を待つ緊急', {
    items: [
      {
        id: id(52),
        version: 1,
        code: 'emergency',
        statute: '個人情報保護法27条1項2号・69条2項4号',
        approval: 'after',
        from: sender,
        to: recipient,
        persons: ['subject'],
        categories: ['identity', 'contact', 'health'],
        said: ['reason', 'why_no_consent'],
        reason: 'けさから連絡がつかず、訪ねても応答がない。',
        whyNoConsent: 'not_reached',
        recordedAt: sentAt,
        decision: id(53),
        endsAt: '2026-11-23T14:03:00+09:00',
        hoursLeft: 30,
      },
    ],
  }),
  one(exceptionReport, '繰り返された例外', {
    items: [
      {
        month: '2026-11',
        from: kaigo,
        to: konkyu,
        code: 'benefit_of_person',
        count: 4,
        occasional: 3,
        repeated: true,
      },
    ],
  }),
  one(newAuthority, '項目を減らし、承認を先にする', {
    overrides: id(51),
    validFrom: '2026-12-01',
    categories: ['identity', 'contact'],
    approval: 'before',
  }),
  one(newAgeRules, '15歳から、本人が決める', {
    validFrom: '2027-04-01',
    rules: [
      { fromAge: 0, toAge: 11, givers: ['legal_guardian'], needs: ['child_view'] },
      { fromAge: 12, toAge: 14, givers: ['legal_guardian'], needs: ['child_agrees'] },
      { fromAge: 15, toAge: 17, givers: ['self', 'self_with_support'], needs: ['understood'] },
    ],
  }),
  one(ageRuleView, '確かめた定め', {
    id: id(55),
    version: 2,
    fromAge: 15,
    toAge: 17,
    givers: ['self', 'self_with_support'],
    needs: ['understood'],
    validFrom: '2027-04-01',
    active: true,
    inForce: false,
    checkedOn: '2026-11-20',
    checkedBy: '見本市 法務課',
  }),
  one(ageRuleList, '年齢の定め', {
    items: [
      {
        id: id(56),
        version: 1,
        fromAge: 12,
        toAge: 15,
        givers: ['legal_guardian'],
        needs: ['child_agrees'],
        validFrom: '2020-04-01',
        validTo: '2027-03-31',
        active: true,
        inForce: true,
      },
    ],
  }),
  one(newIncidentRules, '速報を三日のうちに', {
    validFrom: '2027-04-01',
    rules: [
      { name: 'first_report', days: 3 },
      { name: 'final_report', days: 30 },
      { name: 'final_report_of_a_crime', days: 60 },
      { name: 'tell_person', days: 30 },
    ],
  }),
  one(incidentRuleView, '確かめた定め', {
    id: id(55),
    version: 2,
    name: 'first_report',
    days: 3,
    validFrom: '2027-04-01',
    active: true,
    inForce: false,
    checkedOn: '2026-11-20',
    checkedBy: '見本市 法務課',
  }),
  one(incidentRuleList, '漏えい等の期限の定め', {
    items: [
      {
        id: id(56),
        version: 1,
        name: 'first_report',
        days: 1,
        fromPersons: 100,
        validFrom: '2023-04-01',
        validTo: '2027-03-31',
        active: true,
        inForce: true,
      },
    ],
  }),
  one(checkAuthority, '法務が確かめた', { checkedBy: '見本市 法務課', checkedOn: '2026-11-20' }),
  one(authorityView, '市町村の行', {
    id: id(54),
    version: 1,
    code: 'emergency',
    statute: '個人情報保護法27条1項2号・69条2項4号',
    senders: ['agency'],
    recipients: ['agency'],
    kinds: ['referral'],
    purposes: ['emergency'],
    categories: ['identity', 'contact'],
    needs: ['reason'],
    approval: 'before',
    approvers: [{ role: 'approver' }],
    hours: 72,
    overRefusal: 'stands',
    feedback: 'arrival',
    way: 'any',
    conditions: [],
    overrides: id(51),
    validFrom: '2026-12-01',
    active: true,
    counts: false,
    why: 'not_yet',
  }),
  one(authorityList, '提供の根拠', {
    items: [
      {
        id: id(51),
        version: 1,
        code: 'emergency',
        statute: '個人情報保護法27条1項2号・69条2項4号',
        senders: ['agency', 'contractor', 'private'],
        recipients: ['agency', 'public_body'],
        kinds: ['referral', 'protection'],
        purposes: ['consultation', 'emergency'],
        categories: ['identity', 'contact', 'health'],
        needs: ['reason'],
        approval: 'after',
        approvers: [{ role: 'approver' }],
        hours: 72,
        overRefusal: 'stands',
        feedback: 'arrival',
        way: 'any',
        conditions: ['この提供の目的のほかには使わないでください。'],
        validFrom: '2023-04-01',
        active: true,
        counts: false,
        why: 'unchecked',
      },
    ],
  }),
  one(clockView, '一日進んだ時計', { now: '2026-11-21T14:03:00+09:00', aheadSeconds: 86_400 }),
  one(setDue, '引受までの日数を短くする', { function: konkyu, state: 'received', days: { normal: 3, urgent: 1 } }),
  one(dueList, '期限の日数', {
    standard: {
      days: [{ state: 'received', normal: 5, urgent: 1, by: 'recipient' }],
      limits: [{ limit: 'confirm_minutes', value: 60 }],
    },
    days: [{ function: konkyu, state: 'received', normal: 3, urgent: 1 }],
    limits: [{ limit: 'confirm_minutes', value: 30 }],
  }),
  of(todoDone, {
    nothing: { summary: '済みにするだけ', value: {} },
    worker: { summary: '担当者を決める(unassigned)', value: { worker: { name: '相談　次郎' } } },
    erased: { summary: '取り消された情報を消した(stop_using)', value: { disposition: { done: 'erased' } } },
  }),
  one(todos, 'やること', {
    items: [
      {
        id: id(32),
        kind: 'overdue',
        sentence: '期限を過ぎているので、いまの状況を確かめてください。',
        role: 'supervisor',
        function: recipient,
        referralId: referral,
        escalated: true,
        createdAt: sentAt,
      },
      {
        id: id(31),
        kind: 'authority_needed',
        sentence: '同意を得るか、ほかの根拠を確かめてください。',
        role: 'caseworker',
        function: sender,
        referralId: id(4),
        createdAt: sentAt,
      },
    ],
  }),
  one(tokenRequest, '機械クライアント', {
    grant_type: 'client_credentials',
    client_id: 'demo-kaigo',
    client_secret: 'demo-access.json の secret',
  }),
  one(tokenAnswer, 'トークン', { access_token: 'eyJhbGciOiJFUzI1NiJ9.…', token_type: 'Bearer', expires_in: 900 }),
  one(keySet, '公開鍵', {
    keys: [
      {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        kid: 'example-1',
        alg: 'ES256',
        use: 'sig',
      },
    ],
  }),
  one(signIn, '職員', { name: 'caseworker.kaigo', password: 'demo-access.json の password' }),
  one(callerView, '機械クライアント', {
    kind: 'client',
    id: 'demo-kaigo',
    functions: [{ id: kaigo, code: sender.code, name: sender.name, roles: ['caseworker'] }],
    roles: [],
    acting: kaigo,
  }),
  one(newConsent, '書面の同意', {
    person,
    giver: 'self',
    manner: 'written',
    scope: {
      ...scope,
      categories: [...scope.categories],
      recipients: [...scope.recipients],
      purposes: [...scope.purposes],
    },
    formVersion: 'K-2026-1',
    evidence: { reference: '見本市地域包括支援センター 同意書綴 2026-11' },
  }),
  one(withdrawal, '本人が電話で', { how: 'telephone' }),
  one(newRefusal, '住所は伝えない', { person, categories: ['contact'], recipients: [{ domain: 'konkyu' }] }),
  one(newApplication, '多機関協働の申込', { service: '多機関協働', appliedOn: '2026-11-20', formVersion: 'J-2026-1' }),
  one(withdrawApplication, '取り下げた日', { on: '2026-11-27' }),
  one(applicationList, '一つ', {
    items: [{ id: id(28), service: '多機関協働', appliedOn: '2026-11-20', recordedAt: '2026-11-20T10:00:00+09:00' }],
  }),
  one(newConsentForm, '書面と口頭で使う様式', {
    version: 'K-2027-1',
    title: form.title,
    profile: form.profile,
    parts: form.parts,
    wording: form.wording,
    plainWording: form.plainWording,
    script: form.script,
    keepsPaper: true,
  }),
  one(retireConsentForm, '年度の終わりまで', { from: '2028-04-01' }),
  one(consentFormView, '承認された様式', form),
  one(consentFormList, '一つ', { items: [form] }),
  one(consentSheet, '用紙に載せる内容', {
    version: form.version,
    title: form.title,
    function: sender,
    parts: [{ code: 'personal_data', name: '個人情報の取扱い' }],
    wording: form.wording,
    plainWording: form.plainWording,
    script: form.script,
    categories: [
      { code: 'identity', name: '氏名・生年月日・性別', sensitive: false },
      { code: 'care_level', name: '要介護度', sensitive: true },
    ],
    purposes: [{ code: 'consultation', name: '相談支援' }],
    feedback: { code: 'state', name: '状態' },
    givers: [{ code: 'self', name: '本人' }],
    days: 90,
    approvedOn: '2026-04-01',
  }),
  one(recorded, '記録した', { id: consentId }),
  one(personWishes, 'まだない', { consents: [], refusals: [] }),
  one(newIncident, '受け手の窓口でなくした', {
    referralId: referral,
    kind: 'lost',
    note: '紙に写したものが見当たらない。',
  }),
  one(newIncidentNote, '分かったこと', { text: '紙は窓口の中で見つかった。' }),
  one(incidentAnswered, '要らないと確かめた', { answer: 'not_required' }),
  one(incident, '別の方のものが届いた', {
    id: id(33),
    version: 2,
    kind: 'wrong_person',
    referralId: referral,
    persons: [{ person, categories: ['identity', 'care_level'], sensitive: true }],
    sensitive: true,
    from: sender,
    recipients: [recipient],
    noticedAt: sentAt,
    containedAt: sentAt,
    dues: { firstReport: '2026-11-25', finalReport: '2026-12-20', tell: '2026-12-20' },
    done: {},
    notes: [{ id: id(33), at: sentAt, function: recipient, text: '面接の方とは別の方の記録だった。' }],
  }),
  one(withdrawalProof, '引受の後の撤回', {
    consent: consentId,
    person,
    receivedBy: sender,
    at: '2026-11-27T14:03:00+09:00',
    stopped: [],
    gone: [
      {
        id: id(32),
        referralId: referral,
        from: sender,
        to: recipient,
        way: 'message',
        authority: 'consent',
        members: [{ ref: 'subject', categories: ['identity', 'concern'] }],
        state: 'written',
        at: sentAt,
        recall: {
          requestedAt: '2026-11-27T14:03:00+09:00',
          dueOn: '2026-12-04',
          acknowledgedAt: '2026-11-30T10:20:00+09:00',
          disposition: { done: 'kept', law: '生活困窮者自立支援法施行規則' },
        },
      },
    ],
    revoked: [],
    talks: [{ referralId: referral, to: recipient }],
  }),
  [
    newPersonFact,
    {
      deceased: { summary: '亡くなった', value: { fact: { kind: 'deceased', from: '2026-11-01' } } },
      whereabouts: {
        summary: '入院した',
        value: {
          fact: {
            kind: 'whereabouts',
            from: '2026-11-01',
            wakeOn: '2026-12-01',
            stays: 'hospital',
            place: '見本市立病院',
          },
        },
      },
    },
  ],
  one(linkPersons, '住所と電話番号も同じ', { other: id(25), agreed: ['name', 'birth_date', 'address', 'telephone'] }),
  one(newSeal, '支援措置、子も一緒に', {
    ground: 'shien_sochi',
    from: '2026-11-01',
    until: '2027-10-31',
    along: [id(27)],
  }),
  of(unseal, {
    asked: { summary: '解くことを求める', value: { seal: id(28), reason: '支援措置が終わったことを確かめた。' } },
    confirmed: { summary: '別の人が確かめる', value: { seal: id(28), confirm: true } },
  }),
  one(unsealed, '二人目が確かめて、解けた', { unsealed: true }),
  one(newDanger, '夫に危険がある。子も一緒に移す。', { from: { person: id(26) }, with: [id(27)] }),
  one(dangerRecorded, '記録した', { id: id(29), unit: id(30) }),
  one(personProtection, '自分の窓口が記録したもの', {
    seals: [
      {
        id: id(28),
        ground: 'shien_sochi',
        from: '2026-11-01',
        until: '2027-10-31',
        function: sender,
        recordedAt: '2026-11-20T10:00:00+09:00',
      },
    ],
    dangers: [{ id: id(29), from: { person: id(26) }, recordedAt: '2026-11-20T10:00:00+09:00' }],
  }),
  one(doubtPerson, '別人だった', { merged: person, referrals: [referral], identifiers: [], reason: 'wrong_person' }),
  one(judgements, '一つの窓口が、同じ人だと確かめた', {
    merges: [
      {
        id: id(26),
        function: sender,
        askedAt: '2026-11-20T10:00:00+09:00',
        other: id(25),
        agreed: ['name', 'birth_date', 'address', 'telephone'],
      },
    ],
    splits: [],
  }),
  one(mergedHere, '自分の窓口の申し出で一つになった', {
    items: [{ id: id(25), at: '2026-11-20T10:00:00+09:00' }],
  }),
  one(mergePersons, '確かめるだけ', { into: id(25), dryRun: true }),
  one(splitPerson, '申し出のとおりに分ける', { doubt: id(26) }),
  one(mergeConsequences, '一件のつなぎが移り、送付が改めて判断される', {
    person: id(25),
    referrals: [referral],
    consents: [consentId],
    refusals: [],
    expired: [],
    deliveries: [id(31)],
    incidents: [],
  }),
  one(personFacts, '別の窓口が死亡を記録した', { facts: [], died: '2026-11-01' }),
  one(disclosureLines, '提供の記録', {
    items: [
      {
        id: id(32),
        referralId: referral,
        from: sender,
        to: recipient,
        way: 'message',
        viewer: 'plugin:konkyu',
        authority: 'consent',
        members: [{ ref: 'subject', categories: ['identity', 'contact', 'concern'] }],
        state: 'written',
        at: sentAt,
      },
    ],
  }),
  one(supportUnitView, '送り手が主担当', unit),
  one(supportUnits, '一つの支援単位', { items: [unit] }),
  of(unitLead, {
    propose: { summary: '頼む', value: { step: 'propose', to: konkyu } },
    agree: { summary: '引き受ける', value: { step: 'agree', worker: '試験　花子', personInformed: informed } },
    byConference: {
      summary: '重層的支援会議で決まった',
      value: {
        step: 'by_conference',
        to: konkyu,
        worker: '試験　花子',
        conference: { id: id(57), heldOn: '2026-11-20' },
        personInformed: informed,
      },
    },
  }),
  one(splitSupportUnit, '一人が分かれる', { members: [id(52)] }),
  one(joinSupportUnit, '合わせる', { into: id(51) }),
  one(guards, '一か月の回数', {
    month: '2026-11',
    items: [{ day: '2026-11-20', way: 'plugin:kaigo/submission', times: 2 }],
  }),
  one(newDisclosureRequest, '保護者からの求め', {
    person: id(20),
    askedBy: 'guardian',
    askedOn: '2026-11-20',
    identity: 'papers_of_agent',
  }),
  one(disclosureRequestAnswer, '一部を開示', { outcome: 'partly', on: '2026-12-01', reason: 'about_others' }),
  one(disclosureRequestList, '求め', {
    items: [
      {
        id: id(71),
        version: 2,
        person: id(20),
        askedBy: 'guardian',
        askedOn: '2026-11-20',
        identity: 'papers_of_agent',
        function: { domain: 'kaigo', code: 'KAIGO01', name: '地域包括支援センター' },
        recordedAt: '2026-11-20T10:00:00+09:00',
        answer: { outcome: 'partly', on: '2026-12-01', reason: 'about_others' },
      },
    ],
  }),
  one(flows, '一か月の、窓口の責任者への数', {
    from: '2026-11-01',
    until: '2026-11-30',
    function: { domain: 'kaigo', code: 'KAIGO01', name: '地域包括支援センター' },
    sent: {
      total: 23,
      flows: [
        { from: 'kaigo', to: 'konkyu', count: '5+' },
        { from: 'kaigo', to: 'shogai', count: '<5' },
      ],
      byFrom: [{ from: 'kaigo', count: 23 }],
      byTo: [
        { to: 'konkyu', count: '5+' },
        { to: 'shogai', count: '<5' },
      ],
      kinds: [{ kind: 'referral', count: 23 }],
      channels: [{ channel: 'plugin', count: 23 }],
      bases: [{ basis: 'consent', count: 23 }],
    },
    accepted: {
      total: 11,
      rows: [{ to: 'kaigo', count: 11, median: 2, ninetieth: 5 }],
      median: 2,
      ninetieth: 5,
    },
    outcomes: { total: '<5', rows: [{ outcome: '011', count: '0+' }] },
    turned: [{ what: 'returned', count: '<5' }],
    waiting: {
      total: 9,
      rows: [{ code: 'CONSENT_MISSING', sentence: '同意がまだありません。', count: 9, since: '2026-11-04' }],
    },
  }),
  one(failures, '一か月の数', { month: '2026-11', pingPong: 1, dumping: 0, hoarding: 2 }),
  one(health, '動いている', { status: 'ok', missing: [] }),
  one(organizationList, '機関', {
    items: [
      {
        id: id(41),
        name: '見本市社会福祉協議会',
        bodyKind: 'contractor',
        desks: [{ id: id(42), name: '見本市くらし相談センター' }],
        validFrom: '2020-04-01',
        version: 1,
      },
    ],
  }),
  one(deskFunctionList, '窓口の機能', {
    items: [
      {
        id: konkyu,
        code: recipient.code,
        name: recipient.name,
        organization: { id: id(41), name: '見本市社会福祉協議会' },
        desk: { id: id(42), name: '見本市くらし相談センター' },
        domain: 'konkyu',
        functionType: 'self_reliance_support',
        bodyKind: 'contractor',
        purposes: ['consultation'],
        channel: 'plugin:konkyu',
        sends: true,
        receives: true,
        validFrom: '2020-04-01',
        inForce: true,
        operators: [{ organization: { id: id(41), name: '見本市社会福祉協議会' }, validFrom: '2020-04-01' }],
        version: 1,
      },
    ],
  }),
  one(routeList, '生活困窮は自立相談支援機関へ', {
    items: [{ id: id(43), priority: 100, domain: 'konkyu', function: konkyu, validFrom: '2020-04-01', version: 1 }],
  }),
  ...[
    ...masterDataExamples,
    ...conferenceExamples,
    ...nameExamples,
    ...pluginExamples,
    ...viewExamples,
    ...exportExamples,
  ].map(([schema, summary, value]): Entry => [schema, { example: { summary, value } }]),
];

const examples: ReadonlyMap<z.ZodType, Examples> = new Map(entries);

/** Examples of a body, by its schema. */
export const examplesOf = (schema: z.ZodType): Examples | undefined => examples.get(schema);
/** Everything there are examples of. */
export const withExamples: readonly Entry[] = entries;
