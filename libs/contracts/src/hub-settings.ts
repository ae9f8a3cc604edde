// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Writes } from '@tsunagi/domain';
import { z } from 'zod';
import { intakeKey, intakeSettings } from './intake-settings';

/** The parts of a plugin's settings that are the hub's: no plugin has a setting of these names, or is given them. */
export const hubSettings = z.strictObject({
  [intakeKey]: intakeSettings.optional(),
  writes: Writes.describe(
    'confirmed なら、届いた記録を、窓口の職員が確かめてから業務システムに書き込む。既定は unattended(届いたものから書き込む)。取消しと結果の知らせは、どちらでも待たない',
  ).optional(),
});
type HubSetting = keyof z.infer<typeof hubSettings>;
export const hubSettingNames = Object.keys(hubSettings.shape) as readonly HubSetting[];

/** The settings that are the plugin's own. */
export function ownSettings<T extends Readonly<Record<string, unknown>>>(settings: T): Omit<T, HubSetting> {
  const { intake: _, writes: __, ...own } = settings as T & Partial<Record<HubSetting, unknown>>;
  return own;
}
