// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable, type LoggerService } from '@nestjs/common';
import pino, { type DestinationStream, type Logger } from 'pino';
import type { HubConfig } from '../hub.config';

/** Keys under which nothing is ever logged, whatever the value looks like. */
const secretKeys =
  /name|password|secret|token|authorization|cookie|login|body|text|note|kana|address|phone|mail|birth/i;
/** Ids, codes, types and route templates; no blank, no Japanese, so no sentence and no name of a person. */
const idOrCode = /^[A-Za-z0-9_.:/{}@-]{1,120}$/;
/** Telephone numbers, insured numbers, マイナンバー: digits and hyphens only. */
const numberOfSomebody = /^(?![\d-]{8}-[\d-]{27}$)[\d-]{7,}$/;

/** Ids, codes and counts pass; everything else becomes `[redacted]`. An error shows its class and code, never its message. */
export function redacted(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, safe(key, value)]));
}

function safe(key: string, value: unknown): unknown {
  if (value instanceof Error) return { class: value.name, code: codeOf(value) };
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (secretKeys.test(key)) return '[redacted]';
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return idOrCode.test(value) && !numberOfSomebody.test(value) ? value : '[redacted]';
  if (Array.isArray(value)) return value.map((v) => safe(key, v));
  return '[redacted]';
}

export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && idOrCode.test(code) ? code : undefined;
}

/** The hub's log: a fixed sentence, and beside it ids and codes. Personal data has no way in. */
@Injectable()
export class Log {
  private readonly pino: Logger;

  constructor(level: HubConfig['logLevel'], destination?: DestinationStream) {
    const options = { level, base: null, formatters: { log: redacted } };
    this.pino = destination ? pino(options, destination) : pino(options);
  }

  info(what: string, fields: Record<string, unknown> = {}): void {
    this.pino.info(fields, what);
  }

  warn(what: string, fields: Record<string, unknown> = {}): void {
    this.pino.warn(fields, what);
  }

  debug(what: string, fields: Record<string, unknown> = {}): void {
    this.pino.debug(fields, what);
  }

  /** Something failed that nobody waits for: class and code only. */
  failure(what: string, error: unknown, fields: Record<string, unknown> = {}): void {
    this.pino.error(
      { ...fields, class: error instanceof Error ? error.name : typeof error, code: codeOf(error) },
      what,
    );
  }
}

/** Nest's own lines. Its warnings and errors may quote a message, so only their place is kept. */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(_message: unknown, ...rest: unknown[]): void {
    this.to.debug('nest', { context: rest.at(-1) });
  }

  error(_message: unknown, ...rest: unknown[]): void {
    this.to.warn('nest.error', { context: rest.at(-1) });
  }

  warn(_message: unknown, ...rest: unknown[]): void {
    this.to.warn('nest.warn', { context: rest.at(-1) });
  }

  fatal(_message: unknown, ...rest: unknown[]): void {
    this.to.warn('nest.fatal', { context: rest.at(-1) });
  }
}
