// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { readiness } from '../http/hub-client';
import { doctorTexts, fill } from '../texts';
import type { Finding } from './finding';

/** A hub that is not running is no fault: most people ask the doctor before they start it. */
export function checkHub(url: string, state: Awaited<ReturnType<typeof readiness>>): Finding {
  const { name, ...texts } = doctorTexts.hub;
  switch (state) {
    case 'ready':
      return { name, verdict: 'ok', says: fill(texts.ready, { url }) };
    case 'starting':
      return {
        name,
        verdict: 'warning',
        says: fill(texts.starting, { url }),
        remedy: fill(texts.startingRemedy, { url }),
      };
    case 'away':
      return { name, verdict: 'ok', says: fill(texts.away, { url }), remedy: texts.awayRemedy };
  }
}
