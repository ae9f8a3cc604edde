// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What is to be done, in the hub's words. What is typed into a shell has backticks around it there. */
export function Remedy({ children }: { readonly children: string | undefined }) {
  return (children ?? '').split('`').map((part, n) => (n % 2 === 0 ? part : <code key={n}>{part}</code>));
}
