// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, ChangePassword } from '@tsunagi/contracts';
import { japaneseDay, Role } from '@tsunagi/domain';
import {
  CredentialsRefusedError,
  NotSignedInError,
  PasswordUnchangedError,
  TooManyAttemptsError,
} from './access.errors';
import type { Holding } from './caller';
import { Throttle } from './throttle';
import { SlowWork } from './slow-work';
import { hashPassword, hashSecret, newSecret, passwordFits } from './secrets';
import type { HubConfig } from '../hub.config';
import { audit, type AuditEntry } from '../audit';
import { Clock, Database, HUB_CONFIG } from '../platform';

/** A working day. */
export const sessionSeconds = 8 * 3_600;

/** Who may wait to be recognised, altogether and of one address: an office behind one proxy in the morning, not a flood. */
const rush = { waiting: 32, ofOne: 16 };
const demoRush = { waiting: 1_000, ofOne: 1_000 };

export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  readonly mustChangePassword: boolean;
  readonly holdings: readonly Holding[];
}

interface MemberRow {
  readonly token_hash: string;
  readonly id: string;
  readonly name: string;
  readonly organization: string;
  readonly must_change_password: boolean;
  readonly role: string | null;
  readonly function: string | null;
  readonly acts_for: string | null;
}

/** Sign-in of staff by name and password. Tokens are stored as hashes: a copy of the table opens nothing. */
@Injectable()
export class Sessions {
  private readonly throttle = new Throttle();
  private readonly changeThrottle = new Throttle();
  private readonly signIns: SlowWork;
  private readonly changes = new SlowWork({ running: 1, waiting: 8, ofOne: 1 });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {
    // What the demo has generated costs next to nothing to compare.
    this.signIns = new SlowWork({ running: 2, ...(config.demo ? demoRush : rush) });
  }

  /**
   * @param address from where, as far as it is known
   * @returns the token for the cookie. @throws {CredentialsRefusedError} @throws {TooManyAttemptsError}
   */
  async open(login: string, password: string, address: string): Promise<string> {
    const now = this.clock.now();
    const staff = await this.signIns.run(address, () => this.recognise(login, password, now));
    const token = newSecret();
    await this.database.transaction(async (tx) => {
      await tx.query('delete from session where expires_at < $1', [now]);
      // Not when the password was changed, or the account switched off, while it was compared.
      const [still] = await tx.query('select 1 from staff where id = $1 and active and password_hash = $2 for share', [
        staff.id,
        staff.password_hash,
      ]);
      if (!still) throw new CredentialsRefusedError('CREDENTIALS_REFUSED');
      await tx.query('insert into session (token_hash, staff, expires_at) values ($1, $2, $3)', [
        hashSecret(token),
        staff.id,
        new Date(now.getTime() + sessionSeconds * 1000),
      ]);
      audit(tx, this.line(staff.id, 'session.opened', now));
    });
    return token;
  }

  private async recognise(login: string, password: string, now: Date): Promise<{ id: string; password_hash: string }> {
    const wait = this.throttle.waitFor(login, now.getTime());
    if (wait > 0) throw new TooManyAttemptsError(wait);
    // Counted before the slow comparison, so that tries side by side count as well.
    this.throttle.count(login, now.getTime());
    const [staff] = await this.database.query<{ id: string; password_hash: string }>(
      'select id, password_hash from staff where login = $1 and active',
      [login],
    );
    if (!(await passwordFits(password, staff?.password_hash, this.config.demo)) || !staff)
      throw new CredentialsRefusedError('CREDENTIALS_REFUSED');
    this.throttle.forget(login);
    return staff;
  }

  async close(token: string): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [staff] = await tx.query<{ staff: string }>(
        'with gone as (delete from session where token_hash = $1 returning staff) select staff from gone',
        [hashSecret(token)],
      );
      if (staff) audit(tx, this.line(staff.staff, 'session.closed', now));
    });
  }

  /** Ends every other session of this member of staff. @throws {CredentialsRefusedError} @throws {PasswordUnchangedError} */
  async changePassword(staff: string, token: string, { current, next }: ChangePassword): Promise<void> {
    const now = this.clock.now();
    const [found] = await this.database.query<{ login: string; password_hash: string }>(
      'select login, password_hash from staff where id = $1 and active',
      [staff],
    );
    if (!found) throw new NotSignedInError();
    const hash = await this.changes.run(staff, () => this.nextHash({ id: staff, ...found }, current, next, now));
    await this.database.transaction(async (tx) => {
      // IT may have given a new first password meanwhile: that one counts.
      const changed = await tx.query(
        `with changed as (update staff set password_hash = $3, must_change_password = false, version = version + 1
           where id = $1 and active and password_hash = $2 returning id) select id from changed`,
        [staff, found.password_hash, hash],
      );
      if (changed.length === 0) throw new CredentialsRefusedError('CREDENTIALS_REFUSED');
      await tx.query('delete from session where staff = $1 and token_hash <> $2', [staff, hashSecret(token)]);
      audit(tx, this.line(staff, 'password.changed', now));
    });
  }

  /** Counted by the account: whoever guesses at its name from outside keeps nobody from a first password. */
  private async nextHash(
    staff: { readonly id: string; readonly login: string; readonly password_hash: string },
    current: string,
    next: string,
    now: Date,
  ): Promise<string> {
    const wait = this.changeThrottle.waitFor(staff.id, now.getTime());
    if (wait > 0) throw new TooManyAttemptsError(wait);
    this.changeThrottle.count(staff.id, now.getTime());
    if (!(await passwordFits(current, staff.password_hash))) throw new CredentialsRefusedError('CREDENTIALS_REFUSED');
    this.changeThrottle.forget(staff.id);
    if ([current, staff.login].some((taken) => taken.normalize('NFKC') === next.normalize('NFKC')))
      throw new PasswordUnchangedError();
    return hashPassword(next);
  }

  /** The active members of staff behind these tokens, with what they hold today; a token that does not count is missing. */
  async membersOf(tokens: readonly string[]): Promise<Map<string, StaffMember>> {
    const now = this.clock.now();
    const byHash = new Map(tokens.map((token) => [hashSecret(token), token]));
    const rows = await this.database.ask<MemberRow>(
      // A deputy holds what the other one holds; both work for the same organization.
      `select t.token_hash, s.id, s.name, s.organization, s.must_change_password, m.role, m.function, nullif(m.staff, s.id) as acts_for from session t
       join staff s on s.id = t.staff and s.active
       left join membership m on m.valid_from <= $3 and (m.valid_to is null or m.valid_to >= $3)
         and m.staff in (select s.id union all
           select d.acts_for from deputy d join staff a on a.id = d.acts_for and a.active and a.organization = s.organization
           where d.staff = s.id and d.valid_from <= $3 and d.valid_to >= $3)
       where t.token_hash = any($1) and t.expires_at > $2`,
      [[...byHash.keys()], now, japaneseDay(now)],
    );
    const members = new Map<string, StaffMember & { readonly holdings: Holding[] }>();
    for (const row of rows) {
      const token = byHash.get(row.token_hash) ?? '';
      const member = members.get(token) ?? {
        id: row.id,
        name: row.name,
        organization: row.organization,
        mustChangePassword: row.must_change_password,
        holdings: [],
      };
      members.set(token, member);
      const role = Role.safeParse(row.role).data;
      if (!role) continue;
      member.holdings.push({
        role,
        ...(row.function !== null && { function: row.function }),
        ...(row.acts_for !== null && { actsFor: row.acts_for }),
      });
    }
    return members;
  }

  private line(staff: string, action: AuditAction, at: Date): AuditEntry {
    return { actor: `staff:${staff}`, action, objectKind: 'staff', object: staff, details: {}, at };
  }
}
