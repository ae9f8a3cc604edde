// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxPayloadBytes, referralSubmission, type ReferralSubmission } from '@tsunagi/contracts';
import { aheadOf, channelFor, japaneseDay, kindRules, lacksOf, type Member } from '@tsunagi/domain';
import { myNumberFieldIn, speaksOfResidenceStatus } from '@tsunagi/text';
import { myNumberAt } from './my-number';
import { isNameMissing, misplacedRole, namesSomebody, notCollected, takesNobody, type Unfit } from './unfit';
import type { Directory } from '../organizations';
import { firstPointer } from '../platform';
import type { Place } from '../plugins';

/** Who sends: a plugin for its department, or a client or desk over HTTP. */
export interface Sending {
  /** 'plugin:<id>', 'client:<id>' or 'staff:<id>'; item ids and keys are unique within it. */
  readonly sender: string;
  readonly channel: 'plugin' | 'http' | 'web';
  readonly plugin?: string;
  /** From which place of the plugin. */
  readonly place?: Place;
  /** The functions it may speak for. */
  readonly functions: readonly string[];
  /** Persons of whom whoever sends must see nothing: of their protection no answer tells (ADR 17). @default nobody */
  readonly shutOutFrom?: readonly string[] | 'everybody';
}

/** A plugin speaks for every function it serves. */
export function sendingOf(plugin: string, directory: Directory): Sending {
  const functions = directory.servedByPlugin(plugin).map((f) => f.id);
  return { sender: `plugin:${plugin}`, channel: 'plugin', plugin, functions };
}

export type Judged = { readonly submission: ReferralSubmission; readonly from: string } | Unfit;

/** What leaves must fit into one message; a quarter is left for what the hub adds around the members. */
export const maxContentBytes = (maxPayloadBytes * 3) / 4;

/** As it arrived: over HTTP it has passed the schema at the door; of a plugin one bad item must not spoil its neighbours. */
export type Arrived = { readonly submission: unknown } | { readonly parsed: ReferralSubmission };

/** Fits the schema, carries no マイナンバー, and comes from whom it says; or why not, and where. */
export function judgeSubmission(sending: Sending, arrived: Arrived, directory: Directory, now: Date): Judged {
  const parsed =
    'parsed' in arrived
      ? ({ success: true, data: arrived.parsed } as const)
      : referralSubmission.safeParse(arrived.submission);
  if (!parsed.success) {
    const field = 'submission' in arrived ? myNumberFieldIn(arrived.submission) : undefined;
    if (field !== undefined) return { code: 'S-MYNUMBER-FIELD', pointer: field };
    return { code: 'INVALID', pointer: firstPointer(parsed.error) };
  }
  const collected = asCollected(sending, parsed.data, directory);
  if ('code' in collected) return collected;
  const submission = collected;
  const number = myNumberAt(submission);
  if (number !== undefined) return { code: 'S-MYNUMBER', pointer: number };
  const misplaced = misplacedRole(submission.subject, submission.others);
  if (misplaced) return misplaced;
  const unfit = submission.kind === 'referral' ? undefined : whyUnfit(sending, submission);
  if (unfit) return unfit;
  if (submission.to !== undefined && isNameMissing(submission.kind, submission.subject))
    return { code: 'IDENTITY_MISSING', pointer: '/subject/items/identity' };
  // What people and their programs say has happened lies behind us; records of systems may be dated ahead.
  const ahead = sending.channel === 'plugin' ? undefined : aheadIn(submission, now);
  if (ahead !== undefined) return { code: 'DATE_IN_FUTURE', pointer: ahead };
  // A plugin's items come in a message, which has a limit of its own.
  if (sending.channel !== 'plugin' && bytesOf([submission.subject, submission.others]) > maxContentBytes)
    return { code: 'TOO_LARGE', pointer: '/subject' };
  const from = speaksFor(sending, submission, directory);
  if (from === undefined) return { code: 'FUNCTION_NOT_YOURS', pointer: '/fromFunction' };
  if (submission.to === undefined) return { submission, from };
  if (!directory.function(from).sends) return { code: 'SENDS_NO_PERSONS', pointer: '/fromFunction' };
  if (takesNobody(submission.to, directory)) return { code: 'RECEIVES_NO_PERSONS', pointer: '/to/function' };
  return { submission, from };
}

/**
 * Without what is not collected: people and their programs take it out themselves, of a record of a system it is left out before
 * anything is stored, and the system is told.
 */
function asCollected(
  { channel }: Sending,
  submission: ReferralSubmission,
  directory: Directory,
): ReferralSubmission | Unfit {
  const { subject, others, source } = submission;
  const found = notCollected(subject, others, directory);
  const [first] = found;
  if (!first || channel !== 'plugin') return first ?? submission;
  const codes = new Set(found.map(({ code }) => code));
  const collected = ({ items: { origin, ...items }, relation, ...member }: Member): Member => ({
    ...member,
    ...(relation !== undefined && !speaksOfResidenceStatus(relation) && { relation }),
    items: { ...items, ...(origin && directory.collectsOrigin && { origin }) },
  });
  return {
    ...submission,
    source: { ...source, warnings: [...(source.warnings ?? []), ...[...codes].map((code) => ({ code }))] },
    subject: collected(subject),
    others: others.map(collected),
  };
}

/**
 * What its kind does not allow, and where. What a file has no field for is completed at the desk; a desk and its programs
 * say it at once.
 */
function whyUnfit(sending: Sending, submission: ReferralSubmission): Unfit | undefined {
  const { kind, channel } = submission;
  const { handedInBy, persons } = kindRules[kind];
  if (handedInBy === 'desk' && sending.channel !== 'web') return { code: 'HUB_ONLY', pointer: '/kind' };
  if (channel !== undefined && channelFor(kind, channel) !== channel)
    return { code: 'CHANNEL_NOT_OF_THIS_KIND', pointer: '/channel' };
  const somebody = persons === 'none' ? somebodyIn(submission) : undefined;
  if (somebody) return somebody;
  const [lack] = sending.channel === 'plugin' ? [] : lacksOf(kind, submission);
  return lack && { code: lack.code, pointer: `/${lack.fact}` };
}

/** Where there is anybody in it, by items or by a text. */
function somebodyIn(submission: ReferralSubmission): Unfit | undefined {
  const { subject, others, asserted } = submission;
  const known =
    subject.identifiers.length > 0 || Object.keys(subject.items).length > 0 || subject.relation !== undefined;
  if (known) return { code: 'KIND_WITHOUT_PERSON', pointer: '/subject' };
  if (others.length > 0) return { code: 'KIND_WITHOUT_PERSON', pointer: '/others' };
  if (asserted) return { code: 'KIND_WITHOUT_PERSON', pointer: '/asserted' };
  return namesSomebody(submission);
}

function aheadIn(submission: ReferralSubmission, now: Date): string | undefined {
  if (submission.asserted && submission.asserted.on > japaneseDay(now)) return '/asserted/on';
  if (japaneseDay(new Date(submission.source.occurredAt)) > japaneseDay(now)) return '/source/occurredAt';
  return aheadOf(submission, now);
}

/** The function this submission belongs to, when the sender may speak for it. */
function speaksFor(sending: Sending, submission: ReferralSubmission, directory: Directory): string | undefined {
  const named =
    submission.fromFunction ??
    (submission.fromCode !== undefined ? directory.byCode(submission.fromCode)?.id : undefined);
  if (named !== undefined) return sending.functions.includes(named) ? named : undefined;
  if (submission.fromCode !== undefined) return undefined;
  return sending.functions.length === 1 ? sending.functions[0] : undefined;
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
