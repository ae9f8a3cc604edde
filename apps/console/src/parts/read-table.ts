// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What a table says, in rows of text. */
export interface ReadTable {
  readonly columns: string[];
  readonly rows: string[][];
}

/** What is pressed or written into, and what nobody sees or hears. */
const noText =
  'button, input, select, textarea, label, summary, dialog, details:not([open]), [aria-hidden="true"], [hidden]';
const pressed = 'button, input, select, textarea';

/**
 * A table as it is read on the screen, and no more: an action is no text, and a column of actions alone is none. A name that is revealed for a while is
 * written as `masked`: it was to be seen, not to be taken along.
 */
export function readTable(table: HTMLTableElement, masked: string): ReadTable {
  const read = (row: HTMLTableRowElement) =>
    [...row.cells].flatMap((cell) => [
      { text: textOf(cell, masked), isAction: cell.querySelector(pressed) !== null },
      ...Array.from({ length: cell.colSpan - 1 }, () => ({ text: '', isAction: false })),
    ]);
  const head = table.tHead?.rows[0] ? read(table.tHead.rows[0]) : [];
  const body = [...table.rows].filter((row) => row.parentElement !== table.tHead).map(read);
  const isSaid = head.map(
    ({ text }, n) =>
      body.some((row) => row[n]?.text) || (text !== '' && !body.some((row) => row[n]?.isAction === true)),
  );
  const said = (row: ReturnType<typeof read>) => isSaid.flatMap((isOne, n) => (isOne ? [row[n]?.text ?? ''] : []));
  return { columns: said(head), rows: body.map(said) };
}

const textOf = (node: Node, masked: string): string => saidBy(node, masked).replaceAll(/\s+/g, ' ').trim();

function saidBy(node: Node, masked: string): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof HTMLElement) || node.matches(noText)) return '';
  if (node.dataset['revealed'] !== undefined) return masked;
  if (node instanceof HTMLTimeElement) return momentOf(node.dateTime);
  const inner = [...node.childNodes].map((child) => saidBy(child, masked)).join('');
  const { display } = getComputedStyle(node);
  if (display === 'none') return '';
  return display.startsWith('inline') && node.tagName !== 'BR' ? inner : ` ${inner} `;
}

/** 2026-11-20 14:02, as the queue's file has it: a page may leave the year out, a file is read next year, too. */
const momentOf = (at: string) => (/^\d{4}-\d\d-\d\d$/.test(at) ? at : momentFormat.format(new Date(at)));
const momentFormat = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'short',
});
