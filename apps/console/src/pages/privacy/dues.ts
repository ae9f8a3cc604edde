// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Incident } from '@tsunagi/contracts';

export const dueNames = ['firstReport', 'finalReport', 'tell'] as const;
type Due = (typeof dueNames)[number];

/** The first date that nothing has been recorded for. */
export function nextDue({ dues, done, closedAt }: Incident): { readonly what: Due; readonly on: string } | undefined {
  if (closedAt !== undefined) return undefined;
  return dueNames
    .flatMap((what) => (dues[what] === undefined || done[what] ? [] : [{ what, on: dues[what] }]))
    .sort((a, b) => a.on.localeCompare(b.on))[0];
}
