// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { BodyKind, Domain, id, Purpose, ReferralKind } from '@tsunagi/domain';
import { z } from 'zod';

/** 機関 with its 窓口. */
export const organizationView = z.strictObject({
  id,
  name: z.string(),
  bodyKind: BodyKind,
  desks: z.array(z.strictObject({ id, name: z.string() })),
});
export type OrganizationView = z.infer<typeof organizationView>;
export const organizationList = z.strictObject({ items: z.array(organizationView) });

/** 窓口の機能. */
export const deskFunctionView = z.strictObject({
  id,
  code: z.string(),
  name: z.string(),
  organization: z.strictObject({ id, name: z.string() }),
  desk: z.strictObject({ id, name: z.string() }),
  domain: Domain,
  functionType: z.string().describe('窓口の種類'),
  bodyKind: BodyKind,
  purposes: z.array(Purpose),
  channel: z
    .string()
    .describe(
      '届け方。web=この API か画面で受け取り、答えます。plugin:名前=業務システムに届き、そこから答えが来ます。',
    ),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  /** Its contract runs today. */
  inForce: z.boolean(),
});
export type DeskFunctionView = z.infer<typeof deskFunctionView>;
export const deskFunctionList = z.strictObject({ items: z.array(deskFunctionView) });

/** How a bare domain or 「つなぎ先不明」 finds its function; the smallest priority counts first. */
export const routeView = z.strictObject({
  id,
  priority: z.int(),
  fromFunction: id.optional(),
  domain: z.union([Domain, z.literal('unknown')]),
  area: z.string().optional(),
  kind: ReferralKind.optional(),
  function: id,
});
export type RouteView = z.infer<typeof routeView>;
export const routeList = z.strictObject({ items: z.array(routeView) });
