// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { GroundView } from '@tsunagi/contracts';
import { useId } from 'react';
import { Chip } from '../../parts/chip';
import { Facts } from '../../parts/page';
import { Day, Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

const stateOf = ({ decided, approval }: GroundView) =>
  decided?.outcome ?? (approval === 'none' ? 'unasked' : 'waiting');
const colors = { waiting: 'orange', approved: 'green', refused: 'red', unasked: 'gray' } as const;

/** Who has recorded what on which basis, why, and what was decided on it. */
export function GroundFacts({ ground }: { readonly ground: GroundView }) {
  const { grounds, common } = useTexts();
  const names = useNames();
  const list = (categories: GroundView['categories']) =>
    categories.map((c) => names.categoryNames[c]).join(common.comma);
  const { decided } = ground;
  const state = stateOf(ground);
  return (
    <Facts
      of={[
        [grounds.state, <Chip color={colors[state]}>{grounds.states[state]}</Chip>],
        [grounds.from, ground.from.name],
        [grounds.to, ground.to?.name],
        [grounds.statute, ground.statute],
        [grounds.categories, list(ground.categories)],
        [grounds.persons, ground.persons.map((ref) => (ref === 'subject' ? grounds.subject : ref)).join(common.comma)],
        [grounds.whyNoConsent, grounds.whyNames[ground.whyNoConsent]],
        [grounds.reason, ground.reason],
        [grounds.law, [ground.law, ground.article].filter(Boolean).join(' ')],
        [grounds.recordedAt, <Moment at={ground.recordedAt} />],
        [
          grounds.endsAt,
          ground.endsAt && (
            <>
              <Moment at={ground.endsAt} /> <strong className="soon">{grounds.hoursLeft(ground.hoursLeft ?? 0)}</strong>
            </>
          ),
        ],
        [grounds.decidedAt, decided && <Moment at={decided.at} />],
        [grounds.approvedItems, decided && list(decided.categories)],
        [grounds.words, decided?.words],
        [grounds.until, ground.until && <Day on={ground.until} />],
      ]}
    />
  );
}

export function GroundCard({ ground }: { readonly ground: GroundView }) {
  const names = useNames();
  const id = useId();
  return (
    <article className="panel stack" aria-labelledby={id}>
      <h3 id={id}>{names.authorityNames[ground.code]}</h3>
      <GroundFacts ground={ground} />
    </article>
  );
}
