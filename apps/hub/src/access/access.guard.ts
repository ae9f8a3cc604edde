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
import { setCaller, type Caller } from './caller';
import { Callers } from './callers.service';
import { sessionTokenOf } from './session-cookie';
import { descriptionOf, noteActing, NotFoundError } from '../platform';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A route names its duty in its `@Describe`, and the policy says whose that is; a route without one is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly callers: Callers) {}

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
    const acting = actingHeaderOf(request);
    if (authorization !== undefined) {
      const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
      if (token === undefined) throw new NotSignedInError();
      return this.callers.ofToken(token, acting);
    }
    const token = sessionTokenOf(request);
    if (token === undefined) throw new NotSignedInError();
    const caller = await this.callers.ofSession({ token, acting });
    // A foreign page cannot set this header without asking first (CORS), and nobody is allowed.
    if (!safeMethods.has(request.method) && request.headers['tsunagi-request'] !== '1')
      throw new RequestHeaderMissingError();
    return caller;
  }
}

function actingHeaderOf(request: Request): string | undefined {
  const named = request.headers['tsunagi-function'];
  // Said twice, it names nothing that there is.
  if (Array.isArray(named)) throw new FunctionNotYoursError();
  return named;
}
