// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Ids that nobody could take for real ones. */
export const exampleId = (n: number) => `01932f00-0000-7000-8000-${String(n).padStart(12, '0')}`;
