// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Role, type Excluded, type RoleHeld, type Viewer } from '@tsunagi/domain';
import type { Request } from 'express';
import { FunctionNeededError, NotSignedInError } from './access.errors';

export interface Holding extends RoleHeld {
  /** The member of staff for whom it is held as deputy. */
  readonly actsFor?: string;
}

/** Who calls, for which functions, and for which of them just now. What the caller may do, the policy of the domain says. */
export class Caller implements Viewer {
  constructor(
    readonly kind: 'staff' | 'client',
    readonly id: string,
    /** Ids of the functions the caller belongs to. */
    readonly functions: readonly string[],
    readonly holdings: readonly Holding[],
    /** The function acted for: the only one, or the one named by `Tsunagi-Function`. */
    readonly acting?: string,
    /** The plugin a machine client stands beside. */
    readonly plugin?: string,
    /** Name of a member of staff, for the caller's own eyes and for what they sign. */
    readonly name?: string,
    private readonly before: {
      /** Functions that are the caller's once secrecy is acknowledged. */
      readonly awaiting?: readonly string[];
      readonly mustChangePassword?: boolean;
    } = {},
    readonly excluded?: Excluded,
  ) {}

  get awaiting(): readonly string[] {
    return this.before.awaiting ?? [];
  }

  /** Members of staff for whom the caller stands in today. */
  get standsInFor(): readonly string[] {
    return [...new Set(this.holdings.flatMap((h) => h.actsFor ?? []))];
  }

  get mustChangePassword(): boolean {
    return this.before.mustChangePassword === true;
  }

  /** As events and audit name the caller. */
  get actor(): `staff:${string}` | `client:${string}` {
    return `${this.kind}:${this.id}`;
  }

  /** Roles at this function, those for the whole municipality included. */
  roles(functionId: string): Role[] {
    return this.rolesWhere((h) => h.function === undefined || h.function === functionId);
  }

  rolesEverywhere(): Role[] {
    return this.rolesWhere((h) => h.function === undefined);
  }

  private rolesWhere(holds: (holding: Holding) => boolean): Role[] {
    const held = this.holdings.filter(holds);
    return Role.options.filter((role) => held.some((h) => h.role === role));
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
