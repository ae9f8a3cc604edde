// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startWorker, stopWorker } from './worker-process';

const packageRoot = join(__dirname, '../..');

/** An empty cluster, made by the build; copying it takes a fraction of a second. */
export const clusterTemplate = join(packageRoot, 'dist', `embedded-template-${pgliteVersion()}`);

/** Makes the template where there is none; `npm start` then does not have to wait for it. */
export async function prepareClusterTemplate(): Promise<void> {
  if (!existsSync(clusterTemplate)) await makeCluster(clusterTemplate);
}

/** The cluster in `directory`, from the template if that was built. Complete or not there at all. */
export async function ensureCluster(directory: string): Promise<void> {
  if (existsSync(directory)) return;
  if (!existsSync(clusterTemplate)) return makeCluster(directory);
  const draft = freshDraft(directory);
  cpSync(clusterTemplate, draft, { recursive: true });
  renameSync(draft, directory);
}

async function makeCluster(directory: string): Promise<void> {
  const draft = freshDraft(directory);
  await stopWorker(await startWorker({ kind: 'make', dataDirectory: draft }));
  renameSync(draft, directory);
}

/** A start that was cut off may have left half of one. */
function freshDraft(directory: string): string {
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  return draft;
}

/** Pinned exactly, and the place where the pin is. */
function pgliteVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    dependencies: Record<'@electric-sql/pglite', string>;
  };
  return manifest.dependencies['@electric-sql/pglite'];
}
