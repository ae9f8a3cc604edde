// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Journal, type ConnectedPlugin, type Log, type Plugin, type Secrets, type Clock } from '@tsunagi/plugin-sdk';
import {
  PluginRunner,
  type Checkpoint,
  type CourierPort,
  type Door,
  type Lane,
  type LaneName,
  type RunnerLimits,
} from '@tsunagi/plugin-sdk/host';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What a plugin runs with in this host. */
export interface HostSurroundings {
  readonly secrets: Secrets;
  /** Journals of plugins without a folder of their own lie in `<stateDir>/<plugin>`. */
  readonly stateDir: string;
  readonly courier: CourierPort;
  readonly openLane: (lane: LaneName) => Promise<Lane>;
  readonly clock: Clock;
  readonly log: Log;
  readonly pollMs?: number | undefined;
  readonly limits?: Partial<RunnerLimits> | undefined;
  readonly failpoint?: ((name: string) => void) | undefined;
}

/** A plugin connected to its legacy system with one version of its settings. */
export class PluginAtWork {
  private constructor(
    readonly runner: PluginRunner,
    private readonly connected: ConnectedPlugin,
    private readonly journal: Journal,
  ) {}

  /** @throws BadConfigError, or whatever keeps the plugin from its legacy system */
  static async connect(
    plugin: Plugin,
    config: unknown,
    checkpoints: readonly Checkpoint[],
    host: HostSurroundings,
  ): Promise<PluginAtWork> {
    const journal = await Journal.open(await journalFolder(plugin, config, host.stateDir));
    try {
      const { secrets, log, clock } = host;
      const connected = await plugin.connect(config, { secrets, journal, log, clock });
      return new PluginAtWork(
        new PluginRunner({ ...host, plugin, connected, journal, checkpoints }),
        connected,
        journal,
      );
    } catch (error) {
      await journal.close();
      throw error;
    }
  }

  /** Where the legacy system calls; `closed` while the plugin is switched off. */
  get door(): Door | 'closed' | undefined {
    return this.runner.running ? this.connected.door : 'closed';
  }

  /** Drains, and gives the legacy system back. */
  async close(): Promise<void> {
    await this.runner.stop();
    try {
      await this.connected.close();
    } finally {
      await this.journal.close();
    }
  }
}

async function journalFolder(plugin: Plugin, config: unknown, stateDir: string): Promise<string> {
  const own = plugin.journalFolder(config);
  if (own !== undefined) return own;
  const folder = join(stateDir, plugin.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}
