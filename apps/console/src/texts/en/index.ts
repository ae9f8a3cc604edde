// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '..';
import { common } from './common';
import { frame } from './frame';

export const en: Texts = { common, frame };
