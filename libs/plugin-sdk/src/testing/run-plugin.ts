// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Checkpoint, CheckFinding } from '@tsunagi/contracts';
import { mkdir } from 'node:fs/promises';
import { Journal } from '../journal/journal';
import type { Plugin } from '../plugin/define-plugin';
import { openListener, type ListenerLimits } from '../http/listener';
import { PluginRunner } from '../runner/plugin-runner';
import type { RunnerLimits } from '../runner/runner-limits';
import { silentLog, type Log } from '../surroundings/log';
import { SecretMissingError, type Secrets } from '../surroundings/secrets';
import { FakeClock } from './fake-clock';
import { HubDouble, type HubScript } from './hub-double';
import { until } from './until';

export interface RunPluginOptions extends HubScript {
  readonly config: unknown;
  /** Name → secret. @default none */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** For plugins whose journal lies with the host. */
  readonly stateFolder?: string | undefined;
  /** Goes on with the hub of an earlier run, as after a crash. @default a new one */
  readonly hub?: HubDouble | undefined;
  readonly clock?: FakeClock | undefined;
  readonly checkpoints?: readonly Checkpoint[] | undefined;
  readonly limits?: Partial<RunnerLimits> | undefined;
  readonly listenerLimits?: Partial<ListenerLimits> | undefined;
  /** Puts something in front of the journal, such as one at which the host dies. @default the journal itself */
  readonly journal?: ((journal: Journal) => Journal) | undefined;
  /** Throwing here is dying there. */
  readonly failpoint?: ((name: string) => void) | undefined;
  readonly log?: Log | undefined;
}

/** A plugin that runs against a hub in memory, through the same runtime as in a host. */
export interface PluginRun {
  readonly hub: HubDouble;
  readonly clock: FakeClock;
  readonly runner: PluginRunner;
  /** Where the legacy system calls, such as `http://127.0.0.1:40001`; empty: the plugin does not listen. */
  readonly url: string;
  /** Makes passes until the condition holds. */
  until(condition: () => unknown): Promise<void>;
  check(): Promise<readonly CheckFinding[]>;
  /** Drains, and gives everything back. */
  stop(): Promise<void>;
  /** Gives everything back as it is, as a death does: nothing is drained. */
  abandon(): Promise<void>;
}

const pollMs = 1000;

export async function runPlugin(plugin: Plugin, options: RunPluginOptions): Promise<PluginRun> {
  const clock = options.clock ?? new FakeClock();
  const hub = options.hub ?? new HubDouble(clock, options);
  const log = options.log ?? silentLog;
  const folder = plugin.journalFolder(options.config) ?? options.stateFolder;
  if (folder === undefined) throw new Error('this plugin keeps its journal with the host: give a stateFolder');
  await mkdir(folder, { recursive: true });
  const opened = await Journal.open(folder);
  const journal = options.journal?.(opened) ?? opened;
  const secrets = secretsFrom(options.secrets ?? {});
  const connected = await plugin.connect(options.config, { secrets, journal, log, clock });
  const runner = new PluginRunner({
    plugin,
    connected,
    courier: hub,
    openLane: (lane) => hub.openLane(lane),
    journal,
    clock,
    log,
    pollMs,
    checkpoints: options.checkpoints,
    limits: options.limits,
    failpoint: options.failpoint,
  });
  hub.attach((event) => runner.receive(event));
  await runner.start();
  const listener = plugin.listens
    ? await openListener({
        doorOf: (id) => (id !== plugin.id ? undefined : runner.running ? connected.door : 'closed'),
        log,
        host: '127.0.0.1',
        port: 0,
        limits: options.listenerLimits,
      })
    : undefined;
  const giveBack = async () => {
    await connected.close();
    await opened.close();
  };
  return {
    hub,
    clock,
    runner,
    url: listener ? `http://127.0.0.1:${listener.port}` : '',
    until: (condition) => until(condition, () => clock.advance(pollMs)),
    check: () => runner.check(),
    stop: async () => {
      await Promise.all([listener?.close(), runner.stop()]);
      await giveBack();
    },
    abandon: async () => {
      await listener?.close();
      await giveBack();
    },
  };
}

function secretsFrom(known: Readonly<Record<string, string>>): Secrets {
  return {
    read: ({ secretRef }) => {
      const secret = known[secretRef];
      return secret === undefined ? Promise.reject(new SecretMissingError(secretRef)) : Promise.resolve(secret);
    },
  };
}
