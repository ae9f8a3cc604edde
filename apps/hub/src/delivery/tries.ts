// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What was not written is tried again after 1, 2, 4 … seconds, then every hour. */
const longestPauseMs = 3_600_000;
/** About a day in all: a legacy system may be away for its nightly work, or for a morning. Then somebody must look. */
export const maxAttempts = 36;

/** How long to wait after so many attempts before this one. */
export const backOffMs = (attempts: number): number => Math.min(longestPauseMs, 1000 * 2 ** Math.min(attempts, 12));
