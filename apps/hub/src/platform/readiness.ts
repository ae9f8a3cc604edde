// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';

/** Says when the start is complete. Whoever composes the process may wait for more parts (`set('plugins')`). */
@Injectable()
export class Readiness {
  private readonly awaited = new Set<string>(['hub']);

  /** `/health/ready` stays 503 until this part is set, too. */
  expect(part: string): void {
    this.awaited.add(part);
  }

  set(part = 'hub'): void {
    this.awaited.delete(part);
  }

  /** Parts still missing. */
  get missing(): string[] {
    return [...this.awaited];
  }
}
