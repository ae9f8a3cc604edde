// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueItem } from '@tsunagi/contracts';
import { useState } from 'react';
import { Why } from '../referral/why';
import { Chip, type ChipColor } from '../../parts/chip';
import { Dialog } from '../../parts/dialog';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

const colors: Readonly<Record<NonNullable<QueueItem['basis']>, ChipColor>> = {
  consent_active: 'green',
  consent_ending: 'orange',
  consent_ended: 'red',
  consent_withdrawn: 'red',
  law: 'blue',
  conference: 'purple',
  waiting: 'orange',
};

/** On what it stands; opens the reasoning in words. */
export function BasisChip({ item: { id, basis } }: { readonly item: QueueItem }) {
  const { queue } = useTexts();
  const { badgeNames } = useNames();
  const [open, setOpen] = useState(false);
  if (!basis) return null;
  return (
    <>
      <button className="plain" type="button" aria-label={queue.whyOf(badgeNames[basis])} onClick={() => setOpen(true)}>
        <Chip color={colors[basis]}>{badgeNames[basis]}</Chip>
      </button>
      {open && (
        <Dialog heading={queue.why} onClose={() => setOpen(false)}>
          <Why id={id} />
        </Dialog>
      )}
    </>
  );
}
