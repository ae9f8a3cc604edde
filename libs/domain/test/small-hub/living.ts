// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mayTell } from './deciding';
import { workingDays } from './desks';
import { core, type Acting, type HubState, type InHand } from './hub-state';
import * as domain from '../../src';
import type { ReferralState, StepTaken } from '../../src';

export function moveOn(
  hub: HubState,
  id: string,
  taken: StepTaken,
  by: Acting,
  facts: object,
  also: Partial<InHand> = {},
): void {
  const before = hub.get(id);
  const telling = hub.rule.tellingOf(before.kind, { ...taken, action: taken.arrow.action });
  const told = telling === 'always' || (telling === 'as_permitted' && mayTell(hub, before, taken.to));
  const moved = taken.arrow.to !== 'same';
  const today = domain.japaneseDay(hub.now);
  const fixed = taken.to === 'sent' && before.carried ? domain.carriedDueOn(today, workingDays) : undefined;
  const due = domain.dueAfter(before, taken, { urgency: before.urgency, today, fixed }, workingDays);
  const changed = {
    ...(moved && { ...due, wakeOn: undefined, returnAsked: false, shortOfCapacity: false, stateAt: hub.now }),
    ...also,
    ...(moved && told && { toldState: taken.to, toldDueOn: due.dueOn }),
  };
  hub.lived.push({ id, taken, also: changed });
  hub.referrals.set(id, { ...hub.rule.livedOn(before, taken), ...changed });
  const { action } = taken.arrow;
  note(hub, id, { action, from: taken.from, to: taken.to }, by, facts);
}

export function note(
  hub: HubState,
  id: string,
  { action, from, to }: { action: string; from?: ReferralState; to: ReferralState },
  by: Acting,
  facts: object,
): void {
  const version = hub.get(id).version + 1;
  hub.change(id, { version });
  hub.events.push({
    referral: id,
    version,
    action,
    from,
    to,
    actor: by.actor,
    function: by.function,
    at: hub.now,
    reasons: hub.rule.reasonsOf(facts),
    said: Object.keys(facts).length > 0,
    staff: by.staff,
  });
}

export function afterProposal(hub: HubState, id: string): void {
  const referral = hub.get(id);
  const accepted = [...hub.referrals.values()].some((r) => r.journey === referral.journey && r.everAccepted === true);
  if (referral.state === 'return_proposed' && hub.rule.isReturnedTooOften(referral, { accepted }))
    moveOn(hub, id, hub.rule.takeStep(referral, { action: 'coordinate', by: 'core', facts: {} } as never), core, {});
}
