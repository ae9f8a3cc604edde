// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { FunctionNotYoursError, NotSignedInError } from './access.errors';
import { Caller, type Holding } from './caller';
import { Clients, holdingsOf } from './clients.service';
import { Sessions, type StaffMember } from './sessions.service';
import { Tokens } from './tokens';
import type { Excluded } from '@tsunagi/domain';
import { Directory } from '../organizations';
import { excludedFrom } from '../people';
import { Database } from '../platform';

/** A session, and the function its holder has chosen to act for, if any. */
export interface SignedIn {
  readonly token: string;
  /** Id or code. */
  readonly acting?: string | undefined;
}

/**
 * Who is behind a token now. Functions whose contract is over, or which another organization operates by now, fall away
 * here, for staff and clients alike.
 */
@Injectable()
export class Callers {
  constructor(
    private readonly tokens: Tokens,
    private readonly clients: Clients,
    private readonly sessions: Sessions,
    private readonly directory: Directory,
    private readonly database: Database,
  ) {}

  /** @throws {NotSignedInError} @throws {FunctionNotYoursError} */
  async ofSession({ token, acting }: SignedIn): Promise<Caller> {
    const staff = (await this.sessions.membersOf([token])).get(token);
    if (!staff) throw new NotSignedInError();
    return this.staffCaller(staff, acting, (await excludedFrom(this.database, [staff.id])).get(staff.id));
  }

  /** Of many sessions at once; who is signed out, or does not act for that function any more, is missing. */
  async ofSessions(signedIn: readonly SignedIn[]): Promise<Map<SignedIn, Caller>> {
    const members = await this.sessions.membersOf(signedIn.map((s) => s.token));
    const excluded = await excludedFrom(
      this.database,
      [...members.values()].map((m) => m.id),
    );
    const callers = new Map<SignedIn, Caller>();
    for (const one of signedIn) {
      const staff = members.get(one.token);
      if (!staff) continue;
      try {
        callers.set(one, this.staffCaller(staff, one.acting, excluded.get(staff.id)));
      } catch (error) {
        if (!(error instanceof FunctionNotYoursError)) throw error;
      }
    }
    return callers;
  }

  /** @throws {NotSignedInError} @throws {FunctionNotYoursError} */
  async ofToken(token: string, named: string | undefined): Promise<Caller> {
    const client = await this.clients.active(this.tokens.clientOf(token));
    const { holdings, functions, awaiting } = this.today(holdingsOf(client), client.organization);
    const acting = this.acting(named, functions);
    return new Caller('client', client.id, functions, holdings, acting, client.plugin, undefined, { awaiting });
  }

  private staffCaller(staff: StaffMember, named: string | undefined, excluded: Excluded | undefined): Caller {
    const { holdings, functions, awaiting } = this.today(staff.holdings, staff.organization);
    const { id, name, mustChangePassword } = staff;
    const before = { awaiting, mustChangePassword };
    return new Caller(
      'staff',
      id,
      functions,
      holdings,
      this.acting(named, functions),
      undefined,
      name,
      before,
      excluded,
    );
  }

  /**
   * What of someone's holdings counts today: their organization operates the function, and has acknowledged secrecy where
   * it must; for the whole municipality, it is a body that may hold the role. The only place where this is asked. Whoever
   * is of another body, or works for a contractor's desk on any day, does for the municipality as one who is entrusted.
   */
  private today(held: readonly Holding[], organization: string | undefined) {
    const functions = [...new Set(held.flatMap((h) => h.function ?? []))];
    const standing = new Map(functions.map((id) => [id, this.directory.standing(id, organization)]));
    const works = (id: string) => standing.get(id) === 'works';
    const byOthers = organization !== undefined && !this.directory.isOwnBody(organization);
    const byContractor = organization !== undefined && this.directory.isContractor(organization);
    const isEntrusted = (id: string | undefined) =>
      id === undefined
        ? byOthers || functions.some((f) => this.directory.isEntrusted(f))
        : byContractor || this.directory.isEntrusted(id);
    return {
      holdings: held
        .filter((h) =>
          h.function === undefined ? this.directory.holdsForAll(h.role, organization) : works(h.function),
        )
        .map((h) => (isEntrusted(h.function) ? { ...h, entrusted: true as const } : h)),
      functions: functions.filter(works),
      awaiting: functions.filter((id) => standing.get(id) === 'must_acknowledge'),
    };
  }

  /** The function named by id or code; the only one needs no naming. Unknown and foreign look alike. */
  private acting(named: string | undefined, functions: readonly string[]): string | undefined {
    if (named === undefined) return functions.length === 1 ? functions[0] : undefined;
    const id = functions.find((f) => f === named || this.directory.find(f)?.code === named);
    if (id === undefined) throw new FunctionNotYoursError();
    return id;
  }
}
