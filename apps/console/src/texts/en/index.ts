// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '../texts';
import { common } from './common';
import { conferences } from './conferences';
import { consents } from './consents';
import { desk } from './desk';
import { frame } from './frame';
import { grounds } from './grounds';
import { inbox } from './inbox';
import { machines } from './machines';
import { overview } from './overview';
import { persons } from './persons';
import { privacy } from './privacy';
import { queue } from './queue';
import { referral } from './referral';

export const en: Texts = {
  common,
  frame,
  conferences,
  consents,
  desk,
  grounds,
  inbox,
  machines,
  overview,
  persons,
  privacy,
  queue,
  referral,
};
