// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { line } from '@tsunagi/domain';
import { z } from 'zod';
import { judgeSettings, withHubSettings } from './judge-settings';
import { fieldErrors, InvalidInputError } from '../platform';

/** What a host says of settings like those of 生活困窮. */
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    databaseUrl: {
      type: 'object',
      properties: { secretRef: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,62}$' } },
      required: ['secretRef'],
      additionalProperties: false,
    },
    folder: { type: 'string', minLength: 1 },
    pollMs: { default: 2000, type: 'integer', minimum: 200, maximum: 600_000 },
    gaiji: {
      default: {},
      type: 'object',
      propertyNames: { type: 'string', pattern: '^F[0-9]{3}$' },
      additionalProperties: { anyOf: [{ type: 'string', maxLength: 10 }, { type: 'null' }] },
    },
  },
  required: ['databaseUrl'],
  additionalProperties: false,
};
const databaseUrl = { secretRef: 'konkyu-database-url' };

function faultsOf(settings: Record<string, unknown>): string[] {
  try {
    judgeSettings(schema, settings);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError)
      return fieldErrors(error.issues, error.input).map(({ pointer, code }) => `${pointer} ${code}`);
    const { code, pointer } = error as { code: string; pointer?: string };
    return [`${pointer ?? ''} ${code}`];
  }
}

describe('settings of a plugin', () => {
  it.each<[object]>([[{ databaseUrl }], [{ databaseUrl, pollMs: 200, gaiji: { F040: '髙', F041: null } }]])(
    'are taken when they fit the schema of the host: %j',
    (settings) => expect(faultsOf({ ...settings })).toEqual([]),
  );

  it.each<[string, Record<string, unknown>, string]>([
    ['a required one is missing', {}, '/databaseUrl REQUIRED'],
    ['one has another type', { databaseUrl, pollMs: '2000' }, '/pollMs WRONG_TYPE'],
    ['a number is out of its bounds', { databaseUrl, pollMs: 100 }, '/pollMs TOO_SHORT'],
    ['nobody knows one', { databaseUrl, pollms: 2000 }, '/pollms UNKNOWN_FIELD'],
    ['a key of a table has another form', { databaseUrl, gaiji: { 見本: '髙' } }, '/gaiji/* NOT_VALID'],
    ['a secret stands where its name belongs', { databaseUrl: 'postgres://a:b@c/d' }, '/databaseUrl WRONG_TYPE'],
    ['a secret stands anywhere', { databaseUrl, folder: 'smb://a:b@c/d' }, '/folder CONFIG_HOLDS_SECRET'],
  ])('are refused by place when %s', (_, settings, fault) => expect(faultsOf(settings)).toEqual([fault]));

  it('may hold any letter where a pattern speaks of classes of characters, as that of a line of text does', () => {
    const schema = z.toJSONSchema(z.strictObject({ audience: line(80), code: z.string().regex(/^[A-Z]+$/) }));
    expect(() => judgeSettings(schema, { audience: 'https://kosodate.example/token', code: 'K' })).not.toThrow();
    // Everything else of it still holds.
    for (const settings of [
      { audience: '', code: 'K' },
      { audience: 'a'.repeat(81), code: 'K' },
      { audience: 'a', code: 'k' },
    ])
      expect(() => judgeSettings(schema, settings)).toThrow(InvalidInputError);
  });

  it('are judged by the hub under its own name, and by the schema of the host beside it', () => {
    expect(faultsOf({ databaseUrl, intake: { startsOn: '2026-12-01', perFile: null } })).toEqual([]);
    expect(faultsOf({ intake: { perFile: 0, pErHour: 1 } })).toEqual([
      '/databaseUrl REQUIRED',
      '/intake/perFile TOO_SHORT',
      '/intake/pErHour UNKNOWN_FIELD',
    ]);
    expect(faultsOf({ databaseUrl, intake: 'off' })).toEqual(['/intake WRONG_TYPE']);
    expect(faultsOf({ databaseUrl, writes: 'confirmed' })).toEqual([]);
    expect(faultsOf({ databaseUrl, writes: 'sometimes' })).toEqual([expect.stringMatching('^/writes ')]);
  });

  it('are shown with the hub’s own part, whatever the host said', () => {
    expect(Object.keys(withHubSettings(schema)['properties'] as object)).toEqual([
      ...Object.keys(schema.properties),
      ...['intake', 'writes'],
    ]);
    expect(withHubSettings({})).toMatchObject({
      properties: {
        intake: { type: 'object', description: expect.any(String) },
        writes: { enum: ['unattended', 'confirmed'], description: expect.any(String) },
      },
    });
  });

  it('are not guessed at when the schema cannot be read', () => {
    expect(() => judgeSettings({ if: {}, then: {} }, {})).toThrow(
      expect.objectContaining({ code: 'CONFIG_UNCHECKABLE' }),
    );
  });

  it('never end in an error’s text', () => {
    const secret = 'postgres://u:hunter2@db/x';
    for (const settings of [{ databaseUrl: secret }, { databaseUrl, folder: secret }])
      expect(() => judgeSettings(schema, settings)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
      );
  });
});
