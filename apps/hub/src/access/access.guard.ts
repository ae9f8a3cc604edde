// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { may } from '@tsunagi/domain';
import type { Request } from 'express';
import {
  FunctionNotYoursError,
  NotSignedInError,
  PasswordChangeNeededError,
  RequestHeaderMissingError,
  RoleMissingError,
} from './access.errors';
import { Caller, setCaller, type Holding } from './caller';
import { Clients, holdingsOf } from './clients.service';
import { sessionTokenOf } from './session-cookie';
import { Sessions } from './sessions.service';
import { Tokens } from './tokens';
import { Directory } from '../organizations';
import { descriptionOf, noteActing, NotFoundError } from '../platform';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A route names its duty in its `@Describe`, and the policy says whose that is; a route without one is closed. Functions
 * whose contract is over, or which another organization operates by now, fall away here, for staff and clients alike.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly tokens: Tokens,
    private readonly clients: Clients,
    private readonly sessions: Sessions,
    private readonly directory: Directory,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const { who, beforePassword } = descriptionOf(context.getHandler()) ?? {};
    if (who === undefined) throw new NotFoundError();
    if (who === 'anyone') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const caller = await this.identify(request);
    if (caller.mustChangePassword && beforePassword !== true) throw new PasswordChangeNeededError();
    if (who !== 'caller' && !may(caller, who)) throw new RoleMissingError();
    setCaller(request, caller);
    noteActing(request, caller.acting);
    return true;
  }

  private async identify(request: Request): Promise<Caller> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.clientCaller(request, authorization);
    const token = sessionTokenOf(request);
    if (token === undefined) throw new NotSignedInError();
    const staff = await this.sessions.memberOf(token);
    // A foreign page cannot set this header without asking first (CORS), and nobody is allowed.
    if (!safeMethods.has(request.method) && request.headers['tsunagi-request'] !== '1')
      throw new RequestHeaderMissingError();
    const { holdings, functions, awaiting } = this.today(staff.holdings, staff.organization);
    return new Caller('staff', staff.id, functions, holdings, this.acting(request, functions), undefined, staff.name, {
      awaiting,
      mustChangePassword: staff.mustChangePassword,
    });
  }

  private async clientCaller(request: Request, authorization: string): Promise<Caller> {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token === undefined) throw new NotSignedInError();
    const client = await this.clients.active(this.tokens.clientOf(token));
    const { holdings, functions, awaiting } = this.today(holdingsOf(client), client.organization);
    const acting = this.acting(request, functions);
    return new Caller('client', client.id, functions, holdings, acting, client.plugin, undefined, { awaiting });
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

  /** The function named by header (id or code); the only one needs no naming. Unknown and foreign look alike. */
  private acting(request: Request, functions: readonly string[]): string | undefined {
    const named = request.headers['tsunagi-function'];
    if (named === undefined) return functions.length === 1 ? functions[0] : undefined;
    const id = functions.find((f) => f === named || this.directory.find(f)?.code === named);
    if (id === undefined) throw new FunctionNotYoursError();
    return id;
  }
}
