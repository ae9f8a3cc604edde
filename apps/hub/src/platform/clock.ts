// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The hub's only source of time, so that tests and training can set it. */
export abstract class Clock {
  private readonly listeners: (() => void)[] = [];

  abstract now(): Date;

  /** Who waits for a time looks again when it was put forward. */
  onJump(listener: () => void): void {
    this.listeners.push(listener);
  }

  protected jumped(): void {
    for (const listener of this.listeners) listener();
  }
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
