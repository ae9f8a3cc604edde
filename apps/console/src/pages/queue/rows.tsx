// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { BasisChip } from './basis-chip';
import type { LiveRow } from './live-list';
import { Chip } from '../../parts/chip';
import { useKey } from '../../parts/keys';
import { NameOf, type RevealedName } from '../../parts/reveal';
import { StateChip } from '../../parts/state-chip';
import { usePrinting } from '../../parts/use-printing';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

interface Props {
  readonly rows: readonly LiveRow[];
  /** The query of this list, by which the page of a referral finds its neighbours. */
  readonly address: string;
  readonly hasMore: boolean;
  /** Asks for the rows that come next; absent while it cannot. */
  readonly more: (() => void) | undefined;
  readonly selected: ReadonlySet<string>;
  /** The names that were asked for, as long as they may be seen. */
  nameOf(id: string): RevealedName | undefined;
  onSelect(id: string, on: boolean): void;
}

const rowHeight = 57;

/** The rows that are near the window and no others, however long the list, but on paper; J and K go through it. */
export function Rows({ rows, address, hasMore, more, selected, nameOf, onSelect }: Props) {
  const { queue } = useTexts();
  const table = useRef<HTMLTableElement>(null);
  const [current, setCurrent] = useState<number>();
  /** The same at once: a key may be pressed before what the last one did is drawn. */
  const at = useRef<number>(undefined);
  /** The row that J or K led to and that is not drawn yet. */
  const wanted = useRef<number>(undefined);
  const navigate = useNavigate();
  const printing = usePrinting();
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: printing ? rows.length : 12,
    scrollMargin: table.current?.offsetTop ?? 0,
    getItemKey: (index) => rows[index]!.id,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  const mayAsk = more !== undefined;
  useEffect(() => {
    if (last >= rows.length - 20) more?.();
    // Also when it may ask again: whatever asks for the list anew takes away the question for the rows that come next.
  }, [mayAsk, last, rows.length]);

  const put = (index: number) => {
    at.current = index;
    wanted.current = undefined;
    setCurrent(index);
  };
  const focusWanted = () => {
    const link = table.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"] a`);
    if (!link) return;
    wanted.current = undefined;
    link.focus();
  };
  const go = (by: number) => {
    if (rows.length === 0) return;
    const next = Math.max(0, Math.min(rows.length - 1, (at.current ?? -1) + by));
    put(next);
    wanted.current = next;
    virtual.scrollToIndex(next, { align: 'auto' });
    focusWanted();
  };
  // It may have had to be drawn first.
  useEffect(focusWanted);
  useKey('j', queue.keys.next, () => go(1));
  useKey('k', queue.keys.previous, () => go(-1));
  const rowAt = () => (at.current === undefined ? undefined : rows[at.current]);
  useKey('o', queue.keys.open, () => {
    const row = rowAt();
    if (row) void navigate(hrefOf(row.id, address));
  });
  useKey('x', queue.keys.select, () => {
    const row = rowAt();
    if (row) onSelect(row.id, !selected.has(row.id));
  });

  const before = (seen[0]?.start ?? 0) - virtual.options.scrollMargin;
  const after =
    virtual.getTotalSize() - ((seen.at(-1)?.end ?? virtual.options.scrollMargin) - virtual.options.scrollMargin);
  return (
    <div className="scroll-x queue">
      <table className="grid" ref={table} aria-rowcount={hasMore ? -1 : rows.length + 1}>
        <caption className="dads-u-visually-hidden">{queue.caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">
              <span className="dads-u-visually-hidden">{queue.columns.select}</span>
            </th>
            <th scope="col">{queue.columns.due}</th>
            <th scope="col">{queue.columns.way}</th>
            <th scope="col">{queue.columns.state}</th>
            <th scope="col">{queue.columns.kind}</th>
            <th scope="col">{queue.columns.waited}</th>
            <th scope="col">{queue.columns.basis}</th>
          </tr>
        </thead>
        <tbody>
          <Gap height={before} />
          {seen.map(({ index }) => {
            const row = rows[index]!;
            return (
              <Row
                key={row.id}
                row={row}
                index={index}
                address={address}
                current={index === current}
                selected={selected.has(row.id)}
                name={nameOf(row.id)}
                onSelect={onSelect}
                onFocus={() => put(index)}
              />
            );
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </div>
  );
}

export const hrefOf = (id: string, address: string) => `/referrals/${id}?in=${encodeURIComponent(address)}`;

function Row(props: {
  readonly row: LiveRow;
  readonly index: number;
  readonly address: string;
  readonly current: boolean;
  readonly selected: boolean;
  readonly name: RevealedName | undefined;
  onSelect(id: string, on: boolean): void;
  onFocus(): void;
}) {
  const { queue, referral } = useTexts();
  const names = useNames();
  const { row } = props;
  const to = row.to?.name ?? referral.nobodyYet;
  const late = row.dueInDays !== undefined && row.dueInDays < 0;
  return (
    <tr
      aria-rowindex={props.index + 2}
      data-row={props.index}
      data-current={props.current || undefined}
      data-gone={row.gone || undefined}
      onFocus={props.onFocus}
    >
      <td>
        <input
          type="checkbox"
          className="queue__select"
          aria-label={queue.selectOne(row.from.name, to)}
          checked={props.selected}
          onChange={(e) => props.onSelect(row.id, e.target.checked)}
        />
      </td>
      <td className={late || row.overdue ? 'late' : row.dueInDays === 0 ? 'soon' : undefined}>
        {row.dueInDays !== undefined && queue.dueIn(row.dueInDays)}
      </td>
      <th scope="row">
        <Link to={hrefOf(row.id, props.address)}>{referral.fromTo(row.from.name, to)}</Link>
        {row.gone && <span className="dim"> {queue.gone}</span>}
        {props.name && (
          <div>
            <NameOf one={props.name} referral={row.id} />
          </div>
        )}
      </th>
      <td>
        <StateChip state={row.state} />
      </td>
      <td>
        {names.kindNames[row.kind]}
        {row.urgency !== 'normal' && (
          <>
            {' '}
            <Chip color={row.urgency === 'same_day' ? 'red' : 'orange'}>{names.urgencyNames[row.urgency]}</Chip>
          </>
        )}
      </td>
      <td>{row.waitedDays !== undefined && queue.waited(row.waitedDays)}</td>
      <td>
        <BasisChip item={row} />
      </td>
    </tr>
  );
}

/** Stands for the rows that are not drawn. Its height is set on the element: the policy lets no style into the markup. */
function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  const setHeight = (cell: HTMLTableCellElement | null) => {
    if (cell) cell.style.height = `${height}px`;
  };
  return (
    <tr aria-hidden="true">
      <td colSpan={7} className="queue__gap" ref={setHeight} />
    </tr>
  );
}
