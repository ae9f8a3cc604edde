// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { StreamChange } from '@tsunagi/contracts';
import { createContext, use, useEffect, useRef, useState, type ReactNode } from 'react';
import { listen, type Heard, type LineState } from './stream';

type OnHint = (change: StreamChange | 'reload') => void;
interface Lively {
  readonly line: LineState;
  readonly hints: Set<OnHint>;
}
const Context = createContext<Lively>({ line: 'opening', hints: new Set() });

export const useLine = (): LineState => use(Context).line;

/** For lists that take in by themselves what they hear of. */
export function useHints(onHint: OnHint): void {
  const { hints } = use(Context);
  const latest = useRef(onHint);
  latest.current = onHint;
  useEffect(() => {
    const hear: OnHint = (change) => latest.current(change);
    hints.add(hear);
    return () => void hints.delete(hear);
  }, [hints]);
}

/** Asks anew for whatever a hint of the hub concerns. Keys of queries begin with what they are about. */
export function Live({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [line, setLine] = useState<LineState>('opening');
  const [hints] = useState(() => new Set<OnHint>());
  useEffect(() => {
    const hear = (heard: Heard) => {
      for (const hint of hints) hint(heard.kind === 'reload' ? 'reload' : heard.change);
      // Not lists under which no row jumps: they look after their rows by themselves.
      if (heard.kind === 'reload')
        return void queries.invalidateQueries({ predicate: ({ queryKey: [about] }) => about !== 'list' });
      const { referrals, more, todos } = heard.change;
      if (referrals.length > 0 || more) void queries.invalidateQueries({ queryKey: ['queue'] });
      for (const id of referrals) void queries.invalidateQueries({ queryKey: ['referral', id] });
      if (more) void queries.invalidateQueries({ queryKey: ['referral'] });
      if (todos) void queries.invalidateQueries({ queryKey: ['todos'] });
    };
    let isFirst = true;
    return listen(hear, (state) => {
      setLine(state);
      if (state !== 'live' || !isFirst) return;
      isFirst = false;
      // The first rows were asked for before this tab could hear of anything: it looks again at what may have happened in between.
      hear({ kind: 'changed', change: { referrals: [], todos: true } });
    });
  }, [queries, hints]);
  return <Context value={{ line, hints }}>{children}</Context>;
}
