// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The base of every broken rule. Recognise errors by `code`, never by class or text.
 * A message or detail never holds a value from a record: it ends in logs.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;

  override get name(): string {
    return this.constructor.name;
  }
}
