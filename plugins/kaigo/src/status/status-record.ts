// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { domainDigits, formatYmd, type ReferralStatus, uuidToBase32 } from '@tsunagi/plugin-sdk';
import { readEcho } from '../intake/record-key';
import type { FlawedField } from '../layout/fitted';
import { japaneseMoment } from '../layout/japanese-moment';
import { labelField } from '../layout/kanji-field';
import { EchoMissingError } from './status.errors';

export interface StatusRecord {
  /** 18 values of Z112. */
  readonly values: readonly string[];
  /** Fields that do not hold all of their text. */
  readonly flaws: readonly FlawedField[];
}

/**
 * What became of the care system's own record. The hub has applied the feedback scope already: what it left out stays
 * blank.
 */
export function statusRecord(
  status: ReferralStatus,
  now: Date,
  replacements: ReadonlyMap<string, string> = new Map(),
): StatusRecord {
  const key = readEcho(status.echo);
  if (!key) throw new EchoMissingError();
  const changed = japaneseMoment(new Date(status.at));
  const flaws: FlawedField[] = [];
  const kanji = (field: number, text: string | undefined, maxBytes: number) => {
    const { value, flaw } = labelField(text ?? '', maxBytes, replacements);
    if (flaw) flaws.push({ code: flaw, field });
    return value;
  };
  const values = [
    'Z112',
    '01',
    key.insurer,
    key.insured,
    key.externalNumber,
    uuidToBase32(status.referralId),
    status.code,
    changed.day,
    changed.time,
    status.by ? domainDigits[status.by.domain] : '',
    alphanumeric(status.by?.code),
    kanji(12, status.by?.name, 40),
    kanji(13, status.worker, 20),
    status.nextContactOn ? formatYmd(status.nextContactOn) : '',
    alphanumeric(status.returnReason),
    kanji(16, status.note, 200),
    // 訂正区分: one record per change of code, worker, next date or note; what it said is never corrected afterwards.
    '1',
    japaneseMoment(now).day,
  ];
  return { values, flaws };
}

/** 英数 has no small letters; a code with other signs would break the record and is left out. */
function alphanumeric(code = ''): string {
  const capitals = code.toUpperCase();
  return /^[A-Z0-9-]*$/.test(capitals) ? capitals : '';
}
