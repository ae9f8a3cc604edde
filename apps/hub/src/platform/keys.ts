// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { makeFolderOf } from './make-folder-of';
import { Sealing } from './sealing';

/** The file behind TSUNAGI_KEYS, mode 0600. Old data keys stay in it as long as a column is sealed with them. */
const keyFile = z.strictObject({
  data: z.strictObject({ current: z.string().min(1).max(40), keys: z.record(z.string(), z.base64().length(44)) }),
  signing: z.strictObject({ kid: z.string().min(1).max(40), privateKey: z.string() }),
  /** Absent in files from before the audit was chained. */
  audit: z.strictObject({ kid: z.string().min(1).max(40), privateKey: z.string() }).optional(),
});

export interface HubKeys {
  readonly sealing: Sealing;
  readonly signing: SigningKey;
  /** Ed25519; signs the checkpoints of the audit and nothing else. */
  readonly audit: SigningKey;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** Reads the keys; makes them first when the file does not exist and `create` allows it (embedded start, `tsunagi init`). */
export function loadKeys(path: string, create: boolean): HubKeys {
  if (create && !existsSync(path)) writeNewKeys(path);
  const file = keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const keys = new Map(Object.entries(file.data.keys).map(([id, key]) => [id, createSecretKey(key, 'base64')]));
  const signing = { kid: file.signing.kid, privateKey: createPrivateKey(file.signing.privateKey) };
  return {
    sealing: new Sealing(file.data.current, keys),
    signing,
    audit: file.audit
      ? { kid: file.audit.kid, privateKey: createPrivateKey(file.audit.privateKey) }
      : auditKeyOf(signing),
  };
}

/** What a private key of Ed25519 has in front of its 32 bytes (RFC 8410). */
const ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * A file of before has no key for the audit, and is not written again: it may lie read-only, and several hubs may each have a
 * copy of it. So its key follows from the one that is there, the same wherever that is (HKDF, RFC 5869).
 */
function auditKeyOf({ kid, privateKey }: SigningKey): SigningKey {
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'tsunagi audit checkpoints', 32));
  return {
    kid: kid.replace(/^(s-)?/, 'a-').slice(0, 40),
    privateKey: createPrivateKey({ key: Buffer.concat([ed25519, seed]), type: 'pkcs8', format: 'der' }),
  };
}

function writeNewKeys(path: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const audit = generateKeyPairSync('ed25519').privateKey;
  const pem = { type: 'pkcs8', format: 'pem' } as const;
  const stamp = randomBytes(4).toString('hex');
  makeFolderOf(path);
  writeFileSync(
    path,
    JSON.stringify({
      data: { current: `d-${stamp}`, keys: { [`d-${stamp}`]: randomBytes(32).toString('base64') } },
      signing: { kid: `s-${stamp}`, privateKey: privateKey.export(pem) },
      audit: { kid: `a-${stamp}`, privateKey: audit.export(pem) },
    }),
    { mode: 0o600, flag: 'wx' },
  );
}
