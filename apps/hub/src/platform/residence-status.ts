// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';
import { speaksOfResidenceStatus } from '@tsunagi/text';

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Where a text in it speaks of a 在留資格, as a JSON pointer. An id is no text, though it may end like the number of a card. */
export function residenceStatusAt(value: unknown, at = ''): string | undefined {
  if (typeof value === 'string') return !isId(value) && speaksOfResidenceStatus(value) ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = residenceStatusAt(inner, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** It goes as it is written, and whoever writes it may not clear what speaks of a 在留資格. */
export class ResidenceStatusTextError extends DomainError {
  override readonly code = 'SUBMISSION_REJECTED';
  readonly reason = 'RESIDENCE_STATUS_TEXT';

  constructor(readonly pointer: string) {
    super('what is written speaks of what is not collected');
  }
}
