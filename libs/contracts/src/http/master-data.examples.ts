// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { z } from 'zod';
import {
  changeDeskFunction,
  changeOrganization,
  changeRoute,
  deskFunctionFile,
  deskFunctionView,
  importAnswer,
  importRequest,
  newDeskFunction,
  newOperator,
  newOrganization,
  newRoute,
  organizationView,
  routeAnswer,
  routeView,
  type DeskFunctionRecord,
  type DeskFunctionView,
} from './organizations';
import {
  changePassword,
  changePeriod,
  changeStaff,
  clientList,
  clientSecret,
  clientView,
  deputyList,
  deputyView,
  endDeputy,
  membershipList,
  membershipView,
  newClient,
  newDeputy,
  newMembership,
  newStaff,
  staffList,
  staffMade,
  staffView,
} from './staff';
import { exampleId as id } from '../example-ids';

const [konkyu, council, desk, npo, npoDesk, route, worker, other] = [22, 41, 42, 44, 45, 43, 46, 47].map(id) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const organization = {
  id: npo,
  name: '特定非営利活動法人みほんサポート',
  bodyKind: 'contractor',
  desks: [{ id: npoDesk, name: 'みほんサポート相談室' }],
  validFrom: '2027-04-01',
  version: 1,
} as const;
const record: DeskFunctionRecord = {
  code: '9900000041',
  name: '自立相談支援機関',
  organization: '見本市社会福祉協議会',
  desk: '見本市くらし相談センター',
  domain: 'konkyu',
  functionType: 'self_reliance_support',
  bodyKind: 'contractor',
  purposes: ['consultation'],
  channel: 'web',
  sends: true,
  receives: true,
  calendar: { weekdays: [1, 2, 3, 4, 5, 6], holidays: [], closed: ['2027-05-06'] },
  dutyTelephone: '099-123-4567',
  validFrom: '2020-04-01',
};
const { organization: _, desk: _desk, ...registered } = record;
const view: DeskFunctionView = {
  id: konkyu,
  ...registered,
  organization: { id: council, name: record.organization },
  desk: { id: desk, name: record.desk },
  inForce: true,
  operators: [
    { organization: { id: council, name: record.organization }, validFrom: '2020-04-01', validTo: '2027-03-31' },
    { organization: { id: npo, name: organization.name }, validFrom: '2027-04-01' },
  ],
  version: 3,
};
const aRoute = {
  id: route,
  priority: 100,
  domain: 'konkyu',
  function: konkyu,
  validFrom: '2020-04-01',
  version: 1,
} as const;
const membership = { staff: worker, role: 'caseworker', function: konkyu, validFrom: '2027-04-01' } as const;
const deputy = { staff: other, actsFor: worker, validFrom: '2027-05-01', validTo: '2027-05-14' } as const;
const staff = {
  id: worker,
  login: 'm.jiro',
  name: '見本 次郎',
  organization: { id: npo, name: organization.name },
  active: true,
  mustChangePassword: true,
  version: 1,
};
const client = {
  id: 'konkyu-system',
  organization: npo,
  functions: [konkyu],
  roles: ['caseworker'],
} as const;

/** Schema, what it shows, and the example. */
export const masterDataExamples: readonly (readonly [schema: z.ZodType, summary: string, value: unknown])[] = [
  [organizationView, '機関', organization],
  [newOrganization, '新しい受託者', { name: organization.name, bodyKind: 'contractor', desks: [{ name: '相談室' }] }],
  [changeOrganization, '場所の名前を変え、一つ足す', { desks: [{ id: npoDesk, name: '本部' }, { name: '分室' }] }],
  [deskFunctionView, '窓口の機能', view],
  [newDeskFunction, '新しい窓口', { ...registered, desk }],
  [changeDeskFunction, '当番の電話を変える', { dutyTelephone: '099-123-4568' }],
  [newOperator, '4月1日に受託者が替わる', { organization: npo, desk: npoDesk, validFrom: '2027-04-01' }],
  [deskFunctionFile, '書き出したもの', { items: [record] }],
  [importRequest, '何が変わるかを見る', { dryRun: true, items: [record] }],
  [
    importAnswer,
    '一行が変わる',
    {
      dryRun: true,
      applied: false,
      added: 0,
      changed: 1,
      unchanged: 0,
      rows: [{ row: 1, code: record.code, change: 'changed', fields: ['dutyTelephone'], errors: [] }],
    },
  ],
  [routeView, '宛先の表の行', aRoute],
  [newRoute, '北の圏域', { priority: 10, domain: 'konkyu', area: 'north', function: konkyu }],
  [changeRoute, '三月末まで', { validTo: '2027-03-31' }],
  [
    routeAnswer,
    'つながる',
    {
      function: konkyu,
      sentence: 'つながります。',
      routes: [{ route: aRoute, sentence: 'つながります。' }],
    },
  ],
  [staffView, '職員', staff],
  [staffList, '職員の一覧', { items: [staff] }],
  [
    newStaff,
    '4月からの相談員',
    {
      login: staff.login,
      name: staff.name,
      organization: npo,
      memberships: [{ role: 'caseworker', function: konkyu, validFrom: '2027-04-01' }],
    },
  ],
  [staffMade, '登録できた', { id: worker, firstPassword: 'この値は見本です-0123456789' }],
  [changeStaff, '止める', { active: false }],
  [
    changePassword,
    '自分のパスワードに変える',
    { current: 'この値は見本です-0123456789', next: '覚えやすくて長い合言葉です' },
  ],
  [membershipView, '所属', { id: id(48), ...membership, version: 1 }],
  [membershipList, '所属の一覧', { items: [{ id: id(48), ...membership, version: 1 }] }],
  [newMembership, '窓口の役割につける', membership],
  [changePeriod, '三月末まで', { validTo: '2027-03-31' }],
  [deputyView, '代理', { id: id(49), ...deputy, version: 1 }],
  [deputyList, '代理の一覧', { items: [{ id: id(49), ...deputy, version: 1 }] }],
  [newDeputy, '二週間の代理', deputy],
  [endDeputy, '早めに終わる', { validTo: '2027-05-07' }],
  [clientView, 'クライアント', { ...client, active: true, version: 1 }],
  [clientList, 'クライアントの一覧', { items: [{ ...client, active: true, version: 1 }] }],
  [newClient, '新しいクライアント', client],
  [clientSecret, '登録できた', { id: client.id, secret: 'この値は見本です-0123456789' }],
];
