// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Actor, StepTaken } from '@tsunagi/domain';
import type { Acting, Changes } from './changes';
import type { ReferralRecord } from './referral.record';
import type { Directory } from '../organizations';
import type { HubKeys, Tx } from '../platform';

/** Where steps are taken, and where what comes of them is gathered. */
export interface Here {
  readonly tx: Tx;
  readonly changes: Changes;
  readonly directory: Directory;
  readonly keys: HubKeys;
}

/** One step as it is being taken: the domain has allowed it, nothing is written yet. */
export interface Stepping<Facts> extends Here {
  readonly referral: ReferralRecord;
  readonly by: Actor;
  readonly taken: StepTaken;
  readonly acting: Acting;
  readonly facts: Facts;
}

/** What became of it, and the referral that goes on from it. */
export interface Stepped {
  readonly after: ReferralRecord;
  readonly next?: ReferralRecord | undefined;
}

/** Moves the referral, or writes down what was done beside it. `unwritten`: what has a place of its own. */
export function moved<Facts extends object>(
  { changes, referral, taken, acting, facts }: Stepping<Facts>,
  also: Partial<ReferralRecord> = {},
  unwritten: readonly string[] = [],
  noteVersion?: number,
): ReferralRecord {
  const said = Object.fromEntries(Object.entries(facts).filter(([name]) => !unwritten.includes(name)));
  const noted = { reasons: reasonsOf(facts), facts: said, noteVersion };
  return changes.move(referral, taken, acting, noted, { ...rememberedOf(facts), ...also });
}

/** Writes down what was said, without moving the referral: it goes another way. */
export function writtenDown<Facts extends object>(stepping: Stepping<Facts>): ReferralRecord {
  const { changes, referral, taken, acting, facts } = stepping;
  const { arrow, remembers } = taken;
  const noted = { reasons: reasonsOf(facts), facts: Object.fromEntries(Object.entries(facts)) };
  return changes.record(referral, arrow.action, acting, noted, { ...remembers, ...rememberedOf(facts) });
}

function reasonsOf(facts: object): string[] {
  const { reasons, outcome, code, runningCase } = facts as {
    reasons?: string[];
    outcome?: string;
    code?: string;
    runningCase?: string;
  };
  // 103 and 104 are no returns: they lead to 保留 and 引受.
  const single = outcome ?? code ?? (runningCase === undefined ? undefined : '104');
  return reasons ?? (single === undefined ? [] : [single]);
}

/** What of the facts stays on the referral itself, beside what the domain remembers. */
function rememberedOf(facts: object): Partial<ReferralRecord> {
  const { worker, nextContactOn, wakeOn } = facts as {
    worker?: { name: string };
    nextContactOn?: string;
    wakeOn?: string;
  };
  return {
    ...(worker && { worker: worker.name }),
    ...(nextContactOn !== undefined && { nextContactOn }),
    ...(wakeOn !== undefined && { wakeOn }),
  };
}
