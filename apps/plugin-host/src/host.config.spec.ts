// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { HostConfigError, readSettings } from './host.config';

const good = { AMQP_URL: 'amqp://a:b@c', TSUNAGI_PLUGINS: 'kaigo, konkyu', TSUNAGI_SECRETS_DIR: '/secrets' };
const problemsOf = (env: Record<string, string>) => {
  try {
    readSettings(env, 'machine');
    return [];
  } catch (error) {
    if (!(error instanceof HostConfigError)) throw error;
    return error.problems.map(({ variable }) => variable);
  }
};

describe("the host's own settings", () => {
  it('refuse the start and name every variable that is missing', () => {
    expect(problemsOf({})).toEqual(['AMQP_URL', 'TSUNAGI_PLUGINS', 'TSUNAGI_SECRETS_DIR']);
  });

  it.each([
    ['AMQP_URL', 'http://c'],
    ['TSUNAGI_PLUGINS', 'kaigo,,'],
    ['TSUNAGI_PLUGINS', '../kaigo'],
    ['TSUNAGI_HOST_NAME', 'a.b'],
    ['TSUNAGI_LOG_LEVEL', 'loud'],
    ['TSUNAGI_HOST', 'a b'],
    ['TSUNAGI_HOST_PORT', '65536'],
    ['TSUNAGI_HOST_PORT', 'x'],
    ['TSUNAGI_POLL_MS', '1e3'],
    ['TSUNAGI_POLL_MS', '0'],
    ['TSUNAGI_HEARTBEAT_MS', ''],
    ['HOST_FAILPOINT', 'delivery-written'],
  ])('refuse %s=%s', (variable, value) => {
    expect(problemsOf({ ...good, [variable]: value })).toEqual([variable]);
  });

  it('say what to do, and never what stood there', () => {
    expect.assertions(2);
    try {
      readSettings({ ...good, AMQP_URL: 'secret-password' }, 'machine');
    } catch (error) {
      expect(String(error)).not.toContain('secret-password');
      expect(String(error)).toContain('例：AMQP_URL=');
    }
  });

  it('have defaults for everything else, and a name from the machine', () => {
    expect(readSettings(good, 'host.example.jp')).toMatchObject({
      plugins: ['kaigo', 'konkyu'],
      stateDir: './var/host',
      hostName: 'host-example-jp',
      heartbeatMs: 10_000,
      pollMs: undefined,
      logLevel: 'info',
    });
  });

  it('know no failpoint in production', () => {
    const exits = jest.spyOn(process, 'kill').mockReturnValue(true);
    const HOST_FAILPOINT = 'before-write:2:exit';
    const production = readSettings({ ...good, HOST_FAILPOINT, NODE_ENV: 'production' }, 'm').failpoint;
    production('before-write');
    production('before-write');
    expect(exits).not.toHaveBeenCalled();
    const test = readSettings({ ...good, HOST_FAILPOINT, NODE_ENV: 'test' }, 'm').failpoint;
    test('before-write');
    test('delivery-written');
    expect(exits).not.toHaveBeenCalled();
    test('before-write');
    expect(exits).toHaveBeenCalledTimes(1);
    exits.mockRestore();
  });
});
