// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { checkBroker } from '../doctor/check-broker';
import { checkDatabase } from '../doctor/check-database';
import { checkHub } from '../doctor/check-hub';
import { checkDataDirectory, checkKeys, checkNode, checkUnknownSettings } from '../doctor/check-machine';
import { failed, type Finding } from '../doctor/finding';
import { readDemoAccess } from '../http/access';
import { hubAddress } from '../http/hub-address';
import { shownSettings } from '../settings/redact';
import { settingNames } from '../settings/settings.schema';
import type { Settings } from '../settings/settings';
import { exitCodes, worst } from '../terminal/exit-codes';
import { show, table } from '../terminal/terminal';
import { doctorTexts, errorTexts, fill, originNames } from '../texts';
import type { Command, CommandContext } from './command';

/** Looks at everything a start needs, and at every setting with where it comes from. */
export const doctor: Command = async (context) => {
  const { settings, terminal, unknown } = context;
  const findings: Finding[] = [
    checkNode(process.version),
    checkUnknownSettings(unknown),
    ...checkUrls(settings),
    checkDataDirectory(settings.dataDir),
    checkKeys(settings),
    ...(await Promise.all([checkDatabase(settings), checkBroker(settings.amqpUrl), checkHub(hubUrl(context))])),
  ];
  const values = valuesOf(context);
  show(terminal, { findings, settings: values }, () => [
    ...findings.flatMap(findingLines),
    '',
    ...table(values.map(({ name, value, origin }) => [name, originNames[origin], value])),
  ]);
  return worst(findings.map(({ verdict }) => exitCodes[verdict]));
};

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
