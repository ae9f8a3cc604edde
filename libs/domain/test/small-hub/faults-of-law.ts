// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Invariant } from '@tsunagi/testing/invariants';
import type { Rules } from './rules';
import * as domain from '../../src';
import type {
  AuthorityRow,
  Conference,
  ConferenceItem,
  Consent,
  DecisionInput,
  Ground,
  Member,
  Sitting,
} from '../../src';

type Fault = readonly [what: string, Invariant, Partial<Rules>];

/** A hub that sees the question otherwise than it is: when it decides what leaves, and what comes back. */
const asks = (otherwise: (q: DecisionInput) => Partial<DecisionInput>): Partial<Rules> => ({
  decide: (q) => domain.decide({ ...q, ...otherwise(q) }),
});
const withConsents = (otherwise: (c: Consent) => Partial<Consent>) =>
  asks(({ consents }) => ({ consents: consents.map((c) => ({ ...c, ...otherwise(c) })) }));
const withGrounds = (otherwise: (g: Ground, q: DecisionInput) => Partial<Ground>) =>
  asks((q) => ({ grounds: (q.grounds ?? []).map((g) => ({ ...g, ...otherwise(g, q) })) }));
const withSittings = (otherwise: (s: Sitting, q: DecisionInput) => Partial<Sitting>) =>
  asks((q) => ({ sittings: (q.sittings ?? []).map((s) => ({ ...s, ...otherwise(s, q) })) }));
/** Rows of the law that say something else, to whoever records and to whoever decides. */
const withRows = (otherwise: (row: AuthorityRow) => Partial<AuthorityRow>): Partial<Rules> => {
  const changed = (rows: readonly AuthorityRow[]) => rows.map((row) => ({ ...row, ...otherwise(row) }));
  return {
    decide: (q) => domain.decide({ ...q, authorities: changed(q.authorities) }),
    rowForGround: (code, sides, rows) => domain.rowForGround(code, sides, changed(rows)),
  };
};
const ofGround = ({ code }: AuthorityRow) => (domain.groundCodes as readonly string[]).includes(code);
const everybody = domain.BodyKind.options;
const ms = (moment: string, more: number) => new Date(Date.parse(moment) + more).toISOString();
const aDayMore = (day: string) => domain.addDays(day, 1);

const ofConsents: readonly Fault[] = [
  ['a desk that a consent excludes', 2, withConsents(() => ({ exclusions: [] }))],
  ['a worker whom a consent excludes', 2, { shutOut: (because, shut) => (because === 'consent' ? [] : shut) }],
  [
    'a consent for something else',
    2,
    withConsents(({ scope }) => ({ scope: { ...scope, purposes: ['consultation', 'abuse_response'] } })),
  ],
  [
    'a consent that counts before its first day',
    2,
    withConsents(({ scope }) => ({ scope: { ...scope, from: '2020-04-01' } })),
  ],
  [
    'a consent that counts the day after its last',
    2,
    withConsents(({ scope }) => ({ scope: { ...scope, until: aDayMore(scope.until) } })),
  ],
  ['an assertion that counts a moment too long', 2, withConsents((c) => ({ grantedAt: ms(c.grantedAt, 1) }))],
  [
    'a consent of somebody who endangers the person',
    2,
    withConsents(() => ({ giver: 'self', giverPerson: undefined }) as never),
  ],
  [
    'tax data that leave without a consent',
    2,
    asks(({ subject, others }) => ({
      subject: { ...subject, consentOnly: undefined },
      others: others.map((o) => ({ ...o, consentOnly: undefined })),
    })),
  ],
  [
    'what waits in a queue and was withdrawn',
    2,
    { decideAtClaim: (decide, sent) => (sent === undefined ? decide() : sent) },
  ],
];

/** A redaction that puts back one field of somebody who is protected. */
const putsBack =
  (group: keyof Member['items'], field: string) =>
  (...[member, permitted, system, seal]: Parameters<typeof domain.redactMember>): Member => {
    const redacted = domain.redactMember(member, permitted, system, seal);
    const own = (member.items[group] ?? {}) as Record<string, unknown>;
    if (seal?.sealed !== true || !permitted.includes(group) || own[field] === undefined) return redacted;
    return { ...redacted, items: { ...redacted.items, [group]: { ...redacted.items[group], [field]: own[field] } } };
  };
const everywhere = (redact: Rules['redactForSystem']): Partial<Rules> => ({
  redactForSystem: redact,
  redactForScreen: redact,
  redactForPreview: redact,
});
const givesAway = [
  ['identity', 'otherNames'],
  ['education', 'school'],
  ['employment', 'status'],
  ['housing', 'status'],
  ['service_use', 'office'],
] as const;
const unread = [
  ['household_outline', 'affected'],
  ['wishes', 'wishes'],
  ['income_debt', 'arrears'],
  ['education', 'note'],
] as const;

const ofProtection: readonly Fault[] = [
  ['a seal that nobody hears', 2, asks(() => ({ seals: [] }))],
  [
    'a danger that hides nobody',
    2,
    {
      // Who goes along is asked as ever; only what of them goes is not.
      decide: (q) => {
        const decision = domain.decide(q);
        if (decision.outcome !== 'permit') return decision;
        const { dangers: _, ...found } = q;
        const whole = domain.decide({
          ...found,
          others: q.others.filter((o) => decision.members.some((m) => m.ref === o.ref)),
        });
        return whole.outcome === 'permit' ? whole : decision;
      },
    },
  ],
  ...givesAway.map(([group, field]): Fault => [
    `a seal that forgets ${group}.${field}`,
    2,
    everywhere(putsBack(group, field)),
  ]),
  ...unread.map(([group, field]): Fault => [
    `a text that nobody has read: ${group}.${field}`,
    2,
    everywhere(putsBack(group, field)),
  ]),
  [
    'a screen that knows of no seal',
    7,
    { redactForScreen: (member, permitted) => domain.redactMember(member, permitted) },
  ],
  [
    'a message that knows of no seal',
    7,
    { redactForSystem: (member, permitted) => domain.redactMember(member, permitted) },
  ],
  ['a text that counts as read by itself', 2, { isRead: () => true }],
  ['a text that was read once, and is another one now', 2, { isRead: (r) => r.read !== undefined }],
  [
    'a way to reach the protected that nobody calls safe',
    2,
    asks(({ subject, others }) => ({
      subject: { ...subject, safeWishes: true as const },
      others: others.map((o) => ({ ...o, safeWishes: true as const })),
    })),
  ],
  ['a seal that ends with its last day', 2, { stands: ({ until }, today) => until === undefined || today <= until }],
  ['a protection that one alone ends', 2, { isAnother: () => true }],
  ['a seal of two who were one that stands with one', 2, { standsWith: ([kept]) => [kept!] }],
  [
    'a danger to the subject',
    2,
    asks(({ subject, dangers }) => ({ dangers: dangers?.filter((d) => d.person !== subject.person) })),
  ],
  [
    'a danger that the subject is',
    2,
    asks(({ subject, dangers }) => ({
      dangers: dangers?.filter(
        (d) => d.from !== subject.person && (d.from !== 'household' || d.person === subject.person),
      ),
    })),
  ],
  [
    'a danger between two who go along',
    2,
    asks(({ subject, dangers }) => ({
      dangers: dangers?.filter((d) => [d.person, d.from].includes(subject.person ?? '') || d.from === 'household'),
    })),
  ],
  [
    'a danger that the household is',
    2,
    asks(({ dangers }) => ({ dangers: dangers?.filter((d) => d.from !== 'household') })),
  ],
  ['the worker of somebody dangerous', 2, { shutOut: (because, shut) => (because === 'danger' ? [] : shut) }],
  [
    'a hold that tells of a danger',
    8,
    {
      decide: (q) => {
        const decided = domain.decide(q);
        const isKnown = q.dangers?.some((d) => d.person === q.subject.person || d.from === q.subject.person) === true;
        return decided.outcome === 'hold' && isKnown
          ? { ...decided, reasons: [...decided.reasons, 'ASK_ADMINISTRATOR' as const] }
          : decided;
      },
    },
  ],
];

const ofGrounds: readonly Fault[] = [
  ['a ground of a sender of another body', 2, withRows((row) => (ofGround(row) ? { senders: everybody } : {}))],
  ['a ground toward another body', 2, withRows((row) => (ofGround(row) ? { recipients: everybody } : {}))],
  [
    'a ground on a kind that knows none',
    2,
    {
      rowForGround: (code, sides, rows) => domain.rowForGround(code, { ...sides, kind: 'referral' }, rows),
      decide: (q) => domain.decide(q.kind === 'handback' || q.kind === 'prefecture' ? { ...q, kind: 'referral' } : q),
    },
  ],
  ['a ground of which nothing was said', 2, { ...withRows(() => ({ needs: [] })), missingFacts: () => [] }],
  [
    'a ground that counts before anybody approves it',
    2,
    withRows((row) => (row.approval === 'before' ? { approval: 'after' } : {})),
  ],
  [
    'a ground that was refused',
    2,
    withGrounds((g) => (g.decided?.outcome === 'refused' ? { decided: undefined } : {})),
  ],
  [
    'items that nobody has approved',
    2,
    withGrounds((g) => (g.decided ? { decided: { ...g.decided, categories: g.categories } } : {})),
  ],
  ['items that nobody has recorded', 2, withGrounds(() => ({ categories: domain.DataCategory.options }))],
  [
    'items that the law does not list',
    2,
    withRows((row) => (ofGround(row) ? { categories: domain.DataCategory.options } : {})),
  ],
  ['a ground of another referral', 2, { groundsOf: (all, id) => all.map((g) => ({ ...g, referral: id })) }],
  [
    'a ground for somebody whom it does not name',
    2,
    withGrounds((_, q) => ({ persons: [q.subject, ...q.others].flatMap((m) => m.person ?? []) })),
  ],
  ['a draft that its author approves', 2, { mayApprove: () => true }],
  [
    'a refusal over which nobody has said a word',
    2,
    withRows((row) => (ofGround(row) ? { overRefusal: 'stands' } : {})),
  ],
  ['an emergency a moment after its 72 hours', 2, withGrounds((g) => ({ recordedAt: ms(g.recordedAt, 1) }))],
  [
    'a ground the day after its last',
    2,
    withGrounds((g) => (g.until === undefined ? {} : { until: aDayMore(g.until) })),
  ],
  [
    'a disaster before it was declared, or when it is over',
    2,
    withRows((row) =>
      row.windows ? { windows: [{ from: '2020-01-01T00:00:00Z', until: '2120-01-01T00:00:00Z' }] } : {},
    ),
  ],
  [
    'a disaster a moment too long',
    2,
    withRows((row) => (row.windows ? { windows: row.windows.map((w) => ({ ...w, until: ms(w.until, 1) })) } : {})),
  ],
  [
    'a disaster a moment too early',
    2,
    withRows((row) => (row.windows ? { windows: row.windows.map((w) => ({ ...w, from: ms(w.from, -1) })) } : {})),
  ],
  [
    'a state that goes back of an emergency',
    2,
    {
      decideFeedback: (q) => {
        const back = domain.decideFeedback(q);
        return back.arrival === true ? { ...back, feedback: 'state' } : back;
      },
    },
  ],
  [
    'a state that goes back of a ground that has ended',
    2,
    {
      decideFeedback: (q) =>
        q.grounds?.some((g) => g.code === 'law' || g.code === 'benefit_of_person') === true
          ? { feedback: 'state', consents: [] }
          : domain.decideFeedback(q),
    },
  ],
  [
    'a hold that tells of a sitting',
    8,
    {
      decide: (q) => {
        const decided = domain.decide(q);
        return decided.outcome === 'hold' && q.sittings !== undefined && q.sittings.length > 0
          ? { ...decided, reasons: [...decided.reasons, 'CONFERENCE_NOT_OPEN' as const] }
          : decided;
      },
    },
  ],
];

const allAcknowledged = (c: Conference): Conference => ({
  ...c,
  members: c.members.map((m) => ({ ...m, acknowledged: true })),
});

const ofConferences: readonly Fault[] = [
  [
    'a sitting of those who were not called',
    2,
    withSittings((s, q) => ({
      members: [q.sender, q.recipient].map((p) => ({
        function: p.function,
        staff: 'anybody',
        acknowledged: true,
        ...s.members.find((m) => m.function === p.function),
      })),
    })),
  ],
  [
    'a secrecy that nobody has acknowledged',
    2,
    withSittings(({ members }) => ({ members: members.map((m) => ({ ...m, acknowledged: true })) })),
  ],
  ['a sitting that is not open', 2, withSittings(() => ({ state: 'open' }))],
  ['a sitting a moment too long', 2, withSittings(({ until }) => (until === undefined ? {} : { until: until + 1 }))],
  [
    'somebody of whom the sitting does not speak',
    2,
    withSittings(({ persons }, q) => ({
      persons: [...persons, ...(q.subject.person === undefined ? [] : [q.subject.person])],
    })),
  ],
  ['a conference with consent that borrows the other’s law', 2, withSittings(() => ({ authority: 'shien_kaigi' }))],
  ['what a sitting lets out, in a system', 2, { staysIn: () => false }],
  [
    'a state that goes back of a sitting',
    2,
    {
      decideFeedback: (q) =>
        q.conference === undefined ? domain.decideFeedback(q) : { feedback: 'state', consents: [] },
    },
  ],
  [
    'an agenda for who has acknowledged nothing',
    2,
    { itemsFor: (attendee, c, q) => domain.itemsFor({ ...attendee, acknowledged: true }, c, q) },
  ],
  [
    'an agenda that asks for no consent',
    2,
    { itemsFor: (attendee, { items }) => (attendee.acknowledged ? items.filter((i) => !i.erased) : []) },
  ],
  [
    'an agenda that one consent opens for all',
    2,
    {
      itemsFor: (attendee, c, q) => {
        const uncovered = domain.uncoveredFor(attendee, c, q);
        return attendee.acknowledged ? c.items.filter((i) => !i.erased && !uncovered.includes(i)) : [];
      },
    },
  ],
  [
    'an agenda beyond the day of its review',
    2,
    { itemsFor: (attendee, c, q) => domain.itemsFor(attendee, { ...c, reviewOn: undefined }, q) },
  ],
  [
    'an agenda that stays on the table once the conference was held',
    2,
    { itemsFor: (attendee, c, q) => domain.itemsFor(attendee, { ...c, state: 'open' }, q) },
  ],
  [
    'an agenda that knows of no seal',
    2,
    { itemsFor: (attendee, c, q) => domain.itemsFor(attendee, c, { ...q, seals: [] }) },
  ],
  ['a conference of which everybody knows', 8, { knowsOf: () => true }],
  ['what was said and is not erased', 2, { erasedAtEnd: () => [] }],
  [
    'what is promoted although it names an informant',
    2,
    {
      takeConferenceStep: (c, step, by, facts) =>
        domain.takeConferenceStep(step.action === 'promote' ? withoutInformants(c) : c, step, by, facts),
    },
  ],
  ['what is promoted without a consent', 2, { isCovered: () => true }],
  [
    'what is promoted by somebody else',
    2,
    {
      takeConferenceStep: (c, step, by, facts) =>
        domain.takeConferenceStep(
          step.action === 'agree-promotion' ? broughtBy(allAcknowledged(c), by) : c,
          step,
          by,
          facts,
        ),
    },
  ],
];

const withoutInformants = (c: Conference): Conference => ({
  ...c,
  items: c.items.map((i) => ({ ...i, informant: false })),
});
/** As if whoever agrees had brought it. */
const broughtBy = (
  c: Conference,
  { staff, function: desk }: Pick<ConferenceItem, 'staff' | 'function'>,
): Conference => ({
  ...c,
  items: c.items.map((i) => ({ ...i, staff, function: desk })),
});

/** One broken rule for each of DOMAIN §6 and §7. */
export const faultsOfLaw: readonly Fault[] = [...ofConsents, ...ofProtection, ...ofGrounds, ...ofConferences];
