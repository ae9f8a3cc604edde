// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubSettingNames, hubSettings, ownSettings } from '@tsunagi/contracts';
import { z } from 'zod';
import { SecretInSettingsError, SettingsUncheckableError } from './plugin.errors';
import { InvalidInputError } from '../platform';

const { properties: hubProperties } = z.toJSONSchema(hubSettings, { io: 'input' });

/** The schema of a plugin's settings with the hub's own part, as people fill them in. */
export function withHubSettings(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...schema, properties: { ...(schema['properties'] as object | undefined), ...hubProperties } };
}

/** `scheme://user:password@…`: nobody writes that but for a password. */
const urlWithPassword = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i;

/**
 * Settings against the schema that the plugin's host said hello with, but for the part that is the hub's own. What JSON Schema cannot say, the host finds when it
 * is given them. Whatever is wrong is named by its place, never by its value: it may be a mistyped secret.
 * @throws InvalidInputError, SecretInSettingsError or SettingsUncheckableError
 */
export function judgeSettings(schema: Readonly<Record<string, unknown>>, settings: Record<string, unknown>): void {
  const judged = [
    readable(schema).safeParse(ownSettings(settings)),
    hubSettings.safeParse(Object.fromEntries(hubSettingNames.map((name) => [name, settings[name]]))),
  ];
  const issues = judged.flatMap(({ error }) => error?.issues ?? []);
  if (issues.length > 0) throw new InvalidInputError(issues, settings);
  const pointer = placeOfSecret(settings, '');
  if (pointer !== undefined) throw new SecretInSettingsError(pointer);
}

function readable(schema: Readonly<Record<string, unknown>>): z.ZodType {
  try {
    // A registry of its own: the global one would keep every schema for ever.
    return z.fromJSONSchema(withoutClasses(schema) as typeof schema, { registry: z.registry() });
  } catch {
    throw new SettingsUncheckableError();
  }
}

/**
 * Patterns are read without the flag that classes of characters (`\p{…}`) need, and would refuse every text: those are left
 * to the host. Length and everything else still hold.
 */
function withoutClasses(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(withoutClasses);
  const kept = Object.entries(schema).filter(
    ([key, value]) => !(key === 'pattern' && typeof value === 'string' && value.includes('\\p{')),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutClasses(value)]));
}

function placeOfSecret(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return urlWithPassword.test(value) ? pointer : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = placeOfSecret(inner, `${pointer}/${/^[A-Za-z0-9_-]{1,40}$/.test(key) ? key : '*'}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
