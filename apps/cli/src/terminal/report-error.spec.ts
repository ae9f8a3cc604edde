// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { PassThrough } from 'node:stream';
import { CliError } from '../cli.error';
import { reportError } from './report-error';
import { table } from './terminal';

function reported(error: unknown, json = false): string {
  const [out, err] = [new PassThrough(), new PassThrough()];
  reportError({ json, isScreen: false, out, error: err }, error);
  return String((json ? out : err).read());
}

describe('what went wrong', () => {
  it('is said with what to do', () => {
    expect(reported(new CliError('PORT_TAKEN', { port: '3000' }))).toMatch(/ポート 3000 .+\n.*TSUNAGI_PORT/);
  });

  it('is one line of JSON for programs', () => {
    expect(JSON.parse(reported(new CliError('NEEDS_AMQP_URL'), true))).toMatchObject({
      ok: false,
      code: 'NEEDS_AMQP_URL',
    });
  });

  it('shows the code of a stranger’s error and not its text', () => {
    const error = Object.assign(new Error('connect to postgres://hub:s3cret@db failed'), { code: 'ECONNREFUSED' });
    expect(reported(error)).toContain('ECONNREFUSED');
    expect(reported(error)).not.toContain('s3cret');
  });

  it('passes on the remedy that the hub’s own refusals bring along', () => {
    const error = Object.assign(new Error('x'), { code: 'MIGRATIONS_PENDING', remedy: '`tsunagi migrate` を実行' });
    expect(reported(error)).toBe('`tsunagi migrate` を実行\n');
  });
});

describe('a table', () => {
  it('counts full-width characters twice', () => {
    expect(
      table([
        ['介護', 'a'],
        ['x', 'b'],
      ]),
    ).toEqual(['介護  a', 'x     b']);
  });
});
