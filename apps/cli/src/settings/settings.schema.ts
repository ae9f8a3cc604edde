// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/*
 * Everything of the configuration that stands in environment and tsunagi.config.json, under the same names in both. The
 * environment knows text only, so numbers and lists have a text form as well; nothing else is converted.
 */

const port = z.union([
  z.int().min(0).max(65_535),
  z
    .string()
    .regex(/^[0-9]{1,5}$/)
    .transform(Number)
    .pipe(z.int().max(65_535)),
]);
const pluginId = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);
const pluginIds = z.union([
  z.array(pluginId).min(1),
  z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(pluginId).min(1)),
]);
const path = z.string().min(1).max(4096);

export const settingsSchema = z.strictObject({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/[^\s]+$/)
    .optional(),
  AMQP_URL: z
    .string()
    .regex(/^amqps?:\/\/[^\s]+$/)
    .optional(),
  TSUNAGI_HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:_-]+$/)
    .optional(),
  TSUNAGI_PORT: port.optional(),
  TSUNAGI_DATA_DIR: path.optional(),
  TSUNAGI_AUDIT_DIR: path.optional(),
  TSUNAGI_MUNICIPALITY_CODE: z
    .string()
    .regex(/^[0-9]{6}$/)
    .optional(),
  TSUNAGI_KEYS: path.optional(),
  TSUNAGI_OIDC_ISSUER: z.url({ protocol: /^https$/ }).optional(),
  TSUNAGI_PLUGINS: pluginIds.optional(),
  TSUNAGI_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
  TSUNAGI_DEMO: z.enum(['on', 'off']).optional(),
  TSUNAGI_SECRETS_DIR: path.optional(),
  TSUNAGI_STATE_DIR: path.optional(),
  TSUNAGI_HOST_PORT: port.optional(),
  TSUNAGI_HOST_NAME: z
    .string()
    .regex(/^[0-9A-Za-z_-]{1,28}$/)
    .optional(),
  TSUNAGI_CHROMIUM: path.optional(),
  TSUNAGI_LEGAL: z.enum(['checked', 'demo']).optional(),
  TSUNAGI_ORIGIN: z.enum(['on', 'off']).optional(),
  TSUNAGI_CLIENT_ID: z.string().min(1).max(100).optional(),
  TSUNAGI_CLIENT_SECRET: z.string().min(1).max(200).optional(),
});

export type SettingName = keyof z.infer<typeof settingsSchema>;
export type GivenSettings = z.infer<typeof settingsSchema>;
export const settingNames = settingsSchema.keyof().options;
