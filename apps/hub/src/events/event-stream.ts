// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { StreamChange } from '@tsunagi/contracts';
import type { Response } from 'express';
import type { Caller, SignedIn } from '../access';

/** Whoever reads so much slower than it comes starts anew. */
const mostUnread = 64 * 1024;
/** After how long a browser comes back. */
const retryMs = 3_000;

/** One open answer to GET /events (HTML Standard, 9.2). */
export class EventStream {
  constructor(
    readonly who: SignedIn,
    /** As of the last time it was asked who this is. */
    public caller: Caller,
    /** Up to which line of the audit it has heard; absent = not known where it began. */
    public line: number | undefined,
    private readonly response: Response,
  ) {}

  open(): void {
    this.response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // Proxies pass on what comes, when it comes.
      'X-Accel-Buffering': 'no',
    });
    this.write(`retry: ${retryMs}\n\n`);
  }

  changed(cursor: string, change: StreamChange): void {
    this.write(`event: changed\nid: ${cursor}\ndata: ${JSON.stringify(change)}\n\n`);
  }

  /** It is not known what was missed. */
  reload(cursor: string): void {
    this.write(`event: reload\nid: ${cursor}\ndata: {}\n\n`);
  }

  /** Nothing has happened: proxies keep the line, the browser remembers how far it has heard, and the page that somebody is there. */
  alive(cursor: string | undefined): void {
    this.write(`event: alive\n${cursor === undefined ? '' : `id: ${cursor}\n`}data: {}\n\n`);
  }

  close(): void {
    this.response.end();
  }

  private write(text: string): void {
    if (this.response.writableEnded) return;
    this.response.write(text);
    if (this.response.writableLength > mostUnread) this.response.destroy();
  }
}
