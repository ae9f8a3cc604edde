// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/domain';
import { hubSource, pluginSource } from './cloud-event';
import type { DisclosedReferral } from './disclosed-referral';
import { messages, type Message, type MessageData, type MessageType } from './messages';
import { exampleId as id } from './example-ids';
import type { ReferralSubmission } from './submission';

const delivery = id(1);
const referral = id(2);
const journey = id(3);
const claim = id(11);
const time = '2026-11-20T14:03:00+09:00';
const hash = '0'.repeat(64);

/** 見本 花子 of the 介護 sample file; her household is hers alone to speak of. */
const subject: Member = {
  ref: 'subject',
  role: 'subject',
  identifiers: [{ system: 'kaigo', value: '0000000123' }],
  items: {
    identity: { name: '見本　花子', kana: 'ﾐﾎﾝ ﾊﾅｺ', birthDate: '1940-01-05', sex: 'female' },
    contact: { address: '見本県見本市一丁目1番', telephone: '000-000-0001' },
    household_outline: { size: 2 },
    concern: { boxes: ['care', 'income_work'], mostPressing: ['income_work'] },
    care_level: { level: '22', validFrom: '2026-06-01', validTo: '2027-05-31' },
    narrative: { fact: '家賃滞納あり。困窮担当へつなぐ', writtenOn: '2026-11-18' },
  },
};

const submission: ReferralSubmission = {
  source: {
    channel: 'plugin',
    plugin: 'kaigo',
    system: 'kaigo',
    file: hash,
    fileSerial: 26111,
    row: 2,
    key: '00990010/KAI-20261118-0001',
    change: 'new',
    occurredAt: '2026-11-18T00:00:00+09:00',
    contentHash: hash,
    echo: '00990010,0000000123,KAI-20261118-0001',
    warnings: [{ code: 'W-CODE', field: 5 }],
  },
  kind: 'referral',
  fromCode: '9970100005',
  to: { domain: 'konkyu' },
  urgency: 'normal',
  purpose: 'consultation',
  howTheyMeet: 'person_visits',
  subject,
  others: [],
  asserted: { code: '1', formVersion: 'KAIGO-2026-1', on: '2026-11-18' },
};

const disclosed: DisclosedReferral = {
  deliveryId: delivery,
  referralId: referral,
  journeyId: journey,
  kind: 'referral',
  purpose: 'consultation',
  from: { domain: 'kaigo', code: '9970100005', name: '見本市地域包括支援センター' },
  to: { domain: 'konkyu', code: 'JIRITSU-1', name: '見本市自立相談支援機関' },
  urgency: 'normal',
  howTheyMeet: 'person_visits',
  acceptBy: '2026-11-30',
  sentOn: '2026-11-20',
  subject: {
    ref: 'subject',
    role: 'subject',
    identifiers: [],
    items: {
      identity: subject.items.identity,
      contact: subject.items.contact,
      household_outline: subject.items.household_outline,
      concern: subject.items.concern,
    },
  },
  others: [],
  mask: '110101000000000000000000',
  authority: 'consent',
  conditions: ['相談支援の目的に限って利用すること'],
  notAfter: '2026-12-18T14:02:59.999+09:00',
};

const dataExamples: { [T in MessageType]: MessageData<T> } = {
  'referral.submitted.v1': {
    items: [{ itemId: `${hash}/2`, submission }],
    checkpoint: { source: 'in', value: 'KAI26111' },
  },
  'referral.response.v1': {
    items: [
      {
        itemId: '41/0',
        response: {
          deliveryId: delivery,
          referralId: referral,
          code: '20',
          at: '2026-11-24T09:30:00+09:00',
          worker: '相談　次郎',
          identifiers: [{ system: 'konkyu', value: 'S2026-0041' }],
          nextContactOn: '2026-11-26',
        },
      },
    ],
  },
  'rows.quarantined.v1': {
    items: [{ itemId: `${hash}/3`, row: { file: hash, row: 3, keyHash: hash, code: 'E-CD-HOKENSHA', field: 6 } }],
  },
  'recall.acknowledged.v1': {
    items: [
      {
        itemId: '42/0',
        acknowledgement: { deliveryId: delivery, at: time, worker: '相談　次郎', disposition: { done: 'erased' } },
      },
    ],
  },
  'items.answered.v1': {
    answers: [
      { itemId: `${hash}/2`, outcome: 'accepted', referralId: referral, codes: [] },
      {
        itemId: `${hash}/4`,
        outcome: 'held',
        referralId: id(4),
        codes: ['ASSERTED_WITHOUT_CONSENT'],
        sentence: '同意がまだありません。',
      },
    ],
  },
  'referral.sent.v1': { deliveryId: delivery, claim, referral: disclosed },
  'referral.supplemented.v1': { deliveryId: delivery, claim, referral: disclosed },
  'referral.recalled.v1': { deliveryId: id(5), claim: id(12), cancels: delivery, referralId: referral },
  'referral.status.v1': {
    deliveryId: id(6),
    claim: id(13),
    referralId: referral,
    code: '20',
    at: '2026-11-24T09:30:00+09:00',
    echo: '00990010,0000000123,KAI-20261118-0001',
    by: { domain: 'konkyu', code: 'JIRITSU-1', name: '見本市自立相談支援機関' },
  },
  'deliveries.check.v1': {
    deliveries: [
      { deliveryId: delivery, claim },
      { deliveryId: id(6), claim: id(13) },
    ],
  },
  'deliveries.checked.v1': {
    answers: [
      { deliveryId: delivery, go: true },
      { deliveryId: id(6), go: false },
    ],
  },
  'delivery.receipt.v1': {
    receipts: [
      { deliveryId: delivery, claim, outcome: 'delivered', notCarried: ['contact_wishes'] },
      { deliveryId: id(6), claim: id(13), outcome: 'recalled' },
      { deliveryId: id(7), claim: id(14), outcome: 'failed', code: 'FOLDER_FULL', retryable: true },
    ],
  },
  'plugin.hello.v1': {
    hostId: 'host-1',
    plugin: 'kaigo',
    domain: 'kaigo',
    title: '介護保険',
    version: '0.1.0',
    sdk: '0.1.0',
    sdkRange: '^0.1.0',
    configSchema: { type: 'object', properties: { folder: { type: 'string', description: '受け渡しフォルダ' } } },
  },
  'plugin.heartbeat.v1': { hostId: 'host-1', plugins: [{ plugin: 'kaigo', running: true, inHand: 3 }] },
  'plugin.command.v1': {
    commandId: id(8),
    plugin: 'kaigo',
    command: {
      name: 'configure',
      config: { folder: '/srv/kaigo', formVersion: 'KAIGO-2026-1' },
      configVersion: 1,
      enabled: true,
      checkpoints: [{ source: 'in', value: 'KAI26111' }],
    },
  },
  'plugin.result.v1': {
    commandId: id(8),
    hostId: 'host-1',
    plugin: 'kaigo',
    ok: false,
    code: 'CHECK_FAILED',
    findings: [{ name: '受け渡しフォルダ', ok: false, code: 'FOLDER_MISSING', hint: 'フォルダを作ってください。' }],
    at: time,
  },
  'plugin.rehearsed.v1': {
    commandId: id(8),
    hostId: 'host-1',
    plugin: 'kaigo',
    ...{ part: 1, parts: 1, ok: true },
    rows: [
      { row: 1, outcome: 'accepted', item: { itemId: `${hash}/1`, submission } },
      { row: 2, outcome: 'quarantined', code: 'E-CD-HOKENSHA', field: 6 },
    ],
    notJudged: 0,
    at: time,
  },
};

const fromHub: ReadonlySet<MessageType> = new Set<MessageType>([
  'items.answered.v1',
  'referral.sent.v1',
  'referral.supplemented.v1',
  'referral.recalled.v1',
  'referral.status.v1',
  'deliveries.checked.v1',
  'plugin.command.v1',
]);
const aboutOneReferral: ReadonlySet<MessageType> = new Set<MessageType>([
  'referral.sent.v1',
  'referral.supplemented.v1',
  'referral.recalled.v1',
  'referral.status.v1',
]);

/** One whole message of each type, about synthetic people, for the documents and for specs. */
export function exampleOf<T extends MessageType>(type: T): Message<T> {
  return messages[type].parse({
    specversion: '1.0',
    id: id(9),
    source: fromHub.has(type) ? hubSource : pluginSource('kaigo'),
    type,
    time,
    datacontenttype: 'application/json',
    ...(aboutOneReferral.has(type) && { subject: referral, correlationid: journey, causationid: id(10) }),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data: dataExamples[type],
  }) as Message<T>;
}
