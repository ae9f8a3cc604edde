// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { ExportedList } from '@tsunagi/contracts';
import { japaneseDay } from '@tsunagi/domain';
import { RoleMissingError, type Caller } from '../access';
import { audit } from '../audit';
import { Clock, csvFile, Database, type CsvFile } from '../platform';

/** A list as its own screen shows it, as a file. What it says is not kept: that it was taken along is. */
@Injectable()
export class Exports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws {RoleMissingError} a program has no screen */
  async of(caller: Caller, { list, columns, rows, encoding }: ExportedList): Promise<CsvFile & { name: string }> {
    if (caller.kind !== 'staff') throw new RoleMissingError();
    const at = this.clock.now();
    const file = csvFile([columns, ...rows], encoding);
    await this.database.transaction((tx) =>
      audit(tx, {
        ...{ at, actor: caller.actor, function: caller.acting, action: 'list.exported' },
        ...{ objectKind: 'list', object: list, details: { count: rows.length, encoding } },
      }),
    );
    return { ...file, name: `tsunagi-${list}-${japaneseDay(at)}.csv` };
  }
}
