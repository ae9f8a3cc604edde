// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { HubUnderTest } from './hub-under-test';
import { signIn } from './sign-in';

/**
 * A caseworker of a desk that has none in the demo, as IT makes them: with a password of their own, and secrecy acknowledged.
 * @returns the name to sign in with
 */
export async function engage(under: HubUnderTest, desk: { readonly code: string }, login: string): Promise<string> {
  const it = await under.as({ role: 'it_admin' });
  const { items } = (await it('GET', '/desk-functions?limit=500')).body;
  const { id, organization } = items.find((f: { code: string }) => f.code === desk.code);
  const { body } = await it('POST', '/staff', {
    login,
    name: '見本 支援',
    organization: organization.id,
    memberships: [{ role: 'caseworker', function: id, validFrom: '2026-01-01' }],
  });
  const staff = { role: 'caseworker', name: login, functions: [id] };
  const first = { ...under.access, staff: [{ ...staff, password: body.firstPassword }] };
  const newcomer = await signIn(under.hub.baseUrl, first, { name: login });
  const password = 'つなぎの練習をする合言葉';
  const changed = await newcomer('POST', '/session/password', { current: body.firstPassword, next: password });
  if (changed.status !== 204) throw new Error(`password: ${changed.status} ${changed.body?.code}`);
  under.access.staff.push({ ...staff, password });
  const again = await signIn(under.hub.baseUrl, under.access, { name: login });
  await again('POST', `/desk-functions/${id}/acknowledge-secrecy`);
  return login;
}
