// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { SetMetadata } from '@nestjs/common';
import type { Role } from '@tsunagi/domain';
import type { z } from 'zod';

/** Every route of the HTTP interface stands below this. */
export const api = 'api/v1';

/** Who may call a route: anybody, every signed-in caller, or a caller who holds one of these roles. */
export type Who = 'anyone' | 'caller' | readonly Role[];

export interface Description {
  /** One Japanese line. */
  readonly summary: string;
  readonly tag: string;
  readonly who: Who;
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  readonly params?: z.ZodType;
  /** Headers with a meaning beside the usual ones, by name. */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly required?: boolean }>>;
  /** Body by status; `null` = none. Problems need not be listed. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Content type of the answer. @default application/json */
  readonly produces?: string;
}

const key = 'tsunagi:description';

/** Describes a route for `/openapi.json` and says who may call it. A route without it is closed to everybody. */
export const Describe = (description: Description): MethodDecorator => SetMetadata(key, description);

export const descriptionOf = (handler: object): Description | undefined =>
  Reflect.getMetadata(key, handler) as Description | undefined;
