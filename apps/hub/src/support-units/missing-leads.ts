// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { addDays, startOf } from '@tsunagi/domain';
import { Directory } from '../organizations';
import { Database } from '../platform';

export interface MissingLead {
  readonly unit: string;
  /** The function that led until its contract ended. */
  readonly function: string;
  readonly since: Date;
}

const most = 200;

/** Units in which somebody is left and whose lead has ended. Asked for, never stored: it is so as long as the directory says so. */
@Injectable()
export class MissingLeads {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
  ) {}

  async list(): Promise<MissingLead[]> {
    const gone = this.directory.all().filter((f) => !this.directory.inForce(f.id));
    if (gone.length === 0) return [];
    const rows = await this.database.query<{ unit: string; function: string; from_at: Date }>(
      `select l.unit, l.function, l.from_at from lead l
       where l.until_at is null and l.function = any($1::uuid[]) order by l.seq limit ${most}`,
      [gone.map((f) => f.id)],
    );
    return rows.map(({ unit, function: desk, from_at: from }) => {
      const { validTo } = this.directory.function(desk);
      const end = validTo === null ? from : startOf(addDays(validTo, 1));
      return { unit, function: desk, since: end > from ? end : from };
    });
  }
}
