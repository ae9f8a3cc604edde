// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PluginHostView } from '@tsunagi/contracts';
import { checkAudit } from '../doctor/check-audit';
import { checkBroker } from '../doctor/check-broker';
import { checkDatabase } from '../doctor/check-database';
import { type ClockReading, clockOfDatabase, clockOfHost, clockOfHub, judgeClocks } from '../doctor/check-clocks';
import { checkHub } from '../doctor/check-hub';
import { checkKeys } from '../doctor/check-keys';
import {
  checkDataDirectory,
  checkDisk,
  checkNode,
  checkSecrets,
  checkStateDirectory,
  checkUnknownSettings,
} from '../doctor/check-machine';
import { checkPlugins } from '../doctor/check-plugins';
import { failed, type Finding } from '../doctor/finding';
import { readDemoAccess } from '../http/access';
import { hubAddress } from '../http/hub-address';
import { readiness } from '../http/hub-client';
import { shownSettings } from '../settings/redact';
import { settingNames } from '../settings/settings.schema';
import type { Settings } from '../settings/settings';
import { exitCodes, worst } from '../terminal/exit-codes';
import { show, table } from '../terminal/terminal';
import { doctorTexts, errorTexts, fill, originNames } from '../texts';
import type { Command, CommandContext } from './command';

/**
 * Looks at everything a start needs and at what runs, and at every setting with where it comes from. Makes and changes
 * nothing, but for the line of the audit that a plugin's check leaves.
 */
export const doctor: Command = async (context) => {
  const { settings, terminal, unknown } = context;
  const { checkpointFile, lastSealIn, loadKeys, migrationNames } = await import('@tsunagi/hub');
  const url = hubUrl(context);
  const state = await readiness(url);
  const hubIsThere = state !== 'away';
  const { findings: plugins, hosts } = await checkPlugins(context, hubIsThere);
  const findings: Finding[] = [
    checkNode(process.version),
    checkUnknownSettings(unknown),
    ...checkUrls(settings),
    checkDataDirectory(settings.dataDir),
    checkSecrets(settings.secretsDir),
    checkStateDirectory(settings.stateDir),
    checkDisk([settings.dataDir, settings.stateDir, settings.auditDir]),
    await checkKeys(settings, (path) => loadKeys(path, false)),
    await checkDatabase(settings, migrationNames),
    await checkAudit(settings, { path: checkpointFile(settings.auditDir), lastSeal: lastSealIn }),
    await checkBroker(settings),
    judgeClocks(await clocksAround(settings, hubIsThere ? url : undefined, hosts)),
    checkHub(url, state),
    ...plugins,
  ];
  const values = valuesOf(context);
  show(terminal, { findings, settings: values }, () => [
    ...findings.flatMap(findingLines),
    '',
    ...table(values.map(({ name, value, origin }) => [name, originNames[origin], value])),
  ]);
  return worst(findings.map(({ verdict }) => exitCodes[verdict]));
};

async function clocksAround(
  { databaseUrl }: Settings,
  url: string | undefined,
  hosts: readonly PluginHostView[],
): Promise<ClockReading[]> {
  const database = databaseUrl === undefined ? undefined : await clockOfDatabase(databaseUrl);
  const hub = url === undefined ? undefined : await clockOfHub(url);
  const ofHosts = hosts.flatMap(({ id, clockAheadMs }) =>
    clockAheadMs === undefined ? [] : [clockOfHost(id, clockAheadMs, hub)],
  );
  return [...(hub ? [hub] : []), ...(database ? [database] : []), ...ofHosts];
}

function valuesOf({ settings, origins }: CommandContext) {
  const shown = shownSettings(settings);
  return settingNames.map((name) => ({ name, origin: origins[name], value: shown[name] }));
}

/** The hub needs both; AMQP_URL alone is right for a plugin host. */
function checkUrls({ databaseUrl, amqpUrl }: Settings): Finding[] {
  if (databaseUrl === undefined || amqpUrl !== undefined) return [];
  const blanks = { given: 'DATABASE_URL', missing: 'AMQP_URL' };
  const { says, remedy } = errorTexts.ONE_URL_ONLY;
  return [failed(doctorTexts.config.name, { says: fill(says, blanks), remedy: fill(remedy, blanks) })];
}

function hubUrl({ settings, origins }: CommandContext): string {
  const demo = settings.client ? null : readDemoAccess(settings.dataDir);
  return hubAddress({ settings, origins }, demo?.baseUrl);
}

const marks = { ok: '○', warning: '△', failure: '×' } as const;

function findingLines({ name, verdict, says, remedy }: Finding): string[] {
  return [`${marks[verdict]} ${name}　${says}`, ...(remedy === undefined ? [] : [`    ${remedy}`])];
}
