// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

const codeForm = /^[0-9A-Za-z_.:-]{1,40}$/;

/** The code of an error (`ENOENT`, `23505`, `UNENCODABLE`), which may be logged and sent; its message may hold values. */
export function errorCode(error: unknown, otherwise: string): string {
  const found = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof found === 'string' && codeForm.test(found) ? found : otherwise;
}
