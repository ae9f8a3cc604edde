// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { InvalidInputError, NotFoundError } from './http.errors';
import { refuseMyNumberField } from './my-number';

/**
 * Parses a `@Body`, `@Query` or `@Param` where it enters: `@Body(zod(sendBody)) body: z.infer<typeof sendBody>`.
 * A path parameter that cannot be an id names nothing, so it answers like something absent.
 */
export function zod<S extends z.ZodType>(schema: S): PipeTransform<unknown, z.output<S>> {
  return {
    transform(value: unknown, { type }: ArgumentMetadata) {
      // No body at all is an empty one, so that what is missing can be named.
      const input = type === 'body' && value === undefined ? {} : value;
      if (type === 'body') refuseMyNumberField(input);
      const result = schema.safeParse(input);
      if (result.success) return result.data;
      if (type === 'param') throw new NotFoundError();
      throw new InvalidInputError(result.error.issues, input, type === 'query' ? '/query' : '');
    },
  };
}
