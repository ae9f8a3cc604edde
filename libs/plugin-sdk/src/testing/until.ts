// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Waits for a condition; what happens in between is up to `meanwhile`. Fails after five seconds of real time, or so many. */
export async function until(
  condition: () => unknown,
  meanwhile: () => void = () => undefined,
  patienceMs = 5000,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`never came true: ${condition.toString()}`);
    meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
