// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Resolves at the first Ctrl+C or SIGTERM, or when the start cannot go on. Later signals do not cut the closing short. */
export function untilToldToStop(): { readonly told: Promise<void>; stop(): void } {
  let stop!: () => void;
  const told = new Promise<void>((resolve) => (stop = resolve));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop());
  return { told, stop };
}
