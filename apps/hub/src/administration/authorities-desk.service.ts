// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { AuthorityView, CheckAuthority, NewAuthority } from '@tsunagi/contracts';
import { whyNotOverride, type AuthorityRow } from '@tsunagi/domain';
import { enterCheck } from './dated-rules';
import { MasterData } from './master-data';
import type { Caller } from '../access';
import { Directory } from '../organizations';
import { InvalidInputError, newId, NotFoundError } from '../platform';

/** 提供の根拠: the rows of the law as this municipality has read them. It narrows them, and says who has checked what. */
@Injectable()
export class AuthoritiesDesk {
  constructor(
    private readonly data: MasterData,
    private readonly directory: Directory,
  ) {}

  /** A row of its own for one of the law, from tomorrow on at the earliest: what goes on today goes on. */
  async override(caller: Caller, { overrides, ...own }: NewAuthority): Promise<AuthorityView> {
    const law = this.rowOf(overrides);
    if (law.overrides !== undefined) refuse('overrides', own);
    if (own.validFrom <= this.data.today()) refuse('validFrom', own);
    const { checkedOn: _on, checkedBy: _by, ...asRead } = law;
    // What is not named is absent, and so it is as in the law's.
    const row = { ...asRead, ...own, id: newId(), version: 1, overrides } as AuthorityRow;
    const widened = whyNotOverride(law, row);
    if (widened !== undefined) refuse(widened, own);
    await this.data.write(caller, async (tx, note) => {
      tx.insert('authority_row', [columnsOf(row)]);
      await tx.flush();
      note('authority.overridden', 'authority', row.id, { ...own, overrides });
    });
    return this.view(row.id);
  }

  /** Somebody who answers for it has read this version. */
  async check(caller: Caller, id: string, version: number, said: CheckAuthority): Promise<AuthorityView> {
    this.rowOf(id);
    await enterCheck(this.data, caller, { table: 'authority_row', kind: 'authority', id, version }, said);
    return this.view(id);
  }

  private rowOf(id: string): AuthorityRow {
    const found = this.directory.judgedAuthorities().find(({ row }) => row.id === id);
    if (!found) throw new NotFoundError();
    return found.row;
  }

  private view(id: string): AuthorityView {
    const found = this.directory.judgedAuthorities().find(({ row }) => row.id === id);
    if (!found) throw new NotFoundError();
    const { row, why } = found;
    return { ...row, counts: why === undefined, ...(why && { why }) };
  }
}

/** Of what was said, this widens the law, or is of the past. */
function refuse(field: string, body: unknown): never {
  throw new InvalidInputError([{ code: 'custom', path: [field], message: 'not narrower than the law' }], body);
}

const columnsOf = (row: AuthorityRow) => ({
  id: row.id,
  code: row.code,
  statute: row.statute,
  senders: row.senders,
  recipients: row.recipients,
  recipient_types: row.recipientTypes ?? null,
  kinds: row.kinds,
  purposes: row.purposes,
  categories: row.categories,
  needs: row.needs,
  approval: row.approval,
  approvers: row.approvers,
  hours: row.hours ?? null,
  over_refusal: row.overRefusal,
  feedback: row.feedback,
  way: row.way,
  conditions: row.conditions,
  occasional: row.occasional ?? null,
  windows: row.windows ?? null,
  overrides: row.overrides,
  valid_from: row.validFrom,
  valid_to: row.validTo ?? null,
  active: row.active,
});
