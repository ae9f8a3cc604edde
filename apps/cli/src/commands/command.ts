// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Settings } from '../settings/settings';
import type { ReadSettings } from '../settings/read-settings';
import type { ExitCode } from '../terminal/exit-codes';
import type { Keyboard } from '../terminal/password';
import type { Terminal } from '../terminal/terminal';

/** What every command gets. */
export interface CommandContext extends ReadSettings {
  readonly settings: Settings;
  readonly terminal: Terminal;
  readonly keyboard: Keyboard | undefined;
  /** Where paths on the command line begin. */
  readonly cwd: string;
}

export type Command<A extends unknown[] = []> = (context: CommandContext, ...args: A) => Promise<ExitCode>;
