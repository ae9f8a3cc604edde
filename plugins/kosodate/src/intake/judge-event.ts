// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning } from '@tsunagi/plugin-sdk';
import type { RefusedField } from '@tsunagi/plugin-sdk/http';
import { bodyFaults, myNumberFault } from '../door/body-faults';
import { withoutGaiji } from './gaiji';
import { fieldNumber, registration, type Registration, withdrawal } from './event-body';

/** A sound event. Of one that is withdrawn only the keys are read. */
export type KosodateEvent = Pick<
  Registration,
  'eventId' | 'eventType' | 'occurredAt' | 'municipalityCode' | 'municipalityIdentityKey' | 'historyKey'
> & { readonly registered?: Registration | undefined };

export interface EventRules {
  /** @default any */
  readonly municipality: string | undefined;
  /** Whom to call in place of a 通告. */
  readonly childAbuseContact: string;
}

export type JudgedEvent =
  | { readonly ok: true; readonly event: KosodateEvent; readonly warnings: readonly FieldWarning[] }
  | { readonly ok: false; readonly errors: readonly [RefusedField, ...RefusedField[]] };

/** Judges a body. A possible 個人番号 comes before every other fault, then what the hub alone takes. Never throws. */
export function judgeEvent(body: Readonly<Record<string, unknown>>, rules: EventRules): JudgedEvent {
  const number = myNumberFault(body, names);
  if (number) return refused(number);
  if (body['eventType'] === 'tsuukoku') {
    const hint = `通告は電話が先です。すぐに電話してください：${rules.childAbuseContact}`;
    return refused({ pointer: '/eventType', code: 'E-HUB-ONLY', hint });
  }
  const parsed = body['modificationSeg'] === '2' ? withdrawal.safeParse(body) : registration.safeParse(body);
  if (!parsed.success) return refused(...bodyFaults(body, parsed.error));
  if (rules.municipality !== undefined && parsed.data.municipalityCode !== rules.municipality)
    return refused({ pointer: '/municipalityCode', code: 'E-CODE' });
  const { eventId, eventType, occurredAt, municipalityCode, municipalityIdentityKey, historyKey } = parsed.data;
  const event = {
    ...{ eventId, eventType, occurredAt, municipalityCode, municipalityIdentityKey },
    ...(historyKey !== undefined && { historyKey }),
  };
  if (parsed.data.modificationSeg === '2') return { ok: true, event, warnings: [] };
  return { ok: true, ...withoutWhereabouts(event, parsed.data) };
}

/** What would tell where somebody stays who is not disclosed is gone before anything is kept. */
function withoutWhereabouts(event: KosodateEvent, registered: Registration) {
  const { whole, places } = withoutGaiji(registered);
  const warnings: FieldWarning[] = [];
  const flag = (code: string, pointer: string) => warnings.push({ code, field: fieldNumber(pointer) });
  if (whole.subject.dateOfBirth === null) flag('W-NONCALENDAR', '/subject/dateOfBirthText');
  for (const place of places) flag('W-GAIJI', place);
  if (!whole.isNotDisclosed) return { event: { ...event, registered: whole }, warnings };
  const { homeReturn, subject, ...rest } = whole;
  const { address, ...person } = subject;
  if (address !== undefined) flag('W-DV-ADDRESS', '/subject/address');
  if (homeReturn !== undefined) flag('W-DV-ADDRESS', '/homeReturn');
  return { event: { ...event, registered: { ...rest, subject: person } }, warnings };
}

/** What the system calls its records and persons: 12 digits there are a number of something else. */
const names: ReadonlySet<string> = new Set(['eventId', 'municipalityIdentityKey', 'historyKey']);

const refused = (...errors: [RefusedField, ...RefusedField[]]): JudgedEvent => ({ ok: false, errors });
