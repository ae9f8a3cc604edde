// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readEnvelope } from '@tsunagi/legacy';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A record of a `KAR` file as far as the played caseworker looks at it. */
export interface ReferralRecord {
  readonly referralId: string;
  readonly deliveryId: string;
  /** 取消区分: 1 新規 2 訂正 3 取消. */
  readonly cancel: string;
  /** 被保険者番号, when the sender knew it. */
  readonly insured: string;
}

/** Names of the files that brought referrals, oldest first. */
export function referralFiles(outFolder: string): string[] {
  return readdirSync(outFolder)
    .filter((name) => /^KAR[0-9]{5}\.CSV$/.test(name))
    .sort();
}

/** 1-based fields of Z113 behind kind and number. */
const field = { referralId: 3, deliveryId: 4, cancel: 5, insured: 11 };

/** The records of one file; an unreadable one has none. */
export function readReferrals(outFolder: string, name: string): ReferralRecord[] {
  const envelope = readEnvelope(readFileSync(join(outFolder, name)), { dataKind: 'Z11' });
  if (!envelope.ok) return [];
  return [...envelope.rows].map(({ fields }) => {
    const text = (number: number) => fields[number - 1]?.text ?? '';
    return {
      referralId: text(field.referralId),
      deliveryId: text(field.deliveryId),
      cancel: text(field.cancel),
      insured: text(field.insured),
    };
  });
}
