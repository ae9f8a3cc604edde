// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Log } from './log';

function lines(write: (log: Log) => void): Record<string, unknown>[] {
  const written: string[] = [];
  write(new Log('debug', { write: (line: string) => void written.push(line) }));
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('lets ids, codes and counts pass', () => {
    const fields = {
      referral: '01890000-0000-7000-8000-000000000000',
      code: 'NOT_CONFIRMED',
      queue: 'plugin.kaigo.deliveries',
      n: 3,
    };
    expect(lines((log) => log.info('sent', fields))).toMatchObject([{ ...fields, msg: 'sent' }]);
  });

  it.each([
    ['a name', { worker: '見本 花子' }],
    ['a sentence', { what: 'came in without heating' }],
    ['a telephone number', { called: '086-000-0000' }],
    ['a twelve-digit number', { value: '123456789018' }],
    ['anything called a password', { password: 'abc' }],
    ['anything called a token', { accessToken: 'abc' }],
    ['an object', { referral: { subject: 'x' } }],
  ])('never shows %s', (_, fields) => {
    const [line] = lines((log) => log.warn('x', fields));
    const [key = ''] = Object.keys(fields);
    expect(line?.[key]).toBe('[redacted]');
  });

  it('shows class and code of an error, never its message', () => {
    const error = Object.assign(new TypeError('見本 花子 could not be written'), { code: '22P05' });
    const [failure] = lines((log) => log.failure('intake', error, { queue: 'hub.intake' }));
    expect(failure).toMatchObject({ class: 'TypeError', code: '22P05', queue: 'hub.intake' });
    const [nested] = lines((log) => log.info('x', { error }));
    expect(JSON.stringify([failure, nested])).not.toContain('花子');
  });
});
