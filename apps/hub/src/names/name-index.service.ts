// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { findableBy, type Asked } from './name-tokens';
import type { HubConfig } from '../hub.config';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, Log, Sweep, type HubKeys } from '../platform';
import { contentsOf } from '../referrals';

/** In one transaction. */
const atOnce = 200;

/**
 * By what names are found that stay sealed: a token of each text, keyed, and another one at each desk, so that the table tells neither a
 * name nor that two desks know one of the same name. Written beside the referrals' own transactions, since nobody waits for it:
 * what is still due is looked through as it is.
 */
@Injectable()
export class NameIndex extends Sweep {
  constructor(
    private readonly database: Database,
    clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {
    super('names to be found', { clock, log, config });
  }

  protected override turn(): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const due = await tx.query<{ referral: string }>(
        `delete from name_due where referral = any(array(select referral from name_due order by referral limit ${atOnce} for update skip locked))
         returning referral`,
      );
      if (due.length === 0) return false;
      const ids = due.map((d) => d.referral);
      const found = await contentsOf(tx, ids, this.keys.sealing);
      tx.insert(
        'name_index',
        found.map(({ id, desks, members }) => {
          const texts = members.flatMap(findableBy);
          return {
            referral: id,
            tokens: desks.flatMap((desk) => texts.map((text) => this.keys.sealing.token(placeAt(desk), text))),
          };
        }),
        'on conflict (referral) do update set tokens = excluded.tokens',
      );
      return due.length === atOnce;
    });
  }

  /** Own referrals of these desks in which somebody may fit, newest first. */
  async candidates(asked: Asked, desks: readonly string[], limit: number): Promise<string[]> {
    if (desks.length === 0) return [];
    const tokens = desks.flatMap((desk) => asked.by.flatMap((text) => this.keys.sealing.tokens(placeAt(desk), text)));
    const own = '(r.from_function = any($1::uuid[]) or (r.to_function = any($1::uuid[]) and r.sent_at is not null))';
    const rows = await this.database.query<{ id: string }>(
      `select id from (
         (select r.id from name_index n join referral r on r.id = n.referral where n.tokens && $2::text[] and ${own} order by r.id desc limit ${limit})
         union (select r.id from name_due d join referral r on r.id = d.referral where ${own} order by r.id desc limit ${limit})
       ) c order by id desc limit ${limit}`,
      [desks, tokens],
    );
    return rows.map((r) => r.id);
  }
}

const placeAt = (desk: string) => `name:${desk}`;
