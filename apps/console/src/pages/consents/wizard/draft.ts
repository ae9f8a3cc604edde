// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsentFormView, NewConsent, NewRefusal, ReferralView } from '@tsunagi/contracts';
import type { ConsentGiver, DataCategory, Feedback, Purpose } from '@tsunagi/contracts/words';
import { ProblemError } from '../../../api/problem';

export const steps = ['sheet', 'who', 'scope', 'manner', 'check'] as const;
export type Step = (typeof steps)[number];

/** What shows that the giver may decide, as it is typed. */
export interface CapacityTyped {
  readonly document: string;
  readonly powerForThis: boolean;
  readonly parental: string;
  readonly otherParent: string;
  readonly childView: string;
  readonly childAgrees: boolean;
  readonly understood: boolean;
  readonly expectant: boolean;
}
export interface SpeakerTyped {
  readonly giver: ConsentGiver | '';
  /** Of those in the referral, who it was; for whoever endangers the person consents to nothing. */
  readonly giverPerson: string;
  readonly capacity: CapacityTyped;
  readonly bornOn: string;
}
export const ownWord: readonly string[] = ['self', 'self_with_support'];
export const nobodyYet: SpeakerTyped = {
  giver: '',
  giverPerson: '',
  capacity: {
    document: '',
    powerForThis: false,
    parental: '',
    otherParent: '',
    childView: '',
    childAgrees: false,
    understood: false,
    expectant: false,
  },
  bornOn: '',
};

/** Everything that was typed, whichever step is shown: a step back loses nothing. */
export interface Draft extends SpeakerTyped {
  readonly form: string;
  readonly answer: 'yes' | 'no';
  /** Of whom, by the ref in the referral. */
  readonly of: string;
  readonly categories: readonly DataCategory[];
  /** Each as JSON of a recipient. */
  readonly recipients: readonly string[];
  /** The organization that works there now, when the person consents to it and to no other. */
  readonly namedOrganization: string;
  readonly purposes: readonly Purpose[];
  readonly from: string;
  readonly until: string;
  readonly feedback: Feedback;
  /** A no to everything. */
  readonly everything: boolean;
  readonly manner: NewConsent['manner'] | '';
  readonly grantedOn: string;
  readonly reference: string;
  readonly sha256: string;
  readonly oral: {
    readonly by: string;
    readonly time: string;
    readonly number: string;
    readonly recognisedBy: string;
    readonly secondListener: string;
  };
  readonly how: NonNullable<NewRefusal['how']> | '';
  readonly askAgainOn: string;
}
export type Change = (change: Partial<Draft>) => void;
/** The hub's word on a field, by its place in what is sent. */
export type ErrorAt = (pointer: string) => string | undefined;

/** Today in Japan, whatever the machine says. */
export const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date());
const daysAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const recipientOf = (recipient: NewConsent['scope']['recipients'][number]) => JSON.stringify(recipient);

/** What can be set without asking: the form's period and what it says comes back. Items are ticked one by one. */
export function newDraft(referral: ReferralView, form: ConsentFormView): Draft {
  return {
    ...nobodyYet,
    form: form.id,
    answer: 'yes',
    of: 'subject',
    categories: [],
    recipients: [],
    namedOrganization: '',
    purposes: [referral.purpose],
    ...ofForm(form),
    from: today(),
    everything: true,
    manner: '',
    grantedOn: today(),
    reference: '',
    sha256: '',
    oral: { by: '', time: '', number: '', recognisedBy: '', secondListener: '' },
    how: '',
    askAgainOn: '',
  };
}
export const ofForm = ({ profile }: ConsentFormView) => ({
  until: daysAfter(today(), profile.days - 1),
  feedback: profile.feedback,
});

export function scopeOf(draft: Draft): NewConsent['scope'] {
  return {
    categories: [...draft.categories],
    recipients: draft.recipients.map((r) => JSON.parse(r) as NewConsent['scope']['recipients'][number]),
    purposes: [...draft.purposes],
    from: draft.from,
    until: draft.until,
    feedback: draft.feedback,
  };
}
/** May it be asked what would be seen with it? */
export const isScope = ({ categories, recipients, purposes, from, until }: Draft) =>
  categories.length > 0 && recipients.length > 0 && purposes.length > 0 && from !== '' && until !== '' && from <= until;

/** Only what was said: an empty field says nothing. */
const said = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== '' && v !== false && v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], '' | false | undefined>;
  };

export function speakerOf({ giver, giverPerson, capacity, bornOn }: SpeakerTyped) {
  const { otherParent, ...shown } = capacity;
  const typed = said({ ...shown, otherParent: shown.parental === 'joint' ? otherParent : '' });
  return {
    ...said({ giver, bornOn, giverPerson: ownWord.includes(giver) ? '' : giverPerson }),
    ...(Object.keys(typed).length > 0 && { capacity: typed as NonNullable<NewConsent['capacity']> }),
  };
}

const momentOn = (day: string, time = '12:00') => `${day}T${time}:00+09:00`;

export function consentOf(draft: Draft, person: string, formVersion: string): NewConsent {
  const { grantedOn, reference, sha256, oral, manner } = draft;
  const scope = scopeOf(draft);
  return {
    person,
    ...(speakerOf(draft) as { giver: ConsentGiver }),
    manner: manner as NewConsent['manner'],
    scope,
    formVersion,
    ...said({ namedOrganization: draft.namedOrganization }),
    ...(reference !== '' && { evidence: { reference, ...said({ sha256 }) } }),
    ...(grantedOn !== '' && grantedOn < today() && manner !== 'oral_recorded' && { grantedAt: momentOn(grantedOn) }),
    ...(manner === 'oral_recorded' && {
      oral: {
        by: oral.by,
        at: momentOn(grantedOn, oral.time || undefined),
        categories: scope.categories,
        recipients: scope.recipients,
        recognisedBy: oral.recognisedBy,
        ...said({ number: oral.number, secondListener: oral.secondListener }),
      },
    }),
  };
}

export function refusalOf(draft: Draft, person: string): NewRefusal {
  const { categories, recipients } = scopeOf(draft);
  const { grantedOn, everything } = draft;
  return {
    person,
    ...speakerOf(draft),
    ...said({ how: draft.how, askAgainOn: draft.askAgainOn }),
    ...(grantedOn !== '' && grantedOn < today() && { at: momentOn(grantedOn) }),
    ...(!everything && categories.length > 0 && { categories }),
    ...(!everything && recipients.length > 0 && { recipients }),
  };
}

const places: readonly (readonly [prefix: string, step: Step])[] = [
  ['/person', 'who'],
  ['/giver', 'who'],
  ['/capacity', 'who'],
  ['/bornOn', 'who'],
  ['/scope', 'scope'],
  ['/categories', 'scope'],
  ['/recipients', 'scope'],
  ['/manner', 'manner'],
  ['/formVersion', 'sheet'],
  ['/oral', 'manner'],
  ['/evidence', 'manner'],
  ['/grantedAt', 'manner'],
  ['/how', 'manner'],
  ['/at', 'manner'],
  ['/askAgainOn', 'manner'],
];
const ofCode: Readonly<Record<string, Step>> = {
  FORM_NOT_APPROVED: 'sheet',
  SCRIPT_MISSING: 'manner',
  SECOND_LISTENER_MISSING: 'manner',
  GIVER_NOT_ENTITLED: 'who',
};

/** Where what the hub speaks of was answered; `undefined` = nowhere in particular. */
export function stepOf(error: unknown): Step | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const found = (error.problem.errors ?? []).flatMap(
    ({ pointer }) => places.find(([prefix]) => pointer === prefix || pointer.startsWith(`${prefix}/`))?.[1] ?? [],
  );
  return steps.find((step) => found.includes(step)) ?? ofCode[error.problem.code];
}
