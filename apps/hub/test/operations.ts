// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts } from '@tsunagi/domain';

/** What an operation addresses by id. `plugin` belongs to no desk; `nothing` = a list, a catalogue, something new. */
export type Addressed =
  'unit' | 'nothing' | 'referral' | 'person' | 'consent' | 'todo' | 'plugin' | 'sheet' | 'recommendation';

export interface Operation {
  /** `anyone` without signing in, every `caller`, or who holds one of these roles. */
  readonly who: 'anyone' | 'caller' | readonly string[];
  readonly addresses: Addressed;
  /** No program does it. */
  readonly byPerson?: true;
  /** A body that is well formed, for an object with this id. */
  readonly body?: (id: string) => unknown;
  /** A query that is well formed. */
  readonly query?: string;
  /**
   * What a caller is told who may know the object: a status other than that of an absent one. Absent = not tried here: it
   * would change what the others are compared with.
   */
  readonly known?: readonly number[];
  /** An object that is not the caller's is an empty list, not a problem. */
  readonly empty?: true;
  /** It answers otherwise a second later, whatever happens. */
  readonly moving?: true;
}

const desk = ['caseworker', 'supervisor'] as const;
const it = ['it_admin'] as const;
const open: Operation = { who: 'anyone', addresses: 'nothing' };
const catalogue: Operation = { who: 'caller', addresses: 'nothing' };
const ofPlugin = (body?: Operation['body']): Operation => ({ who: it, addresses: 'plugin', ...(body && { body }) });
const view: Operation = { who: 'caller', addresses: 'referral', known: [200] };
/** At a version that is not there: whoever may see the referral hears of the race (412), or that it is not their step. */
const step = (body: unknown): Operation => ({
  who: 'caller',
  addresses: 'referral',
  body: () => body,
  known: [412],
});

const informed = { notInformed: { reason: '試験', by: '2099-01-01' } };
const attempt = { on: '2026-11-01', how: '電話' };
/** A body for each action of a referral; the type asks for a new one when there is a new action. */
const facts: Readonly<Record<keyof typeof actionFacts, unknown>> = {
  send: informed,
  receive: {},
  ask: { questions: '試験' },
  answer: { answer: '試験' },
  accept: { worker: { name: '試験' }, personMatched: true },
  start: { firstContact: attempt },
  hold: { reason: '試験', wakeOn: '2026-12-28' },
  resume: {},
  'propose-return': { reasons: ['202'], whoTellsPerson: '試験' },
  'agree-return': {
    talk: { on: '2026-11-01', names: ['試験一', '試験二'] },
    keepsDoing: { sender: '試験', recipient: '試験' },
    ...informed,
  },
  complete: { outcome: '011', note: '試験', ...informed },
  'send-back': { note: '試験' },
  'follow-up': { series: 'thirty_days' },
  close: { result: '試験', ...informed },
  withdraw: { reason: '試験' },
  decline: { part: '試験', ...informed },
  edit: { howTheyMeet: 'accompanied' },
  'confirm-phone': { by: '試験' },
  redirect: { to: { domain: 'shogai' }, ...informed },
  coordinate: { keepsDoing: { sender: '試験', recipient: '試験' } },
  reopen: { reason: '試験', ...informed },
  supplement: { note: '試験' },
  inform: { personInformed: { by: '試験', at: '2026-11-01T09:00:00+09:00', how: '電話' } },
  misdirected: { what: 'wrong_person', reason: '試験' },
  'mark-error': { reason: '試験' },
};
const steps = Object.fromEntries(
  Object.entries(facts).map(([action, body]) => [`post /api/v1/referrals/{id}/${action}`, step(body)]),
);

const nobody = '01900000-0000-7000-8000-000000000001';
const agreed = ['address', 'telephone'];
/** Whether this person and another are one. */
const judged = (body: object): Operation => ({ who: desk, byPerson: true, addresses: 'person', body: () => body });

const consentOf = (person: string) => ({
  person,
  giver: 'self',
  manner: 'written',
  scope: {
    categories: ['identity'],
    recipients: [{ domain: 'hogo' }],
    purposes: ['consultation'],
    from: '2026-01-01',
    until: '2099-03-31',
    feedback: 'state',
  },
});

/**
 * Every operation of the interface, and whose it is: the second opinion beside the policy. A new route fails the suite
 * until it stands here.
 */
export const operations: Readonly<Record<string, Operation>> = {
  'get /.well-known/jwks.json': open,
  'get /asyncapi.json': open,
  'get /docs': open,
  'get /docs/codes': open,
  'get /docs/style.css': open,
  'get /health/live': open,
  'get /health/ready': open,
  'get /openapi.json': open,
  'post /api/v1/oauth/token': open,
  'post /api/v1/session': open,
  'get /api/v1/session': catalogue,
  'delete /api/v1/session': catalogue,

  'post /api/v1/session/password': { who: 'caller', addresses: 'nothing' },
  'get /api/v1/desk-functions/export': { who: it, addresses: 'nothing' },
  'post /api/v1/desk-functions/import': { who: it, addresses: 'nothing' },
  'get /api/v1/desk-functions/{id}': catalogue,
  'post /api/v1/desk-functions': { who: it, addresses: 'nothing' },
  'patch /api/v1/desk-functions/{id}': { who: it, addresses: 'nothing' },
  'post /api/v1/desk-functions/{id}/operators': { who: it, addresses: 'nothing' },
  'post /api/v1/desk-functions/{id}/acknowledge-secrecy': catalogue,
  'post /api/v1/organizations': { who: it, addresses: 'nothing' },
  'patch /api/v1/organizations/{id}': { who: it, addresses: 'nothing' },
  'post /api/v1/routes': { who: it, addresses: 'nothing' },
  'patch /api/v1/routes/{id}': { who: it, addresses: 'nothing' },
  'get /api/v1/routes/resolve': { ...catalogue, query: 'domain=konkyu' },
  ...Object.fromEntries(
    [
      'get /api/v1/staff',
      'post /api/v1/staff',
      'patch /api/v1/staff/{id}',
      'post /api/v1/staff/{id}/password',
      'get /api/v1/memberships',
      'post /api/v1/memberships',
      'patch /api/v1/memberships/{id}',
      'get /api/v1/stand-ins',
      'post /api/v1/stand-ins',
      'patch /api/v1/stand-ins/{id}',
      'get /api/v1/clients',
      'post /api/v1/clients',
      'post /api/v1/clients/{id}/rotate',
      'post /api/v1/clients/{id}/revoke',
    ].map((path): [string, Operation] => [path, { who: it, addresses: 'nothing' }]),
  ),

  'get /api/v1/organizations': catalogue,
  'get /api/v1/desk-functions': catalogue,
  'get /api/v1/routes': catalogue,
  'get /api/v1/dues': catalogue,
  'put /api/v1/dues': { who: ['it_admin', 'coordinator'], addresses: 'nothing' },
  'get /api/v1/clock': { who: it, addresses: 'nothing', moving: true },
  'post /api/v1/clock': { who: it, addresses: 'nothing' },

  'get /api/v1/referrals': catalogue,
  'post /api/v1/referrals': catalogue,
  'post /api/v1/referrals/validate': catalogue,
  'get /api/v1/referrals/{id}': view,
  'get /api/v1/referrals/{id}/timeline': view,
  'get /api/v1/referrals/{id}/actions': view,
  'get /api/v1/referrals/{id}/decision': view,
  ...steps,
  'post /api/v1/disclosures/preview': {
    who: 'caller',
    addresses: 'referral',
    body: (referralId) => ({ referralId }),
    known: [200, 404],
  },
  'get /api/v1/todos': catalogue,
  'post /api/v1/todos/{id}/done': { who: 'caller', addresses: 'todo', body: () => ({}), known: [409] },

  'get /api/v1/sheets/{code}': { who: desk, addresses: 'sheet', known: [200] },

  'post /api/v1/recommendations': { who: desk, addresses: 'nothing' },
  'get /api/v1/recommendations': { who: desk, addresses: 'nothing' },
  'get /api/v1/recommendations/counts': { who: ['coordinator', 'auditor'], addresses: 'nothing' },
  'get /api/v1/recommendations/{id}': { who: desk, addresses: 'recommendation', known: [200] },
  'post /api/v1/recommendations/{id}/answer': {
    who: desk,
    addresses: 'recommendation',
    body: () => ({ answer: 'no' }),
    known: [412],
  },

  'post /api/v1/consents': { who: desk, byPerson: true, addresses: 'person', body: consentOf },
  'post /api/v1/refusals': { who: desk, addresses: 'person', body: (person) => ({ person }) },
  'post /api/v1/consents/{id}/withdraw': { who: desk, addresses: 'consent', body: () => ({}) },
  'post /api/v1/consents/{id}/confirm': {
    who: desk,
    byPerson: true,
    addresses: 'consent',
    body: () => ({}),
    known: [204],
  },
  'get /api/v1/persons/{id}/facts': { who: desk, addresses: 'person', known: [200] },
  'post /api/v1/persons/{id}/facts': {
    who: desk,
    addresses: 'person',
    body: () => ({ fact: { kind: 'other_name', name: '試験' } }),
    known: [201],
  },
  'post /api/v1/persons/{id}/link': judged({ other: nobody, agreed }),
  'post /api/v1/persons/{id}/merge': judged({ into: nobody, agreed }),
  'post /api/v1/persons/{id}/split': judged({ referrals: [nobody], identifiers: [], reason: 'other' }),
  'get /api/v1/persons/{id}/consents': { who: desk, addresses: 'person', empty: true, known: [200] },
  'get /api/v1/persons/{id}/disclosures': {
    who: [...desk, 'privacy_officer', 'auditor'],
    addresses: 'person',
    empty: true,
    known: [200],
  },

  'get /api/v1/support-units': { who: desk, addresses: 'nothing' },
  'get /api/v1/support-units/{id}': { who: [...desk, 'coordinator'], addresses: 'unit', known: [200] },
  'post /api/v1/support-units/{id}/lead': {
    who: [...desk, 'coordinator'],
    addresses: 'unit',
    body: () => ({ step: 'cancel' }),
    known: [412],
  },
  'post /api/v1/support-units/{id}/split': {
    who: desk,
    addresses: 'unit',
    body: (id) => ({ members: [id] }),
    known: [412],
  },
  'post /api/v1/support-units/{id}/join': { who: desk, addresses: 'unit', body: (into) => ({ into }), known: [412] },
  'get /api/v1/reports/failures': { who: ['coordinator'], addresses: 'nothing' },

  'get /api/v1/plugins': { who: it, addresses: 'nothing' },
  'get /api/v1/plugins/{id}': ofPlugin(),
  'put /api/v1/plugins/{id}/config': ofPlugin(() => ({})),
  'post /api/v1/plugins/{id}/config/validate': ofPlugin(() => ({})),
  'post /api/v1/plugins/{id}/check': ofPlugin(() => ({})),
  'post /api/v1/plugins/{id}/confirm': ofPlugin(() => ({ reason: '試験' })),
  'post /api/v1/plugins/{id}/disable': ofPlugin(() => ({})),
  'post /api/v1/plugins/{id}/enable': ofPlugin(() => ({})),
  'post /api/v1/plugins/{id}/dry-run': ofPlugin(() => ({ items: [] })),
};
