// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { listen, type LineState } from './stream';

const Line = createContext<LineState>('opening');
export const useLine = (): LineState => use(Line);

/** Asks anew for whatever a hint of the hub concerns. Keys of queries begin with what they are about. */
export function Live({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [line, setLine] = useState<LineState>('opening');
  useEffect(
    () =>
      listen((heard) => {
        if (heard.kind === 'reload') return void queries.invalidateQueries();
        const { referrals, more, todos } = heard.change;
        if (referrals.length > 0 || more) void queries.invalidateQueries({ queryKey: ['queue'] });
        for (const id of referrals) void queries.invalidateQueries({ queryKey: ['referral', id] });
        if (more) void queries.invalidateQueries({ queryKey: ['referral'] });
        if (todos) void queries.invalidateQueries({ queryKey: ['todos'] });
      }, setLine),
    [queries],
  );
  return <Line value={line}>{children}</Line>;
}
