// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { deskFunctionList, organizationList } from '@tsunagi/contracts';
import type { z } from 'zod';
import { CliError } from '../cli.error';
import type { HubClient } from '../http/hub-client';

type List<T> = z.ZodType<{ items: T[]; next?: string | undefined }>;

/** Every page of a list. */
export async function all<T>(hub: HubClient, path: string, schema: List<T>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await hub.get(`${path}?limit=500${cursor === undefined ? '' : `&cursor=${cursor}`}`, schema);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

/** Names and codes of people as the ids of the hub. */
export interface Names {
  readonly organization: (name: string) => string;
  readonly desk: (code: string) => string;
}

/** @throws CliError OPTION_INVALID, from the functions, for a name that the hub does not know */
export async function namesOf(hub: HubClient): Promise<Names> {
  const organizations = new Map((await all(hub, '/api/v1/organizations', organizationList)).map((o) => [o.name, o.id]));
  const desks = new Map((await all(hub, '/api/v1/desk-functions', deskFunctionList)).map((f) => [f.code, f.id]));
  const find = (known: ReadonlyMap<string, string>, name: string) => {
    const id = known.get(name);
    if (id === undefined) throw new CliError('NAME_UNKNOWN', { name });
    return id;
  };
  return { organization: (name) => find(organizations, name), desk: (code) => find(desks, code) };
}
