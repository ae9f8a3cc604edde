// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralAction } from '@tsunagi/contracts/words';
import type { ReferralView } from '@tsunagi/contracts';
import type { Texts } from '../../texts';

/** What is typed: by the place in the body (`worker/name`). */
export type Typed = Readonly<Record<string, Entry>>;
export type Entry = string | boolean | readonly string[] | readonly Attempt[] | undefined;
export interface Attempt {
  readonly on: string;
  readonly how: string;
  readonly visit: boolean;
}

export interface FormField {
  readonly at: string;
  readonly kind: 'line' | 'prose' | 'day' | 'moment' | 'yes' | 'desk' | 'choice' | 'choices' | 'lines' | 'attempts';
  readonly label: keyof Texts['referral']['fields'];
  readonly hint?: keyof Texts['referral']['fields'];
  readonly required?: true;
  /** Names of what can be chosen. */
  readonly names?:
    | 'returnReasonNames'
    | 'outcomeNames'
    | 'meetingNames'
    | 'followUpSeriesNames'
    | 'followUpResultNames'
    | 'misdirectionNames';
  /** The value of a field that is ticked; `true` unless it says otherwise. */
  readonly value?: string;
  readonly when?: (typed: Typed, of: ReferralView) => boolean;
  /** Folded together with others of this name. */
  readonly group?: keyof Texts['referral']['groups'];
}

type Label = FormField['label'];
const line = (at: string, more: Partial<FormField> = {}): FormField => ({
  at,
  kind: 'line',
  label: at as Label,
  ...more,
});
const prose = (at: string, label: Label, more: Partial<FormField> = {}): FormField => ({
  at,
  kind: 'prose',
  label,
  ...more,
});
const day = (at: string, more: Partial<FormField> = {}): FormField => ({
  at,
  kind: 'day',
  label: at as Label,
  ...more,
});
const yes = (at: string, more: Partial<FormField> = {}): FormField => ({
  at,
  kind: 'yes',
  label: at as Label,
  ...more,
});
const required = { required: true } as const;

const has = (at: string, code: string) => (typed: Typed) => {
  const value = typed[at];
  return Array.isArray(value) ? (value as readonly string[]).includes(code) : value === code;
};

const said = (name: 'personInformed' | 'asked', group: FormField['group'], when?: FormField['when']): FormField[] =>
  (['by', 'at', 'how'] as const).map((part) => ({
    at: `${name}/${part}`,
    kind: part === 'at' ? 'moment' : 'line',
    label: `${name}/${part}`,
    ...(group && { group }),
    ...(when && { when, required: true }),
  }));
const informed: readonly FormField[] = [
  ...said('personInformed', 'informed'),
  day('notInformed/by', { group: 'notInformed' }),
  line('notInformed/reason', { group: 'notInformed' }),
];
const phoned: readonly FormField[] = (['whom', 'at', 'by'] as const).map((part) => ({
  at: `phoned/${part}`,
  kind: part === 'at' ? 'moment' : 'line',
  label: `phoned/${part}`,
  group: 'phoned',
  when: (_, { urgency }) => urgency === 'same_day',
}));
const meeting: FormField = {
  at: 'howTheyMeet',
  kind: 'choice',
  label: 'howTheyMeet',
  names: 'meetingNames',
  group: 'more',
};
const goingOn = [meeting, ...phoned];
const talk = (more: Partial<FormField>): FormField[] => [
  day('talk/on', more),
  { at: 'talk/names', kind: 'lines', label: 'talk/names', hint: 'talkNamesHint', ...more },
];
const keepsDoing = (more: Partial<FormField>): FormField[] => [
  line('keepsDoing/sender', more),
  line('keepsDoing/recipient', more),
];
const agreed = [...talk({ group: 'agreed' }), ...keepsDoing({ group: 'agreed' })];
const attempts = (when?: FormField['when']): FormField => ({
  at: 'attempts',
  kind: 'attempts',
  label: 'attempts',
  hint: 'attemptsHint',
  ...(when ? { when } : { group: 'more' }),
});
const note = prose('note', 'note', { hint: 'noteHint' });
const nextContact = day('nextContactOn');

/** What each step is asked for, in the order in which somebody would say it. `edit` has a page of its own. */
export const actionForms: Readonly<Record<Exclude<ReferralAction, 'edit'>, readonly FormField[]>> = {
  send: [yes('narrativeConfirmed'), ...goingOn, ...informed],
  receive: [
    yes('conditionsAcknowledged', { required: true, when: (_, { conditions }) => (conditions?.length ?? 0) > 0 }),
  ],
  'confirm-phone': [line('by', { label: 'phoneBy', ...required })],
  ask: [prose('questions', 'questions', { hint: 'questionsHint', ...required })],
  answer: [prose('answer', 'answer', required)],
  accept: [
    line('worker/name', required),
    yes('personMatched', required),
    nextContact,
    note,
    line('runningCase', { hint: 'runningCaseHint', group: 'more' }),
    ...agreed,
  ],
  start: [day('firstContact/on'), line('firstContact/how'), nextContact, note, attempts()],
  hold: [
    line('reason', required),
    day('wakeOn', { hint: 'wakeOnHint', ...required }),
    yes('code', { label: 'capacity', value: '103' }),
  ],
  resume: [],
  'propose-return': [
    { at: 'reasons', kind: 'choices', label: 'reasons', names: 'returnReasonNames', required: true },
    { at: 'fitting', kind: 'desk', label: 'fitting', when: has('reasons', '101'), required: true },
    line('municipality', { when: has('reasons', '102'), ...required }),
    line('duplicateOf', { when: has('reasons', '105'), ...required }),
    ...said('asked', undefined, has('reasons', '201')),
    attempts(has('reasons', '202')),
    day('diedOn', { when: has('reasons', '203'), ...required }),
    day('movedOn', { when: has('reasons', '204'), ...required }),
    day('admittedOn', { when: has('reasons', '205'), ...required }),
    line('whoTellsPerson', required),
    note,
  ],
  'agree-return': [...talk(required), ...keepsDoing(required), ...informed],
  redirect: [{ at: 'to', kind: 'desk', label: 'redirectTo', required: true }, ...goingOn, ...agreed, ...informed],
  coordinate: [...keepsDoing(required), day('meetOn')],
  complete: [
    { at: 'outcome', kind: 'choice', label: 'outcome', names: 'outcomeNames', required: true },
    { at: 'referredTo', kind: 'desk', label: 'referredTo', when: has('outcome', '013'), required: true },
    line('need', { when: has('outcome', '023'), ...required }),
    prose('note', 'report', required),
    nextContact,
    ...goingOn,
    ...informed,
  ],
  'send-back': [prose('note', 'lacking', required)],
  'follow-up': [
    { at: 'series', kind: 'choice', label: 'series', names: 'followUpSeriesNames' },
    { at: 'result', kind: 'choice', label: 'result', names: 'followUpResultNames' },
    prose('note', 'found'),
    ...goingOn,
    ...informed,
  ],
  close: [prose('result', 'became', required), ...agreed, ...informed],
  reopen: [
    line('reason', { label: 'reopenReason', ...required }),
    { at: 'to', kind: 'desk', label: 'to' },
    ...goingOn,
    ...informed,
  ],
  withdraw: [line('reason', { label: 'withdrawReason', ...required })],
  decline: [
    line('part', required),
    day('askAgainOn', { hint: 'askAgainOnHint' }),
    ...said('asked', 'asked'),
    ...informed,
  ],
  supplement: [
    prose('note', 'supplementNote'),
    yes('narrativeConfirmed'),
    yes('sealedTextChecked', { group: 'more' }),
    yes('residenceTextCleared', { group: 'more' }),
  ],
  inform: [...said('personInformed', undefined, () => true)],
  misdirected: [
    { at: 'what', kind: 'choice', label: 'what', names: 'misdirectionNames', required: true },
    line('reason', { label: 'howNoticed', ...required }),
  ],
  'mark-error': [line('reason', { label: 'errorReason', ...required })],
};

/** What the recipient alone can say, or says on screen: a sheet has no place for it. */
const notOnPaper: ReadonlySet<string> = new Set(['runningCase', 'duplicateOf', 'referredTo', 'howTheyMeet']);

/** What is asked of whoever enters a step from a sheet: nothing that would have to be thought up. */
export const formOnPaper = (action: Exclude<ReferralAction, 'edit'>): readonly FormField[] =>
  actionForms[action]
    .filter(({ at, group }) => !notOnPaper.has(at) && group !== 'phoned')
    .map(({ required: must, ...field }) => {
      if (field.at === 'personMatched') return { ...field, label: 'matchedOnPaper', required: true };
      return must && !field.when ? { ...field, required: true } : field;
    });

/** The body of a step: what was typed, without what was left empty and what is not asked for (any more). */
export function bodyOf(fields: readonly FormField[], typed: Typed, of: ReferralView): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { at, kind, value: ticked, when } of fields) {
    if (when && !when(typed, of)) continue;
    const value = valueOf(kind, typed[at], ticked);
    if (value === undefined) continue;
    const [name = '', part] = at.split('/');
    if (part === undefined) body[name] = value;
    else body[name] = { ...(body[name] as object | undefined), [part]: value };
  }
  return body;
}

function valueOf(kind: FormField['kind'], entry: Entry, ticked: string | undefined): unknown {
  if (entry === undefined || entry === '' || entry === false) return undefined;
  if (kind === 'yes') return ticked ?? true;
  if (kind === 'moment' && typeof entry === 'string') return `${entry}:00+09:00`;
  if (kind === 'lines' && typeof entry === 'string')
    return entry
      .split('\n')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  if (kind === 'desk' && typeof entry === 'string') return addresseeOf(entry);
  if (Array.isArray(entry) && entry.length === 0) return undefined;
  return entry;
}

/** `unknown`, `domain:konkyu` or `function:<id>`. */
function addresseeOf(chosen: string): unknown {
  const [kind, value] = chosen.split(':');
  if (kind === 'unknown') return 'unknown';
  return kind === 'domain' ? { domain: value } : { function: value };
}
