// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useState, type FormEvent } from 'react';

/** A form that is sent once at a time. */
export function useSending(act: () => Promise<unknown>) {
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (sending) return;
    setSending(true);
    setError(undefined);
    act()
      .catch(setError)
      .finally(() => setSending(false));
  };
  return { send, sending, error };
}
