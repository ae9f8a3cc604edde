// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { intakeSettings } from './intake-settings';

describe('how the intake of a plugin is watched', () => {
  it('has a default for every part', () => {
    expect(intakeSettings.parse({})).toEqual({
      guard: 'on',
      firstFile: 'confirm',
      perFile: 200,
      perHour: 500,
      expectedOn: 'every_day',
      countAt: '01:00',
    });
  });

  it.each([
    { perFile: 0 },
    { perHour: '500' },
    { startsOn: '2026-02-30' },
    { expectedBy: '6:00' },
    { expectedBy: '24:00' },
    { countAt: '24:00' },
    { firstfile: 'take' },
    { guard: false },
  ])('does not take %j', (settings) => expect(intakeSettings.safeParse(settings).success).toBe(false));

  it('takes null for no limit, no start date and no file that is expected', () => {
    expect(intakeSettings.parse({ startsOn: null, expectedBy: null, perFile: null, perHour: null })).toMatchObject({
      startsOn: null,
      expectedBy: null,
      perFile: null,
      perHour: null,
    });
  });
});
