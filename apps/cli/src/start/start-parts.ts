// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CourierFactory } from '@tsunagi/messaging';
import type { RunningHub } from '@tsunagi/hub';
import type { PluginHost, PluginHostConfig } from '@tsunagi/plugin-host';
import { startSandbox, type Sandbox } from '@tsunagi/sandbox';
import { CliError } from '../cli.error';
import type { Settings } from '../settings/settings';
import { konkyuSecret, kosodateSecrets } from './demo-plugins';
import { hubConfig } from './hub-config';
import type { Opened } from './opened';
import { readSecret, writeSecret } from './secret-files';
import type { RunningDemo } from './started';

/** The played caseworkers look at what arrived this often: quick enough to watch, slow enough to follow. */
const playEveryMs = 2_000;

/** Loaded when needed: other commands should not wait for the whole framework. */
const loadHub = () => import('@tsunagi/hub');
const loadHost = () => import('@tsunagi/plugin-host');
/** While the database starts, its framework can be read from the disk. */
export const warmUp = () => Promise.all([loadHub(), loadHost()]);

export interface OpenedSandbox {
  readonly sandbox: Sandbox;
  /** Where its 子育て system listens. */
  readonly callbackUrl: string;
}

/** The legacy systems of the demo and what their plugins need to reach them. @throws CliError SANDBOX_PORT_TAKEN */
export async function openSandbox(opened: Opened, settings: Settings, databaseUrl: string): Promise<OpenedSandbox> {
  const sandbox = await startSandbox({ dataDir: settings.dataDir, databaseUrl });
  opened.add(() => sandbox.close());
  const known = readSecret(settings.secretsDir, konkyuSecret);
  writeSecret(settings.secretsDir, konkyuSecret, await sandbox.openPluginAccount(known));
  const { callbackUrl, signatureSecret, callbackSecret } = await sandbox.listen().catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new CliError('SANDBOX_PORT_TAKEN', { port: String((error as { port?: number }).port) });
  });
  writeSecret(settings.secretsDir, kosodateSecrets.signature, signatureSecret);
  writeSecret(settings.secretsDir, kosodateSecrets.callback, callbackSecret);
  return { sandbox, callbackUrl };
}

/**
 * Once everything stands that the first records shall pass through: a start that fails before leaves none behind.
 * @param hubUrl where the door of the 子育て plugin is
 */
export async function playDemo(
  sandbox: Sandbox,
  hubUrl: string,
  onTrouble: (code: string) => void,
): Promise<RunningDemo> {
  sandbox.reach(hubUrl);
  const firstFiles = await sandbox.writeFirstFiles();
  const firstConsultations = await sandbox.writeFirstConsultations();
  const firstEvents = sandbox.planFirstEvents();
  sandbox.play(playEveryMs, onTrouble);
  return { sandbox, firstFiles, firstConsultations, firstEvents };
}

export interface HubServices {
  readonly databaseUrl: string;
  readonly connect: CourierFactory;
  readonly embedded: boolean;
  readonly callbackUrl?: string | undefined;
}

/** `/health/ready` waits for the caller's `ready()`. @throws CliError PORT_TAKEN */
export async function openHub(
  opened: Opened,
  settings: Settings,
  services: HubServices,
): Promise<Pick<RunningHub, 'baseUrl' | 'serve'> & { ready: () => void }> {
  const { start } = await loadHub();
  try {
    const hub = await start(hubConfig(settings, services), { awaits: ['start'] });
    opened.add(() => hub.close());
    return { baseUrl: hub.baseUrl, serve: (...what) => hub.serve(...what), ready: () => hub.ready('start') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new CliError('PORT_TAKEN', { port: String(settings.port) });
    }
    throw error;
  }
}

/** @throws CliError PLUGIN_REFUSED when none of the plugins can run, HOST_PORT_TAKEN when one listens and cannot */
export async function openPlugins(
  opened: Opened,
  settings: Settings,
  connect: PluginHostConfig['connect'],
  { hostName, listen }: Pick<PluginHostConfig, 'hostName' | 'listen'>,
): Promise<PluginHost> {
  const { hostLog, start } = await loadHost();
  const host = await start({
    plugins: settings.plugins,
    secretsDir: settings.secretsDir,
    stateDir: settings.stateDir,
    hostName,
    connect,
    listen,
    log: hostLog(settings.logLevel),
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new CliError('HOST_PORT_TAKEN', { port: String(settings.hostPort) });
  });
  opened.add(() => host.close());
  if (host.refused.length === settings.plugins.length) {
    const list = host.refused.map(({ sentence, hint }) => `  ${sentence}${hint}`).join('\n');
    throw new CliError('PLUGIN_REFUSED', { list });
  }
  return host;
}
