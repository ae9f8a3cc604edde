// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { actionFacts, writtenAnswers, type conferenceFacts } from '@tsunagi/domain';
import { generalForm } from '../src/demo';

/** What an operation addresses by id. */
export type Addressed =
  | 'unit'
  | 'referral'
  | 'person'
  | 'consent'
  | 'fact'
  | 'application'
  | 'todo'
  | 'sheet'
  /** Of a desk at which nobody works in the hub: its sender enters what was written on it. */
  | 'returned_sheet'
  | 'recommendation'
  | 'conference'
  | 'incident'
  | 'view'
  | 'reveal_request'
  // The municipality's own: whoever may do it may do it to each.
  | 'plugin'
  | 'delivery'
  | 'waiting_row'
  | 'function'
  | 'organization'
  | 'route'
  | 'authority'
  | 'age_rule'
  | 'incident_rule'
  | 'decision'
  | 'request'
  | 'form'
  | 'staff'
  | 'membership'
  | 'stand-in'
  | 'client';

/** Ids that go together with the one addressed, of the asker's own where it is not the asker's. */
export interface Near {
  readonly person: string;
  /** Another person of the asker's. */
  readonly other: string;
  readonly referral: string;
  readonly organization: string;
}

/** One place of an operation in which an id stands, and what is told of it. */
export interface Ask {
  readonly addresses: Addressed;
  /** What stands in the path, where that is not the id. */
  readonly path?: (near: Near) => string;
  readonly query?: (id: string) => string;
  /** A body that is well formed. */
  readonly body?: (id: string, near: Near) => unknown;
  /**
   * What a caller is told who may know the object, the first one by somebody: other than what is told of an absent one.
   * Who oversees sees; not every step is theirs.
   */
  readonly own: readonly number[];
  /** What has not left its sender, or is hidden, counts as not there even for whom it is. */
  readonly except?: readonly ('held' | 'carried' | 'notification')[];
  /** An own one is not the same afterwards: it is asked when nothing is compared any more. */
  readonly changes?: true;
  /** Whoever may ask oversees each of them: none is foreign. */
  readonly each?: true;
  /** What is not the caller's is an empty list, not a problem. */
  readonly empty?: true;
  /** What of an answer is the id that was asked for, or the time. */
  readonly said?: (body: string, id: string) => string;
}

export interface Operation {
  /** `anyone` without signing in, every `caller`, or who holds one of these roles. */
  readonly who: 'anyone' | 'caller' | readonly string[];
  /** Absent = a list, a catalogue, something new: nothing is addressed. */
  readonly asks: readonly Ask[];
  /** No program does it. */
  readonly byPerson?: true;
  /** A query that is well formed. */
  readonly query?: string;
  /** It answers otherwise a second later, whatever happens. */
  readonly moving?: true;
}

/** The path with this id in the place of the last one; before it stands the demo's plugin. */
export const pathTo = (path: string, id: string): string => path.replace(/{\w+}(?=.*{)/, 'kaigo').replace(/{\w+}/, id);

const desk = ['caseworker', 'supervisor'] as const;
const it = ['it_admin'] as const;
const ofIt: Operation = { who: it, asks: [] };
const open: Operation = { who: 'anyone', asks: [] };
const catalogue: Operation = { who: 'caller', asks: [] };
const of = (who: Operation['who'], ...asks: readonly Ask[]): Operation => ({ who, asks });
const ofPlugin = (own: readonly number[], body?: unknown): Operation =>
  of(it, { addresses: 'plugin', own, ...(body !== undefined && { body: () => body }) });
/** At a version that is not there: it is found, and the race is lost. */
const changed = (addresses: Addressed, body: unknown): Operation => of(it, { addresses, body: () => body, own: [412] });
const view: Operation = of('caller', { addresses: 'referral', own: [200] });
/** At a version that is not there: whoever may see the referral hears of the race (412), or that it is not their step. */
const step = (body: unknown): Operation => of('caller', { addresses: 'referral', body: () => body, own: [412] });

/** What the law asks for after an incident. */
const handling = [...desk, 'privacy_officer'];
const reported: Operation = {
  ...of(['privacy_officer'], { addresses: 'incident', body: () => ({}), own: [412], each: true }),
  byPerson: true,
};

/** Where each write into a desk's system is confirmed, by its own staff. */
const proposal = (ask: Pick<Ask, 'body'>): Operation => ({
  ...of(desk, { addresses: 'referral', own: [409, 404], ...ask }),
  byPerson: true,
});

const informed = { notInformed: { reason: '試験', by: '2099-01-01' } };
const attempt = { on: '2026-11-01', how: '電話' };
/** A body for each action of a referral; the type asks for a new one when there is a new action. */
export const stepFacts: Readonly<Record<keyof typeof actionFacts, unknown>> = {
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
  Object.entries(stepFacts).map(([action, body]) => [`post /api/v1/referrals/{id}/${action}`, step(body)]),
);

/** What a recipient has written on a sheet; whoever enters it hears of the race first. */
const writtenSteps = Object.fromEntries(
  writtenAnswers.map((action): [string, Operation] => [
    `post /api/v1/sheets/{code}/${action}`,
    of(desk, { addresses: 'returned_sheet', body: () => stepFacts[action], own: [412] }),
  ]),
);

/** What a conference is told, step by step; whoever knows of it hears of the race first. */
const conferenceBodies: Readonly<Record<keyof typeof conferenceFacts, unknown>> = {
  decline: { reason: '試験' },
  call: { members: [{ attendance: 'person', mode: 'online' }], on: '2099-01-01' },
  acknowledge: {},
  open: {},
  'add-item': { person: '01900000-0000-7000-8000-000000000002', category: 'concern', text: '試験' },
  request: {
    to: '01900000-0000-7000-8000-000000000002',
    person: '01900000-0000-7000-8000-000000000002',
    identity: { name: '試験' },
    question: '試験',
  },
  promote: { item: '01900000-0000-7000-8000-000000000002', to: 'unknown', items: {} },
  'agree-promotion': { item: '01900000-0000-7000-8000-000000000002', agreed: false },
  record: { heldOn: '2026-01-01', record: '試験', reviewOn: '2099-01-01' },
  review: { outcome: 'end', reason: '試験' },
  end: { reason: '試験' },
  erase: { item: '01900000-0000-7000-8000-000000000002' },
};
const conferenceSteps = Object.fromEntries(
  Object.entries(conferenceBodies).map(([action, body]): [string, Operation] => [
    `post /api/v1/conferences/{id}/${action}`,
    of('caller', { addresses: 'conference', body: () => body, own: [412] }),
  ]),
);

/** Names are answered by id, and until a moment. */
const echoed = (body: string, id: string) => body.replaceAll(id, '…').replace(/"remaskAt":"[^"]*"/, '');

const nobody = '01900000-0000-7000-8000-000000000001';
/** One item only: whether two are one is found out, and not confirmed. */
const agreed = ['address'];
/** Whether this person and another are one. */
const judged = (...asks: readonly Omit<Ask, 'except'>[]): Operation => ({
  who: desk,
  byPerson: true,
  asks: asks.map((ask) => ({ ...ask, except: ['held'] })),
});
const apart = (referral: string) => ({ referrals: [referral], identifiers: [], reason: 'other' });
/** What desks say of a person, as the municipality judges it. */
const judging = (ask: Omit<Ask, 'addresses' | 'except'>): Operation => ({
  who: ['privacy_officer'],
  byPerson: true,
  asks: [{ ...ask, addresses: 'person', except: ['held'] }],
});

const fact = { kind: 'other_name', name: '試験' };

const consentOf = (person: string) => ({
  person,
  giver: 'self',
  manner: 'written',
  formVersion: generalForm,
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
  'get /.well-known/audit-keys.json': open,
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
  'post /api/v1/session/password': catalogue,

  'get /api/v1/organizations': catalogue,
  'post /api/v1/organizations': ofIt,
  'patch /api/v1/organizations/{id}': changed('organization', { name: '試験' }),
  'get /api/v1/desk-functions': catalogue,
  'get /api/v1/desk-functions/export': ofIt,
  'post /api/v1/desk-functions/import': ofIt,
  'get /api/v1/desk-functions/{id}': of('caller', { addresses: 'function', own: [200] }),
  'post /api/v1/desk-functions': ofIt,
  'patch /api/v1/desk-functions/{id}': changed('function', { name: '試験' }),
  'post /api/v1/desk-functions/{id}/operators': of(it, {
    addresses: 'function',
    body: (_, { organization }) => ({ organization, desk: nobody, validFrom: '2099-04-01' }),
    own: [412],
  }),
  // Of a function that is not the caller's nothing is to be acknowledged, nor said.
  'post /api/v1/desk-functions/{id}/acknowledge-secrecy': of('caller', { addresses: 'function', own: [409, 404] }),
  'get /api/v1/routes': catalogue,
  'post /api/v1/routes': ofIt,
  'patch /api/v1/routes/{id}': changed('route', { priority: 7 }),
  'get /api/v1/routes/resolve': { ...catalogue, query: 'domain=konkyu' },
  'get /api/v1/authorities': of(['coordinator', 'approver', 'privacy_officer', 'auditor', 'it_admin']),
  'post /api/v1/authorities': { ...of(['privacy_officer']), byPerson: true },
  'post /api/v1/authorities/{id}/check': {
    ...of(['privacy_officer'], {
      addresses: 'authority',
      body: () => ({ checkedBy: '試験', checkedOn: '2026-04-01' }),
      own: [412],
    }),
    byPerson: true,
  },
  'get /api/v1/age-rules': of(['coordinator', 'approver', 'privacy_officer', 'auditor', 'it_admin']),
  'post /api/v1/age-rules': { ...of(['privacy_officer']), byPerson: true },
  'post /api/v1/age-rules/{id}/check': {
    ...of(['privacy_officer'], {
      addresses: 'age_rule',
      body: () => ({ checkedBy: '試験', checkedOn: '2026-04-01' }),
      own: [412],
    }),
    byPerson: true,
  },
  'get /api/v1/incident-rules': of(['coordinator', 'approver', 'privacy_officer', 'auditor', 'it_admin']),
  'post /api/v1/incident-rules': { ...of(['privacy_officer']), byPerson: true },
  'post /api/v1/incident-rules/{id}/check': {
    ...of(['privacy_officer'], {
      addresses: 'incident_rule',
      body: () => ({ checkedBy: '試験', checkedOn: '2026-04-01' }),
      own: [412],
    }),
    byPerson: true,
  },
  // Each reading is a line itself, and the chain goes on.
  'get /api/v1/audit': { ...of(['privacy_officer', 'auditor']), byPerson: true, moving: true },
  'get /api/v1/audit/checkpoints': { ...of(['privacy_officer', 'auditor']), byPerson: true, moving: true },
  'get /api/v1/dues': catalogue,
  'put /api/v1/dues': of(['it_admin', 'coordinator']),
  'get /api/v1/clock': { ...ofIt, moving: true },
  'post /api/v1/clock': ofIt,

  'get /api/v1/staff': ofIt,
  'post /api/v1/staff': ofIt,
  'patch /api/v1/staff/{id}': changed('staff', { name: '見本 試験' }),
  'post /api/v1/staff/{id}/password': changed('staff', {}),
  'get /api/v1/memberships': ofIt,
  'post /api/v1/memberships': ofIt,
  'patch /api/v1/memberships/{id}': changed('membership', { validTo: null }),
  'get /api/v1/stand-ins': ofIt,
  'post /api/v1/stand-ins': ofIt,
  'patch /api/v1/stand-ins/{id}': changed('stand-in', { validTo: '2099-03-31' }),
  'get /api/v1/clients': ofIt,
  'post /api/v1/clients': ofIt,
  'post /api/v1/clients/{id}/rotate': changed('client', {}),
  'post /api/v1/clients/{id}/revoke': changed('client', {}),

  'get /api/v1/events': { ...catalogue, byPerson: true, moving: true },
  'get /api/v1/referrals': of('caller', { addresses: 'referral', query: (id) => `q=${id}`, empty: true, own: [200] }),
  'get /api/v1/referrals/export': catalogue,
  'post /api/v1/exports': { ...catalogue, byPerson: true },
  'get /api/v1/views': { ...catalogue, byPerson: true },
  'post /api/v1/views': { ...catalogue, byPerson: true },
  'patch /api/v1/views/{id}': {
    ...of('caller', { addresses: 'view', body: () => ({ name: '試験' }), own: [412] }),
    byPerson: true,
  },
  // Once: whoever of the desk comes after finds none.
  'delete /api/v1/views/{id}': {
    ...of('caller', { addresses: 'view', own: [204, 404], changes: true }),
    byPerson: true,
  },
  'post /api/v1/referrals': catalogue,
  'post /api/v1/referrals/validate': catalogue,
  'get /api/v1/referrals/{id}': view,
  'get /api/v1/referrals/{id}/timeline': view,
  'get /api/v1/referrals/{id}/actions': view,
  'get /api/v1/referrals/{id}/decision': view,
  ...steps,
  // What is shown is what would go out: to the sender only.
  'post /api/v1/disclosures/preview': of('caller', {
    addresses: 'referral',
    body: (referralId) => ({ referralId }),
    own: [200, 404],
  }),
  'post /api/v1/referrals/reveal': {
    ...of([...desk, 'coordinator'], {
      addresses: 'referral',
      body: (id) => ({ ids: [id], purpose: 'assign' }),
      own: [200],
      empty: true,
      said: echoed,
    }),
    byPerson: true,
  },
  'get /api/v1/persons': { ...of(desk), byPerson: true },
  'post /api/v1/persons/search': {
    ...of(desk, { addresses: 'referral', body: (q) => ({ q }), own: [200], empty: true }),
    byPerson: true,
  },
  'post /api/v1/persons/reveal': {
    ...of(desk, {
      addresses: 'person',
      body: (id) => ({ ids: [id], purpose: 'assign' }),
      own: [200],
      empty: true,
      said: echoed,
    }),
    byPerson: true,
  },
  'post /api/v1/referrals/{id}/reveal-requests': {
    ...of(desk, {
      addresses: 'referral',
      body: () => ({ purpose: 'assign', reason: '試験' }),
      // Whose name is shown without; and of whom nothing is shown.
      own: [409, 404],
    }),
    byPerson: true,
  },
  'get /api/v1/reveal-requests': { ...of(desk), byPerson: true },
  'post /api/v1/reveal-requests/{id}/approve': {
    ...of(['supervisor'], { addresses: 'reveal_request', own: [200, 404], changes: true }),
    byPerson: true,
  },
  // Decided once: by the one before.
  'post /api/v1/reveal-requests/{id}/refuse': {
    ...of(['supervisor'], { addresses: 'reveal_request', own: [404], changes: true }),
    byPerson: true,
  },
  'post /api/v1/referrals/{id}/grounds': {
    ...of(desk, {
      addresses: 'referral',
      body: () => ({
        code: 'emergency',
        persons: ['nobody'],
        categories: ['identity'],
        reason: '試験',
        whyNoConsent: 'not_reached',
      }),
      own: [422, 404, 409],
    }),
    byPerson: true,
  },
  // The sender's, and whose post decides on one of them.
  'get /api/v1/referrals/{id}/grounds': of('caller', { addresses: 'referral', own: [200, 404] }),
  'post /api/v1/decisions/{id}/ratify': {
    ...of(['supervisor', 'approver'], {
      addresses: 'decision',
      body: () => ({ outcome: 'refused', categories: [] }),
      // Nothing waits there for anybody's word.
      own: [404],
    }),
    byPerson: true,
  },
  'get /api/v1/reports/exceptions': of(['coordinator', 'approver', 'privacy_officer', 'auditor', 'it_admin']),
  'get /api/v1/todos': catalogue,
  // It is done when the referral moves on, and ticked by nobody.
  'post /api/v1/todos/{id}/done': of('caller', { addresses: 'todo', body: () => ({}), own: [409] }),

  // Where it goes by no paper and was not opened, there is nothing to print, whoever it is.
  'get /api/v1/referrals/{id}/sheet': of('caller', { addresses: 'referral', own: [200, 409] }),
  'get /api/v1/sheets/{code}': of(
    desk,
    { addresses: 'sheet', own: [200], changes: true },
    { addresses: 'returned_sheet', own: [200] },
  ),
  ...writtenSteps,

  'get /api/v1/incidents': of(handling),
  'post /api/v1/incidents': of(handling, {
    addresses: 'referral',
    body: (referralId) => ({ referralId, kind: 'other' }),
    own: [201],
    except: ['held'],
    changes: true,
  }),
  'get /api/v1/incidents/{id}': of(handling, { addresses: 'incident', own: [200] }),
  'post /api/v1/incidents/{id}/notes': of(handling, {
    addresses: 'incident',
    body: () => ({ text: '試験' }),
    own: [201],
  }),
  'post /api/v1/incidents/{id}/contain': of(handling, { addresses: 'incident', body: () => ({}), own: [412] }),
  'post /api/v1/incidents/{id}/report': reported,
  'post /api/v1/incidents/{id}/final-report': reported,
  'post /api/v1/incidents/{id}/tell': reported,
  'post /api/v1/incidents/{id}/close': reported,

  'post /api/v1/recommendations': of(desk),
  'get /api/v1/recommendations': of(desk),
  'get /api/v1/recommendations/counts': of(['coordinator', 'auditor']),
  'get /api/v1/recommendations/{id}': of(desk, { addresses: 'recommendation', own: [200] }),
  'post /api/v1/recommendations/{id}/answer': of(desk, {
    addresses: 'recommendation',
    body: () => ({ answer: 'no' }),
    own: [412],
  }),

  'get /api/v1/persons/{id}/facts': of(desk, { addresses: 'person', own: [200] }),
  'post /api/v1/persons/{id}/facts': of(
    desk,
    { addresses: 'person', body: () => ({ fact }), own: [201], changes: true },
    {
      addresses: 'fact',
      path: ({ person }) => person,
      body: (supersedes) => ({ fact, supersedes }),
      own: [201, 404],
      changes: true,
    },
  ),
  'post /api/v1/persons/{id}/doubt': judged(
    { addresses: 'person', body: (_, { referral }) => apart(referral), own: [201], changes: true },
    { addresses: 'referral', path: ({ person }) => person, body: (id) => apart(id), own: [201], changes: true },
  ),
  'get /api/v1/persons/{id}/applications': of(desk, { addresses: 'person', empty: true, own: [200] }),
  'post /api/v1/persons/{id}/applications': of(desk, {
    addresses: 'person',
    body: () => ({ service: '試験' }),
    own: [201],
    changes: true,
  }),
  'post /api/v1/applications/{id}/withdraw': of(desk, { addresses: 'application', body: () => ({}), own: [204] }),
  // What is said takes back what made a person known: it comes after what is done to persons.
  'post /api/v1/consents': {
    ...of(
      desk,
      { addresses: 'person', body: consentOf, own: [201], changes: true },
      {
        addresses: 'consent',
        body: (supersedes, { person }) => ({ ...consentOf(person), supersedes }),
        // Replaced once: by whoever of the desk came first.
        own: [201, 404],
        changes: true,
      },
    ),
    byPerson: true,
  },
  'post /api/v1/refusals': of(desk, { addresses: 'person', body: (person) => ({ person }), own: [201], changes: true }),
  'post /api/v1/consents/{id}/withdraw': of(desk, {
    addresses: 'consent',
    body: () => ({}),
    own: [200],
    changes: true,
  }),
  // Of a consent that stands there is no withdrawal to see.
  'get /api/v1/consents/{id}/withdrawal': of([...desk, 'privacy_officer', 'auditor'], {
    addresses: 'consent',
    own: [200],
    changes: true,
  }),
  'post /api/v1/consents/{id}/confirm': {
    ...of(desk, { addresses: 'consent', body: () => ({}), own: [204] }),
    byPerson: true,
  },
  'post /api/v1/persons/{id}/seal': {
    ...of(desk, {
      addresses: 'person',
      body: () => ({ ground: 'own', from: '2026-01-01' }),
      // Said again it is the one that stands. What was taken back from a desk by the first seal or danger is that desk's again
      // when it is brought anew.
      own: [201, 200, 404],
      changes: true,
    }),
    byPerson: true,
  },
  'post /api/v1/persons/{id}/danger': {
    ...of(desk, {
      addresses: 'person',
      body: () => ({ from: 'household' }),
      // Said again it is the one that stands. What was taken back from a desk by the first seal or danger is that desk's again
      // when it is brought anew.
      own: [201, 200, 404],
      changes: true,
    }),
    byPerson: true,
  },
  'get /api/v1/persons/{id}/protection': {
    ...of([...desk, 'approver', 'privacy_officer'], {
      addresses: 'person',
      own: [200, 404],
    }),
    byPerson: true,
  },
  'post /api/v1/persons/{id}/unseal': {
    ...of(['approver', 'privacy_officer'], {
      addresses: 'person',
      body: () => ({ seal: nobody, confirm: true }),
      own: [404],
    }),
    byPerson: true,
  },
  'get /api/v1/consent-forms': catalogue,
  'post /api/v1/consent-forms': of([...desk, 'it_admin']),
  'post /api/v1/consent-forms/{id}/approve': {
    ...of(['privacy_officer'], { addresses: 'form', own: [412] }),
    byPerson: true,
  },
  'post /api/v1/consent-forms/{id}/retire': {
    ...of(['privacy_officer'], { addresses: 'form', body: () => ({}), own: [412] }),
    byPerson: true,
  },
  'get /api/v1/consent-forms/{id}/sheet': of('caller', { addresses: 'form', own: [200] }),
  'post /api/v1/persons/{id}/link': judged(
    { addresses: 'person', body: (_, { other }) => ({ other, agreed }), own: [422] },
    { addresses: 'person', path: ({ other }) => other, body: (other) => ({ other, agreed }), own: [422] },
  ),
  'get /api/v1/persons/{id}/merged': judged({ addresses: 'person', own: [200] }),
  // What nobody asks for is not there to be judged.
  'get /api/v1/persons/{id}/judgements': judging({ own: [200, 404] }),
  'post /api/v1/persons/{id}/merge': judging({ body: (_, { other: into }) => ({ into }), own: [404] }),
  'post /api/v1/persons/{id}/split': judging({ body: () => ({ doubt: nobody }), own: [404] }),
  'get /api/v1/persons/{id}/consents': of(desk, { addresses: 'person', empty: true, own: [200] }),
  'get /api/v1/persons/{id}/disclosures': of([...desk, 'privacy_officer', 'auditor'], {
    addresses: 'person',
    empty: true,
    own: [200],
  }),
  'post /api/v1/disclosure-requests': {
    ...of([...desk, 'privacy_officer'], {
      addresses: 'person',
      body: (person) => ({ person, askedBy: 'guardian', askedOn: '2026-04-01', identity: 'papers_of_agent' }),
      own: [201],
    }),
    byPerson: true,
  },
  'get /api/v1/disclosure-requests': { ...of(['privacy_officer']), byPerson: true },
  'post /api/v1/disclosure-requests/{id}/answer': {
    ...of(['privacy_officer'], {
      addresses: 'request',
      body: () => ({ outcome: 'refused', on: '2026-04-02', reason: 'not_entitled' }),
      own: [412],
    }),
    byPerson: true,
  },

  'post /api/v1/conferences': {
    ...of(desk, {
      addresses: 'person',
      body: (person) => ({
        kind: 'shien_kaigi',
        to: '01900000-0000-7000-8000-000000000000',
        persons: [person],
        reason: '試験',
      }),
      own: [404],
    }),
    byPerson: true,
  },
  'get /api/v1/conferences': catalogue,
  'get /api/v1/conferences/{id}': of('caller', { addresses: 'conference', own: [200] }),
  'get /api/v1/conferences/{id}/agenda': of('caller', { addresses: 'conference', own: [200] }),
  'get /api/v1/conferences/{id}/callable': of('caller', {
    addresses: 'conference',
    query: () => 'function=01900000-0000-7000-8000-000000000002',
    own: [200, 403],
  }),
  ...conferenceSteps,

  'get /api/v1/support-units': of(
    desk,
    { addresses: 'referral', query: (id) => `referral=${id}`, own: [200], except: ['held', 'notification'] },
    { addresses: 'person', query: (id) => `person=${id}`, own: [200], except: ['held', 'notification'] },
  ),
  'get /api/v1/support-units/{id}': of([...desk, 'coordinator'], { addresses: 'unit', own: [200] }),
  'post /api/v1/support-units/{id}/lead': of([...desk, 'coordinator'], {
    addresses: 'unit',
    body: () => ({ step: 'cancel' }),
    own: [412],
  }),
  'post /api/v1/support-units/{id}/split': of(desk, {
    addresses: 'unit',
    body: (id) => ({ members: [id] }),
    own: [412],
  }),
  'post /api/v1/support-units/{id}/join': of(desk, { addresses: 'unit', body: (into) => ({ into }), own: [412] }),
  'get /api/v1/reports/failures': of(['coordinator']),
  'get /api/v1/reports/flows': {
    ...of(['supervisor', 'coordinator', 'approver']),
    query: 'month=2026-11',
    byPerson: true,
  },
  'get /api/v1/reports/guards': of(['it_admin', 'privacy_officer']),

  'get /api/v1/proposals': { ...of(desk), byPerson: true },
  // Its recipient hears that nothing of it waits; to its sender it is none.
  'get /api/v1/proposals/{id}': proposal({}),
  'post /api/v1/proposals/{id}/approve': proposal({ body: () => ({}) }),
  'post /api/v1/proposals/{id}/decline': proposal({ body: () => ({}) }),
  'get /api/v1/deliveries': ofIt,
  'post /api/v1/deliveries/replay': ofIt,
  'post /api/v1/deliveries/{id}/replay': of(it, { addresses: 'delivery', own: [409] }),
  'get /api/v1/doctor': ofIt,
  'get /api/v1/plugins': ofIt,
  'get /api/v1/plugins/{id}': ofPlugin([200]),
  'put /api/v1/plugins/{id}/config': ofPlugin([412], {}),
  'post /api/v1/plugins/{id}/config/validate': ofPlugin([200], {}),
  'post /api/v1/plugins/{id}/config/check': ofPlugin([409], {}),
  'get /api/v1/plugins/{id}/config/versions': ofPlugin([200]),
  'post /api/v1/plugins/{id}/config/return': ofPlugin([412], { version: 1 }),
  'post /api/v1/plugins/{id}/check': ofPlugin([409], {}),
  'post /api/v1/plugins/{id}/confirm': ofPlugin([409], { reason: '試験' }),
  'post /api/v1/plugins/{id}/counts/settle': ofPlugin([409], { day: '2026-12-01', reason: '試験' }),
  'post /api/v1/plugins/{id}/poll': ofPlugin([409], {}),
  'get /api/v1/plugins/{id}/quarantine': ofPlugin([200]),
  'post /api/v1/plugins/{id}/quarantine/{row}/release': of(it, { addresses: 'waiting_row', own: [409] }),
  'post /api/v1/plugins/{id}/quarantine/{row}/close': of(it, {
    addresses: 'waiting_row',
    body: () => ({ reason: '試験' }),
    // Once: whoever comes after finds it closed.
    own: [200, 409],
    changes: true,
  }),
  'post /api/v1/plugins/{id}/disable': of(it, { addresses: 'plugin', body: () => ({}), own: [200], changes: true }),
  'post /api/v1/plugins/{id}/enable': ofPlugin([409], {}),
  'post /api/v1/plugins/{id}/dry-run/file': ofPlugin([409], { name: 'KAI00001.CSV', content: 'MQ==' }),
  'post /api/v1/plugins/{id}/dry-run': ofPlugin([200], { items: [{ itemId: 'one', submission: {} }] }),
};
