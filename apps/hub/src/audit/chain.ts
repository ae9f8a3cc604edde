// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { SigningKey } from '../platform';

/*
 * The chain of the audit (ADR 28). A leaf is the SHA-256 of what a line testifies; a seal covers the lines that were added since
 * the seal before, and its hash is the SHA-256 of the hash before and its leaves; a checkpoint is a seal, signed with its time.
 */

/**
 * What a line `e` of audit_entry testifies, byte by byte: jsonb writes it the same way everywhere. It stands here and not in the
 * database, so that nobody who works on the database can let it read something else.
 */
export const lineText = `jsonb_build_object(
  'line', e.id, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'actor', e.actor, 'function', e.function,
  'action', e.action, 'objectKind', e.object_kind, 'object', e.object, 'details', e.details)::text`;

export const leafBytes = 32;

/** The hash before the first seal. */
export const beginning = Buffer.alloc(leafBytes);

export const leafOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

export const hashOf = (before: Buffer, leaves: Buffer): Buffer =>
  createHash('sha256').update(before).update(leaves).digest();

export interface Seal {
  readonly seal: number;
  readonly upTo: number;
  readonly leaves: Buffer;
  readonly hash: Buffer;
}

/** In the database, in the second place and in an export: the same. */
export interface Checkpoint {
  readonly seal: number;
  readonly upTo: number;
  /** Hexadecimal. */
  readonly hash: string;
  /** RFC 3339 in UTC, with milliseconds. */
  readonly at: string;
  readonly kid: string;
  /** Base64url. */
  readonly signature: string;
}

/** Exactly what is signed. */
const signedText = ({ at, hash, seal, upTo }: Pick<Checkpoint, 'at' | 'hash' | 'seal' | 'upTo'>): Buffer =>
  Buffer.from(`tsunagi-audit-checkpoint.v1\n${JSON.stringify({ at, hash, seal, upTo })}`);

export function signCheckpoint(
  { seal, upTo, hash }: Omit<Seal, 'leaves'>,
  at: Date,
  { kid, privateKey }: SigningKey,
): Checkpoint {
  const said = { seal, upTo, hash: hash.toString('hex'), at: at.toISOString() };
  return { ...said, kid, signature: sign(null, signedText(said), privateKey).toString('base64url') };
}

/** Public keys by their kid. */
export type CheckpointKeys = ReadonlyMap<string, KeyObject>;

export const keysOf = ({ kid, privateKey }: SigningKey): CheckpointKeys =>
  new Map([[kid, createPublicKey(privateKey)]]);

/** As `/.well-known/audit-keys.json` has them (RFC 8037). */
export interface AuditKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
}

export function keySetOf({ kid, privateKey }: SigningKey): { readonly keys: AuditKey[] } {
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' }] };
}

export const keysOfSet = ({ keys }: { readonly keys: readonly AuditKey[] }): CheckpointKeys =>
  new Map(keys.map(({ kty, crv, x, kid }) => [kid, createPublicKey({ key: { kty, crv, x }, format: 'jwk' })]));

/** `unknown` = signed with a key that is not at hand. */
export function signatureOf(checkpoint: Checkpoint, keys: CheckpointKeys): 'good' | 'bad' | 'unknown' {
  const key = keys.get(checkpoint.kid);
  if (!key) return 'unknown';
  return verify(null, signedText(checkpoint), key, Buffer.from(checkpoint.signature, 'base64url')) ? 'good' : 'bad';
}
