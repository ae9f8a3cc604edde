// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { besideDepartment } from '../test/beside-department';
import { settings } from '../test/run-kosodate';
import { kosodatePlugin } from './kosodate.plugin';
import { readSecrets } from './kosodate.secrets';

describe('the kosodate plugin beside the department’s system', () => {
  const beside = besideDepartment();

  describe('its check', () => {
    it('passes with a system that answers, a folder and a form version', async () => {
      expect(await beside.run.check()).toMatchObject([
        { name: '折り返し先', ok: true },
        { name: '同意書様式の版', ok: true },
      ]);
      expect(beside.department.calls).toEqual([]);
    });

    it('says what is missing', async () => {
      await beside.department.close();
      await beside.run.stop();
      await beside.start({ config: { bulkFolder: join(beside.folder.path, 'nowhere'), formVersion: undefined } });
      const findings = (await beside.run.check()).map(({ code }) => code);
      expect(findings).toEqual(['ECONNREFUSED', 'ENOENT', 'FORM_VERSION_MISSING']);
      await rm(join(beside.folder.path, 'nowhere'), { recursive: true, force: true });
    });
  });
});

describe('the settings of the kosodate plugin', () => {
  const plain = settings('https://kosodate.example.lg.jp/hub', { callbackPlainHttp: undefined });
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(plain).filter(([name]) => !names.includes(name)));

  it('need one way to prove who calls', () => {
    expect(kosodatePlugin.config.safeParse(without('clientSecret')).success).toBe(true);
    expect(kosodatePlugin.config.safeParse(without('signatureSecret')).success).toBe(true);
    expect(kosodatePlugin.config.safeParse(without('clientSecret', 'signatureSecret')).success).toBe(false);
  });

  it.each([
    ['an unknown setting', { colour: 'red' }],
    ['the check digit of an insurer', { municipality: '990010' }],
    ['a call-back without TLS', { callbackUrl: 'http://kosodate.example.lg.jp/hub' }],
    ['a call-back with a query', { callbackUrl: 'https://kosodate.example.lg.jp/hub?a=b' }],
    ['a call-back with a password', { callbackUrl: 'https://a:b@kosodate.example.lg.jp/hub' }],
    ['a call-back that is a file', { callbackUrl: 'file:///etc/passwd' }],
    ['the secret itself', { callbackSecret: 'secret' }],
    ['nobody to call for a 通告', { childAbuseContact: '' }],
  ])('are refused with %s', (_, change) => {
    expect(kosodatePlugin.config.safeParse({ ...plain, ...change }).success).toBe(false);
  });

  it('are all described, in Japanese', () => {
    const { properties = {} } = z.toJSONSchema(kosodatePlugin.config, { io: 'input' }) as {
      properties?: Record<string, { description?: string }>;
    };
    for (const { description } of Object.values(properties)) expect(description).toMatch(/[ぁ-ん]/);
  });

  it('do not go together with a secret that could be guessed', async () => {
    const read = (secret: string) => readSecrets({ read: () => Promise.resolve(secret) }, plain);
    await expect(read('a'.repeat(31))).rejects.toMatchObject({ code: 'SECRET_TOO_SHORT' });
    await expect(read('a'.repeat(32))).resolves.toBeDefined();
  });
});
