// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemAnswer, ItemOrigin } from '@tsunagi/contracts';
import type { Arrived } from './judge-submission';
import { keyHashOf, type CameRight, type Waiting } from '../plugins';

/** An item as its plugin has sent it. */
interface Item {
  readonly itemId: string;
  readonly origin?: ItemOrigin | undefined;
}

interface RowsOfItems {
  readonly right: readonly CameRight[];
  /** What the hub does not take waits like a row that could not be read, where there is a row to go back to. */
  readonly waiting: readonly Waiting[];
}

export function rowsOfSubmissions(
  items: readonly (Item & Arrived)[],
  answers: ReadonlyMap<string, ItemAnswer>,
): RowsOfItems {
  return sorted(
    items.flatMap((item) => {
      const answer = answers.get(item.itemId);
      const { file, row, key } = sourceIn('parsed' in item ? item.parsed : item.submission);
      const origin = { ...(file !== undefined && { file }), row, ...item.origin };
      return answer ? [{ answer, origin, key }] : [];
    }),
  );
}

export function rowsOfAnswers(items: readonly Item[], answers: readonly ItemAnswer[]): RowsOfItems {
  const origins = new Map(items.map(({ itemId, origin }) => [itemId, origin]));
  return sorted(answers.map((answer) => ({ answer, origin: origins.get(answer.itemId) ?? { row: 0 } })));
}

function sorted(
  items: readonly { readonly answer: ItemAnswer; readonly origin: ItemOrigin; readonly key?: string | undefined }[],
): RowsOfItems {
  const isRefused = ({ outcome }: ItemAnswer) => outcome === 'rejected' || outcome === 'conflict';
  return {
    right: items
      .filter(({ answer }) => !isRefused(answer))
      .map(({ answer: { itemId, outcome }, origin, key }) => ({ itemId, outcome, origin, key })),
    waiting: items
      .filter(({ answer, origin }) => isRefused(answer) && origin.row > 0)
      .map(({ answer: { itemId, codes, pointer }, origin, key }) => ({
        ...{ itemId, code: codes[0] ?? 'INVALID', field: fieldAt(pointer) },
        origin: { ...origin, ...(key !== undefined && origin.keyHash === undefined && { keyHash: keyHashOf(key) }) },
      })),
  };
}

/** A pointer into a submission is no field of its record. */
function fieldAt(pointer: string | undefined): number | undefined {
  const field = Number(pointer);
  return Number.isInteger(field) && field >= 1 && field <= 99 ? field : undefined;
}

/** Of a submission that need not fit: what is rejected belongs to its file, too. */
export const fileIn = (submission: unknown): string | undefined => sourceIn(submission).file;

function sourceIn(submission: unknown): { file: string | undefined; row: number; key: string | undefined } {
  const { file, row, key } = (submission as { source?: Record<string, unknown> } | null)?.source ?? {};
  return {
    file: typeof file === 'string' && /^[0-9a-f]{64}$/.test(file) ? file : undefined,
    row: typeof row === 'number' && Number.isInteger(row) && row > 0 && row < 2 ** 31 ? row : 0,
    key: typeof key === 'string' ? key : undefined,
  };
}
