// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { DecisionView, Preview } from '@tsunagi/contracts';
import { disclosureMask } from '@tsunagi/domain';
import { feedbackNow, isMasked, lookAt, type Looking } from './looking';
import { isRouted, openContent, personsOf } from './referral.record';
import { redacted } from './redacted';
import { ReferralUnknownError } from './referrals.errors';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { decideOn, isPermit } from '../disclosure';
import { Directory } from '../organizations';
import { Clock, Database, HUB_KEYS, sentenceOf, type HubKeys } from '../platform';

/** What was decided on a referral, and what would be decided now. */
@Injectable()
export class Decisions {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Why it may leave, or not. For the sender and those who oversee; the recipient sees what it was permitted. */
  async of(caller: Caller, id: string): Promise<DecisionView[]> {
    const { referral, viewpoint } = await lookAt(caller, id, this.looking());
    const rows = await this.database.query<{
      outcome: DecisionView['outcome'];
      direction: DecisionView['direction'];
      authority: DecisionView['authority'] | null;
      members: DecisionView['members'];
      feedback: DecisionView['feedback'] | null;
      reasons: string[];
      not_after: Date | null;
      inputs: DecisionView['inputs'];
      decided_at: Date;
      went: boolean;
    }>(
      // What was decided when the recipient opened it tells that it has arrived.
      `select outcome, direction, authority, members, feedback, reasons, not_after, inputs, decided_at,
         exists (select 1 from disclosure l where l.referral = $1 and l.decision = d.id and $3 in (l.recipient_function, l.sender_function)
           and (l.go_at is not null or l.state = 'written')) as went
       from disclosure_decision d
       where referral = $1
         and ($2 or not exists (select 1 from referral_event e where e.referral = d.referral and e.at = d.decided_at and not e.told))
       order by decided_at desc, id desc limit 100`,
      [
        id,
        viewpoint.whole('line') || (await feedbackNow(referral, this.looking())) !== 'none',
        referral.toFunction ?? null,
      ],
    );
    // What was permitted and never came says what there is; that those who coordinate looked is no matter of the desks.
    const isForRecipient = (d: (typeof rows)[number]) =>
      viewpoint.has('decision', 'permitted') && d.outcome === 'permit' && d.direction !== 'coordination' && d.went;
    const own = viewpoint.has('inputs', 'own');
    const inputs = viewpoint.whole('inputs');
    return rows
      .filter((d) => viewpoint.whole('decision') || isForRecipient(d))
      .map((d) => ({
        outcome: d.outcome,
        direction: d.direction,
        ...(d.authority && { authority: d.authority }),
        members: viewpoint.whole('covered')
          ? d.members.map((m) => ({ ...m, consents: own || inputs ? m.consents : [] }))
          : [],
        ...(d.feedback && { feedback: d.feedback }),
        reasons: viewpoint.whole('decision') ? d.reasons.map((code) => ({ code, sentence: sentenceOf(code) })) : [],
        ...(d.not_after && { notAfter: d.not_after.toISOString() }),
        inputs: inputs ? d.inputs : own ? ownInputs(d.inputs, referral.fromFunction) : {},
        decidedAt: d.decided_at.toISOString(),
      }));
  }

  /** 「○○課にはこう見えます」 for the sender, decided now, nothing stored. */
  async preview(caller: Caller, id: string): Promise<Preview> {
    const { referral, viewpoint } = await lookAt(caller, id, this.looking());
    if (!viewpoint.has('content', 'whole') || !isRouted(referral) || isMasked(referral, viewpoint))
      throw new ReferralUnknownError();
    const wishes = await wishesOf(this.database, personsOf(referral));
    const decision = decideOn(referral, wishes, this.directory, this.clock.now());
    const { system } = this.directory.function(referral.toFunction);
    const shown = isPermit(decision)
      ? redacted(openContent(this.keys.sealing, referral), decision.members, system)
      : undefined;
    return {
      decision,
      to: this.directory.outline(referral.toFunction),
      sentences: decision.reasons.map(sentenceOf),
      ...(shown && { shown: { ...shown, mask: disclosureMask(shown.subject, shown.others) } }),
    };
  }

  private looking(): Looking {
    return { tx: this.database, directory: this.directory, now: this.clock.now() };
  }
}

/** What persons said at other functions is not the sender's to know; that it was considered, the overseers see. */
function ownInputs(inputs: DecisionView['inputs'], from: string): DecisionView['inputs'] {
  const mine = (list: unknown) =>
    (Array.isArray(list) ? list : []).filter(
      (one: { at?: string }) => one.at === from,
    ) as DecisionView['inputs'][string];
  return { ...inputs, consents: mine(inputs['consents']), refusals: mine(inputs['refusals']) };
}
