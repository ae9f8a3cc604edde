// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

export class VersionMissingError extends DomainError {
  override readonly code = 'IF_MATCH_MISSING';

  constructor() {
    super('the If-Match header is missing');
  }
}

/** For `@Describe`. */
export const ifMatch = { 'If-Match': { description: '見ていた版(`version`)。"3" のように書きます。', required: true } };

/** `If-Match: "3"`; also without quotes. @throws {VersionMissingError} */
export function versionOf(header: string | undefined): number {
  const digits = header === undefined ? undefined : /^"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  if (digits === undefined) throw new VersionMissingError();
  return Number(digits);
}

/** `If-Match: "…"`, where the version is a name and no number; also without quotes. @throws {VersionMissingError} */
export function tagFrom(header: string | undefined): string {
  const tag = header === undefined ? undefined : /^"?([0-9a-f]{1,64})"?$/.exec(header.trim())?.[1];
  if (tag === undefined) throw new VersionMissingError();
  return tag;
}
