// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { domainDigits, type ReferralStatus, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { EchoMissingError } from '@tsunagi/plugin-sdk/records';
import { japaneseTime } from '../callback/japanese-time';
import { type RefusedRow } from '../intake/daily-files';
import { eventFields } from '../intake/event-body';
import { readEcho } from '../intake/record-key';

/** The fourteen fields of a call-back; null where there is nothing, or nothing that may be told. */
export interface StatusBody {
  readonly eventId: string;
  readonly referralId: string | null;
  readonly status: string;
  readonly statusAt: string;
  /** 受付分野; before anybody has received it, the one that was asked. */
  readonly domain: string | null;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly personInCharge: string | null;
  readonly nextContactOn: string | null;
  readonly returnReason: string | null;
  readonly message: string | null;
  readonly isNotDisclosed: boolean;
  readonly hubVersion: string;
  readonly sentAt: string;
}

/** In the order of the interface. */
export const statusFields = [
  'eventId',
  'referralId',
  'status',
  'statusAt',
  'domain',
  'organisationId',
  'organisationName',
  'personInCharge',
  'nextContactOn',
  'returnReason',
  'message',
  'isNotDisclosed',
  'hubVersion',
  'sentAt',
] as const satisfies readonly (keyof StatusBody)[];

/** Version of this interface. */
export const hubVersion = '1.0';

const nothing = {
  domain: null,
  organisationId: null,
  organisationName: null,
  personInCharge: null,
  nextContactOn: null,
  returnReason: null,
  message: null,
} as const;

/**
 * What became of the department's own request. The hub has applied the feedback scope already: what it left out stays null.
 * @throws EchoMissingError
 */
export function toStatus(status: ReferralStatus, now: Date): StatusBody {
  const key = readEcho(status.echo);
  if (key === undefined) throw new EchoMissingError();
  const { by } = status;
  return {
    eventId: key.eventId,
    referralId: uuidToBase32(status.referralId),
    status: status.code,
    statusAt: japaneseTime(new Date(status.at)),
    domain: (by && domainDigits[by.domain]) ?? (key.domain || null),
    organisationId: by?.code ?? null,
    organisationName: by?.name ?? null,
    personInCharge: status.worker ?? null,
    nextContactOn: status.nextContactOn ?? null,
    returnReason: status.returnReason ?? null,
    message: status.note ?? null,
    isNotDisclosed: key.isNotDisclosed,
    hubVersion,
    sentAt: japaneseTime(now),
  };
}

/** 90 of a row of a daily file: which it was, with code and field, never a value of it. The door says so at once. */
export function toRefusal({ eventId, code, field }: RefusedRow, now: Date): StatusBody {
  const at = japaneseTime(now);
  return {
    eventId,
    referralId: null,
    status: '90',
    statusAt: at,
    ...nothing,
    message: field === undefined ? code : `${code}（${field} ${eventFields[field - 1]}）`,
    isNotDisclosed: false,
    hubVersion,
    sentAt: at,
  };
}
