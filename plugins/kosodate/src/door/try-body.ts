// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { InputFile, Intake, ResultRow } from '@tsunagi/plugin-sdk';
import { maxBodyBytes, readJson, type RefusedField, RefusedRequestError } from '@tsunagi/plugin-sdk/http';
import { type DeskAnswer, judgeResponse } from '../answers/response-body';
import { fieldNumber } from '../intake/event-body';
import type { EventDesk } from '../intake/event-desk';
import { type EventRules, judgeEvent, type JudgedEvent } from '../intake/judge-event';
import type { Request } from '../intake/to-submission';

type Body = Readonly<Record<string, unknown>>;
type Faults = readonly [Pick<RefusedField, 'code' | 'pointer'>, ...Pick<RefusedField, 'code' | 'pointer'>[]];

export type JudgedBody =
  | (Extract<JudgedEvent, { ok: true }> & { readonly room: 'events' })
  | { readonly ok: true; readonly room: 'responses'; readonly answer: DeskAnswer }
  | { readonly ok: false; readonly errors: Faults };

export const isBodyFile = (name: string): boolean => /^[^.].*\.json$/i.test(name);

/** The bytes of a body as its room judges them; which room it is for, its own number says. */
export function judgeBody(bytes: Uint8Array, rules: EventRules): JudgedBody {
  const body = bodyIn(bytes);
  if (typeof body === 'string') return { ok: false, errors: [{ code: body, pointer: '' }] };
  if ('eventId' in body || !('responseId' in body)) {
    const judged = judgeEvent(body, rules);
    return judged.ok ? { ...judged, room: 'events' } : judged;
  }
  const judged = judgeResponse(body);
  return judged.ok ? { ...judged, room: 'responses' } : judged;
}

function bodyIn(bytes: Uint8Array): Body | RefusedField['code'] {
  if (bytes.length > maxBodyBytes) return 'E-SIZE';
  try {
    return readJson({ headers: { 'content-type': 'application/json' }, body: Buffer.from(bytes) });
  } catch (error) {
    if (error instanceof RefusedRequestError) return error.code;
    throw error;
  }
}

/**
 * The body of a call, tried as a file: judged and mapped as behind the door, without a caller. A body that would be refused is
 * refused for what its sender would read first. Which version came before only the journal at work knows.
 */
export async function tryBody(
  { name, bytes }: Pick<InputFile, 'name' | 'bytes'>,
  intake: Pick<Intake<Request, DeskAnswer>, 'send'>,
  { events, rules }: { readonly events: EventDesk; readonly rules: EventRules },
): Promise<readonly ResultRow[] | undefined> {
  if (!isBodyFile(name)) return undefined;
  const judged = judgeBody(bytes, rules);
  if (!judged.ok) {
    const [{ code, pointer }] = judged.errors;
    return [{ row: 0, outcome: 'refused', code, field: fieldNumber(pointer) }];
  }
  const origin = { row: 0 };
  const results: ResultRow[] = [];
  const items =
    judged.room === 'events'
      ? events.itemsOf(judged, { nameOf: (key) => `${key}/trial`, origin })
      : [{ itemId: `response/${judged.answer.responseId}/trial`, origin, reading: { answer: judged.answer } }];
  await intake.send(items, {
    onSettled: ({ answer: { outcome, codes }, fault }) =>
      results.push({
        row: 0,
        outcome: fault ? 'quarantined' : outcome,
        code: fault?.code ?? codes[0],
        field: fault?.field,
      }),
  });
  return results;
}
