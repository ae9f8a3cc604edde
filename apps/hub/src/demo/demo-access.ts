// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Role } from '@tsunagi/domain';
import { z } from 'zod';
import { makeFolderOf } from '../platform';

/** `demo-access.json`: where the demo hub is and how to get in. Readable by its owner only; never printed. */
const demoAccess = z.strictObject({
  baseUrl: z.string(),
  databaseUrl: z.string(),
  staff: z.array(z.strictObject({ role: Role, name: z.string(), password: z.string(), functions: z.array(z.uuid()) })),
  clients: z.array(
    z.strictObject({ id: z.string(), secret: z.string(), plugin: z.string().optional(), functions: z.array(z.uuid()) }),
  ),
});
export type DemoAccess = z.infer<typeof demoAccess>;

const pathIn = (dataDir: string) => join(dataDir, 'demo-access.json');

export function writeDemoAccess(dataDir: string, access: DemoAccess): void {
  const path = pathIn(dataDir);
  makeFolderOf(path);
  const draft = `${path}.${process.pid}.tmp`;
  // A draft left by a crash may have another mode.
  writeFileSync(draft, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600, flag: 'w' });
  renameSync(draft, path);
}

/** The port may differ from start to start; the secrets stay. @returns false when there is no such file. */
export function moveDemoAccess(dataDir: string, where: Pick<DemoAccess, 'baseUrl' | 'databaseUrl'>): boolean {
  if (!existsSync(pathIn(dataDir))) return false;
  const access = demoAccess.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')));
  writeDemoAccess(dataDir, { ...access, ...where });
  return true;
}
