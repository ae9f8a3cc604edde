// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { StreamChange } from '@tsunagi/contracts';

export interface ListenerEvent {
  readonly type: string;
  readonly data: StreamChange;
}

/** What a browser hears at GET /events. */
export interface Listener {
  readonly status: number;
  /** The problem, where there is no stream. */
  readonly code?: string;
  readonly heard: readonly ListenerEvent[];
  /** Comments that keep the line. */
  readonly beats: number;
  /** As the browser remembers it, for when it comes back. */
  readonly lastId: string | undefined;
  readonly isClosed: boolean;
  /** Did it hear of this referral? */
  knows(referral: string): boolean;
  hangUp(): Promise<void>;
}

export async function listen(
  baseUrl: string,
  cookie: string,
  { since, function: desk }: { readonly since?: string | undefined; readonly function?: string } = {},
): Promise<Listener> {
  const stop = new AbortController();
  const answer = await fetch(`${baseUrl}/api/v1/events${desk === undefined ? '' : `?function=${desk}`}`, {
    headers: { cookie, ...(since !== undefined && { 'last-event-id': since }) },
    signal: stop.signal,
  });
  const heard: ListenerEvent[] = [];
  let beats = 0;
  let lastId = since;
  let isClosed = false;
  const take = (block: string) => {
    const fields = new Map(block.split('\n').map((l) => [l.split(':')[0], l.slice(l.indexOf(':') + 1).trim()]));
    lastId = fields.get('id') ?? lastId;
    const data = fields.get('data');
    if (fields.get('event') === 'alive') beats++;
    else if (data !== undefined) heard.push({ type: fields.get('event') ?? 'message', data: JSON.parse(data) });
  };
  const read = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      blocks.forEach(take);
    }
  };
  const problem = answer.status === 200 ? undefined : ((await answer.json()) as { code: string });
  const reading = answer.status === 200 ? read() : Promise.resolve();
  const ended = reading.catch(() => undefined).then(() => void (isClosed = true));
  return {
    status: answer.status,
    ...(problem && { code: problem.code }),
    heard,
    get beats() {
      return beats;
    },
    get lastId() {
      return lastId;
    },
    get isClosed() {
      return isClosed;
    },
    knows: (referral) => heard.some((e) => e.data.referrals?.includes(referral)),
    async hangUp() {
      stop.abort();
      await ended;
    },
  };
}
