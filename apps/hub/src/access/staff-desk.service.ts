// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  AuditAction,
  AuditObjectKind,
  ChangePeriod,
  ChangeStaff,
  DeputyView,
  EndDeputy,
  ListQuery,
  MembershipQuery,
  MembershipView,
  NewDeputy,
  NewMembership,
  NewStaff,
  Page,
  StaffMade,
  StaffView,
} from '@tsunagi/contracts';
import { japaneseDay, overlaps, rewritesThePast, type Period, type Role } from '@tsunagi/domain';
import type { Caller } from './caller';
import { hashPassword, newSecret } from './secrets';
import { addStaff, membershipRow } from './staff';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import {
  AlreadyThereError,
  Directory,
  OtherEmployerError,
  OwnAccountError,
  PeriodOverlapsError,
  PeriodPastError,
  ReferenceUnknownError,
} from '../organizations';
import { changeAt, Clock, Database, HUB_CONFIG, isUniqueViolation, newId, NotFoundError, type Tx } from '../platform';

interface StaffRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly organization: string;
  readonly active: boolean;
  readonly must_change_password: boolean;
  readonly version: number;
}
const staffColumns = 'id, login, name, organization, active, must_change_password, version';

interface MembershipRow {
  readonly id: string;
  readonly staff: string;
  readonly role: Role;
  readonly function: string | null;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly version: number;
}
const membershipColumns = 'id, staff, role, function, valid_from, valid_to, version';

interface DeputyRow {
  readonly id: string;
  readonly staff: string;
  readonly acts_for: string;
  readonly valid_from: string;
  readonly valid_to: string;
  readonly version: number;
}
const deputyColumns = 'id, staff, acts_for, valid_from, valid_to, version';

const defaultLimit = 200;

/** Staff, what they hold and who stands in for them: changed by IT of the municipality, dated, never deleted. */
@Injectable()
export class StaffDesk {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {}

  async list(query: ListQuery): Promise<Page<StaffView>> {
    const page = await this.page<StaffRow>(`select ${staffColumns} from staff where true`, [], query);
    return { ...page, items: page.items.map((row) => this.view(row)) };
  }

  /** Makes an account with a generated first password, which is shown this once. */
  async add(caller: Caller, staff: NewStaff): Promise<StaffMade> {
    const employer = this.employer(staff.organization);
    const memberships = staff.memberships ?? [];
    for (const m of memberships) this.mustOperate(employer, m);
    if (memberships.some((m, n) => memberships.slice(n + 1).some((other) => isSame(m, other) && overlaps(m, other))))
      throw new PeriodOverlapsError();
    const password = newSecret();
    const id = await this.writing(async (tx) => {
      const made = await addStaff(tx, {
        login: staff.login,
        name: staff.name,
        organization: staff.organization,
        password,
        mustChangePassword: !this.config.demo,
        memberships,
      });
      await tx.flush();
      this.note(tx, caller, 'staff.created', 'staff', made, {
        organization: staff.organization,
        memberships: memberships.length,
      });
      return made;
    });
    return { id, firstPassword: password };
  }

  /** Who is switched off is signed out at once. */
  async change(caller: Caller, id: string, version: number, to: ChangeStaff): Promise<StaffView> {
    await this.writing(async (tx) => {
      await changeAt(tx, 'staff', id, version, { name: to.name, active: to.active });
      if (to.active === false) await tx.query('delete from session where staff = $1', [id]);
      this.note(tx, caller, to.active === false ? 'staff.deactivated' : 'staff.changed', 'staff', id, {
        fields: Object.keys(to),
      });
    });
    return this.show(id);
  }

  /** A new first password: the old one and all sessions end. */
  async resetPassword(caller: Caller, id: string, version: number): Promise<StaffMade> {
    const password = newSecret();
    const hash = await hashPassword(password, this.config.demo ? 'generated' : 'by-person');
    await this.writing(async (tx) => {
      await changeAt(tx, 'staff', id, version, { password_hash: hash, must_change_password: !this.config.demo });
      await tx.query('delete from session where staff = $1', [id]);
      this.note(tx, caller, 'staff.password_reset', 'staff', id, {});
    });
    return { id, firstPassword: password };
  }

  async memberships({ staff, function: desk, ...query }: MembershipQuery): Promise<Page<MembershipView>> {
    const page = await this.page<MembershipRow>(
      `select ${membershipColumns} from membership where ($1::uuid is null or staff = $1) and ($2::uuid is null or function = $2)`,
      [staff ?? null, desk ?? null],
      query,
    );
    return { ...page, items: page.items.map(membershipView) };
  }

  /** @throws {OwnAccountError} */
  async join(caller: Caller, membership: NewMembership): Promise<MembershipView> {
    this.mustNotBeOwn(caller, membership.staff);
    this.mustNotBeginBefore(membership.validFrom);
    return this.writing(async (tx) => {
      const [member] = await tx.query<StaffRow>(`select ${staffColumns} from staff where id = $1 for update`, [
        membership.staff,
      ]);
      if (!member) throw new ReferenceUnknownError('/staff');
      this.mustOperate(member.organization, membership);
      const others = await this.held(tx, membership.staff);
      if (others.some((o) => isSame(o, membership) && overlaps(o, membership))) throw new PeriodOverlapsError();
      const row = membershipRow(membership.staff, membership);
      tx.insert('membership', [row]);
      this.note(tx, caller, 'membership.created', 'membership', row.id, {
        staff: membership.staff,
        role: membership.role,
        function: membership.function ?? null,
        validFrom: membership.validFrom,
        validTo: membership.validTo ?? null,
      });
      const { id } = row;
      return { ...membership, id, version: 1 };
    });
  }

  /** Its last day moves; what was held yesterday was held. */
  async changeMembership(caller: Caller, id: string, version: number, to: ChangePeriod): Promise<MembershipView> {
    return this.writing(async (tx) => {
      const [found] = await tx.query<MembershipRow>(`select ${membershipColumns} from membership where id = $1`, [id]);
      if (!found) throw new NotFoundError();
      this.mustNotBeOwn(caller, found.staff);
      await tx.query('select 1 from staff where id = $1 for update', [found.staff]);
      this.mustNotRewrite(found.valid_to, to.validTo);
      const changed = { ...membershipView(found), validTo: to.validTo ?? undefined };
      const others = (await this.held(tx, found.staff)).filter((o) => o.id !== id);
      if (others.some((o) => isSame(o, changed) && overlaps(o, changed))) throw new PeriodOverlapsError();
      await changeAt(tx, 'membership', id, version, { valid_to: to.validTo });
      this.note(tx, caller, 'membership.changed', 'membership', id, { validTo: to.validTo });
      return membershipView({ ...found, valid_to: to.validTo, version: version + 1 });
    });
  }

  async deputies(query: ListQuery): Promise<Page<DeputyView>> {
    const page = await this.page<DeputyRow>(`select ${deputyColumns} from deputy where true`, [], query);
    return { ...page, items: page.items.map(deputyView) };
  }

  /** B stands in for A: both work for the same organization. */
  async standIn(caller: Caller, deputy: NewDeputy): Promise<DeputyView> {
    this.mustNotBeOwn(caller, deputy.staff);
    this.mustNotBeginBefore(deputy.validFrom);
    return this.writing(async (tx) => {
      const rows = await tx.query<StaffRow>(
        `select ${staffColumns} from staff where id = any($1::uuid[]) order by id for update`,
        [[deputy.staff, deputy.actsFor]],
      );
      const of = (id: string) => rows.find((r) => r.id === id);
      const [one, other] = [of(deputy.staff), of(deputy.actsFor)];
      if (!one) throw new ReferenceUnknownError('/staff');
      if (!other) throw new ReferenceUnknownError('/actsFor');
      if (one.organization !== other.organization) throw new OtherEmployerError();
      const row = {
        id: newId(),
        staff: deputy.staff,
        acts_for: deputy.actsFor,
        valid_from: deputy.validFrom,
        valid_to: deputy.validTo,
      };
      tx.insert('deputy', [row]);
      this.note(tx, caller, 'deputy.created', 'deputy', row.id, { ...deputy });
      return deputyView({ ...row, version: 1 });
    });
  }

  async endDeputy(caller: Caller, id: string, version: number, to: EndDeputy): Promise<DeputyView> {
    return this.writing(async (tx) => {
      const [found] = await tx.query<DeputyRow>(`select ${deputyColumns} from deputy where id = $1`, [id]);
      if (!found) throw new NotFoundError();
      this.mustNotBeOwn(caller, found.staff);
      this.mustNotRewrite(found.valid_to, to.validTo);
      await changeAt(tx, 'deputy', id, version, { valid_to: to.validTo });
      this.note(tx, caller, 'deputy.changed', 'deputy', id, { validTo: to.validTo });
      return deputyView({ ...found, valid_to: to.validTo, version: version + 1 });
    });
  }

  private async show(id: string): Promise<StaffView> {
    const [row] = await this.database.query<StaffRow>(`select ${staffColumns} from staff where id = $1`, [id]);
    if (!row) throw new NotFoundError();
    return this.view(row);
  }

  /** @throws {PeriodPastError} */
  private mustNotRewrite(before: string | null, after: string | null): void {
    if (rewritesThePast(this.today(), before, after)) throw new PeriodPastError();
  }

  /** Nobody has held since yesterday what is given today. @throws {PeriodPastError} */
  private mustNotBeginBefore(validFrom: string): void {
    if (validFrom < this.today()) throw new PeriodPastError();
  }

  private today(): string {
    return japaneseDay(this.clock.now());
  }

  private employer(organization: string): string {
    if (!this.directory.organizations().some((o) => o.id === organization))
      throw new ReferenceUnknownError('/organization');
    return organization;
  }

  /** What somebody holds, somebody else has given. @throws {OwnAccountError} */
  private mustNotBeOwn(caller: Caller, staff: string): void {
    if (caller.kind === 'staff' && caller.id === staff) throw new OwnAccountError();
  }

  /** Some day of it the employer operates the function. On the others it counts for nothing. */
  private mustOperate(
    employer: string,
    held: Period & { readonly role: Role; readonly function?: string | undefined },
  ): void {
    if (held.function === undefined) {
      if (!this.directory.holdsForAll(held.role, employer)) throw new OtherEmployerError();
      return;
    }
    if (!this.directory.find(held.function)) throw new ReferenceUnknownError('/function');
    const operates = this.directory
      .operators(held.function)
      .some((o) => o.organization === employer && overlaps(o, held));
    if (!operates) throw new OtherEmployerError();
  }

  private async held(tx: Tx, staff: string): Promise<MembershipView[]> {
    const rows = await tx.query<MembershipRow>(`select ${membershipColumns} from membership where staff = $1`, [staff]);
    return rows.map(membershipView);
  }

  private async writing<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.database.transaction(work);
    } catch (error) {
      throw isUniqueViolation(error) ? new AlreadyThereError() : error;
    }
  }

  private note(
    tx: Tx,
    caller: Caller,
    action: AuditAction,
    objectKind: AuditObjectKind,
    object: string,
    details: object,
  ): void {
    const { actor, acting } = caller;
    audit(tx, { actor, function: acting, action, objectKind, object, details: { ...details }, at: this.clock.now() });
  }

  private async page<R extends { readonly id: string }>(
    select: string,
    parameters: readonly unknown[],
    { cursor, limit = defaultLimit }: ListQuery,
  ): Promise<Page<R>> {
    const n = parameters.length;
    const rows = await this.database.query<R>(
      `${select} and ($${n + 1}::uuid is null or id > $${n + 1}) order by id limit $${n + 2}`,
      [...parameters, cursor ?? null, limit + 1],
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, ...(rows.length > limit && last && { next: last.id }) };
  }

  private view(row: StaffRow): StaffView {
    const organization = this.directory.organizations().find((o) => o.id === row.organization);
    return {
      id: row.id,
      login: row.login,
      name: row.name,
      organization: { id: row.organization, name: organization?.name ?? '' },
      active: row.active,
      mustChangePassword: row.must_change_password,
      version: row.version,
    };
  }
}

/** The same role at the same place. */
const isSame = (
  one: { readonly role: Role; readonly function?: string | undefined },
  other: { readonly role: Role; readonly function?: string | undefined },
) => one.role === other.role && one.function === other.function;

const membershipView = (row: MembershipRow): MembershipView => ({
  id: row.id,
  staff: row.staff,
  role: row.role,
  ...(row.function !== null && { function: row.function }),
  validFrom: row.valid_from,
  ...(row.valid_to !== null && { validTo: row.valid_to }),
  version: row.version,
});

const deputyView = (row: DeputyRow): DeputyView => ({
  id: row.id,
  staff: row.staff,
  actsFor: row.acts_for,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  version: row.version,
});
