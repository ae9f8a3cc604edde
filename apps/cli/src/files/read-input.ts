// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli.error';

/** The same as a plugin's folder takes. */
const maxBytes = 64 * 1024 * 1024;

/** A file that somebody named on the command line. @throws CliError FILE_UNREADABLE or FILE_TOO_LARGE */
export function readInputFile(cwd: string, path: string): Buffer {
  const place = resolve(cwd, path);
  try {
    if (statSync(place).size <= maxBytes) return readFileSync(place);
  } catch (error) {
    throw new CliError('FILE_UNREADABLE', { path, code: errorCode(error, 'UNKNOWN') });
  }
  throw new CliError('FILE_TOO_LARGE', { path, limit: '64 MiB' });
}

const jsonObject = z.record(z.string(), z.json());

/** @throws CliError FILE_UNREADABLE, FILE_TOO_LARGE or FILE_NOT_JSON */
export function readJsonFile(cwd: string, path: string): z.infer<typeof jsonObject> {
  const bytes = readInputFile(cwd, path);
  try {
    return jsonObject.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    // The parser's own words quote the file.
    throw new CliError('FILE_NOT_JSON', { path });
  }
}
