// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { IncomingHttpHeaders } from 'node:http';

/** A request that has arrived whole. */
export interface DoorRequest {
  readonly method: string;
  /** As it was asked for, such as `/plugins/kosodate/v1/events`; never with a query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Goes into every answer and log line about it. */
  readonly requestId: string;
}

export interface DoorAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** JSON. A problem (RFC 9457) where the status is 400 or more. */
  readonly body: object;
}

/** Where a legacy system that calls out comes in: everything below `/plugins/<id>/` of the host's listener. */
export type Door = (request: DoorRequest) => Promise<DoorAnswer>;
