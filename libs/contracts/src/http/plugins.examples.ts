// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { z } from 'zod';
import { parkedPage, replayed, replayMany } from './deliveries';
import { doctorView } from './doctor';
import {
  configVersions,
  confirmIntake,
  enablePlugin,
  fileTried,
  pluginCheck,
  pluginConfigJudged,
  pluginDryRun,
  pluginDryRunAnswered,
  returnConfig,
  settingsTried,
  settleCounts,
  tryFile,
} from './plugins';
import { proposal, proposalPage, proposalSettled } from './proposals';
import { closeRow, releasedRow, waitingPage } from './quarantine';
import { deliveryCodes } from '../codes/delivery-codes';
import { recordCodes } from '../codes/record-codes';
import { exampleId as id } from '../example-ids';
import { exampleOf } from '../examples';
import { pluginConfig } from '../plugin-control';

const recipient = { domain: 'konkyu', code: '9900000041', name: '自立相談支援機関' } as const;
const at = '2026-11-20T14:03:00+09:00';
const waiting = {
  ...{ id: id(1), kind: 'supplement', referralKind: 'referral', urgency: 'normal' },
  ...{ plugin: 'konkyu', to: recipient, since: at },
} as const;

/** One example of each body by which IT looks after plugins and what they bring. */
export const pluginExamples: readonly (readonly [schema: z.ZodType, summary: string, value: unknown])[] = [
  [enablePlugin, '点検に合格しているとき', {}],
  [
    pluginConfig,
    '介護保険の設定',
    {
      folder: '/srv/kaigo',
      functionCode: '9970100005',
      formVersion: 'K-2026-1',
      insurerNumbers: ['00990010'],
      intake: { startsOn: '2026-12-01', expectedBy: '06:00', expectedOn: 'working_days' },
    },
  ],
  [confirmIntake, '初めてのファイルの予行を見た', { reason: '介護保険課と件数を突き合わせ、合っていた。' }],
  [settleCounts, '消えたわけが分かった', { day: '2026-12-01', reason: '介護保険課が取り込みのあとで消していた。' }],
  [
    configVersions,
    '見る間隔を変えた',
    {
      items: [
        {
          ...{ version: 2, at, current: true, by: { actor: `staff:${id(9)}`, name: '見本　情報' } },
          changes: [{ pointer: '/pollMs', before: '2000', after: '60000' }],
        },
        { version: 1, at, current: false, changes: [{ pointer: '/pollMs', after: '2000' }] },
      ],
    },
  ],
  [returnConfig, '一つ前に戻す', { version: 1 }],
  [
    settingsTried,
    'フォルダーに書き込めない',
    {
      ...{ ok: false, says: 'フォルダー out: フォルダーを読み書きする権限がありません。' },
      remedy: '書き込めません。プラグインホストの利用者に権限を与えてください。',
      findings: [
        { name: 'フォルダー in', ok: true },
        {
          ...{ name: 'フォルダー out', ok: false, code: 'EACCES' },
          hint: '書き込めません。プラグインホストの利用者に権限を与えてください。',
        },
      ],
    },
  ],
  [tryFile, '介護のファイル', { name: 'KAI24061.CSV', content: 'MSxLQUkNCg==' }],
  [
    fileTried,
    '一行は送付され、一行は保留になる',
    {
      rows: [
        {
          ...{ row: 1, outcome: 'accepted', codes: [], sentence: '送付されます。' },
          ...{ route: recipient, leaves: ['identity', 'contact', 'concern'] },
        },
        {
          ...{ row: 2, outcome: 'quarantined', codes: ['E-CD-HOKENSHA'], field: 6 },
          sentence: recordCodes['E-CD-HOKENSHA'].says,
        },
      ],
      notJudged: 0,
    },
  ],
  [pluginConfigJudged, '入れ替えられる', { configVersion: 2, changed: true }],
  [
    pluginDryRun,
    'ファイルの一行',
    {
      items: exampleOf('referral.submitted.v1')
        .data.items.slice(0, 1)
        .map(({ itemId, submission }) => ({ itemId, submission: JSON.parse(JSON.stringify(submission)) as unknown })),
    },
  ],
  [
    pluginDryRunAnswered,
    '送付される',
    {
      answers: [
        {
          itemId: exampleOf('referral.submitted.v1').data.items[0]?.itemId ?? '',
          outcome: 'accepted',
          codes: [],
          sentence: '送付されます。',
          route: recipient,
        },
      ],
    },
  ],
  [proposalPage, '一件が待っている', { items: [waiting] }],
  [
    proposal,
    '住所の訂正',
    {
      ...waiting,
      ...{ version: '3f0c5a2be19d4c7788a1f0be62d94e10', comparedWith: 'written' },
      content: {
        ...{ kind: 'referral', purpose: 'consultation', urgency: 'normal', howTheyMeet: 'through_sender' },
        ...{ from: { domain: 'kaigo', code: '9970100005', name: '地域包括支援センター' }, to: recipient },
        subject: {
          ...{ ref: 'subject', role: 'subject', identifiers: [] },
          items: { contact: { address: '見本県見本市見本町二丁目２番２号' } },
        },
        ...{ others: [], authority: 'consent', conditions: [] },
      },
      changes: [
        {
          pointer: '/subject/items/contact/address',
          before: '"見本県見本市見本町一丁目１番１号"',
          after: '"見本県見本市見本町二丁目２番２号"',
        },
      ],
    },
  ],
  [proposalSettled, '書き込む', { id: id(1), outcome: 'approved' }],
  [
    parkedPage,
    '相手の表に書けなかったもの',
    {
      items: [
        {
          ...{ id: id(7), plugin: 'konkyu', kind: 'referral', referralId: id(1), code: 'FAILED' },
          ...deliveryCodes.FAILED,
          ...{ attempts: 1, since: at },
        },
      ],
      buried: [],
    },
  ],
  [
    waitingPage,
    '介護保険のファイルの一行',
    {
      items: [
        {
          ...{ id: id(8), source: 'folder', file: 'a3'.repeat(32), row: 2, field: 6, code: 'E-CD-HOKENSHA' },
          ...{ says: recordCodes['E-CD-HOKENSHA'].says, remedy: recordCodes['E-CD-HOKENSHA'].remedy },
          release: recordCodes['E-CD-HOKENSHA'].release,
          ...{ since: at, releases: 0 },
        },
      ],
      waiting: 1,
    },
  ],
  [
    releasedRow,
    '受け付けた',
    { id: id(8), state: 'released', outcome: 'accepted', says: '読み直して、受け付けました。' },
  ],
  [closeRow, '出し直さない記録', { reason: '業務システムで取り消した記録なので、取り込まない。' }],
  [replayMany, '生活困窮に届かなかったものをすべて', { plugin: 'konkyu' }],
  [replayed, 'すべて届け直す', { replayed: 3, left: 0 }],
  [
    doctorView,
    '動かしているホストがない',
    {
      findings: [
        { what: 'database', name: 'データベース', level: 'ok', sentence: 'PostgreSQL 15.14 が答えています。' },
        {
          ...{ what: 'plugin', plugin: 'kaigo', name: 'プラグイン kaigo', level: 'failure' },
          sentence: '有効ですが、動かしているホストがありません。',
          remedy: 'そのプラグインの機械で `tsunagi start plugins` を起動し、ホストのログを確かめてください。',
        },
      ],
    },
  ],
  [pluginCheck, '合格', { at, ok: true, findings: [{ name: '受け渡しフォルダ', ok: true }] }],
];
