// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode, type BadConfigError } from '@tsunagi/plugin-sdk';
import { CliError } from '../cli.error';

/** By its code: a plugin from elsewhere may bring an SDK of its own. */
export const isBadConfig = (error: unknown): error is BadConfigError =>
  errorCode(error, '') === 'BAD_CONFIG' && Array.isArray((error as Partial<BadConfigError>).issues);

/** Settings that the plugin itself does not take: where and how they are wrong, not what stands there. */
export function settingsRefused({ issues }: BadConfigError): CliError {
  return new CliError(
    'PLUGIN_CONFIG_INVALID',
    {},
    issues.map(({ pointer, code, hint }) => ({ at: pointer, code, message: hint ?? code })),
  );
}
