// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { japaneseDay } from '@tsunagi/domain';
import type { HubUnderTest } from './hub-under-test';
import { signIn, type Api } from './sign-in';

/** Somebody who signs in at the demo municipality. */
export interface Somebody {
  readonly name: string;
  readonly kind: 'staff' | 'client';
  readonly role: string;
  /** Their function; absent = the whole municipality. */
  readonly function?: string;
  readonly call: Api;
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
