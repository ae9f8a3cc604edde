// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Clock } from '../src/platform';

/** A clock that runs on, and that a spec puts forward. */
export class ShiftedClock extends Clock {
  private ahead = 0;

  override now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  set(to: Date): void {
    this.ahead = to.getTime() - Date.now();
  }

  forward(ms: number): void {
    this.ahead += ms;
  }
}
