// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createPrivateKey, createSecretKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { makeFolderOf } from './make-folder-of';
import { Sealing } from './sealing';

/** The file behind TSUNAGI_KEYS, mode 0600. Old data keys stay in it as long as a column is sealed with them. */
const keyFile = z.strictObject({
  data: z.strictObject({ current: z.string().min(1).max(40), keys: z.record(z.string(), z.base64().length(44)) }),
  signing: z.strictObject({ kid: z.string().min(1).max(40), privateKey: z.string() }),
});

export interface HubKeys {
  readonly sealing: Sealing;
  readonly signing: { readonly kid: string; readonly privateKey: KeyObject };
}

/** Reads the keys; makes them first when the file does not exist and `create` allows it (embedded start, `tsunagi init`). */
export function loadKeys(path: string, create: boolean): HubKeys {
  if (create && !existsSync(path)) writeNewKeys(path);
  const file = keyFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const keys = new Map(Object.entries(file.data.keys).map(([id, key]) => [id, createSecretKey(key, 'base64')]));
  return {
    sealing: new Sealing(file.data.current, keys),
    signing: { kid: file.signing.kid, privateKey: createPrivateKey(file.signing.privateKey) },
  };
}

function writeNewKeys(path: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stamp = randomBytes(4).toString('hex');
  makeFolderOf(path);
  writeFileSync(
    path,
    JSON.stringify({
      data: { current: `d-${stamp}`, keys: { [`d-${stamp}`]: randomBytes(32).toString('base64') } },
      signing: { kid: `s-${stamp}`, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) },
    }),
    { mode: 0o600, flag: 'wx' },
  );
}
