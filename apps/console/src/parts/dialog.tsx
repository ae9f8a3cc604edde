// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from './button';
import { useTexts } from '../texts';

/** The browser's own dialog: it holds the focus, closes with Escape and gives the focus back. */
export function Dialog(props: {
  readonly heading: string;
  readonly children: ReactNode;
  onClose(): void;
  /** What must be answered cannot be closed. */
  readonly mustAnswer?: boolean;
}) {
  const { common } = useTexts();
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={id}
      closedby={props.mustAnswer ? 'none' : 'closerequest'}
      onCancel={(event) => {
        // A file dialog inside closes with an event of the same name.
        if (event.target !== element.current) return;
        event.preventDefault();
        if (!props.mustAnswer) props.onClose();
      }}
      onClose={(event) => {
        // Who presses Escape twice is not asked the second time, by a browser that does not know `closedby` yet.
        if (event.target !== element.current) return;
        if (props.mustAnswer) element.current.showModal();
        else props.onClose();
      }}
    >
      <div className="stack">
        <div className="row">
          <h2 id={id} className="grow">
            {props.heading}
          </h2>
          {!props.mustAnswer && (
            <Button look="text" onClick={props.onClose}>
              {common.close}
            </Button>
          )}
        </div>
        {props.children}
      </div>
    </dialog>
  );
}
