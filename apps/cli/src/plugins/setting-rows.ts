// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** One setting as people look at it. */
export interface SettingRow {
  readonly name: string;
  /** As JSON; `-` when it is neither set nor has a default. */
  readonly value: string;
  readonly origin: 'set' | 'default' | 'missing';
  readonly says: string;
}

/** As much of a JSON Schema as a table shows. */
const shown = z.looseObject({
  properties: z
    .record(z.string(), z.looseObject({ description: z.string().optional(), default: z.json().optional() }))
    .optional(),
});

/** Every setting that the plugin knows, in its own order, and what is set beside them. */
export function settingRows(
  schema: Readonly<Record<string, unknown>>,
  config: Readonly<Record<string, unknown>>,
): SettingRow[] {
  const { properties = {} } = shown.safeParse(schema).data ?? {};
  const others = Object.keys(config).filter((name) => !Object.hasOwn(properties, name));
  return [...Object.keys(properties), ...others].map((name) => {
    const about = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const says = about?.description ?? '';
    if (Object.hasOwn(config, name)) return { name, value: JSON.stringify(config[name]), origin: 'set', says };
    if (about?.default === undefined) return { name, value: '-', origin: 'missing', says };
    return { name, value: `(${JSON.stringify(about.default)})`, origin: 'default', says };
  });
}
