// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { compileProfile } from './compile-profile';
import { type EventFormat, standardFormat } from './event-format';
import life from './life.json';
import { type Profile, profile } from './profile.schema';

export const shippedNames = ['standard', 'life', 'life-cp932'] as const;
export type ShippedName = (typeof shippedNames)[number];

/** `SERVICE_USER_INFO` of LIFE, as its public specification names and orders the columns. */
export const lifeProfile: Profile = profile.parse(life);

const shipped: Readonly<Record<ShippedName, EventFormat>> = {
  standard: standardFormat,
  life: compileProfile(lifeProfile),
  // The specification allows both encodings; which one comes is agreed with the sender, and the records are the same.
  'life-cp932': compileProfile({ ...lifeProfile, encoding: 'cp932' }),
};

/** What the settings name, or describe. */
export function formatsOf(profiles: readonly (ShippedName | Profile)[]): EventFormat[] {
  return profiles.map((one) => (typeof one === 'string' ? shipped[one] : compileProfile(one)));
}
