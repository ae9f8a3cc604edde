// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { accessSync, constants, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { doctorTexts, fill } from '../texts';
import { failed, type Finding } from './finding';

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
  if (!may(path, constants.W_OK | constants.X_OK)) return finding('failure', texts.closed, texts.closedRemedy);
  if ((mode & 0o077) !== 0) return finding('warning', texts.open, texts.openRemedy);
  return finding('ok', texts.fine);
}

/** One secret in each file: only who runs the plugin hosts may read them. */
export function checkSecrets(path: string): Finding {
  const { name, ...texts } = doctorTexts.secrets;
  if (modeOf(path) === null) return { name, verdict: 'ok', says: fill(texts.absent, { path }) };
  const files = filesIn(path);
  const all = [path, ...(files ?? [])];
  const closed = files === null ? [path] : files.filter((file) => !may(file, constants.R_OK));
  if (closed.length > 0)
    return failed(name, { says: fill(texts.closed, { list: closed.join('、') }), remedy: texts.closedRemedy });
  const open = all.filter((each) => ((modeOf(each) ?? 0) & 0o077) !== 0);
  if (open.length > 0)
    return failed(name, { says: fill(texts.open, { list: open.join('、') }), remedy: texts.openRemedy });
  return { name, verdict: 'ok', says: fill(texts.fine, { path, count: all.length - 1 }) };
}

/** What a plugin host has written where; who could change it could make it write twice, or not at all. */
export function checkStateDirectory(path: string): Finding {
  const { name, ...texts } = doctorTexts.stateDir;
  const mode = modeOf(path);
  if (mode === null) return { name, verdict: 'ok', says: fill(texts.absent, { path }) };
  if (!may(path, constants.W_OK | constants.X_OK))
    return failed(name, { says: fill(texts.closed, { path }), remedy: texts.closedRemedy });
  if ((mode & 0o022) !== 0)
    return { name, verdict: 'warning', says: fill(texts.open, { path }), remedy: fill(texts.openRemedy, { path }) };
  return { name, verdict: 'ok', says: fill(texts.fine, { path }) };
}

/** A day of a busy municipality's journals, results and logs takes some hundred MiB. */
const leastFree = { warning: 1024 ** 3, failure: 200 * 1024 ** 2 };

/** Of what this machine writes itself; PostgreSQL and RabbitMQ may write elsewhere. The fullest disk is told. */
export function checkDisk(paths: readonly string[], least: Readonly<typeof leastFree> = leastFree): Finding {
  const { name, ...texts } = doctorTexts.disk;
  const places = paths.map((path) => nearest(path)).map((path) => ({ path, free: freeAt(path) }));
  const { path, free } = places.reduce((fullest, place) => (place.free < fullest.free ? place : fullest));
  const blanks = { path, free: sizeOf(free), least: sizeOf(least.warning) };
  if (free >= least.warning) return { name, verdict: 'ok', says: fill(texts.fine, blanks) };
  const verdict = free < least.failure ? 'failure' : 'warning';
  return { name, verdict, says: fill(texts.low, blanks), remedy: fill(texts.lowRemedy, blanks) };
}

function freeAt(path: string): number {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
}

/** A folder that is not there yet will be on the disk of the folder it will be in. */
function nearest(path: string): string {
  return modeOf(path) !== null || dirname(path) === path ? path : nearest(dirname(path));
}

const sizeOf = (bytes: number) =>
  bytes < 1024 ** 3 ? `${Math.floor(bytes / 1024 ** 2)} MiB` : `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** Null where the folder itself is closed. */
function filesIn(path: string): string[] | null {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(path, name));
  } catch {
    return null;
  }
}

export function modeOf(path: string): number | null {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return null;
  }
}

function may(path: string, what: number): boolean {
  try {
    accessSync(path, what);
    return true;
  } catch {
    return false;
  }
}
