// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { DomainError } from '@tsunagi/domain';
import { randomSlice } from './random';

export class SealBrokenError extends DomainError {
  override readonly code = 'SEAL_BROKEN';

  constructor() {
    super('a sealed column cannot be opened with the keys at hand');
  }
}

const nonceBytes = 12;
const tagBytes = 16;
/** 72 bits: two texts that share a token are told apart when they are opened. */
const tokenLength = 12;

/**
 * Seals one column of one row: AES-256-GCM, the key id stored in front, table and row bound in as associated data, so
 * that a ciphertext moved to another row does not open.
 * Layout: key id length (1) · key id · nonce (12) · tag (16) · ciphertext.
 */
export class Sealing {
  private readonly tokenKeys = new Map<string, KeyObject>();

  constructor(
    private readonly currentKeyId: string,
    private readonly keys: ReadonlyMap<string, KeyObject>,
  ) {}

  /** Is this key at hand? */
  knows(keyId: string): boolean {
    return this.keys.has(keyId);
  }

  /** The value as JSON, sealed, as the `\x…` text that a bytea column takes. */
  seal(place: string, value: unknown): string {
    const keyId = Buffer.from(this.currentKeyId);
    const nonce = randomSlice(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.currentKeyId), nonce);
    cipher.setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
    return `\\x${Buffer.concat([Buffer.of(keyId.length), keyId, nonce, cipher.getAuthTag(), body]).toString('hex')}`;
  }

  /** @throws {SealBrokenError} when the key is unknown or anything was changed. */
  open<T>(place: string, sealed: Buffer): T {
    const idEnd = 1 + (sealed[0] ?? 0);
    const tagStart = idEnd + nonceBytes;
    try {
      const decipher = createDecipheriv(
        'aes-256-gcm',
        this.key(sealed.toString('utf8', 1, idEnd)),
        sealed.subarray(idEnd, tagStart),
      );
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(sealed.subarray(tagStart, tagStart + tagBytes));
      const body = Buffer.concat([decipher.update(sealed.subarray(tagStart + tagBytes)), decipher.final()]);
      return JSON.parse(body.toString('utf8')) as T;
    } catch {
      throw new SealBrokenError();
    }
  }

  /**
   * What stands in an index in the place of a text that is sealed: found again by who has the key, and read by nobody. The same
   * text is another token at another place.
   */
  token(place: string, text: string): string {
    return this.tokenBy(this.currentKeyId, place, text);
  }

  /** The tokens under which this may stand: also by keys that were current before. */
  tokens(place: string, text: string): string[] {
    return [...this.keys.keys()].map((keyId) => this.tokenBy(keyId, place, text));
  }

  private tokenBy(keyId: string, place: string, text: string): string {
    return createHmac('sha256', this.tokenKey(keyId))
      .update(`${place}\n${text}`)
      .digest('base64url')
      .slice(0, tokenLength);
  }

  /** Nothing is sealed by this one. */
  private tokenKey(keyId: string): KeyObject {
    const known = this.tokenKeys.get(keyId);
    if (known) return known;
    const derived = createSecretKey(Buffer.from(hkdfSync('sha256', this.key(keyId).export(), '', 'tokens', 32)));
    this.tokenKeys.set(keyId, derived);
    return derived;
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (!key) throw new SealBrokenError();
    return key;
  }
}
