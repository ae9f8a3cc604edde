// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Problem } from '@tsunagi/contracts';

/** What the hub said no to, in its own words (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.code);
  }

  /** What it says of one field, by its place in the body (`/worker/name`) or below it. */
  at(pointer: string): string | undefined {
    const found = this.problem.errors?.find((e) => e.pointer === pointer || e.pointer.startsWith(`${pointer}/`));
    return found && [found.message, found.hint].filter(Boolean).join(' ');
  }
}

/** The hub could not be reached: the line is cut, or it is being restarted. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof ProblemError ? error.problem.code : undefined;
