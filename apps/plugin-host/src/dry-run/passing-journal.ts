// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Journal } from '@tsunagi/plugin-sdk';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Does something with a journal of this moment: the one of the host, which may be at work just now, stays as it is. */
export async function withPassingJournal<T>(work: (journal: Journal) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tsunagi-dry-run-'));
  try {
    const journal = await Journal.open(folder);
    try {
      return await work(journal);
    } finally {
      await journal.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
