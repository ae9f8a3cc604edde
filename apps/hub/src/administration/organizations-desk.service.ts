// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { ChangeOrganization, NewOrganization, OrganizationView } from '@tsunagi/contracts';
import { lockName, MasterData } from './master-data';
import type { Caller } from '../access';
import { Directory, organizationViewOf, ReferenceUnknownError } from '../organizations';
import { changeAt, newId, NotFoundError, type Tx } from '../platform';

@Injectable()
export class OrganizationsDesk {
  constructor(
    private readonly data: MasterData,
    private readonly directory: Directory,
  ) {}

  async add(caller: Caller, organization: NewOrganization): Promise<OrganizationView> {
    const { name, bodyKind, desks = [] } = organization;
    const id = newId();
    await this.data.write(caller, async (tx, note) => {
      await this.mustBeFree(tx, name);
      const { validFrom = this.data.today(), validTo } = organization;
      tx.insert('organization', [{ id, name, body_kind: bodyKind, valid_from: validFrom, valid_to: validTo ?? null }]);
      tx.insert(
        'desk',
        desks.map((d) => ({ id: newId(), organization: id, name: d.name })),
      );
      note('organization.created', 'organization', id, { bodyKind, desks: desks.length });
    });
    return this.view(id);
  }

  /** With an id a desk gets another name, without one it is new. */
  async change(caller: Caller, id: string, version: number, to: ChangeOrganization): Promise<OrganizationView> {
    this.data.mustNotRewrite(this.directory.organizations().find((o) => o.id === id)?.validTo, to.validTo);
    await this.data.write(caller, async (tx, note) => {
      if (to.name !== undefined) await this.mustBeFree(tx, to.name, id);
      await changeAt(tx, 'organization', id, version, {
        name: to.name,
        body_kind: to.bodyKind,
        valid_to: to.validTo,
      });
      for (const [n, desk] of (to.desks ?? []).entries()) {
        if (desk.id === undefined) tx.insert('desk', [{ id: newId(), organization: id, name: desk.name }]);
        else {
          const renamed = await tx.query(
            'with d as (update desk set name = $3 where id = $1 and organization = $2 returning id) select id from d',
            [desk.id, id, desk.name],
          );
          if (renamed.length === 0) throw new ReferenceUnknownError(`/desks/${n}/id`);
        }
      }
      note('organization.changed', 'organization', id, { fields: Object.keys(to), version: version + 1 });
    });
    return this.view(id);
  }

  /** By its name a file finds an organization. @throws {AlreadyThereError} */
  private async mustBeFree(tx: Tx, name: string, but?: string): Promise<void> {
    await lockName(tx, name);
    const taken = await tx.query('select 1 from organization where name = $1 and ($2::uuid is null or id <> $2)', [
      name,
      but ?? null,
    ]);
    if (taken.length > 0) this.data.refuseTaken();
  }

  private view(id: string): OrganizationView {
    const found = this.directory.organizations().find((o) => o.id === id);
    if (!found) throw new NotFoundError();
    return organizationViewOf(this.directory, found);
  }
}
