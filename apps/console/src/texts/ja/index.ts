// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { common } from './common';
import { frame } from './frame';

/** The one catalogue. A page has its words in a file of its own beside these. */
export const ja = { common, frame } as const;
