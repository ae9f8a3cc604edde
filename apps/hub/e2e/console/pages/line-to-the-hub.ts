// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page, Route } from 'playwright-core';

/** `held`: no answer comes; `failing`: the hub says that it cannot; `cut`: there is no network. */
type State = 'open' | 'held' | 'failing' | 'cut';

/** What the hub says when it cannot, as it says it (RFC 9457). */
export const cannot = { title: '処理できませんでした', detail: 'しばらくしてから、もう一度お試しください。' };

/** The line between one page and the hub, which a test may disturb, or for some questions alone. Who is signed in is answered as ever. */
export async function lineToTheHub(page: Page, questions = /\/api\/v1\/(?!session$)/) {
  let state: State = 'open';
  let waiting: Route[] = [];
  const problem = JSON.stringify({
    ...{ type: 'about:blank', status: 500, code: 'INTERNAL', requestId: 'test', retryable: false, ...cannot },
  });
  const answer = (route: Route) => {
    // The hub that cannot answer says all the same that it is there.
    if (state === 'failing' && !route.request().url().includes('/events'))
      return route.fulfill({ status: 500, contentType: 'application/problem+json', body: problem });
    return state === 'cut' ? route.abort('internetdisconnected') : route.continue();
  };
  await page.route(questions, async (route) => {
    if (state === 'held') waiting.push(route);
    else await answer(route);
  });
  return {
    async is(next: State): Promise<void> {
      state = next;
      await page.context().setOffline(next === 'cut');
      const held = waiting;
      waiting = [];
      // One that was asked for by a page that is gone has nobody to answer.
      await Promise.all(held.map((route) => answer(route).catch(() => undefined)));
    },
  };
}
