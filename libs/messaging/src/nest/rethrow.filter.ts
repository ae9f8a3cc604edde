// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Lets an error through as it is, with class and code, to the table of failure policies. Nest's own filter would write it to
 * the log and put "Internal server error" in its place. Every class with `@EventPattern` methods carries
 * `@UseFilters(RethrowFilter)`; a global filter does not reach a microservice that is attached to an HTTP application.
 */
@Catch()
export class RethrowFilter implements RpcExceptionFilter {
  catch(exception: unknown): Observable<never> {
    return throwError(() => exception);
  }
}
