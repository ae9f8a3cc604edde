// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useTimeline } from './answers';
import { NoteOf } from './notes';
import { Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { StateChip } from '../../parts/state-chip';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** What a step of a history is called, whoever took it. */
export function useStepNames(): Readonly<Record<string, string>> {
  const { actionNames, coreStepNames, besideStepsNames } = useNames();
  return { ...actionNames, ...coreStepNames, ...besideStepsNames };
}

/** What happened, newest last, as far as one may know. */
export function Timeline({ id }: { readonly id: string }) {
  const { referral, common } = useTexts();
  const stepNames = useStepNames();
  const { returnReasonNames, outcomeNames } = useNames();
  const reasonNames: Readonly<Record<string, string>> = { ...returnReasonNames, ...outcomeNames };
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
                      {referral.reasons}: {reasons.map((code) => reasonNames[code] ?? code).join(common.comma)}
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
