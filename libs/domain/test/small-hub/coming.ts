// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pick, type Done } from '@tsunagi/testing/invariants';
import type { HubState } from './hub-state';

/** The same message once more gets the first answer, and nothing happens. */
export function answering(hub: HubState, id: string, call: () => Done): Done {
  const once = () => {
    const first = hub.rule.answered(hub.answers, id);
    if (first !== undefined) return { line: first, took: false };
    const done = call();
    hub.answers.set(id, done.line);
    return done;
  };
  hub.came.push({ id, call: once });
  return once();
}

/** A step that was taken cannot be taken again: its version has gone. */
export function asked(hub: HubState, call: () => Done): Done {
  const done = call();
  if (done.took) hub.came.push({ call });
  return done;
}

export function again(hub: HubState, which: number): Done {
  const before = pick(hub.came, which);
  if (!before) return { line: 'nothing came before', took: false };
  const first = before.id === undefined ? undefined : hub.answers.get(before.id);
  const { line } = before.call();
  return { line: `again: ${line}`, took: true, again: first === undefined ? {} : { sameAnswer: line === first } };
}
