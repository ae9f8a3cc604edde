// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Banner } from '../../parts/banner';
import { Failure } from '../../parts/states';

/** What came of something that was done. */
export type Said = { readonly done: string; readonly kind?: 'success' | 'warning' } | { readonly error: unknown };

/** The result has the focus: whoever works by keyboard or by ear is not left at a button that has gone. */
export function Told({ said, children }: { readonly said: Said | undefined; readonly children?: ReactNode }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said) element.current?.focus();
  }, [said]);
  if (!said) return null;
  return (
    <div ref={element} tabIndex={-1} className="stack" data-gap="small">
      {'done' in said ? <Banner kind={said.kind ?? 'success'} heading={said.done} /> : <Failure error={said.error} />}
      {children}
    </div>
  );
}

/** One thing is done at a time, and what came of the last one is known. */
export function useDoing() {
  const [said, setSaid] = useState<Said>();
  const [busy, setBusy] = useState<string>();
  const act = async (name: string, work: () => Promise<Said | undefined>): Promise<boolean> => {
    if (busy !== undefined) return false;
    setBusy(name);
    setSaid(undefined);
    try {
      setSaid(await work());
      return true;
    } catch (error) {
      setSaid({ error });
      return false;
    } finally {
      setBusy(undefined);
    }
  };
  return { said, busy, act, setSaid };
}
