// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { domainDigits, type ReferralStatus } from '@tsunagi/contracts';
import { formatYmd } from '@tsunagi/legacy';
import { uuidToBase32 } from '@tsunagi/text';
import { type Fitted, fits, type Replacements } from './fitted';
import { japaneseMoment } from './japanese-moment';
import { labelField } from './kanji-field';

/** What every layout of statuses has besides the sender's own keys. */
export type StatusFieldKey =
  | 'referralId'
  | 'code'
  | 'changedOn'
  | 'changedAt'
  | 'byDomain'
  | 'byOffice'
  | 'byName'
  | 'worker'
  | 'nextContactOn'
  | 'returnReason'
  | 'message';

/**
 * What became of a record. The hub has applied the feedback scope already: what it left out stays blank.
 */
export function statusFields(
  status: ReferralStatus,
  widthOf: (key: 'byName' | 'worker' | 'message') => number,
  replacements: Replacements = new Map(),
): Record<StatusFieldKey, Fitted> {
  const changed = japaneseMoment(new Date(status.at));
  const label = (key: 'byName' | 'worker' | 'message', text = '') => labelField(text, widthOf(key), replacements);
  return {
    referralId: fits(uuidToBase32(status.referralId)),
    code: fits(status.code),
    changedOn: fits(changed.day),
    changedAt: fits(changed.time),
    byDomain: fits(status.by ? domainDigits[status.by.domain] : ''),
    byOffice: fits(alphanumericCode(status.by?.code)),
    byName: label('byName', status.by?.name),
    worker: label('worker', status.worker),
    nextContactOn: fits(status.nextContactOn ? formatYmd(status.nextContactOn) : ''),
    returnReason: fits(alphanumericCode(status.returnReason)),
    message: label('message', status.note),
  };
}

/** 英数 has no small letters; a code with other signs would break the record and is left out. */
function alphanumericCode(code = ''): string {
  const capitals = code.toUpperCase();
  return /^[A-Z0-9-]*$/.test(capitals) ? capitals : '';
}

/** A status came back without the keys that the plugin sent along, so nobody could say whose record it is about. */
export class EchoMissingError extends Error {
  readonly code = 'E-ECHO';

  constructor() {
    super('the status does not carry the keys of a record');
    this.name = 'EchoMissingError';
  }
}
