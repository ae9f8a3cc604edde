// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { InvalidInputError, NotFoundError } from './http.errors';
import { refuseMyNumberBesideIds, refuseMyNumberInBody } from './my-number';

/**
 * Parses a `@Body`, `@Query` or `@Param` where it enters: `@Body(zod(sendBody)) body: z.infer<typeof sendBody>`.
 * No body gets any further with a マイナンバー in it, but where each item of many is judged and answered alone.
 * `holdsIds`: it repeats what is on a screen, where ids stand beside words. A path parameter that cannot be an id names nothing, so it answers like something absent.
 */
export function zod<S extends z.ZodType>(
  schema: S,
  { eachIsJudged = false, holdsIds = false }: { readonly eachIsJudged?: boolean; readonly holdsIds?: boolean } = {},
): PipeTransform<unknown, z.output<S>> {
  return {
    transform(value: unknown, { type }: ArgumentMetadata) {
      // No body at all is an empty one, so that what is missing can be named.
      const input = type === 'body' && value === undefined ? {} : value;
      if (type === 'body' && !eachIsJudged) (holdsIds ? refuseMyNumberBesideIds : refuseMyNumberInBody)(input);
      const result = schema.safeParse(input);
      if (result.success) return result.data;
      if (type === 'param') throw new NotFoundError();
      throw new InvalidInputError(result.error.issues, input, type === 'query' ? '/query' : '');
    },
  };
}

/** A body whose schema is chosen by what is done. */
export const written: PipeTransform<unknown, unknown> = {
  transform(value: unknown) {
    refuseMyNumberInBody(value);
    return value;
  },
};
