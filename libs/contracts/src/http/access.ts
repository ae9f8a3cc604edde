// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, line, Role } from '@tsunagi/domain';
import { z } from 'zod';

/** POST /oauth/token, RFC 6749 4.4. Id and secret come in the body or by HTTP Basic. */
export const tokenRequest = z.strictObject({
  grant_type: z.literal('client_credentials'),
  client_id: line(100).describe('HTTP Basic で送るときは要りません。').optional(),
  client_secret: line(200).describe('HTTP Basic で送るときは要りません。').optional(),
  scope: z.string().max(200).describe('受け取りますが使いません。').optional(),
});
export type TokenRequest = z.infer<typeof tokenRequest>;

export const tokenAnswer = z.strictObject({
  access_token: z.string().describe('Authorization: Bearer … に付けるトークン(JWT, ES256)'),
  token_type: z.literal('Bearer'),
  expires_in: z.int().describe('有効な秒数(900)。過ぎたら取り直します。'),
});
export type TokenAnswer = z.infer<typeof tokenAnswer>;

/** Public keys by which others may verify a token of the hub, RFC 7517. */
export const keySet = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('EC'),
      crv: z.literal('P-256'),
      x: z.string(),
      y: z.string(),
      kid: z.string(),
      alg: z.literal('ES256'),
      use: z.literal('sig'),
    }),
  ),
});
export type KeySet = z.infer<typeof keySet>;

/** POST /session. */
export const signIn = z.strictObject({
  name: line(100).describe('サインインの名前'),
  password: line(200).describe('合言葉'),
});
export type SignIn = z.infer<typeof signIn>;

/** Who the hub takes the caller for. */
export const callerView = z.strictObject({
  kind: z.enum(['staff', 'client']).describe('staff=職員、client=機械クライアント'),
  id: z.string(),
  name: z.string().optional(),
  functions: z
    .array(z.strictObject({ id, code: z.string(), name: z.string(), roles: z.array(Role) }))
    .describe('属する窓口と、そこでの役割'),
  /** For the whole municipality. */
  roles: z.array(Role).describe('全体についての役割'),
  acting: id.describe('いま、どの窓口としての操作か').optional(),
  mustAcknowledgeSecrecy: z
    .array(z.strictObject({ id, code: z.string(), name: z.string() }))
    .describe('秘密保持を確認するまで何も見えない窓口(POST /desk-functions/{id}/acknowledge-secrecy)')
    .optional(),
  standsInFor: z.array(id).describe('いま代理をしている職員').optional(),
  legal: z
    .literal('demo')
    .describe('試用: だれも確かめていない提供の根拠の行も使っています。本番にはありません。')
    .optional(),
  mustChangePassword: z.literal(true).describe('はじめのパスワードを変えるまで、ほかは何もできません。').optional(),
});
export type CallerView = z.infer<typeof callerView>;
