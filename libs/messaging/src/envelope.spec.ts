// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { anEvent, fromHub } from '../test/an-event';
import { isGenuine, readEvent, writeEvent } from './envelope';
import { limits } from './limits';

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

describe('an envelope', () => {
  it('comes back as it went', () => {
    const event = anEvent({ subject: '0191d5a8-7c5e-7000-8000-000000000001', data: { name: '髙﨑', none: null } });
    expect(readEvent(writeEvent(event))).toEqual(event);
  });

  it.each([
    ['no object', '[]'],
    ['null', 'null'],
    ['without data', { ...anEvent(), data: undefined }],
    ['without type', { ...anEvent(), type: undefined }],
    ['with a type that is no text', { ...anEvent(), type: { cmd: 1 } }],
    ['of another version', { ...anEvent(), specversion: '0.3' }],
    ['from nobody we know', { ...anEvent(), source: '/plugins/../hub' }],
    ['with an id that is none', { ...anEvent(), id: '1' }],
    ['with one field more', { ...anEvent(), extra: 1 }],
    ['nested deeper than a stack', `${'['.repeat(60_000)}${']'.repeat(60_000)}`],
    ['larger than we would send', { ...anEvent(), data: 'x'.repeat(limits.maxPayloadBytes) }],
  ])('is not read: %s', (_what, value) => {
    expect(readEvent(bytes(value))).toBeUndefined();
  });
});

describe('a genuine message', () => {
  it.each([
    [true, 'a plugin to the hub', anEvent(), 'plugin.kaigo', 'hub.intake'],
    [true, 'the hub to a plugin', fromHub(), 'hub', 'plugin.kaigo.deliveries'],
    [true, 'the hub to a host', fromHub(), 'hub', 'host.kaigo.one'],
    [false, 'a plugin as another', anEvent(), 'plugin.konkyu', 'hub.intake'],
    [false, 'a plugin as the hub', fromHub(), 'plugin.kaigo', 'plugin.konkyu.deliveries'],
    [false, 'a plugin to a plugin', anEvent(), 'plugin.kaigo', 'plugin.konkyu.deliveries'],
    [false, 'a plugin to a host', anEvent(), 'plugin.kaigo', 'host.kaigo.one'],
    [false, 'nobody', anEvent(), undefined, 'hub.intake'],
  ] as const)('%s: %s', (genuine, _what, event, account, queue) => {
    expect(isGenuine(event, account, queue)).toBe(genuine);
  });
});
