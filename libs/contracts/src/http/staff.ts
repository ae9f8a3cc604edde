// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, day, id, line, Role } from '@tsunagi/domain';
import { z } from 'zod';
import { listQuery, pageOf } from './organizations';

const version = z.int().describe('版。変更のときに If-Match に書きます。');
const validFrom = day.describe('有効な最初の日');
const validTo = day.describe('有効な最後の日');
const endsAfterItBegins = (period: { validFrom: string; validTo?: string | undefined }) =>
  period.validTo === undefined || period.validFrom <= period.validTo;
const emptyPeriod = { path: ['validTo'], error: 'ends before it begins' };

const login = code(60).describe('サインインの名前');
const secret = z.string().describe('この答えでだけ見せます。控えてください。');

export const staffView = z.strictObject({
  id,
  login: z.string(),
  name: z.string(),
  organization: z.strictObject({ id, name: z.string() }),
  active: z.boolean(),
  mustChangePassword: z.boolean().describe('はじめのパスワードのまま'),
  version,
});
export type StaffView = z.infer<typeof staffView>;
export const staffList = pageOf(staffView);

const holding = {
  role: Role,
  function: id.describe('窓口の id。なければ、市町村全体。').optional(),
};
export const newStaff = z.strictObject({
  login,
  name: line(60).describe('氏名'),
  organization: id.describe('属する機関の id。あとから変えられません。'),
  memberships: z
    .array(
      z.strictObject({ ...holding, validFrom, validTo: validTo.optional() }).refine(endsAfterItBegins, emptyPeriod),
    )
    .max(50)
    .optional(),
});
export type NewStaff = z.infer<typeof newStaff>;
export const staffMade = z.strictObject({ id, firstPassword: secret });
export type StaffMade = z.infer<typeof staffMade>;

export const changeStaff = z
  .strictObject({
    name: line(60).optional(),
    active: z.boolean().describe('false にすると、すぐにサインアウトします。').optional(),
  })
  .refine((c) => c.name !== undefined || c.active !== undefined, { error: 'nothing to change' });
export type ChangeStaff = z.infer<typeof changeStaff>;

/** POST /session/password. */
export const changePassword = z.strictObject({
  current: line(200).describe('いまのパスワード'),
  next: line(200).min(12).describe('新しいパスワード(12文字から)'),
});
export type ChangePassword = z.infer<typeof changePassword>;

export const membershipView = z.strictObject({
  id,
  staff: id,
  role: Role,
  function: id.optional(),
  validFrom,
  validTo: validTo.optional(),
  version,
});
export type MembershipView = z.infer<typeof membershipView>;
export const membershipList = pageOf(membershipView);
export const membershipQuery = listQuery.extend({
  staff: id.describe('この職員だけ').optional(),
  function: id.describe('この窓口だけ').optional(),
});
export type MembershipQuery = z.infer<typeof membershipQuery>;

export const newMembership = z
  .strictObject({ staff: id, ...holding, validFrom, validTo: validTo.optional() })
  .refine(endsAfterItBegins, emptyPeriod);
export type NewMembership = z.infer<typeof newMembership>;
/** Only its last day changes; what is past is past. */
export const changePeriod = z.strictObject({ validTo: validTo.nullable() });
export type ChangePeriod = z.infer<typeof changePeriod>;

/** 代理: B stands in for A from one day to another, in all that A holds. */
export const deputyView = z.strictObject({
  id,
  staff: id.describe('代理をする職員'),
  actsFor: id.describe('代理される職員'),
  validFrom,
  validTo,
  version,
});
export type DeputyView = z.infer<typeof deputyView>;
export const deputyList = pageOf(deputyView);
export const newDeputy = z
  .strictObject({ staff: id, actsFor: id, validFrom, validTo })
  .refine(endsAfterItBegins, emptyPeriod)
  .refine((d) => d.staff !== d.actsFor, { path: ['actsFor'], error: 'nobody stands in for oneself' });
export type NewDeputy = z.infer<typeof newDeputy>;
export const endDeputy = z.strictObject({ validTo });
export type EndDeputy = z.infer<typeof endDeputy>;

export const clientView = z.strictObject({
  id: z.string(),
  organization: id.optional(),
  plugin: z.string().optional(),
  functions: z.array(id),
  roles: z.array(Role),
  active: z.boolean(),
  version,
});
export type ClientView = z.infer<typeof clientView>;
export const clientList = z.strictObject({ items: z.array(clientView), next: z.string().optional() });
export const clientQuery = z.strictObject({
  ...listQuery.shape,
  cursor: code(60).describe('前の答えの next').optional(),
});
export type ClientQuery = z.infer<typeof clientQuery>;

export const newClient = z
  .strictObject({
    id: z
      .string()
      .max(60)
      .regex(/^[a-z][a-z0-9.-]*$/)
      .describe('クライアントの id(小文字で始まる)'),
    organization: id.describe('クライアントを使う機関の id。窓口を指すときに要ります。').optional(),
    plugin: z
      .string()
      .max(30)
      .regex(/^[a-z][a-z0-9-]*$/)
      .describe('並んで動くプラグイン')
      .optional(),
    functions: z.array(id).max(50).describe('窓口の id。空なら市町村全体。'),
    roles: z.array(Role).max(Role.options.length),
  })
  .refine((c) => c.functions.length === 0 || c.organization !== undefined, {
    path: ['organization'],
    error: 'whose client is it?',
  });
export type NewClient = z.infer<typeof newClient>;
export const clientSecret = z.strictObject({ id: z.string(), secret });
export type ClientSecret = z.infer<typeof clientSecret>;
