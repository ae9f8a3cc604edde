// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { StreamChange } from '@tsunagi/contracts';
import { searchOf } from './call';

/** What a tab hears. `reload`: it is not known what was missed. */
export type Heard = { readonly kind: 'changed'; readonly change: StreamChange } | { readonly kind: 'reload' };
/** `stale`: for some time nothing was heard, and what is shown may be old. */
export type LineState = 'opening' | 'live' | 'stale';

type Told = Heard | { readonly kind: 'line'; readonly state: LineState } | { readonly kind: 'who' };

/** The hub says every ten seconds that it is there; three times silent is too long. */
const silentMs = 35_000;
const reopenMs = 3_000;
const name = 'tsunagi-stream';

/**
 * One stream for a browser, whatever the number of its tabs: who holds the lock listens, and passes on to the others. With the tab
 * that listens the lock goes to the next. Without locks (no TLS) each tab listens for itself.
 *
 * @returns ends it
 */
export function listen(onHeard: (heard: Heard) => void, onLine: (state: LineState) => void): () => void {
  const ended = new AbortController();
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : undefined;
  let mine: LineState | undefined;
  let wasLive = false;
  const take = (told: Told) => {
    if (told.kind === 'line') {
      wasLive ||= told.state === 'live';
      onLine(told.state);
    } else if (told.kind !== 'who') onHeard(told);
  };
  const tell = (told: Told) => {
    if (told.kind === 'line') mine = told.state;
    take(told);
    channel?.postMessage(told);
  };
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<Told>) => {
      // Whoever has just come asks how the line is.
      if (data.kind === 'who') {
        if (mine !== undefined) channel.postMessage({ kind: 'line', state: mine } satisfies Told);
      } else take(data);
    };
    channel.postMessage({ kind: 'who' } satisfies Told);
  }
  if (channel && 'locks' in navigator)
    void navigator.locks
      // Between the tab that listened and this one something may have happened.
      .request(name, { signal: ended.signal }, () => keepOpen(tell, ended.signal, wasLive))
      .catch(() => undefined);
  else void keepOpen(tell, ended.signal, false);
  return () => {
    ended.abort();
    channel?.close();
  };
}

/** Opens the stream, and again whenever it falls silent, until told to end. @param missed whether another was open before */
function keepOpen(tell: (told: Told) => void, signal: AbortSignal, missed: boolean): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let silence: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source?.close();
      source = new EventSource(`/api/v1/events${searchOf()}`);
      source.onopen = () => {
        alive();
        // A new stream does not say what happened before it.
        if (missed) tell({ kind: 'reload' });
        missed = true;
      };
      source.addEventListener('alive', alive);
      source.addEventListener('changed', ({ data }) => {
        alive();
        tell({ kind: 'changed', change: JSON.parse(data as string) as StreamChange });
      });
      source.addEventListener('reload', () => {
        alive();
        tell({ kind: 'reload' });
      });
      source.onerror = () => {
        tell({ kind: 'line', state: 'stale' });
        // Refused, not cut: the browser does not come back by itself.
        if (source?.readyState === EventSource.CLOSED) later(reopenMs);
      };
      later(silentMs);
    };
    const alive = () => {
      tell({ kind: 'line', state: 'live' });
      later(silentMs);
    };
    const later = (ms: number) => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        tell({ kind: 'line', state: 'stale' });
        open();
      }, ms);
    };
    // The browser knows of a line that is cut long before a silence is too long.
    const cut = () => tell({ kind: 'line', state: 'stale' });
    addEventListener('offline', cut);
    addEventListener('online', open);
    signal.addEventListener('abort', () => {
      removeEventListener('offline', cut);
      removeEventListener('online', open);
      clearTimeout(silence);
      source?.close();
      resolve();
    });
    // Once: a line that fell silent is stale until something is heard on it again.
    tell({ kind: 'line', state: 'opening' });
    open();
  });
}
