// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MessagingLog } from '@tsunagi/messaging';
import type { Log, LogFields } from '@tsunagi/plugin-sdk';
import { pino, type Logger } from 'pino';

/** JSON lines with ids and codes: a log has no place for a body, a name or a value. */
export function hostLog(level: string): Log {
  return fromPino(pino({ level, base: { pid: process.pid }, redact: ['url', '*.url', 'config', '*.config'] }));
}

export function fromPino(logger: Logger): Log {
  return {
    debug: (fields, event) => logger.debug(fields, event),
    info: (fields, event) => logger.info(fields, event),
    warn: (fields, event) => logger.warn(fields, event),
    error: (fields, event) => logger.error(fields, event),
  };
}

/** Every line says whose it is. */
export function logOf(log: Log, own: LogFields): Log {
  return {
    debug: (fields, event) => log.debug({ ...own, ...fields }, event),
    info: (fields, event) => log.info({ ...own, ...fields }, event),
    warn: (fields, event) => log.warn({ ...own, ...fields }, event),
    error: (fields, event) => log.error({ ...own, ...fields }, event),
  };
}

/** The transport's lines in the same log. */
export function messagingLog(log: Log): MessagingLog {
  return ({ level, ...fields }) => log[level](fields, 'courier');
}
