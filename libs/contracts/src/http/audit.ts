// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { day, id, moment } from '@tsunagi/domain';
import { z } from 'zod';
import { atMost } from './page-size';

/** What somebody did with what is kept of persons. */
export const AuditGroup = z.enum(['seen', 'printed', 'revealed', 'exported', 'searched']);
export type AuditGroup = z.infer<typeof AuditGroup>;

const name = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[\w.:-]+$/);

/** GET /audit: who did what to what, newest first. */
export const auditQuery = z.strictObject({
  group: AuditGroup.describe('見た・印刷した・伏せ字を開いた・書き出した・探した、のどれかだけ').optional(),
  action: name.describe('この行いだけ(referral.read など)').optional(),
  actor: name.describe('この人・プログラムのものだけ(staff:…、client:…、plugin:…、core、hub)').optional(),
  objectKind: name.describe('この種類のものについてだけ(referral、person など)').optional(),
  object: name.describe('この id のものについてだけ').optional(),
  from: day.describe('この日から').optional(),
  to: day.describe('この日まで').optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .describe('前の答えの next')
    .optional(),
  limit: atMost(200).describe('件数(なければ 50)').optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
export const auditLine = z.strictObject({
  line: z.int().describe('番号。鎖の順番でもあります。'),
  at: moment,
  actor: z.string(),
  actorName: z
    .string()
    .describe('actor の、いまの登録にある名前(職員の氏名、プラグインの名前)。記録には id だけが入る。')
    .optional(),
  function: id.describe('どの窓口の機能として').optional(),
  action: z.string().describe('何をしたか。前の版のハブは、いまはない符号を書いていることがあります。'),
  objectKind: z.string(),
  object: z.string(),
  details: z.record(z.string(), z.union([scalar, z.array(scalar)])).describe('符号と番号だけ'),
});
export type AuditLine = z.infer<typeof auditLine>;
export const auditPage = z.strictObject({
  items: z.array(auditLine),
  next: z.string().describe('続きがあるときの cursor').optional(),
});
export type AuditPage = z.infer<typeof auditPage>;

/** `unknown`: signed with a key that this hub does not have any more. */
export const CheckpointSignature = z.enum(['good', 'bad', 'unknown']);
export const auditCheckpoint = z.strictObject({
  seal: z.int().describe('鎖の輪の番号'),
  upTo: z.int().describe('この番号の記録まで'),
  hash: z.string().describe('そこまでの鎖の SHA-256(16進)'),
  at: z.iso.datetime(),
  kid: z.string().describe('署名した鍵(/.well-known/audit-keys.json)'),
  signature: z.string().describe('Ed25519(base64url)'),
  verified: CheckpointSignature.describe('このハブが署名を確かめた結果'),
});
export type AuditCheckpoint = z.infer<typeof auditCheckpoint>;

/** GET /audit/checkpoints: how far the chain has come, and what was signed, newest first. */
export const auditCheckpointQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .describe('前の答えの next')
    .optional(),
  limit: atMost(200).describe('件数(なければ 50)').optional(),
});
export type AuditCheckpointQuery = z.infer<typeof auditCheckpointQuery>;
export const auditCheckpoints = z.strictObject({
  chain: z.strictObject({
    sealedUpTo: z.int().describe('鎖につながった最後の記録の番号。まだなければ 0'),
    lagSeconds: z.number().describe('まだつながっていない最も古い記録の、書かれてからの秒数。なければ 0'),
    lastCheckpoint: auditCheckpoint.optional(),
    secondPlace: z.enum(['ok', 'failing']).describe('データベースの外の控えに、このハブが書けているか'),
  }),
  items: z.array(auditCheckpoint),
  next: z.string().describe('続きがあるときの cursor').optional(),
});
export type AuditCheckpoints = z.infer<typeof auditCheckpoints>;

/** GET /.well-known/audit-keys.json: by it anybody verifies a checkpoint (RFC 8037). */
export const auditKeySet = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
});
export type AuditKeySet = z.infer<typeof auditKeySet>;
