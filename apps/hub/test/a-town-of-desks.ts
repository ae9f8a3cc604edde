// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { japaneseDay, Role } from '@tsunagi/domain';
import type { HubUnderTest } from './hub-under-test';
import { apiOf, signIn, type Api } from './sign-in';
import { hashSecret, newSecret } from '../src/access/secrets';
import { generalForm } from '../src/demo';

/** Somebody who signs in at the demo municipality. */
export interface Somebody {
  readonly name: string;
  readonly kind: 'staff' | 'client';
  readonly role: string;
  /** Their function; absent = the whole municipality. */
  readonly function?: string;
  /** Employed by a contractor, and given what may not be entrusted. */
  readonly entrusted?: true;
  readonly call: Api;
}

/** Somebody, with the headers by which the hub knows them. */
export interface Asker extends Somebody {
  readonly headers: Readonly<Record<string, string>>;
}

/** DOMAIN §8: what these do, no account of a contractor does, whatever it was given. */
const entrustable = (role: Role) => !['approver', 'privacy_officer', 'auditor'].includes(role);

/** The others open nothing at any desk: at two of them they are tried all the same. */
const worksAtDesk = (role: Role) => ['caseworker', 'supervisor'].includes(role);

/**
 * Every role at the functions where somebody works and for the whole municipality, whether the policy knows such a post
 * or not; what may not be entrusted once more, given to somebody whom a contractor employs; and the machine clients.
 */
export async function everyPostOf(under: HubUnderTest): Promise<Asker[]> {
  const { access, hub } = under;
  const functions = [...new Set(access.staff.flatMap((s) => s.functions))];
  const operators = await under.rows<{ id: string; organization: string; entrusted: boolean }>(
    `select o.function as id, o.organization, g.body_kind = 'contractor' as entrusted
     from function_operator o join organization g on g.id = o.organization where o.function = any($1)`,
    [functions],
  );
  const at = (function_: string | undefined, entrusted = false) =>
    operators.find((o) => (function_ === undefined ? o.entrusted === entrusted : o.id === function_))?.organization;
  const posts = Role.options.flatMap((role) => [
    ...(worksAtDesk(role) ? functions : functions.slice(0, 2)).map((desk) => ({
      role,
      function: desk,
      organization: at(desk),
    })),
    { role, organization: at(undefined) },
    ...(entrustable(role) ? [] : [{ role, organization: at(undefined, true), entrusted: true as const }]),
  ]);
  const staff = posts.map(async ({ organization, ...post }, n): Promise<Asker> => {
    const name = `post.${n}`;
    const token = newSecret();
    await under.rows(
      `with s as (insert into staff (id, login, name, organization, password_hash) values (gen_random_uuid(), $1, $1, $2, '') returning id),
         m as (insert into membership (id, staff, role, function, valid_from) select gen_random_uuid(), id, $3, $4, '2020-04-01' from s)
       insert into session (token_hash, staff, expires_at) select $5, id, now() + interval '8 hours' from s`,
      [name, organization, post.role, 'function' in post ? post.function : null, hashSecret(token)],
    );
    const headers = { cookie: `tsunagi_session=${token}`, 'tsunagi-request': '1' };
    return { name: `${name} ${post.role}`, kind: 'staff', ...post, headers, call: apiOf(hub.baseUrl, headers) };
  });
  const clients = access.clients.map(async ({ id, functions: [desk] }): Promise<Asker> => {
    const headers = { authorization: await under.bearer(id) };
    const role = desk === undefined ? 'it_admin' : 'caseworker';
    const call = apiOf(hub.baseUrl, headers);
    return { name: id, kind: 'client', role, headers, call, ...(desk !== undefined && { function: desk }) };
  });
  return Promise.all([...staff, ...clients]);
}

/** Everybody of the demo: each role at each function, the posts of the municipality, and the machine clients. */
export async function everybodyOf(under: HubUnderTest): Promise<Somebody[]> {
  const { access, hub } = under;
  const staff = access.staff.map(async ({ name, role, functions: [desk] }): Promise<Somebody> => {
    const call = await signIn(hub.baseUrl, access, { name });
    return { name, kind: 'staff', role, call, ...(desk !== undefined && { function: desk }) };
  });
  const clients = access.clients.map(async ({ id, functions: [desk] }): Promise<Somebody> => {
    const call = await signIn(hub.baseUrl, access, { client: id });
    const role = desk === undefined ? 'it_admin' : 'caseworker';
    return { name: id, kind: 'client', role, call, ...(desk !== undefined && { function: desk }) };
  });
  return Promise.all([...staff, ...clients]);
}

export interface Referred {
  readonly referral: string;
  readonly person: string;
  readonly consent?: string;
  readonly from: string;
  readonly to: string;
}

/** A referral from one desk's screen to another; with the consent, where the person gave one. */
export async function refer(
  caseworker: Api,
  {
    from,
    to,
    consented = true,
    insured,
    channel,
  }: {
    readonly from: string;
    readonly to: string;
    readonly consented?: boolean;
    readonly insured?: string;
    readonly channel?: 'carried_by_person';
  },
): Promise<Referred> {
  const today = japaneseDay(new Date());
  const must = async (answer: ReturnType<Api>, status: number) => {
    const { status: got, body } = await answer;
    if (got !== status)
      throw new Error(`expected ${status}, got ${got} ${body?.code ?? ''} ${JSON.stringify(body?.errors)}`);
    return body;
  };
  const body = {
    source: { system: 'web', key: `WEB-${randomUUID()}`, occurredAt: `${today}T00:00:00+09:00` },
    kind: 'referral',
    fromFunction: from,
    to: { function: to },
    urgency: 'normal',
    purpose: 'consultation',
    howTheyMeet: 'person_visits',
    personInformed: { by: '試験', at: `${today}T00:00:00+09:00`, how: '面談' },
    subject: {
      ref: 'subject',
      role: 'subject',
      identifiers: insured === undefined ? [] : [{ system: 'kaigo', value: `00990010-${insured}` }],
      items: { identity: { name: '見本　花子' }, concern: { boxes: ['income_work'] } },
    },
    others: [],
    ...(channel && { channel }),
  };
  const { id: referral } = await must(caseworker('POST', '/referrals', body, { 'idempotency-key': randomUUID() }), 201);
  const { person } = await must(caseworker('GET', `/referrals/${referral}`), 200);
  if (!consented) return { referral, person, from, to };
  const consent = {
    person,
    giver: 'self',
    manner: 'written',
    formVersion: generalForm,
    scope: {
      categories: ['identity', 'concern'],
      recipients: [{ function: to }],
      purposes: ['consultation'],
      from: '2026-01-01',
      until: '2099-03-31',
      feedback: 'state',
    },
  };
  const { id } = await must(caseworker('POST', '/consents', consent), 201);
  return { referral, person, consent: id, from, to };
}
