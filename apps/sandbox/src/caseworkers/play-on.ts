// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * Takes step after step until stopped.
 * @param onTrouble a step failed; the next one is tried all the same.
 */
export function playOn(
  step: () => Promise<unknown>,
  everyMs: number,
  onTrouble: (error: unknown) => void,
): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const playAndGoOn = async () => {
    await step().catch(onTrouble);
    if (!stopped) next();
  };
  const next = () => {
    timer = setTimeout(() => {
      running = playAndGoOn();
    }, everyMs);
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
