// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralStatus } from '@tsunagi/plugin-sdk';
import {
  EchoMissingError,
  fits,
  type FlawedField,
  inLayout,
  japaneseMoment,
  leftOut,
  type Replacements,
  statusFields,
} from '@tsunagi/plugin-sdk/records';
import { isOwnForm, readEcho } from '../intake/record-key';

export interface StatusRecord {
  /** 18 values of Z112. */
  readonly values: readonly string[];
  /** Fields that do not hold all of their text. */
  readonly flaws: readonly FlawedField[];
}

/** What became of the care system's own record. */
export function statusRecord(status: ReferralStatus, now: Date, replacements?: Replacements): StatusRecord {
  const key = readEcho(status.echo);
  if (!key) throw new EchoMissingError();
  return inLayout(statusLayout, {
    ...statusFields(status, (field) => widths[field], replacements),
    exchangeId: fits('Z112'),
    recordKind: fits('01'),
    insurer: fits(key.insurer),
    insured: fits(key.insured),
    // Another system's own number may be none of ours: insurer and 被保険者番号 are there all the same.
    externalNumber: isOwnForm(key.externalNumber) ? fits(key.externalNumber) : leftOut('W-ATTR'),
    // One record per change of code, worker, next date or note; what it said is never corrected afterwards.
    correction: fits('1'),
    writtenOn: fits(japaneseMoment(now).day),
  });
}

/** In bytes, of the 漢字 fields. */
const widths = { byName: 40, worker: 20, message: 200 };

/** The fields of Z112 in their order. */
const statusLayout = (
  [
    'exchangeId',
    'recordKind',
    'insurer',
    'insured',
    'externalNumber',
    'referralId',
    'code',
    'changedOn',
    'changedAt',
    'byDomain',
    'byOffice',
    'byName',
    'worker',
    'nextContactOn',
    'returnReason',
    'message',
    'correction',
    'writtenOn',
  ] as const
).map((key) => ({ key }));
