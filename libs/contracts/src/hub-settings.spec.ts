// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubSettings, ownSettings } from './hub-settings';

describe('what of a plugin’s settings is the hub’s', () => {
  it('is none of the plugin’s own', () => {
    expect(ownSettings({ folder: '/var/kaigo', intake: { guard: 'off' }, writes: 'confirmed' })).toEqual({
      folder: '/var/kaigo',
    });
    expect(ownSettings({ folder: '/var/kaigo' })).toEqual({ folder: '/var/kaigo' });
  });

  it('may be left out', () => expect(hubSettings.parse({})).toEqual({}));

  it.each([{ writes: 'Confirmed' }, { writes: true }, { writes: null }, { write: 'confirmed' }])(
    'does not take %j',
    (settings) => expect(hubSettings.safeParse(settings).success).toBe(false),
  );
});
