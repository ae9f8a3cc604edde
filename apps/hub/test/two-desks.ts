// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { ItemAnswer, MessageData } from '@tsunagi/contracts';
import type { ConsentScope } from '@tsunagi/domain';
import { AHost } from './a-host';
import { atShownVersion } from './at-shown-version';
import { hubUnderTest, type HubUnderTest } from './hub-under-test';
import type { Api } from './sign-in';
import { aSubmission } from './submissions';
import { generalForm } from '../src/demo';

export type Sent = MessageData<'referral.sent.v1'>;
export type Status = MessageData<'referral.status.v1'>;

/** A hub with the desk of 介護 and that of 生活困窮, both behind their plugin's host. */
export interface TwoDesks {
  readonly under: HubUnderTest;
  readonly kaigo: AHost;
  readonly konkyu: AHost;
  /** Caseworkers on screen. */
  readonly sender: Api;
  readonly recipient: Api;
  readonly functions: { readonly kaigo: string; readonly konkyu: string; readonly shogai: string };
  submit(submission?: ReturnType<typeof aSubmission>): Promise<ItemAnswer & { referralId: string }>;
  respond(deliveryId: string, code: string, more?: object): Promise<ItemAnswer | undefined>;
  view(who: Api, referral: string): Promise<any>;
  personOf(referral: string, ref?: string): Promise<string>;
  /** Registers a written consent at the sender's desk toward 生活困窮. */
  consent(person: string, scope?: Partial<ConsentScope>, more?: object): Promise<string>;
  withdraw(consent: string): Promise<void>;
  /** What a member of staff does on screen, at the version that is shown now. */
  act(who: Api, referral: string, action: string, facts?: object): Promise<{ status: number; body: any }>;
  close(): Promise<void>;
}

export async function twoDesks(options: Parameters<typeof hubUnderTest>[0] = {}): Promise<TwoDesks> {
  const under = await hubUnderTest(options);
  const kaigo = await AHost.start(under.broker, 'kaigo', 'kaigo');
  const konkyu = await AHost.start(under.broker, 'konkyu', 'konkyu');
  const { body } = await (await under.as({ role: 'coordinator' }))('GET', '/desk-functions');
  const functionOf = (domain: string) =>
    (body.items ?? body).find((f: { domain: string }) => f.domain === domain).id as string;
  const functions = { kaigo: functionOf('kaigo'), konkyu: functionOf('konkyu'), shogai: functionOf('shogai') };
  const sender = await under.as({ role: 'caseworker', function: functions.kaigo });
  const recipient = await under.as({ role: 'caseworker', function: functions.konkyu });
  const view = async (who: Api, referral: string) => (await who('GET', `/referrals/${referral}`)).body;
  const must = <T extends { status: number; body: any }>(answer: T, status: number) => {
    if (answer.status !== status)
      throw new Error(`expected ${status}, got ${answer.status} ${answer.body?.code ?? ''}`);
    return answer;
  };
  return {
    under,
    kaigo,
    konkyu,
    sender,
    recipient,
    functions,
    view,
    async submit(submission = aSubmission()) {
      const { key, occurredAt, contentHash } = submission.source;
      const itemId = `${key}/${occurredAt}/${contentHash.slice(0, 8)}`;
      const [answer] = await kaigo.send('referral.submitted.v1', [{ itemId, submission }]);
      return { ...answer!, referralId: answer?.referralId ?? '' };
    },
    async respond(deliveryId, code, more = {}) {
      const response = { deliveryId, code: code as never, at: new Date().toISOString(), ...more };
      return (await konkyu.send('referral.response.v1', [{ itemId: randomUUID(), response }]))[0];
    },
    async personOf(referral, ref = 'subject') {
      const { persons } = await view(sender, referral);
      return persons.find((p: { ref: string }) => p.ref === ref).person as string;
    },
    async consent(person, scope = {}, more = {}) {
      const registered = await sender('POST', '/consents', {
        person,
        giver: 'self',
        manner: 'written',
        formVersion: generalForm,
        scope: {
          categories: ['identity', 'concern'],
          recipients: [{ domain: 'konkyu' }],
          purposes: ['consultation'],
          from: '2026-01-01',
          until: '2099-03-31',
          feedback: 'state',
          ...scope,
        },
        ...more,
      });
      return must(registered, 201).body.id as string;
    },
    async withdraw(consent) {
      must(await sender('POST', `/consents/${consent}/withdraw`, {}), 200);
    },
    act: (who, referral, action, facts = {}) =>
      atShownVersion(
        async () => String((await view(who, referral)).version),
        (match) => who('POST', `/referrals/${referral}/${action}`, facts, match),
      ),
    async close() {
      await kaigo.stop();
      await konkyu.stop();
      await under.close();
    },
  };
}

/** A record whose system says nothing of consent. */
export const withoutConsent = (over: Parameters<typeof aSubmission>[0] = {}) =>
  aSubmission({ asserted: { code: '9', on: '2026-11-10' }, ...over });

/** Another member, with an identifier of the same system. */
export function aMember(insured: string) {
  return {
    ref: 'son',
    role: 'child' as const,
    identifiers: [{ system: 'kaigo', value: `00990010-${insured}` }],
    items: { identity: { name: '見本　一郎' }, employment: { note: '十五年働いていない。' } },
  };
}
