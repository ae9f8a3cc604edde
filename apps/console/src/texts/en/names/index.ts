// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { audit } from './audit';
import { conferences } from './conferences';
import { consents } from './consents';
import { grounds } from './grounds';
import { machines } from './machines';
import { persons } from './persons';
import { privacy } from './privacy';
import { referral } from './referral';
import type { Names } from '../../vocabulary';

/** The vocabulary in English, room by room as the texts are. */
export const english: Names = {
  ...referral,
  ...persons,
  ...consents,
  ...grounds,
  ...conferences,
  ...privacy,
  ...machines,
  ...audit,
};
