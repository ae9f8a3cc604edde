// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PersonFact, PersonFactKind, RecordedFact } from '@tsunagi/domain';
import type { Row, Sealing, Tx } from '../platform';

interface FactRow {
  readonly id: string;
  readonly kind: PersonFactKind;
  readonly valid_from: string | null;
  readonly valid_to: string | null;
  readonly wake_on: string | null;
  readonly recorded_at: Date;
  readonly function: string;
  readonly supersedes: string | null;
  readonly in_error: boolean;
  readonly body: Buffer | null;
}

const place = (id: string) => `person_fact:${id}`;

/** Its days and its kind stand open, so that the clock and a death need no key; names and places are sealed. */
export function fromFact(sealing: Sealing, person: string, recordedBy: string, recorded: RecordedFact): Row {
  const { kind, from, until, wakeOn, ...personal }: OpenFact = recorded.fact;
  return {
    id: recorded.id,
    person,
    kind,
    valid_from: from ?? null,
    valid_to: until ?? null,
    wake_on: wakeOn ?? null,
    woken: recorded.inError === true,
    recorded_by: recordedBy,
    recorded_at: recorded.recordedAt,
    function: recorded.function,
    supersedes: recorded.supersedes ?? null,
    in_error: recorded.inError ?? false,
    body: Object.keys(personal).length > 0 ? sealing.seal(place(recorded.id), personal) : null,
  };
}

interface OpenFact {
  readonly kind: PersonFactKind;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly wakeOn?: string | undefined;
}

function toFact(sealing: Sealing, row: FactRow): RecordedFact {
  const fact = {
    kind: row.kind,
    ...(row.valid_from !== null && { from: row.valid_from }),
    ...(row.valid_to !== null && { until: row.valid_to }),
    ...(row.wake_on !== null && { wakeOn: row.wake_on }),
    ...(row.body && sealing.open<object>(place(row.id), row.body)),
  } as PersonFact;
  return {
    id: row.id,
    fact,
    function: row.function,
    recordedAt: row.recorded_at.toISOString(),
    ...(row.supersedes !== null && { supersedes: row.supersedes }),
    ...(row.in_error && { inError: true }),
  };
}

/** In the order in which they were recorded. */
export async function factsOf(sealing: Sealing, tx: Pick<Tx, 'query'>, person: string): Promise<RecordedFact[]> {
  const rows = await tx.query<FactRow>(
    `select id, kind, valid_from::text, valid_to::text, wake_on::text, recorded_at, function, supersedes, in_error, body
     from person_fact where person = $1 order by recorded_at, id`,
    [person],
  );
  return rows.map((row) => toFact(sealing, row));
}
