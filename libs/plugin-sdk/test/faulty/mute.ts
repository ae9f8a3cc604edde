// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { soundPlugin } from './sound';

/** Nobody is told what its setting is for. */
export const mute = soundPlugin({ id: 'mute', config: z.strictObject({ folder: z.string() }) });
