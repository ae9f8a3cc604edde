// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { chooseStart, type StartTarget } from './choose-start';

const database = { databaseUrl: 'postgres://hub@db/tsunagi', amqpUrl: undefined, demo: false };
const broker = { databaseUrl: undefined, amqpUrl: 'amqp://hub@mq', demo: true };
const both = { databaseUrl: database.databaseUrl, amqpUrl: broker.amqpUrl, demo: false };
const neither = { databaseUrl: undefined, amqpUrl: undefined, demo: true };

const refused = (
  target: StartTarget | undefined,
  given: typeof both | typeof neither | typeof database | typeof broker,
) => {
  try {
    chooseStart(target, given);
  } catch (error) {
    return (error as { code: string }).code;
  }
  return null;
};

describe('tsunagi start', () => {
  it('runs everything embedded when no URL is given', () => {
    expect(chooseStart(undefined, neither)).toEqual({ mode: 'embedded', parts: 'all' });
    expect(chooseStart('hub', neither)).toEqual({ mode: 'embedded', parts: 'hub' });
  });

  it('runs hub and plugins on both services, the sandbox with the demo only', () => {
    const parts = { hub: true, plugins: true };
    expect(chooseStart(undefined, both)).toEqual({ mode: 'services', parts: { ...parts, sandbox: false } });
    expect(chooseStart(undefined, { ...both, demo: true })).toEqual({
      mode: 'services',
      parts: { ...parts, sandbox: true },
    });
    expect(chooseStart('hub', both)).toMatchObject({ parts: { hub: true, plugins: false, sandbox: false } });
  });

  it.each([undefined, 'hub'] as const)('%s is refused with only one of the two', (target) => {
    expect([refused(target, database), refused(target, broker)]).toEqual(['ONE_URL_ONLY', 'ONE_URL_ONLY']);
  });

  it('plugins takes the broker and no database', () => {
    expect(chooseStart('plugins', broker)).toMatchObject({ parts: { hub: false, plugins: true, sandbox: false } });
    expect([refused('plugins', neither), refused('plugins', both)]).toEqual(['NEEDS_AMQP_URL', 'URL_NOT_TAKEN']);
  });

  it('sandbox takes the database', () => {
    expect(chooseStart('sandbox', database)).toMatchObject({ parts: { hub: false, plugins: false, sandbox: true } });
    expect(refused('sandbox', neither)).toBe('NEEDS_DATABASE_URL');
  });
});
