// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Plugin } from '@tsunagi/plugin-sdk';
import type { PluginHello } from '@tsunagi/plugin-sdk/host';
import { z } from 'zod';

const jsonSchema = z.record(z.string(), z.json());

/** The settings of a plugin as JSON Schema, for the hub's forms; undefined when they cannot be shown as one. */
export function configSchemaOf(plugin: Plugin): PluginHello['configSchema'] | undefined {
  try {
    return jsonSchema.parse(z.toJSONSchema(plugin.config, { io: 'input' }));
  } catch {
    return undefined;
  }
}
