// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** 256 random bits: as a client secret, a session token, a first password. */
export const newSecret = () => randomBytes(32).toString('base64url');

/** For secrets with 256 random bits: nobody can guess them, so a plain hash suffices. */
export const hashSecret = (secret: string) => createHash('sha256').update(secret).digest('hex');

export function secretFits(secret: string, hash: string): boolean {
  const given = Buffer.from(hashSecret(secret));
  const stored = Buffer.from(hash);
  return given.length === stored.length && timingSafeEqual(given, stored);
}

/** One of OWASP's equivalent settings for scrypt: 32 MiB, three passes; about a quarter of a second. */
const forPeople = { N: 2 ** 15, r: 8, p: 3 };
/** For generated passwords, whose 256 bits no hash needs to protect. */
const forGenerated = { N: 2 ** 10, r: 8, p: 1 };

const keyBytes = 32;

export function hashPassword(password: string, made: 'by-person' | 'generated' = 'by-person'): Promise<string> {
  return derive(password, randomBytes(16), made === 'generated' ? forGenerated : forPeople);
}

/** A hash that nothing fits. */
const noOne = ({ N, r, p }: typeof forPeople) => `scrypt$${N}$${r}$${p}$${'A'.repeat(22)}==$${'A'.repeat(43)}=`;

/**
 * With no hash the answer is no, after the same time as for the accounts there are: those of the demo have generated
 * passwords, all others are made by people.
 */
export async function passwordFits(password: string, hash: string | undefined, demo = false): Promise<boolean> {
  const stored = hash ?? noOne(demo ? forGenerated : forPeople);
  const [, N, r, p, salt] = stored.split('$');
  const given = await derive(password, Buffer.from(salt ?? '', 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  const [a, b] = [Buffer.from(given), Buffer.from(stored)];
  return a.length === b.length && timingSafeEqual(a, b) && hash !== undefined;
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<string> {
  const options: ScryptOptions = { ...cost, maxmem: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    // NFKC, so that a password typed on another keyboard or system is the same bytes.
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => {
      if (error) reject(error);
      else resolve(`scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString('base64')}$${key.toString('base64')}`);
    });
  });
}
