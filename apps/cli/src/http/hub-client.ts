// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { problem, tokenAnswer } from '@tsunagi/contracts';
import type { z } from 'zod';
import { CliError } from '../cli.error';
import type { ClientAccess } from './access';

/** Longer than the longest the hub lets anybody wait (a plugin's check: 10 s). */
const patienceMs = 20_000;

/** The hub over HTTP, signed in as one machine client. */
export class HubClient {
  private constructor(
    private readonly baseUrl: string,
    private readonly token: string,
  ) {}

  /** @throws CliError HUB_AWAY or HUB_REFUSED */
  static async signIn(baseUrl: string, { id, secret }: ClientAccess): Promise<HubClient> {
    const body = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
    const answer = await ask(baseUrl, { method: 'POST', path: '/api/v1/oauth/token', body });
    return new HubClient(baseUrl, read(answer, tokenAnswer).access_token);
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return read(await ask(this.baseUrl, { method: 'GET', path, token: this.token }), schema);
  }

  async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return read(await ask(this.baseUrl, { method: 'POST', path, body, token: this.token }), schema);
  }
}

/** Is somebody there, and is the start complete? */
export async function readiness(baseUrl: string): Promise<'ready' | 'starting' | 'away'> {
  try {
    const response = await fetch(new URL('/health/ready', baseUrl), { signal: AbortSignal.timeout(3_000) });
    return response.ok ? 'ready' : 'starting';
  } catch {
    return 'away';
  }
}

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
}

async function ask(baseUrl: string, { method, path, body, token }: Question): Promise<unknown> {
  let response: Response;
  let json: unknown;
  try {
    response = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    json = await response.json();
  } catch {
    throw new CliError('HUB_AWAY', { url: baseUrl });
  }
  if (response.ok) return json;
  const refusal = problem.safeParse(json);
  if (!refusal.success) throw new CliError('HUB_STRANGE');
  throw new CliError('HUB_REFUSED', { code: refusal.data.code, detail: refusal.data.detail });
}

function read<T>(json: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new CliError('HUB_STRANGE');
  return parsed.data;
}
