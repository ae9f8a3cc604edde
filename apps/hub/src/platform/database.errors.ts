// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';

/** The database cannot be reached or broke off: nothing was decided, the same may be tried again. */
export class DatabaseAwayError extends DomainError {
  override readonly code = 'DATABASE_AWAY';
  readonly retryable = true;

  constructor() {
    super('the database cannot be reached');
  }
}

/**
 * SQLSTATE classes and driver codes that mean "the connection or the moment, not the statement": 08, 57P, 53, serialization,
 * deadlock, and what was cut off because it or its lock took too long on a busy machine (57014, 55P03, 25P03).
 * 08P01 is a fault of ours: parameters that do not fit their statement.
 */
const awayCodes = /^(08(?!P01)|57P|57014|55P03|25P03|53|40001|40P01|ECONN|EPIPE|ETIMEDOUT|ENOENT)/;
/** pg and TypeORM report a broken connection by text only. */
const awayTexts =
  /Connection terminated|timeout exceeded when trying to connect|query runner already released|Client has encountered a connection error|Query read timeout|Cannot use a pool after calling end/i;

export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return (typeof code === 'string' && awayCodes.test(code)) || awayTexts.test(error.message);
}

/** SQLSTATE 23505: somebody else wrote the same key first. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === '23505';
}
