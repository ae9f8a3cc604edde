// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning, Mapping, SubmissionDraft } from '@tsunagi/plugin-sdk';
import { addresseeOf } from '@tsunagi/plugin-sdk/records';
import type { Registration } from './event-body';
import type { KosodateEvent } from './judge-event';
import { writeEcho } from './record-key';
import { toIdentifier, toOthers, toSubject } from './subject';

/** What the settings say about every record. */
export interface IntakeSettings {
  readonly functionCode: string;
  /** What the status `given` stands for; without it the hub holds the record. */
  readonly formVersion?: string | undefined;
}

/** One thing that an event asks for: a sound event, and which of its つなぎ先; none where it asks for nothing. */
export interface Request {
  readonly event: KosodateEvent;
  readonly target: Registration['referTo'][number] | undefined;
  readonly change: 'new' | 'changed' | 'ended';
  /** As of when the hub is told: what comes later is never told as of earlier. */
  readonly asOf: string;
  /** Of the whole event. */
  readonly contentHash: string;
  readonly warnings: readonly FieldWarning[];
}

/** 支援プラン goes to 多機関協働, however many departments are named in it. */
const supportPlan = { domain: '6', reason: '' } as const;

/** Every つなぎ先 is a request of its own. An event that is withdrawn, or asks for none, is one all the same. */
export function requestsOf(about: Omit<Request, 'target'>): readonly [Request, ...Request[]] {
  const { registered, eventType } = about.event;
  const targets = registered?.referTo ?? [];
  const [first, ...more] = eventType === 'support_plan' && registered ? [planOf(targets)] : targets;
  return [{ ...about, target: first }, ...more.map((target) => ({ ...about, target }))];
}

function planOf(targets: Registration['referTo']): Registration['referTo'][number] {
  return { ...supportPlan, reason: targets.map(reasonOf).join('\n') };
}

/** The key of a request; one without つなぎ先 is known by the event alone. */
export function submissionKey({ event, target }: Pick<Request, 'event' | 'target'>): string {
  return target === undefined ? event.eventId : `${event.eventId}/${target.domain}`;
}

/**
 * A request in the common schema. Domain 3, the department itself, is no referral; of what asks for none the hub gets the
 * keys alone, as it has no business with that person.
 */
export function toSubmission(request: Request, settings: IntakeSettings): Mapping<SubmissionDraft> {
  const { event, target, change, asOf, contentHash, warnings } = request;
  const { registered } = event;
  const to = registered && target && addresseeOf(target.domain, 'kosodate');
  return {
    ok: true,
    warnings,
    value: {
      source: {
        system: 'kosodate',
        key: submissionKey(request),
        change,
        occurredAt: asOf,
        echo: writeEcho({
          eventId: event.eventId,
          domain: target?.domain ?? '',
          isNotDisclosed: registered?.isNotDisclosed ?? false,
        }),
        contentHash,
      },
      kind: to === 'unknown' ? 'support_request' : 'referral',
      fromCode: settings.functionCode,
      ...(to && { to }),
      urgency: urgencies[registered?.urgency ?? '1'],
      purpose: 'consultation',
      ...(registered && to
        ? { subject: toSubject(registered, reasonOf(target) || undefined), others: toOthers(registered.household) }
        : { subject: keysOnly(event), others: [] }),
      ...(registered && {
        asserted: {
          code: consents[registered.consent?.status ?? 'unknown'],
          ...(settings.formVersion && { formVersion: settings.formVersion }),
          on: registered.consent?.obtainedOn ?? event.occurredAt.slice(0, 10),
        },
      }),
    },
  };
}

const keysOnly = ({ municipalityIdentityKey }: KosodateEvent) => ({
  ref: 'subject',
  role: 'subject' as const,
  identifiers: [toIdentifier(municipalityIdentityKey)],
  items: {},
});

/** Which body the sender had in mind, where it names one, stands with the reason. */
function reasonOf({ organisation, reason }: Registration['referTo'][number]): string {
  return organisation === undefined ? reason : `${reason}（希望する機関：${organisation}）`;
}

const urgencies = { '1': 'normal', '2': 'urgent', '3': 'same_day' } as const;

/** 同意: 1 あり 2 なし(法106条の6) 3 なし(他の根拠) 9 不明. */
const consents = { given: '1', none_under_106_6: '2', none_other_basis: '3', unknown: '9' } as const;
