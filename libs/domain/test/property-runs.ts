// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Random cases per property. `TSUNAGI_PROPERTY_RUNS=200000 npx jest …` for a longer run. */
export const propertyRuns = Number(process.env['TSUNAGI_PROPERTY_RUNS'] ?? 1200);
