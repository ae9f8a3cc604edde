// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubAddress, type AskedAddress } from './hub-address';

const asked = (given: { host?: string; port?: number } = {}): AskedAddress => ({
  settings: { host: given.host ?? '127.0.0.1', port: given.port ?? 3000 },
  origins: {
    TSUNAGI_HOST: given.host === undefined ? 'default' : 'environment',
    TSUNAGI_PORT: given.port === undefined ? 'default' : 'file',
  },
});
const demo = 'http://10.0.0.7:4000';

describe('the address of the hub', () => {
  it('is the one of the settings when somebody set it, whatever the demo says', () => {
    expect(hubAddress(asked({ host: 'hub.example', port: 3001 }), demo)).toBe('http://hub.example:3001');
  });

  it('takes what was not set from the demo', () => {
    expect(hubAddress(asked({ port: 3001 }), demo)).toBe('http://10.0.0.7:3001');
    expect(hubAddress(asked({ host: 'hub.example' }), demo)).toBe('http://hub.example:4000');
    expect(hubAddress(asked(), demo)).toBe(demo);
    expect(hubAddress(asked(), 'http://10.0.0.7')).toBe('http://10.0.0.7');
  });

  it('counts a set value also when it is the default', () => {
    expect(hubAddress(asked({ host: '127.0.0.1', port: 3000 }), demo)).toBe('http://127.0.0.1:3000');
  });

  it('is the default where nobody says anything', () => {
    expect(hubAddress(asked())).toBe('http://127.0.0.1:3000');
  });

  it('is where the demo came to listen when it was free to choose', () => {
    expect(hubAddress(asked({ port: 0 }), demo)).toBe('http://10.0.0.7:4000');
  });

  it.each([
    ['0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://127.0.0.1:80'],
    ['::1', 'http://[::1]:80'],
  ])('reaches who listens at %s', (host, url) => {
    expect(hubAddress(asked({ host, port: 80 }))).toBe(url);
  });
});
