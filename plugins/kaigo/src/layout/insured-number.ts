// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberIdentifier } from '@tsunagi/plugin-sdk';
import { matching } from '@tsunagi/plugin-sdk/records';

/** How the care system knows a person: 被保険者番号 alone names nobody, its insurer belongs to it. */
export interface InsuredNumber {
  /** 証記載保険者番号, 8 digits. */
  readonly insurer: string;
  /** 被保険者番号. */
  readonly insured: string;
}

/** 被保険者番号: ten digits, or H and nine of a welfare-assisted person. */
export const insuredForm = matching(/^([0-9]{10}|H[0-9]{9})$/, 'E-CODE');

export const identifierSystem = 'kaigo';

/** `00990010-0000000123`. */
export function toIdentifier({ insurer, insured }: InsuredNumber): MemberIdentifier {
  return { system: identifierSystem, value: `${insurer}-${insured}` };
}

/**
 * The one number by which the served insurers know the person. None where there are several: which of them is meant
 * nobody could tell, and a wrong number is another person.
 * @param served 証記載保険者番号 of the settings; empty = all.
 */
export function insuredNumberOf(
  identifiers: readonly MemberIdentifier[],
  served: readonly string[],
): InsuredNumber | undefined {
  const found = identifiers
    .filter(({ system }) => system === identifierSystem)
    .map(({ value }) => fromIdentifier(value, served))
    .filter((number) => number !== undefined);
  const [only, ...others] = found;
  return others.every((other) => toIdentifier(other).value === (only && toIdentifier(only).value)) ? only : undefined;
}

/** The only insurer served, if there is only one. */
export function onlyInsurer(served: readonly string[]): string | undefined {
  return served.length === 1 ? served[0] : undefined;
}

/** A number that came without its insurer, as typed at a desk, is the only insurer's. */
function fromIdentifier(value: string, served: readonly string[]): InsuredNumber | undefined {
  const [, named, insured] = /^(?:([0-9]{8})-)?([0-9]{10}|H[0-9]{9})$/.exec(value) ?? [];
  const insurer = named ?? onlyInsurer(served);
  if (insurer === undefined || insured === undefined) return undefined;
  return served.length === 0 || served.includes(insurer) ? { insurer, insured } : undefined;
}
