// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Role } from '@tsunagi/domain';

/** Who works with persons at a desk. */
export const rolesAtDesks = ['caseworker', 'supervisor'] as const satisfies readonly Role[];
