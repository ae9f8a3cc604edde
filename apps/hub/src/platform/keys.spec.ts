// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createPublicKey, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKeys, type SigningKey } from './keys';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'keys-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const text = Buffer.from('checkpoint');
const publicOf = ({ privateKey }: SigningKey) => createPublicKey(privateKey);
const signs = (signer: SigningKey, checker: SigningKey) =>
  verify(null, text, publicOf(checker), sign(null, text, signer.privateKey));

describe('the keys of a hub', () => {
  it('have one of their own for the audit', () => {
    const keys = loadKeys(join(directory, 'keys.json'), true);
    expect(keys.audit.privateKey.asymmetricKeyType).toBe('ed25519');
    expect(signs(keys.audit, loadKeys(join(directory, 'keys.json'), false).audit)).toBe(true);
  });

  it('of an installation from before give one, the same for every hub, and the file stays as it was', () => {
    const path = join(directory, 'keys.json');
    loadKeys(path, true);
    const { audit: _, ...before } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const old = join(directory, 'old.json');
    writeFileSync(old, JSON.stringify(before), { mode: 0o400 });
    const keys = loadKeys(old, true);
    expect(signs(keys.audit, loadKeys(old, false).audit)).toBe(true);
    expect(signs(keys.audit, loadKeys(path, false).audit)).toBe(false);
    expect(keys.signing.kid).toBe(loadKeys(path, false).signing.kid);
    expect(keys.sealing.knows((before['data'] as { current: string }).current)).toBe(true);
    expect(readFileSync(old, 'utf8')).toBe(JSON.stringify(before));
    expect(statSync(old).mode & 0o777).toBe(0o400);
  });
});
