// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { QueueExportQuery, QueueItem } from '@tsunagi/contracts';
import { queueRows } from './queue-csv';
import { Views } from './views.service';
import type { Caller } from '../access';
import { audit } from '../audit';
import { Clock, csvFile, Database, type CsvFile } from '../platform';

/** What a spreadsheet is still of use with; whoever needs more narrows it. */
const most = 10_000;
const pageSize = 1_000;

export interface ExportedQueue extends CsvFile {
  /** There are more than it holds. */
  readonly more: boolean;
}

/** The caller's queue as a file: what its lines show, and no more. */
@Injectable()
export class QueueExport {
  constructor(
    private readonly database: Database,
    private readonly views: Views,
    private readonly clock: Clock,
  ) {}

  async of(caller: Caller, { encoding, ...filters }: QueueExportQuery): Promise<ExportedQueue> {
    const lines = new Map<string, QueueItem>();
    let cursor: string | undefined;
    do {
      const asked = { ...filters, ...(cursor !== undefined && { cursor }) };
      const page = await this.views.page(caller, asked, pageSize);
      for (const item of page.items) lines.set(item.id, item);
      cursor = page.next;
    } while (cursor !== undefined && lines.size < most);
    const items = [...lines.values()].slice(0, most);
    const more = cursor !== undefined || lines.size > most;
    // It is no disclosure: nobody is in it. Who took how much of the queue away is known all the same.
    await this.database.transaction((tx) =>
      audit(tx, {
        at: this.clock.now(),
        actor: caller.actor,
        function: caller.acting,
        action: 'referrals.exported',
        objectKind: 'queue',
        object: filters.view ?? 'all',
        details: { count: items.length, more, encoding, filters },
      }),
    );
    return { ...written(items, more, encoding), more };
  }
}

function written(items: readonly QueueItem[], more: boolean, encoding: QueueExportQuery['encoding']): CsvFile {
  const cut = more ? [`# ${most} 件までを書き出しました。続きは、条件で絞って書き出してください。`] : [];
  return csvFile(queueRows(items, cut), encoding);
}
