// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What `demo-access.json` holds of the ways in. */
export interface Access {
  staff: { role: string; name: string; password: string; functions: string[] }[];
  clients: { id: string; secret: string; plugin?: string; functions: string[] }[];
}

export type Api = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ status: number; body: any; headers: Headers }>;

export type Who = { client: string } | { role: string; function?: string } | { name: string };

/** Calls with these headers. */
export const apiOf =
  (baseUrl: string, auth: Readonly<Record<string, string>>): Api =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { ...auth, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const answered = text === '' ? undefined : isJson ? JSON.parse(text) : text;
    return { status: response.status, body: answered, headers: response.headers };
  };

/** Signs in as a client (id or function) or as a member of staff (login name, or role and function). */
export async function signIn(baseUrl: string, access: Access, who: Who): Promise<Api> {
  const call = (auth: Record<string, string>) => apiOf(baseUrl, auth);
  const open = call({});
  if ('client' in who) {
    const client = access.clients.find((c) => c.functions.includes(who.client) || c.id === who.client);
    if (!client) throw new Error(`no client for ${who.client}`);
    const grant = { grant_type: 'client_credentials', client_id: client.id, client_secret: client.secret };
    const signedIn = async () =>
      call({ authorization: `Bearer ${(await open('POST', '/oauth/token', grant)).body.access_token}` });
    let api = await signedIn();
    // A token ends after a quarter of an hour, and a long test goes on.
    return async (...asked) => {
      const answer = await api(...asked);
      if (answer.status !== 401) return answer;
      api = await signedIn();
      return api(...asked);
    };
  }
  const staff = access.staff.find((s) =>
    'name' in who
      ? s.name === who.name
      : s.role === who.role && (who.function === undefined || s.functions.includes(who.function)),
  );
  if (!staff) throw new Error('nobody of the demo is that');
  const { headers } = await open('POST', '/session', { name: staff.name, password: staff.password });
  return call({ cookie: (headers.get('set-cookie') ?? '').split(';')[0] ?? '', 'tsunagi-request': '1' });
}
