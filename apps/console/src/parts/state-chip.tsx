// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueItem } from '@tsunagi/contracts';
import type { ReferralState } from '@tsunagi/contracts/words';
import { Chip, type ChipColor } from './chip';
import { Day } from './time';
import { useNames } from '../texts/names';
import { useTexts } from '../texts';

const colors: Readonly<Partial<Record<ReferralState, ChipColor>>> = {
  awaiting_authority: 'orange',
  questioned: 'purple',
  on_hold: 'yellow',
  return_proposed: 'magenta',
  returned: 'magenta',
  coordinating: 'magenta',
  sent: 'blue',
  received: 'blue',
  accepted: 'green',
  in_progress: 'green',
  completed: 'green',
  follow_up: 'green',
  revoked: 'red',
};

export function StateChip({ state }: { readonly state: ReferralState }) {
  const { stateNames } = useNames();
  return (
    <Chip color={colors[state] ?? 'gray'} filled>
      {stateNames[state]}
    </Chip>
  );
}

/** When the next step is due, in words as well as in colour. */
export function Due({ of: { dueOn, overdue } }: { readonly of: Pick<QueueItem, 'dueOn' | 'overdue'> }) {
  const { referral } = useTexts();
  if (dueOn === undefined) return null;
  return (
    <span className={overdue ? 'late' : undefined}>
      <Day on={dueOn} />
      {overdue && ` ${referral.overdue}`}
    </span>
  );
}
