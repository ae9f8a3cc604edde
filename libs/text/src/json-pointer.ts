// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The JSON pointer (RFC 6901) one step further, whatever signs the name of the member has. */
export function pointerTo(at: string, member: PropertyKey): string {
  return `${at}/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
