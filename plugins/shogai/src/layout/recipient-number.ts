// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberIdentifier } from '@tsunagi/plugin-sdk';

/** How the system of 障害福祉 knows a person: 受給者証番号 alone names nobody, its municipality belongs to it. */
export interface RecipientNumber {
  /** 市町村番号, six digits. */
  readonly municipality: string;
  /** 受給者証番号. */
  readonly recipient: string;
}

const system = 'shogai';

/** `990019-9910100008`. */
export function toIdentifier({ municipality, recipient }: RecipientNumber): MemberIdentifier {
  return { system, value: `${municipality}-${recipient}` };
}

/**
 * The one number by which this municipality knows the person; a number typed at a desk without its municipality is this
 * one's. None where there are several: which of them is meant nobody could tell, and a wrong number is another person.
 */
export function recipientNumberOf(identifiers: readonly MemberIdentifier[], municipality: string): string | undefined {
  const found = new Set<string>();
  for (const identifier of identifiers) {
    if (identifier.system !== system) continue;
    const [, named = municipality, recipient] = /^(?:([0-9]{6})-)?([0-9]{10})$/.exec(identifier.value) ?? [];
    if (recipient !== undefined && named === municipality) found.add(recipient);
  }
  return found.size === 1 ? [...found][0] : undefined;
}
