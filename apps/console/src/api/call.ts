// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Problem } from '@tsunagi/contracts';
import { ProblemError, UnreachableError } from './problem';

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface Asking {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  /** The version that was seen, or the tag of the content. */
  readonly ifMatch?: number | string;
  /** Of a new submission; the same one when it is sent again. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Whoever is not signed in shall be told so, not asked to sign in: the first question of a page. */
  readonly quietly?: boolean;
}

/** Where the desk that is acted for is kept, as long as the tab is open. */
export const chosenDesk = 'tsunagi-acting-for';

/** Who is asked to sign in when a session has ended, and the desk that is acted for: both belong to the shell. */
export const shell: { signInAgain?: () => Promise<void>; actingFor?: string | undefined } = {
  actingFor: sessionStorage.getItem(chosenDesk) ?? undefined,
};

interface AskedAhead {
  readonly answer: Promise<Response>;
  readonly at: number;
  readonly actingFor: string | undefined;
}
const ahead = new Map<string, AskedAhead>();
/** What was asked so long ago is asked anew. */
const aheadMs = 10_000;

/** Asks before anybody is there to wait for the answer. The first {@link call} of the same gets it, and no other. */
export function askAhead(path: string, query?: Query): void {
  const answer = send(path, { query: query ?? {} });
  // What went wrong goes wrong again when it is asked.
  answer.catch(() => undefined);
  ahead.set(path + searchOf(query), { answer, at: performance.now(), actingFor: shell.actingFor });
}

async function askedAhead(path: string, { method, query, body }: Asking): Promise<Response | undefined> {
  if (method !== undefined || body !== undefined) return undefined;
  const asked = ahead.get(path + searchOf(query));
  if (!asked) return undefined;
  ahead.delete(path + searchOf(query));
  // For another desk it is another question.
  if (performance.now() - asked.at > aheadMs || asked.actingFor !== shell.actingFor) return undefined;
  const response = await asked.answer.catch(() => undefined);
  return response?.ok ? response : undefined;
}

/**
 * Asks the hub. A session that has ended meanwhile is taken up again over the page, and the question asked once more: what was
 * typed is kept.
 *
 * @throws {ProblemError} what the hub refuses @throws {UnreachableError}
 */
export async function call<T = void>(path: string, asking: Asking = {}): Promise<T> {
  const response = await answered(path, asking);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export interface AnsweredFile {
  readonly blob: Blob;
  readonly name: string;
  /** Characters that its encoding could not hold. */
  readonly lost: number;
  /** There are more rows than it holds. */
  readonly isCut: boolean;
}

/** What the hub answers with is a file. @throws {ProblemError} what the hub refuses @throws {UnreachableError} */
export async function fileOf(path: string, asking: Asking): Promise<AnsweredFile> {
  const response = await answered(path, asking);
  return {
    blob: await response.blob(),
    name: /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? '',
    lost: Number(response.headers.get('Tsunagi-Loss') ?? 0),
    isCut: response.headers.get('Tsunagi-More') === 'true',
  };
}

async function answered(path: string, asking: Asking): Promise<Response> {
  for (;;) {
    const response = (await askedAhead(path, asking)) ?? (await send(path, asking));
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (problem.code !== 'NOT_SIGNED_IN' || asking.quietly || !shell.signInAgain) throw new ProblemError(problem);
    await shell.signInAgain();
  }
}

async function send(path: string, { method, query, body, ifMatch, idempotencyKey, signal }: Asking): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}${searchOf(query)}`, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        Accept: 'application/json',
        // What a form of another site cannot send.
        'Tsunagi-Request': '1',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(ifMatch !== undefined && { 'If-Match': `"${ifMatch}"` }),
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
        ...(shell.actingFor !== undefined && { 'Tsunagi-Function': shell.actingFor }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnreachableError();
  }
}

export function searchOf(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** A proxy in between answers in its own way; it is then the hub that cannot be reached. */
async function problemOf(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.code === 'string') return problem;
  } catch {
    // Not JSON.
  }
  throw new UnreachableError();
}
