// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid, uuidToBase32 } from '@tsunagi/plugin-sdk';

/** A delivery as its 26 characters in the office's tables say it. */
export interface NamedDelivery {
  readonly id: string;
  /** When the hub made it: its id begins with that. */
  readonly madeAt: Date;
}

/** Undefined for what stands there and is no name of the hub's. */
export function deliveryNamed(name: string): NamedDelivery | undefined {
  try {
    const id = base32ToUuid(name);
    return { id, madeAt: new Date(parseInt(id.replaceAll('-', '').slice(0, 12), 16)) };
  } catch {
    return undefined;
  }
}

/** No delivery made at this time or later has a name before this one. */
export function firstNameOf(time: Date): string {
  const hex = Math.max(0, time.getTime()).toString(16).padStart(12, '0');
  return uuidToBase32(`${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`);
}
