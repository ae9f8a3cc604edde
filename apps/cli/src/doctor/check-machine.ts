// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { accessSync, constants, statSync } from 'node:fs';
import type { Settings } from '../settings/settings';
import { doctorTexts, fill } from '../texts';
import type { Finding } from './finding';

/** The oldest one that `engines` allows. */
const oldestNode = [20, 19] as const;

export function checkNode(version: string): Finding {
  const { name, old } = doctorTexts.node;
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [leastMajor, leastMinor] = oldestNode;
  const isNewEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return isNewEnough
    ? { name, verdict: 'ok', says: version }
    : { name, verdict: 'failure', says: version, remedy: old };
}

export function checkUnknownSettings(unknown: readonly string[]): Finding {
  const { name, unknown: says, unknownRemedy: remedy } = doctorTexts.config;
  if (unknown.length === 0) return { name, verdict: 'ok', says: doctorTexts.ok };
  return { name, verdict: 'warning', says: fill(says, { list: unknown.join('、') }), remedy };
}

export function checkDataDirectory(path: string): Finding {
  const texts = doctorTexts.dataDir;
  const finding = (verdict: Finding['verdict'], says: string, remedy?: string): Finding => ({
    name: texts.name,
    verdict,
    says: fill(says, { path }),
    ...(remedy !== undefined && { remedy: fill(remedy, { path }) }),
  });
  const mode = modeOf(path);
  if (mode === null) return finding('ok', texts.absent);
  if (!isWritable(path)) return finding('failure', texts.closed, texts.closedRemedy);
  if ((mode & 0o077) !== 0) return finding('warning', texts.open, texts.openRemedy);
  return finding('ok', texts.fine);
}

/** The first start on an empty database makes the key file; whether this one is empty, only the hub knows. */
export function checkKeys({
  keys: path,
  databaseUrl,
  amqpUrl,
}: Pick<Settings, 'keys' | 'databaseUrl' | 'amqpUrl'>): Finding {
  const { name, ...texts } = doctorTexts.keys;
  if (databaseUrl === undefined && amqpUrl !== undefined) return { name, verdict: 'ok', says: texts.hostOnly };
  const mode = modeOf(path);
  if (mode === null) {
    if (databaseUrl === undefined) return { name, verdict: 'ok', says: texts.absentEmbedded };
    return { name, verdict: 'warning', says: fill(texts.absent, { path }), remedy: texts.absentRemedy };
  }
  if ((mode & 0o077) === 0) return { name, verdict: 'ok', says: fill(texts.fine, { path }) };
  return { name, verdict: 'failure', says: fill(texts.open, { path }), remedy: fill(texts.openRemedy, { path }) };
}

function modeOf(path: string): number | null {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return null;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
