// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { NewGround } from '@tsunagi/contracts';
import type { AuthorityCode, DataCategory, Ground, GroundFact } from '@tsunagi/domain';
import { japaneseDay } from '@tsunagi/domain';
import type { Sealing, Tx } from '../platform';

/** What was said for it, and by the approver: texts about a person, sealed. */
export type GroundWords = Pick<NewGround, 'reason' | 'whyNoConsent' | 'law' | 'article' | 'harmsNobody'>;

const place = (id: string) => `ground:${id}`;
const placeOfWords = (id: string) => `ground:${id}:decision`;
export const sealWords = (sealing: Sealing, id: string, words: GroundWords) => sealing.seal(place(id), words);
export const openWords = (sealing: Sealing, { id, words }: GroundRow): GroundWords => sealing.open(place(id), words);
export const sealDecision = (sealing: Sealing, id: string, words: string) => sealing.seal(placeOfWords(id), { words });
export const openDecision = (sealing: Sealing, { id, decision_words: words }: GroundRow): string | undefined =>
  words === null ? undefined : sealing.open<{ words: string }>(placeOfWords(id), words).words;

export interface GroundRow {
  readonly id: string;
  readonly version: number;
  readonly referral: string;
  readonly authority_row: string;
  readonly code: AuthorityCode;
  readonly function: string;
  readonly recipient: string | null;
  readonly drafted_by: string;
  readonly persons: readonly string[];
  readonly categories: readonly DataCategory[];
  readonly said: readonly GroundFact[];
  readonly words: Buffer;
  readonly recorded_at: Date;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
  readonly outcome: 'approved' | 'refused' | null;
  readonly approved: readonly DataCategory[] | null;
  readonly over_refusal: boolean;
  readonly decision_words: Buffer | null;
  readonly until: string | null;
}

const columns = `id, version, referral, authority_row, code, function, recipient, drafted_by, persons, categories, said, words, recorded_at, decided_at, decided_by,
  outcome, approved, over_refusal, decision_words, until::text`;

/** SQL of this room only, values as parameters. */
export const groundsWhere = (tx: Pick<Tx, 'query'>, condition: string, parameters: unknown[]): Promise<GroundRow[]> =>
  tx.query<GroundRow>(`select ${columns} from ground where ${condition} order by recorded_at, id`, parameters);

export function toGround(row: GroundRow): Ground {
  const { decided_at: at, decided_by: by, outcome } = row;
  return {
    id: row.id,
    version: row.version,
    referral: row.referral,
    row: row.authority_row,
    code: row.code,
    function: row.function,
    by: row.drafted_by,
    persons: row.persons,
    categories: row.categories,
    said: row.said,
    recordedAt: row.recorded_at.toISOString(),
    ...(at !== null &&
      by !== null &&
      outcome !== null && {
        decided: {
          at: at.toISOString(),
          by,
          outcome,
          categories: row.approved ?? [],
          overRefusal: row.over_refusal,
        },
      }),
    ...(row.until !== null && { until: row.until }),
  };
}

/** How often this basis was relied on between these two in the month of that moment, in Japan. */
export async function timesThisMonth(
  tx: Pick<Tx, 'query'>,
  { code, from, to }: { readonly code: AuthorityCode; readonly from: string; readonly to: string },
  now: Date,
): Promise<number> {
  const first = `${japaneseDay(now).slice(0, 7)}-01T00:00:00+09:00`;
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count from ground where function = $1 and recorded_at >= $4 and code = $3 and recipient = $2`,
    [from, to, code, first],
  );
  return row?.count ?? 0;
}
