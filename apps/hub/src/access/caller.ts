// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Role } from '@tsunagi/domain';
import type { Request } from 'express';
import { FunctionNeededError, NotSignedInError } from './access.errors';

/** One role, at one function or (`function` absent) for the whole municipality. */
export interface Holding {
  readonly role: Role;
  readonly function?: string;
}

/** Who calls, for which functions, and for which of them just now. */
export class Caller {
  constructor(
    readonly kind: 'staff' | 'client',
    readonly id: string,
    /** Ids of the functions the caller belongs to. */
    readonly functions: readonly string[],
    private readonly holdings: readonly Holding[],
    /** The function acted for: the only one, or the one named by `Tsunagi-Function`. */
    readonly acting?: string,
    /** The plugin a machine client stands beside. */
    readonly plugin?: string,
    /** Name of a member of staff, for the caller's own eyes and for what they sign. */
    readonly name?: string,
  ) {}

  /** As events and audit name the caller. */
  get actor(): `staff:${string}` | `client:${string}` {
    return `${this.kind}:${this.id}`;
  }

  /**
   * Roles at this function, those for the whole municipality included. Without one: at the function acted for; when none
   * is chosen, at any.
   */
  roles(functionId: string | undefined = this.acting): Role[] {
    const held = this.holdings.filter(
      (h) => h.function === undefined || functionId === undefined || h.function === functionId,
    );
    return Role.options.filter((role) => held.some((h) => h.role === role));
  }

  /** Holds one of these roles there. */
  has(roles: readonly Role[], functionId?: string): boolean {
    return this.roles(functionId).some((role) => roles.includes(role));
  }

  rolesEverywhere(): Role[] {
    return Role.options.filter((role) => this.everywhere(role));
  }

  /** Holds the role for the whole municipality, not only at one function. */
  everywhere(role: Role): boolean {
    return this.holdings.some((h) => h.role === role && h.function === undefined);
  }
}

const slot = Symbol('caller');
type WithCaller = Request & { [slot]?: Caller };

export const callerOf = (request: Request): Caller | undefined => (request as WithCaller)[slot];
export function setCaller(request: Request, caller: Caller): void {
  (request as WithCaller)[slot] = caller;
}

/** The caller of this request. The guard has put it there; a route open to anyone has none. */
export const Calling = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callerOf(context.switchToHttp().getRequest<Request>());
  if (!caller) throw new NotSignedInError();
  return caller;
});

/** The function this caller acts for. @throws {FunctionNeededError} when several are possible and none is named. */
export function actingFor(caller: Caller): string {
  if (caller.acting === undefined) throw new FunctionNeededError();
  return caller.acting;
}
