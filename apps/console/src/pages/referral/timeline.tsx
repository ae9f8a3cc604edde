// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryTold, TimelineEntry } from '@tsunagi/contracts';
import { useTimeline } from './answers';
import { Delivery } from './delivery';
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

/** What happened, newest last, as far as one may know; what is on its way comes after all that has happened. */
export function Timeline({ id }: { readonly id: string }) {
  const { referral } = useTexts();
  return (
    <Section heading={referral.timeline}>
      <Answered of={useTimeline(id)}>
        {({ items, deliveries }) =>
          items.length + deliveries.length === 0 ? (
            <Empty />
          ) : (
            <ol className="timeline">
              {inOrder(items, deliveries).map((line, place) =>
                'brings' in line ? (
                  <li key={`delivery ${place}`}>
                    <Delivery of={line} />
                  </li>
                ) : (
                  <li key={`${line.version} ${line.at} ${line.action}`}>
                    <Entry of={line} />
                  </li>
                ),
              )}
            </ol>
          )
        }
      </Answered>
    </Section>
  );
}

/** With its receipt it counts as there: that line comes before the step which it was. */
function inOrder(items: readonly TimelineEntry[], deliveries: readonly DeliveryTold[]) {
  const settled = ({ state, arrivedAt, triedAt }: DeliveryTold) =>
    state === 'arrived' ? arrivedAt : state === 'given_up' ? triedAt : undefined;
  const at = (line: TimelineEntry | DeliveryTold) =>
    Date.parse(('brings' in line ? settled(line) : line.at) ?? '9999-12-31');
  return [...deliveries, ...items].sort((a, b) => at(a) - at(b));
}

function Entry({ of }: { readonly of: TimelineEntry }) {
  const { referral, common } = useTexts();
  const stepNames = useStepNames();
  const { returnReasonNames, outcomeNames } = useNames();
  const reasonNames: Readonly<Record<string, string>> = { ...returnReasonNames, ...outcomeNames };
  const { at, action, to, from, by, function: desk, enteredBy, reasons, note } = of;
  return (
    <>
      <p className="row">
        <strong>{stepNames[action] ?? action}</strong>
        {from !== to && <StateChip state={to} />}
        <span className="dim">
          <Moment at={at} /> {[referral.by[by], desk?.name].filter(Boolean).join(' ')}
        </span>
      </p>
      {enteredBy && <p className="dim">{referral.onPaper(enteredBy.name)}</p>}
      {reasons.length > 0 && (
        <p>
          {referral.reasons}: {reasons.map((code) => reasonNames[code] ?? code).join(common.comma)}
        </p>
      )}
      {note && <NoteOf note={note} />}
    </>
  );
}
