// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';

/** Names one run of one process: after a restart of the machine the same pid may be anybody's. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks after boot; null where the system does not tell. */
  readonly startedAt: string | null;
}

export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startOf(pid) };
}

export function isRunning({ pid, startedAt }: ProcessMark): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startOf(pid);
  return startedAt === null || now === null || startedAt === now;
}

function startOf(pid: number): string | null {
  try {
    // proc(5): the name in brackets may hold anything; behind it the 20th value is the start time.
    const behindName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    return behindName.split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
