// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * The text if the column holds all of it, else null: half a name or half an address would be a wrong one. PostgreSQL counts
 * a `varchar` in characters, not in UTF-16 units.
 */
export function fitting(text: string | undefined, characters: number): string | null {
  return text === undefined || [...text].length > characters ? null : text;
}

/** A label (an office, a worker) ends visibly in … where the column is too short: it names nobody the row is about. */
export function shortened(text: string | undefined, characters: number): string | null {
  const all = [...(text ?? '')];
  if (all.length <= characters) return text ?? null;
  return `${all.slice(0, characters - 1).join('')}…`;
}

const cutMark = '…（以下、ハブの画面で確認）';

/** A text that is too long says visibly that it goes on elsewhere. */
export function cutText(text: string, characters: number): string {
  const all = [...text];
  return all.length <= characters ? text : all.slice(0, characters - cutMark.length).join('') + cutMark;
}
