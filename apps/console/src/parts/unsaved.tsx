// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { Button } from './button';
import { Dialog } from './dialog';
import { useTexts } from '../texts';

/** Whoever leaves the page with something typed is asked first, also by the browser. */
export function Unsaved({ typed }: { readonly typed: boolean }) {
  const { common } = useTexts();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => typed && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!typed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [typed]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog heading={common.unsaved} onClose={() => blocker.reset()}>
      <p>{common.unsavedHint}</p>
      <div className="row" data-end>
        <Button size="md" onClick={() => blocker.proceed()}>
          {common.leave}
        </Button>
        <Button size="md" look="solid-fill" onClick={() => blocker.reset()} autoFocus>
          {common.stay}
        </Button>
      </div>
    </Dialog>
  );
}
