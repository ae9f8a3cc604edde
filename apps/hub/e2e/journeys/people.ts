// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { base32ToUuid } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { atShownVersion } from '../../test/at-shown-version';
import type { Api } from '../../test/sign-in';
import { pluginIds, type Somebody, type Town } from '../town/town';
import { isoDay } from '../town/written';
import { generalForm } from '../../src/demo';

/**
 * The town with those who sit at its screens. Referrals are named as the legacy systems name them, by 26 characters, or by
 * the id where no system has them.
 */
export interface People {
  readonly town: Pick<Town, 'kaigo' | 'konkyu' | 'kosodate' | 'shogai' | 'dataDir' | 'left' | 'tapped' | 'host'>;
  /** Caseworkers of the two departments. */
  readonly kaigo: Api;
  readonly konkyu: Api;
  readonly it_: Api;
  /** A seat of somebody else, who signs in at the first call. */
  seat(who: Somebody): Api;
}

/** Opens the town before the first journey and closes it after the last; the people may be named before that. */
export function gather(open: () => Promise<Town>): People {
  let opened: Town | undefined;
  const here = (): Town => {
    if (!opened) throw new Error('the town is open while a journey runs');
    return opened;
  };
  const seat = (who: Somebody): Api => {
    let signedIn: Promise<Api> | undefined;
    return async (...call) => (await (signedIn ??= here().as(who)))(...call);
  };
  const it_ = seat({ role: 'it_admin' });

  beforeAll(async () => {
    opened = await open();
    await waitFor(async () => (await it_('GET', '/plugins')).body.items.length === pluginIds.length, {
      what: 'all plugins',
      timeoutMs: 30_000,
    });
  }, 120_000);
  afterAll(() => opened?.close(), 60_000);

  return {
    town: {
      get kaigo() {
        return here().kaigo;
      },
      get konkyu() {
        return here().konkyu;
      },
      get kosodate() {
        return here().kosodate;
      },
      get shogai() {
        return here().shogai;
      },
      get dataDir() {
        return here().dataDir;
      },
      get host() {
        return here().host;
      },
      left: () => here().left(),
      tapped: () => here().tapped(),
    },
    kaigo: seat({ role: 'caseworker', domain: 'kaigo' }),
    konkyu: seat({ role: 'caseworker', domain: 'konkyu' }),
    it_,
    seat,
  };
}

const pathOf = (referral: string): string => `/referrals/${referral.length === 26 ? base32ToUuid(referral) : referral}`;

/** What the desk sees of it; `code` NOT_FOUND where it must not even know of it. */
export const view = async (desk: Api, referral: string) => (await desk('GET', pathOf(referral))).body;

export const stateOf = async (desk: Api, referral: string): Promise<string> => (await view(desk, referral)).state;

export const personOf = async (desk: Api, referral: string): Promise<string> => (await view(desk, referral)).person;

/** Waits until the desk sees the referral in this state. */
export const reaches = (desk: Api, referral: string, state: string) =>
  waitFor(async () => (await stateOf(desk, referral)) === state, { what: `${state} at the desk`, timeoutMs: 30_000 });

/** What a caseworker does on screen, at the version that is shown now. */
export async function act(
  desk: Api,
  referral: string,
  action: string,
  facts: object = {},
): Promise<{ state: string; next?: string }> {
  const { status, body } = await attempt(desk, referral, action, facts);
  expect({ action, status, code: body?.code }).toEqual({ action, status: 200 });
  return body;
}

/** The same, whatever the hub answers. */
export function attempt(desk: Api, referral: string, action: string, facts: object = {}) {
  return atShownVersion(
    async () => (await desk('GET', pathOf(referral))).headers.get('etag') ?? '',
    (match) => desk('POST', `${pathOf(referral)}/${action}`, facts, match),
  );
}

/** What a caseworker hands in on screen: a つなぎ, unless it says otherwise, about somebody who comes to the next desk. */
export const handIn = (
  desk: Api,
  { at, ...over }: { at: Date; to: object; subject: object } & Record<string, unknown>,
) =>
  desk(
    'POST',
    '/referrals',
    {
      source: { system: 'web', key: randomUUID(), change: 'new', occurredAt: at.toISOString() },
      kind: 'referral',
      urgency: 'normal',
      purpose: 'consultation',
      howTheyMeet: 'person_visits',
      personInformed: told(at),
      others: [],
      ...over,
    },
    { 'idempotency-key': randomUUID() },
  );

/** The person was told, by whom and how (R11). */
export const told = (at: Date, how = '面談') => ({ by: '見本　花', at: at.toISOString(), how });

interface Todo {
  readonly id: string;
  readonly kind: string;
  readonly referralId?: string;
}

/** Everything on the list of whoever signed in, page by page. */
export async function todosOf(who: Api, query = ''): Promise<Todo[]> {
  const items: Todo[] = [];
  let next: string | undefined;
  do {
    const { body } = await who('GET', `/todos?limit=500${query}${next === undefined ? '' : `&cursor=${next}`}`);
    items.push(...body.items);
    next = body.next;
  } while (next !== undefined);
  return items;
}

/** Kinds of what the desk still has to do about this referral. */
export async function todosAbout(who: Api, referral: string): Promise<string[]> {
  const id = pathOf(referral).split('/').at(-1);
  return (await todosOf(who)).filter((t) => t.referralId === id).map((t) => t.kind);
}

/** Waits until this is on the list. */
export const isAsked = (who: Api, referral: string, kind: string) =>
  waitFor(async () => (await todosAbout(who, referral)).includes(kind), {
    what: `${kind} on the list`,
    timeoutMs: 30_000,
  });

export const timelineOf = async (
  desk: Api,
  referral: string,
): Promise<{ at: string; action: string; by: string; to: string; note?: Record<string, unknown> }[]> =>
  (await desk('GET', `${pathOf(referral)}/timeline`)).body.items;

/** Its plugin is switched off, or checked and on again. */
export async function switchPlugin(it_: Api, plugin: string, to: 'off' | 'on'): Promise<void> {
  for (const order of to === 'off' ? ['disable'] : ['check', 'enable'])
    expect((await it_('POST', `/plugins/${plugin}/${order}`, {})).status).toBeLessThan(300);
}

/** The ledger of whom this desk's referral speaks of. */
export const ledgerOf = async (
  desk: Api,
  referral: string,
): Promise<
  { way: string; state: string; members: { categories: string[] }[]; recall?: { acknowledgedAt?: string } }[]
> => (await desk('GET', `/persons/${await personOf(desk, referral)}/disclosures`)).body.items;

/** Waits until the recipient has said that it uses no more what was recalled. */
export const isAcknowledged = (desk: Api, referral: string) =>
  waitFor(async () => (await ledgerOf(desk, referral)).some((l) => l.recall?.acknowledgedAt), {
    what: 'the acknowledgement in the ledger',
    timeoutMs: 30_000,
  });

export const consentsOf = async (desk: Api, person: string): Promise<{ id: string }[]> =>
  (await desk('GET', `/persons/${person}/consents`)).body.consents;

/** The person comes to the sending desk and takes the consent back. */
export async function withdrawConsent(desk: Api, referral: string): Promise<void> {
  const [consent] = await consentsOf(desk, await personOf(desk, referral));
  expect((await desk('POST', `/consents/${consent?.id}/withdraw`, {})).status).toBe(200);
}

export interface Asked {
  readonly categories: readonly string[];
  readonly toward: string | { function: string };
  readonly feedback: 'none' | 'state' | 'state+note';
  /** The last day; absent = so far off that it never comes. */
  readonly until?: string;
  readonly namedOrganization?: string;
  /** Who says it, when it is not the person. */
  readonly giver?: string;
  readonly giverPerson?: string;
  readonly capacity?: object;
}

/** A written consent to these categories toward a domain, or a desk of it, is handed in at the sending desk, whatever it answers. */
export function offerConsent(
  desk: Api,
  person: string,
  { categories, toward, feedback, until = '2099-03-31', ...more }: Asked,
) {
  return desk('POST', '/consents', {
    person,
    giver: 'self',
    manner: 'written',
    formVersion: generalForm,
    scope: {
      categories,
      recipients: [typeof toward === 'string' ? { domain: toward } : toward],
      purposes: ['consultation'],
      from: '2020-01-01',
      until,
      feedback,
    },
    ...more,
  });
}

/** The same, and it is registered. */
export async function registerConsent(desk: Api, person: string, asked: Asked): Promise<void> {
  const { status, body } = await offerConsent(desk, person, asked);
  expect({ status, code: body.code }).toEqual({ status: 201 });
}

/** A return is talked over: the recipient's supervisor confirms it, the sender agrees. */
export async function returnTogether(
  referral: string,
  { supervisor, sender, ...because }: { supervisor: Api; sender: Api; reasons: readonly string[]; fitting?: object },
): Promise<void> {
  // 202 連絡がとれない: on different days, in different ways, and once at the door.
  const attempts = [-3, -2, -1].map((days) => ({
    on: isoDay(days),
    how: days === -1 ? '訪問' : '電話',
    visit: days === -1,
  }));
  const tried = because.reasons.includes('202') ? { attempts } : {};
  await act(supervisor, referral, 'propose-return', { ...because, ...tried, whoTellsPerson: '見本　花' });
  await act(sender, referral, 'agree-return', {
    talk: { on: isoDay(), names: ['見本　花', '試験　月'] },
    keepsDoing: { sender: '見守りを続ける', recipient: '連絡を受ける' },
    personInformed: told(new Date(), '電話'),
  });
}

export interface DeskOf {
  readonly id: string;
  readonly version: number;
  readonly organization: { readonly id: string; readonly name: string };
  readonly dutyTelephone?: string;
  readonly nextDutyTelephone?: string;
}

/** The desk function with this code, as everybody who works in the hub finds it. */
export async function deskOf(who: Api, code: string): Promise<DeskOf> {
  const { body } = await who('GET', '/desk-functions');
  return body.items.find((f: { code: string }) => f.code === code);
}

/** Master data says something else of a desk function from now on. */
export async function changeDesk(it_: Api, code: string, to: object): Promise<DeskOf> {
  const { id, version } = await deskOf(it_, code);
  const { status, body } = await it_('PATCH', `/desk-functions/${id}`, to, { 'if-match': `"${version}"` });
  expect({ status, code: status === 200 ? undefined : body.code }).toEqual({ status: 200 });
  return body;
}

/** An organization engages somebody for a desk of its own; signed in, with the password that was shown once. */
export async function engage(
  { seat, it_ }: Pick<People, 'seat' | 'it_'>,
  who: { login: string; organization: string; function: string; role: 'caseworker' | 'supervisor'; validFrom: string },
): Promise<Api> {
  const { login, organization, ...membership } = who;
  const made = await it_('POST', '/staff', { login, name: '見本　新', organization, memberships: [membership] });
  expect(made.status).toBe(201);
  return seat({ login, password: made.body.firstPassword });
}
