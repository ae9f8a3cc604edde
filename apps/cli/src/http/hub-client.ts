// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { problem, tokenAnswer, type Problem, type SignIn } from '@tsunagi/contracts';
import type { z } from 'zod';
import { CliError, type Fault } from '../cli.error';
import type { ClientAccess } from './access';

/** Longer than the longest the hub lets anybody wait (a plugin's check: 10 s). */
const patienceMs = 20_000;
const sessionPath = '/api/v1/session';

/** The hub over HTTP, signed in as one machine client or one person. */
export class HubClient {
  private constructor(
    private readonly baseUrl: string,
    private readonly credentials: Credentials,
  ) {}

  /** @throws CliError HUB_AWAY or HUB_REFUSED */
  static async signIn(baseUrl: string, { id, secret }: ClientAccess): Promise<HubClient> {
    const body = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
    const answer = await ask(baseUrl, { method: 'POST', path: '/api/v1/oauth/token', body });
    return new HubClient(baseUrl, { authorization: `Bearer ${read(answer, tokenAnswer).access_token}` });
  }

  /** Signed in as a person while the work lasts, with exactly what that person may do. @throws CliError HUB_AWAY or HUB_REFUSED */
  static async asPerson<T>(baseUrl: string, who: SignIn, work: (hub: HubClient) => Promise<T>): Promise<T> {
    const { headers } = await answerOf(baseUrl, { method: 'POST', path: sessionPath, body: who });
    const cookie = headers.getSetCookie()[0]?.split(';')[0];
    if (cookie === undefined) throw new CliError('HUB_STRANGE');
    const credentials = { cookie, 'tsunagi-request': '1' };
    try {
      return await work(new HubClient(baseUrl, credentials));
    } finally {
      await answerOf(baseUrl, { method: 'DELETE', path: sessionPath, credentials });
    }
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return read(await ask(this.baseUrl, { method: 'GET', path, credentials: this.credentials }), schema);
  }

  /** With the version that was seen, where the hub asks for it. */
  async post<T>(path: string, body: unknown, schema: z.ZodType<T>, version?: number): Promise<T> {
    const seen = version === undefined ? {} : { version };
    return read(
      await ask(this.baseUrl, { method: 'POST', path, body, credentials: this.credentials, ...seen }),
      schema,
    );
  }

  /** A file, as it is. */
  async text(path: string): Promise<Buffer> {
    return (await answerOf(this.baseUrl, { method: 'GET', path, credentials: this.credentials })).bytes;
  }

  /** Replaces the version that was seen; another one is left as it is (HUB_REFUSED, VERSION_CONFLICT). */
  async put<T>(path: string, version: number, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return read(await ask(this.baseUrl, { method: 'PUT', path, body, credentials: this.credentials, version }), schema);
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

/** Headers by which the hub knows who asks. */
type Credentials = Readonly<Record<string, string>>;

interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly credentials?: Credentials;
  readonly version?: number;
}

async function ask(baseUrl: string, question: Question): Promise<unknown> {
  return jsonOf((await answerOf(baseUrl, question)).bytes, baseUrl);
}

function jsonOf(bytes: Buffer, url: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    // Something else answers there.
    throw new CliError('HUB_AWAY', { url });
  }
}

/** Body and headers of a good answer. @throws CliError HUB_AWAY, HUB_REFUSED or HUB_STRANGE */
async function answerOf(
  baseUrl: string,
  { method, path, body, credentials, version }: Question,
): Promise<{ bytes: Buffer; headers: Headers }> {
  let response: Response;
  let bytes: Buffer;
  try {
    response = await fetch(new URL(path, baseUrl), {
      method,
      headers: {
        ...credentials,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(version !== undefined && { 'if-match': `"${version}"` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    bytes = Buffer.from(await response.arrayBuffer());
  } catch {
    throw new CliError('HUB_AWAY', { url: baseUrl });
  }
  if (response.ok) return { bytes, headers: response.headers };
  const refusal = problem.safeParse(jsonOf(bytes, baseUrl));
  if (!refusal.success) throw new CliError('HUB_STRANGE');
  const { code, detail, errors = [] } = refusal.data;
  throw new CliError('HUB_REFUSED', { code, detail }, errors.map(faultOf));
}

function faultOf({ pointer, code, message, hint }: NonNullable<Problem['errors']>[number]): Fault {
  return { at: pointer, code, message: hint === undefined ? message : `${message}（${hint}）` };
}

function read<T>(json: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new CliError('HUB_STRANGE');
  return parsed.data;
}
