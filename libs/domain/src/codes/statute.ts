// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** The laws that command a 通報・通告. Each counts while the municipality's row for it is in force. */
export const Statute = z.enum(['elder_abuse', 'disability_abuse', 'child_abuse', 'child_abuse_request', 'dv']);
export type Statute = z.infer<typeof Statute>;
