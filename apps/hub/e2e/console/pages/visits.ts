// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { routes } from '@tsunagi/console/routes';
import type { Browsing } from '../../../test/browser';
import type { TwoDesks } from '../../../test/two-desks';
import { loaded } from '../at-work';
import { pageStates } from './states';

export interface Visits {
  /** In a browser of their own, in which they stay signed in; by the name they sign in with. */
  as(seat: string): Promise<Page>;
  /** At the page of this address, with all that it asks for. */
  opened(seat: string, path: string): Promise<Page>;
}

/** Those who work there open one page after another. */
export function visits(desks: TwoDesks, browsing: Browsing): Visits {
  const signedIn = new Map<string, Page>();
  const as = async (seat: string) => {
    const page = signedIn.get(seat) ?? (await browsing.as(seat));
    signedIn.set(seat, page);
    return page;
  };
  return {
    as,
    async opened(seat, path) {
      const page = await as(seat);
      await page.goto(`${desks.under.hub.baseUrl}/console${path}`);
      await loaded(page);
      return page;
    },
  };
}

/** By the name they sign in with. At a desk it is the one of the page's own seat. */
const seatOf = (role: string, seat: string) =>
  role === 'caseworker' || role === 'supervisor' ? `${role}.${seat.split('.')[1] ?? 'kaigo'}` : role;

/** Everybody else who uses the page. */
export const othersAt = ({ name, roles }: (typeof routes)[number]): string[] =>
  roles.map((role) => seatOf(role, pageStates[name].seat)).filter((other) => other !== pageStates[name].seat);
