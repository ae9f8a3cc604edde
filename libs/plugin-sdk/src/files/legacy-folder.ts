// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding } from '@tsunagi/contracts';
import { rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../surroundings/error-code';

/** The five folders beside a legacy system. `.tsunagi` beside them is the hub's own. */
export const legacyFolders = ['in', 'processing', 'done', 'error', 'out'] as const;
export type LegacyFolder = (typeof legacyFolders)[number];

const hints: Record<string, string> = {
  ENOENT: 'フォルダーがありません。作成するか、設定の場所を直してください。',
  ENOTDIR: 'フォルダーではありません。設定の場所を直してください。',
  EACCES: '書き込めません。プラグインホストの利用者に権限を与えてください。',
  EPERM: '書き込めません。プラグインホストの利用者に権限を与えてください。',
  EROFS: '読み取り専用です。書き込めるように接続し直してください。',
  EXDEV: '五つのフォルダーは同じファイルシステムに置いてください。',
  ENOSPC: '空き容量がありません。',
};

/** Proves by writing and moving a hidden file that the five folders exist, can be written and lie on one file system. */
export async function checkLegacyFolders(folder: string): Promise<CheckFinding[]> {
  const probe = `.tsunagi-check-${process.pid}`;
  const findings: CheckFinding[] = [];
  for (const name of legacyFolders) {
    const path = join(folder, name, probe);
    findings.push(await finding(`フォルダー ${name}`, () => writeFile(path, '').then(() => unlink(path))));
  }
  if (findings.every(({ ok }) => ok))
    findings.push(await finding('同じファイルシステム', () => moveThrough(folder, probe)));
  return findings;
}

async function moveThrough(folder: string, probe: string): Promise<void> {
  let path = join(folder, legacyFolders[0], probe);
  await writeFile(path, '');
  try {
    for (const name of legacyFolders.slice(1)) {
      const next = join(folder, name, probe);
      await rename(path, next);
      path = next;
    }
  } finally {
    await unlink(path);
  }
}

async function finding(name: string, attempt: () => Promise<void>): Promise<CheckFinding> {
  try {
    await attempt();
    return { name, ok: true };
  } catch (error) {
    const code = errorCode(error, 'FAILED');
    const hint = hints[code];
    return { name, ok: false, code, ...(hint === undefined ? {} : { hint }) };
  }
}
