// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import type { Town } from '../town/town';
import { isoDay } from '../town/written';

/** The town with those who sit at its screens. Referrals are named as the legacy systems name them, by 26 characters. */
export interface People {
  readonly town: Town;
  /** Caseworkers of the two departments. */
  readonly kaigo: Api;
  readonly konkyu: Api;
  readonly it_: Api;
}

export async function gather(town: Town): Promise<People> {
  const people = {
    town,
    kaigo: await town.as({ role: 'caseworker', domain: 'kaigo' }),
    konkyu: await town.as({ role: 'caseworker', domain: 'konkyu' }),
    it_: await town.as({ role: 'it_admin' }),
  };
  await waitFor(async () => (await people.it_('GET', '/plugins')).body.items.length === 2, {
    what: 'both plugins',
    timeoutMs: 30_000,
  });
  return people;
}

const view = async (desk: Api, referral: string) => (await desk('GET', `/referrals/${base32ToUuid(referral)}`)).body;

export const stateOf = async (desk: Api, referral: string): Promise<string> => (await view(desk, referral)).state;

export const personOf = async (desk: Api, referral: string): Promise<string> => (await view(desk, referral)).person;

/** Waits until the desk sees the referral in this state. */
export const reaches = (desk: Api, referral: string, state: string) =>
  waitFor(async () => (await stateOf(desk, referral)) === state, { what: `${state} at the desk`, timeoutMs: 30_000 });

/** What a caseworker does on screen, at the version that is shown now. */
export async function act(desk: Api, referral: string, action: string, facts: object = {}): Promise<void> {
  const path = `/referrals/${base32ToUuid(referral)}`;
  const { headers } = await desk('GET', path);
  const answer = await desk('POST', `${path}/${action}`, facts, { 'if-match': headers.get('etag') ?? '' });
  expect({ status: answer.status, code: answer.body?.code }).toEqual({ status: 200 });
}

/** Kinds of what the desk still has to do about this referral. */
export const todosAbout = async (desk: Api, referral: string): Promise<string[]> =>
  (await desk('GET', '/todos')).body.items
    .filter((t: { referralId?: string }) => t.referralId === base32ToUuid(referral))
    .map((t: { kind: string }) => t.kind);

export const timelineOf = async (desk: Api, referral: string): Promise<{ at: string; to: string; note?: object }[]> =>
  (await desk('GET', `/referrals/${base32ToUuid(referral)}/timeline`)).body.items;

/** The ledger of whom this desk's referral speaks of. */
export const ledgerOf = async (
  desk: Api,
  referral: string,
): Promise<{ state: string; members: { categories: string[] }[]; recall?: { acknowledgedAt?: string } }[]> =>
  (await desk('GET', `/persons/${await personOf(desk, referral)}/disclosures`)).body.items;

export const consentsOf = async (desk: Api, person: string): Promise<{ id: string }[]> =>
  (await desk('GET', `/persons/${person}/consents`)).body.consents;

/** The person comes to the sending desk and takes the consent back. */
export async function withdrawConsent(desk: Api, referral: string): Promise<void> {
  const [consent] = await consentsOf(desk, await personOf(desk, referral));
  expect((await desk('POST', `/consents/${consent?.id}/withdraw`, {})).status).toBe(204);
}

/** A written consent to these categories toward a domain is registered at the sending desk. */
export async function registerConsent(
  desk: Api,
  person: string,
  scope: { categories: readonly string[]; toward: string; feedback: 'none' | 'state' | 'state+note' },
): Promise<void> {
  const { categories, toward, feedback } = scope;
  const registered = await desk('POST', '/consents', {
    person,
    giver: 'self',
    manner: 'written',
    scope: {
      categories,
      recipients: [{ domain: toward }],
      purposes: ['consultation'],
      from: '2020-01-01',
      until: '2099-03-31',
      feedback,
    },
  });
  expect(registered.status).toBe(201);
}

/** A return is talked over: the recipient's supervisor confirms it, the sender agrees. */
export async function returnTogether(
  referral: string,
  { supervisor, sender, reason }: { supervisor: Api; sender: Api; reason: string },
): Promise<void> {
  // 202 連絡がとれない: on different days, in different ways, and once at the door.
  const attempts = [-3, -2, -1].map((days) => ({
    on: isoDay(days),
    how: days === -1 ? '訪問' : '電話',
    visit: days === -1,
  }));
  await act(supervisor, referral, 'propose-return', { reasons: [reason], attempts, whoTellsPerson: '見本　花' });
  await act(sender, referral, 'agree-return', {
    talk: { on: isoDay(), names: ['見本　花', '試験　月'] },
    keepsDoing: { sender: '見守りを続ける', recipient: '連絡を受ける' },
    personInformed: { by: '見本　花', at: new Date().toISOString(), how: '電話' },
  });
}
