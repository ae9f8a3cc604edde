// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid, code, day, id, line, moment, OutcomeCode, prose, ReturnReason } from '@tsunagi/plugin-sdk';
import type { RefusedField } from '@tsunagi/plugin-sdk/http';
import { z } from 'zod';
import { bodyFaults, coded, myNumberFault } from '../door/body-faults';

/** What staff of the department did with a referral. */
export const actions = {
  receive: '10',
  accept: '20',
  start: '30',
  hold: '35',
  complete: '40',
  ask: '45',
  proposeReturn: '50',
  ackCancel: '60',
} as const;
type Action = keyof typeof actions;
const actionNames = Object.keys(actions) as [Action, ...Action[]];

/** 26 characters as they came with the referral. */
const hubId = z.string().refine(isHubId, coded('E-ID'));

function isHubId(text: string): boolean {
  try {
    return id.safeParse(base32ToUuid(text)).success;
  } catch {
    return false;
  }
}

const responseBody = z
  .strictObject({
    responseId: code(64),
    deliveryId: hubId,
    referralId: hubId.optional(),
    action: z.enum(actionNames),
    at: z.string().refine((text) => moment.safeParse(text).success, coded('E-DATE')),
    personInCharge: line(60).optional(),
    reasonCode: ReturnReason.optional(),
    outcomeCode: OutcomeCode.optional(),
    nextContactOn: z
      .string()
      .refine((text) => day.safeParse(text).success, coded('E-DATE'))
      .optional(),
    message: prose(2000).optional(),
    version: z.int().min(0).optional(),
  })
  .superRefine(({ action, reasonCode, outcomeCode }, context) => {
    const missing = (field: string) => context.addIssue({ code: 'custom', path: [field], ...coded('E-REQUIRED') });
    if (action === 'complete' && outcomeCode === undefined) missing('outcomeCode');
    if (action === 'proposeReturn' && reasonCode === undefined) missing('reasonCode');
  });
/** A sound answer. */
export type DeskAnswer = z.infer<typeof responseBody>;

export type JudgedResponse =
  | { readonly ok: true; readonly answer: DeskAnswer }
  | { readonly ok: false; readonly errors: readonly [RefusedField, ...RefusedField[]] };

const names: ReadonlySet<string> = new Set(['responseId', 'deliveryId', 'referralId']);

/** Judges a body; a possible 個人番号 comes before every other fault. Never throws. */
export function judgeResponse(body: Readonly<Record<string, unknown>>): JudgedResponse {
  const number = myNumberFault(body, names);
  if (number) return { ok: false, errors: [number] };
  const parsed = responseBody.safeParse(body);
  return parsed.success ? { ok: true, answer: parsed.data } : { ok: false, errors: bodyFaults(body, parsed.error) };
}
