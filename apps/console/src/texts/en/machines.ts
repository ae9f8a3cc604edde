// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Texts } from '..';

export const machines: Texts['machines'] = {};
