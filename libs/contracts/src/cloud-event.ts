// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, line, moment } from '@tsunagi/domain';
import { z } from 'zod';

/** Who speaks: the hub, or one plugin. It must match the broker account that published the message. */
export const source = z
  .string()
  .regex(/^\/(hub|plugins\/[a-z][a-z0-9-]{0,30})$/)
  .describe('送り主。ハブは /hub、プラグインは /plugins/<名前>。');

/**
 * CloudEvents 1.0, structured JSON. `subject` is a referral, `correlationid` its journey, `causationid` the message
 * that led to this one.
 */
export const cloudEvent = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.strictObject({
    specversion: z.literal('1.0'),
    id: id.describe('このメッセージの id。二度届いたら同じ id です。'),
    source,
    type: z.literal(type),
    subject: id.describe('つなぎの id').optional(),
    time: moment,
    datacontenttype: z.literal('application/json'),
    correlationid: id.describe('一連のつなぎ(journey)の id').optional(),
    causationid: id.describe('このメッセージのもとになったメッセージの id').optional(),
    traceparent: line(55).describe('W3C Trace Context').optional(),
    data,
  });

export interface CloudEvent<T extends string = string, D = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: T;
  readonly subject?: string | undefined;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly correlationid?: string | undefined;
  readonly causationid?: string | undefined;
  readonly traceparent?: string | undefined;
  readonly data: D;
}

export const hubSource = '/hub';
export const pluginSource = (plugin: string) => `/plugins/${plugin}`;
/** The broker account of a plugin; one account each. */
export const pluginAccount = (plugin: string) => `plugin.${plugin}`;
export const hubAccount = 'hub';
/** The account that may speak as this source. */
export const accountOf = (eventSource: string) =>
  eventSource === hubSource ? hubAccount : `plugin.${eventSource.slice('/plugins/'.length)}`;
