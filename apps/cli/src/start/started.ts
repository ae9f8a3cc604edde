// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Sandbox, WrittenFile } from '@tsunagi/sandbox';
import type { CliError } from '../cli.error';

/** The legacy systems of the demo, and what they sent first when this start wrote it. */
export interface RunningDemo {
  readonly sandbox: Sandbox;
  readonly firstFiles: readonly WrittenFile[];
  /** Consultations that ask for another department. */
  readonly firstConsultations: number | null;
  /** Events of the こども家庭センター. */
  readonly firstEvents: number | null;
}

/** A start that is complete. */
export interface Started {
  /** Absent for hosts and sandbox alone. */
  readonly baseUrl?: string | undefined;
  readonly demo?: RunningDemo | undefined;
  /** Says `/health/ready`: what was awaited beside the hub is there. */
  readonly ready: () => void;
  /** Hosts drain, then the hub, then sandbox and database. */
  close(): Promise<void>;
}

export interface StartEvents {
  /** The embedded database ended by itself and runs again. */
  readonly onRestart: () => void;
  /** Nothing can be stored any more. */
  readonly onGivenUp: (error: CliError) => void;
  /** The played caseworker stumbled; it goes on. */
  readonly onSandboxTrouble: (code: string) => void;
}
