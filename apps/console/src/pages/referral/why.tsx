// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DecisionView, ReferralView } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/contracts/words';
import { useDecisions } from './answers';
import { Chip } from '../../parts/chip';
import { Facts, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames, type Names } from '../../texts/names';

const colors = { permit: 'green', hold: 'orange', deny: 'red' } as const;

/** The one by which it leaves, or has left. */
const newestOf = (decisions: readonly DecisionView[]) =>
  decisions.find(({ direction, outcome }) => direction === 'referral' && outcome === 'permit');

/** Of each person what the sending desk has on record here, and does not hand over. */
function leftBehind(
  { person, members = [] }: ReferralView,
  decision: DecisionView,
  names: Names,
  comma: string,
): string[] {
  // Only to the sender are members all that there is.
  if (person === undefined) return [];
  return members.flatMap(({ ref, role, items }) => {
    const leaves = decision.members.find((m) => m.ref === ref)?.categories ?? [];
    const stays = (Object.keys(items) as DataCategory[]).filter((category) => !leaves.includes(category));
    return stays.length === 0
      ? []
      : `${names.relativeNames[role]}: ${stays.map((c) => names.categoryNames[c]).join(comma)}`;
  });
}

/** Why it may leave, waits, or does not: the newest decision open, those before it folded. */
export function Why({ id, of }: { readonly id: string; readonly of?: ReferralView }) {
  const { referral, common } = useTexts();
  const names = useNames();
  return (
    <Section heading={referral.why}>
      <p className="dim">{referral.whyHint}</p>
      <Answered of={useDecisions(id)}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty />
          ) : (
            items.map((decision, n) => (
              <details key={`${decision.decidedAt} ${decision.direction}`} open={n === 0}>
                <summary>
                  <Chip color={colors[decision.outcome]} filled>
                    {referral.outcomes[decision.outcome]}
                  </Chip>{' '}
                  {referral.directions[decision.direction]}
                  {decision.authority && ` ${names.authorityNames[decision.authority]}`}{' '}
                  <span className="dim">
                    <Moment at={decision.decidedAt} />
                  </span>
                </summary>
                <div className="stack" data-gap="small">
                  {decision.reasons.length > 0 && (
                    <ul>
                      {decision.reasons.map(({ code, sentence }) => (
                        <li key={code}>{sentence}</li>
                      ))}
                    </ul>
                  )}
                  <Facts
                    of={[
                      [
                        referral.items,
                        [...new Set(decision.members.flatMap((m) => m.categories))]
                          .map((c) => names.categoryNames[c])
                          .join(common.comma),
                      ],
                      [
                        referral.leftBehind,
                        of && decision === newestOf(items) && leftBehind(of, decision, names, common.comma).join('\n'),
                      ],
                      [referral.feedback, decision.feedback && names.feedbackNames[decision.feedback]],
                      [referral.notAfter, decision.notAfter && <Moment at={decision.notAfter} />],
                      [referral.conditions, decision.conditions?.join('\n')],
                    ]}
                  />
                </div>
              </details>
            ))
          )
        }
      </Answered>
    </Section>
  );
}
