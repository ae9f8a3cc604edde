// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createContext, use, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { Dialog } from './dialog';
import { useTexts } from '../texts';

interface Bound {
  readonly key: string;
  readonly does: string;
  readonly act: () => void;
}
interface Keys {
  readonly bound: Set<{ current: Bound }>;
  readonly on: boolean;
  switch(on: boolean): void;
  showHelp(): void;
}
const Context = createContext<Keys | undefined>(undefined);
const stored = 'tsunagi-single-keys';

export function useKeys(): Keys {
  const keys = use(Context);
  if (!keys) throw new Error('outside of KeyBoard');
  return keys;
}

/** A single key on this page, while nobody types and no dialog is open. `?` lists them; they can be switched off (WCAG 2.1.4). */
export function useKey(key: string, does: string, act: () => void): void {
  const { bound } = useKeys();
  const latest = useRef<Bound>({ key, does, act });
  latest.current = { key, does, act };
  // As soon as it is drawn: whoever sees where a key leads may press it.
  useLayoutEffect(() => {
    bound.add(latest);
    return () => void bound.delete(latest);
  }, [bound]);
}

export function KeyBoard({ children }: { readonly children: ReactNode }) {
  const { frame } = useTexts();
  const [bound] = useState(() => new Set<{ current: Bound }>());
  const [on, setOn] = useState(() => localStorage.getItem(stored) !== 'off');
  const [help, setHelp] = useState(false);
  useLayoutEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !areKeysFree(event.target)) return;
      if (event.key === '?') {
        event.preventDefault();
        setHelp(true);
        return;
      }
      // What came last is nearest to what one looks at.
      const found = [...bound].reverse().find(({ current }) => current.key === event.key.toLowerCase());
      if (!found) return;
      event.preventDefault();
      found.current.act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [on, bound]);
  const keys: Keys = {
    bound,
    on,
    switch: (wanted) => {
      localStorage.setItem(stored, wanted ? 'on' : 'off');
      setOn(wanted);
    },
    showHelp: () => setHelp(true),
  };
  return (
    <Context value={keys}>
      {children}
      {help && (
        <Dialog heading={frame.keys} onClose={() => setHelp(false)}>
          <dl className="facts">
            {[...bound].map(({ current: { key, does } }) => (
              <div key={`${key} ${does}`} className="contents">
                <dt>
                  <kbd>{key.toUpperCase()}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
            <div className="contents">
              <dt>
                <kbd>?</kbd>
              </dt>
              <dd>{frame.keys}</dd>
            </div>
          </dl>
        </Dialog>
      )}
    </Context>
  );
}

/** Nobody types there, and no dialog is open. */
export const areKeysFree = (target: EventTarget | null): boolean =>
  !isTyping(target) && document.querySelector('dialog[open]') === null;

const typing = new Set(['INPUT', 'TEXTAREA', 'SELECT']);
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type)) return false;
  return typing.has(target.tagName) || target.isContentEditable;
}
