// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { findAccess } from '../http/access';
import { HubClient } from '../http/hub-client';
import type { ReadSettings } from '../settings/read-settings';

export const pluginsPath = '/api/v1/plugins';
export const pathOfPlugin = (id: string, action = '') => `${pluginsPath}/${encodeURIComponent(id)}${action}`;

/** Signed in as the client for IT. */
export function signInForIt(context: ReadSettings): Promise<HubClient> {
  const { baseUrl, clients } = findAccess(context);
  // There is at least one, and the one for IT comes first.
  return HubClient.signIn(baseUrl, clients[0]!);
}
