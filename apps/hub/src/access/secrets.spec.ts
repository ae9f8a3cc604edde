// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hashPassword, hashSecret, newSecret, passwordFits, secretFits } from './secrets';

// A strong hash takes its time, and more of it on a busy machine.
jest.setTimeout(30_000);

describe('secrets', () => {
  it('have 256 bits, and only their hash is kept', () => {
    const secret = newSecret();
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(secretFits(secret, hashSecret(secret))).toBe(true);
    expect(secretFits(newSecret(), hashSecret(secret))).toBe(false);
    expect(secretFits(secret, '')).toBe(false);
  });
});

describe('a password', () => {
  it.each(['by-person', 'generated'] as const)('fits its own hash only (%s)', async (made) => {
    const hash = await hashPassword('春の海 ひねもす', made);
    expect(await passwordFits('春の海 ひねもす', hash)).toBe(true);
    expect(await passwordFits('春の海 のたり', hash)).toBe(false);
  });

  it('is the same however it was typed', async () => {
    expect(await passwordFits('ｶﾞｯｺｳ1', await hashPassword('ガッコウ1'))).toBe(true);
  });

  it('never fits when there is nobody', async () => {
    expect(await passwordFits('', undefined)).toBe(false);
  });
});
