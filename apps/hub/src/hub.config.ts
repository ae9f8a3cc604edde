// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CourierFactory } from '@tsunagi/messaging';

/** What one hub process needs to know. Parsed from environment and file by the one who starts it. */
export interface HubConfig {
  /** Any connection string that `pg` takes. */
  readonly databaseUrl: string;
  readonly connect: CourierFactory;
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly dataDir: string;
  /** The second place of the audit's checkpoints, outside the database; by default `audit` in the data directory. */
  readonly auditDir?: string | undefined;
  /** Loads the demo municipality into an empty database and writes `demo-access.json`. */
  readonly demo: boolean;
  /** `checked`: authority rows that nobody checked count as off. `demo`: all on, and every decision says so. */
  readonly legal: 'demo' | 'checked';
  /** Path of the key file. */
  readonly keys: string;
  readonly municipalityCode: string;
  /** Whether the municipality collects 出自 (DOMAIN §6 `origin`). */
  readonly collectsOrigin: boolean;
  /** PGlite behind the socket: few connections, migrations run at start, no server-side time-outs. */
  readonly embedded: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Path of a Chromium that makes PDFs; without one, pages are printed from the reader's own browser. */
  readonly chromium?: string | undefined;
  /** Settings with which demo plugins are registered, by plugin id. */
  readonly demoPlugins?: Readonly<Record<string, Record<string, unknown>>>;
  readonly timings?: Partial<HubTimings>;
  /** For kill tests: called where the process may be ended. Nothing but a test sets it. */
  readonly failpoint?: (name: 'published') => void;
}

/** Intervals in milliseconds. Tests shorten them; nothing else changes them. */
export interface HubTimings {
  /** How often the relay looks when nothing woke it. */
  readonly poll: number;
  /** How often is looked for what time has brought about. */
  readonly sweep: number;
  /** How often is looked for lines of the audit that are to be sealed, and how far apart checkpoints are. */
  readonly seal: number;
  readonly checkpoint: number;
  /** How often is looked for what to tell whoever listens at GET /events, while somebody does. */
  readonly events: number;
  /** How often who listens is asked for anew, and hears that the line is open. */
  readonly eventsAlive: number;
  /** A lane's lease and how often it is renewed. */
  readonly lease: number;
  readonly renew: number;
  /** A host that was not heard of for so long does not hold its plugin any more. */
  readonly hostStale: number;
  /** A delivery without a receipt for so long is published again. */
  readonly receipt: number;
  /** How long somebody waits for what a host makes of a file; half of it for what it makes of settings. */
  readonly trial: number;
}

export const defaultTimings: HubTimings = {
  poll: 200,
  sweep: 5_000,
  seal: 500,
  checkpoint: 60_000,
  events: 500,
  eventsAlive: 10_000,
  lease: 10_000,
  renew: 3_000,
  hostStale: 30_000,
  receipt: 30_000,
  trial: 20_000,
};
