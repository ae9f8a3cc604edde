// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { SetMetadata } from '@nestjs/common';
import type { Duty } from '@tsunagi/domain';
import type { z } from 'zod';
import type { ProblemCode } from './catalogue';

/** Every route of the HTTP interface stands below this. */
export const api = 'api/v1';

/** Who may call a route: anybody, every signed-in caller, or a caller with this duty. */
export type Who = 'anyone' | 'caller' | Duty;

/** What a path is for, and what it takes. */
export interface PathDescription {
  /** One Japanese line. */
  readonly summary: string;
  /** What a caller must know beside it: Japanese, Markdown. */
  readonly details?: string;
  readonly body?: z.ZodType;
  /** Problems of this route's own; those of what it takes (a body, `If-Match`, a token …) need not be listed. */
  readonly problems?: readonly ProblemCode[];
}

export interface Description extends PathDescription {
  readonly tag: string;
  readonly who: Who;
  readonly query?: z.ZodType;
  readonly params?: z.ZodType;
  /** Headers with a meaning beside the usual ones, by name. */
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly required?: boolean }>>;
  /** Body by status; `null` = none. Problems need not be listed. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Content type of the answer. @default application/json */
  readonly produces?: string;
  /** Headers of a good answer with a meaning, by name. */
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** Open also to who must change the first password before anything else. */
  readonly beforePassword?: true;
  /** Takes a form and HTTP Basic as well, as RFC 6749 wants it. */
  readonly asOAuth?: true;
  /** The route stands for one path per value of this parameter: each is described for itself. */
  readonly each?: { readonly parameter: string; readonly paths: Readonly<Record<string, PathDescription>> };
}

const key = 'tsunagi:description';

/** Describes a route for `/openapi.json` and says who may call it. A route without it is closed to everybody. */
export const Describe = (description: Description): MethodDecorator => SetMetadata(key, description);

export const descriptionOf = (handler: object): Description | undefined =>
  Reflect.getMetadata(key, handler) as Description | undefined;
