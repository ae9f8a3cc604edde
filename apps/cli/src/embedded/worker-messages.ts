// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** From the process that starts the database to its worker. */
export type ToWorker =
  | { readonly kind: 'make'; readonly dataDirectory: string }
  | { readonly kind: 'serve'; readonly dataDirectory: string; readonly socket: string }
  | { readonly kind: 'close' };

/** And back. `code` is a class name or SQLSTATE, never a text that could hold data. */
export type FromWorker = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly code: string };
