// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { hiddenKinds, hoardedFrom, isCompound, isOfSeveralFields, openStates } from '@tsunagi/domain';
import { openContent } from './referral.record';
import type { MemberOnFile } from '../disclosure';
import { Database, HUB_KEYS, type HubKeys } from '../platform';

export interface HoardedCase {
  readonly referral: string;
  readonly function: string;
  /** From when on it counts as kept too long. */
  readonly since: Date;
}

/** Looked at in one go; the oldest first. */
const most = 500;

/**
 * 丸抱え: compound cases that one desk has kept to itself, with nobody else at work for it and no conference. Computed
 * only from what this desk has sent and from conferences on units it knows: what others do for the person must not show.
 * Asked for, never stored: it is over as soon as a second desk is there.
 */
@Injectable()
export class Hoarding {
  constructor(
    private readonly database: Database,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @param functions whose cases; without, everybody's */
  async until(at: Date, functions?: readonly string[]): Promise<HoardedCase[]> {
    const rows = await this.database.query<{
      id: string;
      from_function: string;
      subject: string;
      alone_since: Date;
      members: MemberOnFile[];
      content: string;
    }>(
      `select r.id, r.from_function, r.subject, r.members, r.content::text as content, greatest(
           case r.state when 'returned' then r.state_at else r.created_at end,
           (select max(o.state_at) from referral o
            where o.subject = r.subject and o.from_function = r.from_function and o.id <> r.id and o.sent_at is not null),
           (select max(l.from_at) from unit_member m join support_unit u on u.id = m.unit join lead l on l.unit = u.id
            where m.person = r.subject and r.from_function = any(u.known_to) and l.reason = 'conference')) as alone_since
       from referral r
       where r.state in ('draft', 'awaiting_authority', 'returned') and r.told_state = r.state and r.kind <> all($3::text[]) and r.content is not null
         and ($1::uuid[] is null or r.from_function = any($1::uuid[]))
         and not exists (select 1 from referral o
           where o.subject = r.subject and o.from_function = r.from_function and o.id <> r.id and o.told_state <> 'returned' and o.told_state = any($2::text[]))
       order by r.created_at limit ${most}`,
      [functions ?? null, [...openStates], hiddenKinds],
    );
    const found = new Map<string, HoardedCase>();
    for (const row of rows) {
      const since = hoardedFrom(row.alone_since);
      const key = `${row.from_function}/${row.subject}`;
      if (since < at && !found.has(key) && this.isCompound(row))
        found.set(key, { referral: row.id, function: row.from_function, since });
    }
    return [...found.values()];
  }

  /** Only what the list of items does not tell already is opened. */
  private isCompound({ id, members, content }: { id: string; members: MemberOnFile[]; content: string }): boolean {
    const persons = members.map((m) => m.present);
    if (isOfSeveralFields(persons)) return true;
    const { subject, others } = openContent(this.keys.sealing, { id, sealedContent: content });
    const boxes = new Set([subject, ...others].flatMap((m) => m.items.concern?.boxes ?? []));
    return isCompound({ boxes: boxes.size, persons });
  }
}
