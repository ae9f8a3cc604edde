// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Statute, type DataCategory, type Party, type ReferralKind } from '@tsunagi/domain';
import { pairs, pick, type Desk, type Municipality } from '@tsunagi/testing/invariants';
import type { RunningHub } from '../../src';
import { Directory } from '../../src/organizations';
import { AHost } from '../a-host';
import { hubUnderTest, type HubUnderTest } from '../hub-under-test';
import { production } from '../set-ups';
import { ShiftedClock } from '../shifted-clock';
import { signIn, type Api, type Who } from '../sign-in';

const domains = ['kaigo', 'konkyu', 'shogai', 'kosodate', 'takikan', 'hogo'] as const;
export type InPlay = Desk & Party;

/** What is different about the desks of the demo municipality, so that every kind has somewhere to go. */
const changed = [
  `update desk_function set system = 'kaigo'`,
  `update desk_function set kinds = '{notification,protection}', purposes = '{consultation,abuse_response,rights_protection}' where domain = 'hogo'`,
  `update authority_row set recipient_types = '{welfare_office}' where code = 'elder_abuse'`,
  `update desk_function set function_type = 'town_without_welfare_office' where domain = 'kosodate' and function_type = 'child_care_user_support'`,
  `update desk_function set kinds = '{prefecture}', body_kind = 'public_body' where domain = 'shogai' and function_type = 'disability_consultation'`,
];

/** A hub that runs on while sequences are played in it, with the systems of two desks and everybody who works there. */
export class HubInPlay {
  readonly hosts: ReadonlyMap<string, AHost>;
  private readonly signedIn = new Map<string, Promise<Api>>();

  private constructor(
    readonly under: HubUnderTest,
    private readonly instances: readonly RunningHub[],
    readonly clock: ShiftedClock,
    readonly desks: readonly InPlay[],
    readonly municipality: Municipality,
    hosts: readonly AHost[],
  ) {
    this.hosts = new Map(hosts.map((h) => [h.plugin, h]));
  }

  /** One hub and the broker in its process; or, as in production, several of them and RabbitMQ between them and the hosts. */
  static async start(more?: { readonly instances: number }): Promise<HubInPlay> {
    const clock = new ShiftedClock();
    const timings = { sweep: 40 };
    const under = await hubUnderTest({ clock, timings, ...(more && { setUp: production }) });
    const instances = [under.hub];
    while (instances.length < (more?.instances ?? 1)) instances.push(await under.another());
    const { broker } = under;
    const hosts = [await AHost.start(broker, 'kaigo', 'kaigo'), await AHost.start(broker, 'konkyu', 'konkyu')];
    for (const sql of changed) await under.rows(sql);
    for (const { app } of instances) await app.get(Directory).refresh();
    const staffed = new Set(under.access.staff.flatMap((s) => s.functions));
    const rows = await under.rows<
      InPlay & { function_type: string; body_kind: string; channel: string; returns: boolean }
    >(
      `select id, id as function, function_type as "functionType", domain, body_kind as "bodyKind", purposes, kinds as receives,
         nullif(split_part(channel, ':', 2), '') as plugin, returns_without_supervisor as "returnsBySystem"
       from desk_function where id = any($1::uuid[])`,
      [[...staffed]],
    );
    const desks = domains
      .flatMap((d) => rows.find((r) => r.domain === d) ?? [])
      .map((r) => ({ ...r, plugin: r.plugin ?? undefined }));
    const authorities = await under.rows<{ code: string; purpose: string; categories: DataCategory[] }>(
      'select code, purposes[1] as purpose, categories from authority_row',
    );
    const municipality = {
      desks,
      withinPurpose: authorities.filter((a) => a.code === 'within_purpose') as never,
      statutes: authorities
        .filter((a) => Statute.safeParse(a.code).success)
        .map((a) => ({ ...a, statute: a.code })) as never,
      grounds: [],
      sittings: [],
    };
    return new HubInPlay(under, instances, clock, desks, municipality, hosts);
  }

  /** Calls as somebody, who signs in anew when time has gone by: once, whatever is asked at the same time. */
  async call(at: number, who: Who, ...request: Parameters<Api>): ReturnType<Api> {
    const instance = at % this.instances.length;
    const name = `${instance} ${JSON.stringify(who)}`;
    const sign = (gone?: Promise<Api>) => {
      const current = this.signedIn.get(name);
      if (current && current !== gone) return current;
      const signing = signIn(this.instances[instance]!.baseUrl, this.under.access, who);
      this.signedIn.set(name, signing);
      return signing;
    };
    const session = sign();
    const answer = await (await session)(...request);
    return answer.status === 401 ? (await sign(session))(...request) : answer;
  }

  /** Between whom this kind goes while that desk looks on. */
  pairs(kind: ReferralKind, onlooker: number) {
    return pairs(
      this.desks.filter((d) => d !== pick(this.desks, onlooker)),
      kind,
    );
  }

  async close(): Promise<void> {
    for (const host of this.hosts.values()) await host.stop();
    await this.under.close();
  }
}
