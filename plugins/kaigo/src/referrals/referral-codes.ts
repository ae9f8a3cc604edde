// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Urgency } from '@tsunagi/plugin-sdk';

export { authorityNumbers as authorityCodes, kindNumbers as kindCodes } from '@tsunagi/plugin-sdk';

/** 緊急度: 1 通常 2 急 3 即日. */
export const urgencyCodes: Record<Urgency, string> = { normal: '1', urgent: '2', same_day: '3' };
