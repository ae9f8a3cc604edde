// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  actionNames,
  besideStepsNames,
  coreStepNames,
  outcomeNames,
  returnReasonNames,
} from '@tsunagi/contracts/words';
import { useTimeline } from './answers';
import { NoteOf } from './notes';
import { Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { StateChip } from '../../parts/state-chip';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

export const stepNames: Readonly<Record<string, string>> = { ...actionNames, ...coreStepNames, ...besideStepsNames };
const reasonNames: Readonly<Record<string, string>> = { ...returnReasonNames, ...outcomeNames };

/** What happened, newest last, as far as one may know. */
export function Timeline({ id }: { readonly id: string }) {
  const { referral } = useTexts();
  return (
    <Section heading={referral.timeline}>
      <Answered of={useTimeline(id)}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty />
          ) : (
            <ol className="timeline">
              {items.map(({ version, at, action, to, from, by, function: desk, reasons, note }) => (
                <li key={`${version} ${at} ${action}`}>
                  <p className="row">
                    <strong>{stepNames[action] ?? action}</strong>
                    {from !== to && <StateChip state={to} />}
                    <span className="dim">
                      <Moment at={at} /> {[referral.by[by], desk?.name].filter(Boolean).join(' ')}
                    </span>
                  </p>
                  {reasons.length > 0 && (
                    <p>
                      {referral.reasons}: {reasons.map((code) => reasonNames[code] ?? code).join('、')}
                    </p>
                  )}
                  {note && <NoteOf note={note} />}
                </li>
              ))}
            </ol>
          )
        }
      </Answered>
    </Section>
  );
}
