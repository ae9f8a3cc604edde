// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityNames, categoryNames, feedbackNames } from '@tsunagi/contracts/words';
import { useDecisions } from './answers';
import { Chip } from '../../parts/chip';
import { Facts, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

const colors = { permit: 'green', hold: 'orange', deny: 'red' } as const;

/** Why it may leave, waits, or does not: the newest decision open, those before it folded. */
export function Why({ id }: { readonly id: string }) {
  const { referral } = useTexts();
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
                  {decision.authority && ` ${authorityNames[decision.authority]}`}{' '}
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
                          .map((c) => categoryNames[c])
                          .join('、'),
                      ],
                      [referral.feedback, decision.feedback && feedbackNames[decision.feedback]],
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
