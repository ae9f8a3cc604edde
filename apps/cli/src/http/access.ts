// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli.error';
import type { ReadSettings } from '../settings/read-settings';
import { hubAddress } from './hub-address';

/** `demo-access.json` as the hub writes it. */
const demoAccess = z.strictObject({
  baseUrl: z.url(),
  databaseUrl: z.string(),
  staff: z.array(
    z.strictObject({ role: z.string(), name: z.string(), password: z.string(), functions: z.array(z.string()) }),
  ),
  clients: z.array(
    z.strictObject({
      id: z.string(),
      secret: z.string(),
      plugin: z.string().optional(),
      functions: z.array(z.string()),
    }),
  ),
});
export type DemoAccess = z.infer<typeof demoAccess>;

export interface ClientAccess {
  readonly id: string;
  readonly secret: string;
}

export const demoAccessPath = (dataDir: string) => join(dataDir, 'demo-access.json');

/** Null where no demo was loaded. @throws CliError ACCESS_UNREADABLE */
export function readDemoAccess(dataDir: string): DemoAccess | null {
  const path = demoAccessPath(dataDir);
  if (!existsSync(path)) return null;
  try {
    return demoAccess.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new CliError('ACCESS_UNREADABLE', { path });
  }
}

/** Where a person signs in: as for programs, and no ID is needed. */
export function findHub({ settings, origins }: ReadSettings): string {
  const demo = settings.client ? null : readDemoAccess(settings.dataDir);
  return hubAddress({ settings, origins }, demo?.baseUrl);
}

/** Where the hub is, and as whom commands may ask it; the client for IT comes first. @throws CliError ACCESS_MISSING */
export function findAccess({ settings, origins }: ReadSettings): {
  baseUrl: string;
  clients: readonly ClientAccess[];
} {
  // Who brings an ID of one's own does not take its secret to where a demo's file points.
  if (settings.client) return { baseUrl: hubAddress({ settings, origins }), clients: [settings.client] };
  const demo = readDemoAccess(settings.dataDir);
  if (!demo) throw new CliError('ACCESS_MISSING', { path: demoAccessPath(settings.dataDir) });
  const clients = [...demo.clients].sort((a, b) => a.functions.length - b.functions.length);
  return { baseUrl: hubAddress({ settings, origins }, demo.baseUrl), clients };
}
