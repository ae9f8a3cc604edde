// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { ConsentScope, ReferralKind } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import { AHost } from './a-host';
import { atShownVersion } from './at-shown-version';
import { hubUnderTest, type HubUnderTest, type RigOptions } from './hub-under-test';
import type { Api } from './sign-in';
import { generalForm } from '../src/demo';

type Place = 'kaigo' | 'konkyu' | 'shogai' | 'kosodate' | 'takikan' | 'hogo';
const places: readonly Place[] = ['kaigo', 'konkyu', 'shogai', 'kosodate', 'takikan', 'hogo'];

/** What is different about a desk of the demo municipality. */
export interface Changed {
  readonly kinds?: readonly ReferralKind[];
  readonly purposes?: readonly string[];
  readonly functionType?: string;
  readonly bodyKind?: string;
  readonly channel?: string;
}

/** A hub in which every desk works on screen, and a host stands behind 生活困窮. */
export interface ManyDesks {
  readonly under: HubUnderTest;
  readonly konkyu: AHost;
  readonly functions: Readonly<Record<Place, string>>;
  /** A caseworker of that desk on screen. */
  readonly at: Readonly<Record<Place, Api>>;
  as(role: string): Promise<Api>;
  /** POST /referrals of a desk about somebody new, unless said otherwise. */
  send(who: Api, kind: ReferralKind, to: Place | 'unknown', over?: object): Promise<{ status: number; body: any }>;
  view(who: Api, referral: string): Promise<{ status: number; body: any }>;
  act(who: Api, referral: string, action: string, facts?: object): Promise<{ status: number; body: any }>;
  /** Registers a written consent of the subject at the sender's desk. */
  consent(who: Api, referral: string, scope: Partial<ConsentScope>): Promise<string>;
  queue(who: Api, query?: string): Promise<string[]>;
  close(): Promise<void>;
}

export const now = () => new Date().toISOString();
export const told = () => ({ by: '試験　太郎', at: now(), how: '来所' });
export const phoned = () => ({ whom: '当直　次郎', at: now(), by: '試験　太郎' });

export async function manyDesks(
  changed: Partial<Record<Place, Changed>>,
  options: RigOptions = {},
): Promise<ManyDesks> {
  const under = await hubUnderTest(options);
  const konkyu = await AHost.start(under.broker, 'konkyu', 'konkyu');
  const coordinator = await under.as({ role: 'coordinator' });
  const { body } = await coordinator('GET', '/desk-functions');
  const functionOf = (domain: string) =>
    (body.items ?? body).find((f: { domain: string }) => f.domain === domain).id as string;
  const functions = Object.fromEntries(places.map((p) => [p, functionOf(p)])) as Record<Place, string>;
  for (const [place, c] of Object.entries(changed))
    await under.rows(
      `update desk_function set kinds = coalesce($2, kinds), purposes = coalesce($3, purposes), function_type = coalesce($4, function_type),
         body_kind = coalesce($5, body_kind), channel = coalesce($6, channel), name = name || '＊' where id = $1`,
      [
        functions[place as Place],
        c.kinds ?? null,
        c.purposes ?? null,
        c.functionType ?? null,
        c.bodyKind ?? null,
        c.channel ?? null,
      ],
    );
  const count = Object.keys(changed).length;
  await waitFor(
    async () => {
      const { body: seen } = await coordinator('GET', '/desk-functions');
      return (seen.items ?? seen).filter((f: { name: string }) => f.name.endsWith('＊')).length === count;
    },
    { what: 'the directory to know the desks' },
  );
  const at = Object.fromEntries(
    await Promise.all(
      places.map(async (p) => [p, await under.as({ role: 'caseworker', function: functions[p] })] as const),
    ),
  ) as Record<Place, Api>;
  const view: ManyDesks['view'] = (who, referral) => who('GET', `/referrals/${referral}`);
  return {
    under,
    konkyu,
    functions,
    at,
    view,
    as: (role) => under.as({ role }),
    send: (who, kind, to, over = {}) =>
      who(
        'POST',
        '/referrals',
        {
          source: { system: 'web', key: randomUUID(), change: 'new', occurredAt: now() },
          kind,
          to: to === 'unknown' ? to : { function: functions[to] },
          urgency: 'normal',
          purpose: 'consultation',
          howTheyMeet: 'person_visits',
          personInformed: told(),
          subject: {
            ref: 'subject',
            role: 'subject',
            identifiers: [],
            items: { identity: { name: '見本　花子' }, concern: { boxes: ['income_work'] } },
          },
          others: [],
          ...over,
        },
        { 'idempotency-key': randomUUID() },
      ),
    act: (who, referral, action, facts = {}) =>
      atShownVersion(
        async () => String((await view(who, referral)).body.version),
        (match) => who('POST', `/referrals/${referral}/${action}`, facts, match),
      ),
    async consent(who, referral, scope) {
      const { person } = (await view(who, referral)).body;
      const registered = await who('POST', '/consents', {
        person,
        giver: 'self',
        manner: 'written',
        formVersion: generalForm,
        scope: {
          categories: ['identity', 'concern'],
          recipients: [],
          purposes: ['consultation'],
          from: '2026-01-01',
          until: '2099-03-31',
          feedback: 'state',
          ...scope,
        },
      });
      if (registered.status !== 201) throw new Error(`consent: ${registered.status} ${registered.body?.code}`);
      return registered.body.id as string;
    },
    async queue(who, query = '') {
      const { body: page } = await who('GET', `/referrals?limit=200${query}`);
      return page.items.map((i: { id: string }) => i.id);
    },
    async close() {
      await konkyu.stop();
      await under.close();
    },
  };
}
