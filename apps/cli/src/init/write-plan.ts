// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError } from '../cli.error';
import { site, type InitPlan } from './init-plan';

/** Who the containers run as, where root makes the files for them. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Others may pass through, whatever the umask says. */
const passable = 0o755;

/** Nothing is ever overwritten: what is there may be in use. @throws CliError INIT_DONE */
export function refuseWhatIsThere(dir: string, { files, keys }: InitPlan): void {
  const there = [...files.map(({ path }) => path), keys].filter((path) => existsSync(join(dir, path)));
  if (there.length > 0) throw new CliError('INIT_DONE', { dir, list: there.join('、') });
}

/** @throws CliError INIT_UNWRITABLE */
export function writePlan(
  dir: string,
  { files, folders, keys }: InitPlan,
  writeKeys: (path: string) => void,
  owner: Owner | undefined,
): void {
  try {
    mkdirSync(join(dir, site), { recursive: true });
    chmodSync(join(dir, site), passable);
    for (const folder of folders) makeFolder(dir, folder, owner);
    writeKeys(join(dir, keys));
    if (owner) chownSync(join(dir, keys), owner.uid, owner.gid);
    for (const { path, mode, content } of files) {
      writeFileSync(join(dir, path), content, { mode, flag: 'wx' });
      // Whatever the umask took away: a container that cannot read its definitions does not start.
      chmodSync(join(dir, path), mode);
      // What lies in a folder of a container's is that container's to read.
      if (owner && folders.includes(dirname(path))) chownSync(join(dir, path), owner.uid, owner.gid);
    }
  } catch (error) {
    throw new CliError('INIT_UNWRITABLE', { dir, code: errorCode(error, 'UNKNOWN') });
  }
}

/** `site/secrets` may be passed through, because each plugin has a user of its own; `site/secrets/kaigo` is for that one. */
function makeFolder(dir: string, folder: string, owner: Owner | undefined): void {
  const path = join(dir, folder);
  if (existsSync(path)) return;
  const parent = dirname(folder);
  if (parent !== site) makeFolder(dir, parent, owner);
  mkdirSync(path);
  chmodSync(path, parent === site ? passable : 0o700);
  if (owner && parent !== site) chownSync(path, owner.uid, owner.gid);
}
