// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { DecisionView, Preview, PreviewRequest } from '@tsunagi/contracts';
import { disclosureMask, StepRefusedError, type DisclosureDecision } from '@tsunagi/domain';
import { toldOfIt, wentOnIt } from './decided-for';
import { deskNames } from './desk-names';
import { feedbackNow, isMasked, lookAt, type Looking } from './looking';
import { isRouted, openContent, personsOf, type ReferralRecord } from './referral.record';
import { redacted } from './redacted';
import { ReferralUnknownError } from './referrals.errors';
import type { Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { wishesOf, type Wishes } from '../consents';
import { decideOn, isPermit, type DisclosableReferral } from '../disclosure';
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
      conditions: string[] | null;
      decided_at: Date;
      went: boolean;
    }>(
      `select outcome, direction, authority, members, feedback, reasons, not_after, inputs, inputs->'conditions' as conditions, decided_at,
         ${wentOnIt('d', '$3')} as went
       from disclosure_decision d
       where referral = $1
         and ($2 or ${toldOfIt('d')})
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
    const unnamed = await this.unnamed(referral, viewpoint);
    return rows
      .filter((d) => viewpoint.whole('decision') || isForRecipient(d))
      .map((d) => ({
        outcome: d.outcome,
        direction: d.direction,
        ...(d.authority && { authority: d.authority }),
        members: viewpoint.whole('covered')
          ? d.members.map(({ grounds, ...m }) =>
              own || inputs ? { ...m, ...(grounds && { grounds }) } : { ...m, consents: [] },
            )
          : [],
        ...(d.feedback && { feedback: d.feedback }),
        reasons: viewpoint.whole('decision') ? d.reasons.map((code) => ({ code, sentence: sentenceOf(code) })) : [],
        ...(d.not_after && { notAfter: d.not_after.toISOString() }),
        ...(d.conditions && { conditions: d.conditions }),
        inputs: inputs ? d.inputs : own ? ownInputs(d.inputs, referral.fromFunction, unnamed) : {},
        decidedAt: d.decided_at.toISOString(),
      }));
  }

  /** 「○○課にはこう見えます」 for the sender, decided now, nothing stored. */
  async preview(caller: Caller, { referralId, ...asked }: PreviewRequest): Promise<Preview> {
    const { referral: found, viewpoint } = await lookAt(caller, referralId, this.looking());
    if (!viewpoint.has('content', 'whole') || isMasked(found, viewpoint)) throw new ReferralUnknownError();
    const referral = this.toward(found, asked.to);
    const wishes = supposing(await wishesOf(this.database, personsOf(referral)), found, asked, this.clock.now());
    const decision = withoutSupposed(decideOn(referral, wishes, this.directory, this.clock.now()));
    const { system } = this.directory.function(referral.toFunction);
    const shown = isPermit(decision)
      ? redacted(openContent(this.keys.sealing, referral), decision.members, system)
      : undefined;
    // A desk that the sender has chosen itself it may name.
    const unnamed = asked.to === undefined && (await this.unnamed(referral, viewpoint)) !== undefined;
    return {
      decision: unnamed ? towardNobody(decision) : decision,
      to: (await deskNames(this.database, [referral], this.directory))(referral, viewpoint, referral.toFunction),
      sentences: decision.reasons.map(sentenceOf),
      ...(shown && { shown: { ...shown, mask: disclosureMask(shown.subject, shown.others) } }),
    };
  }

  /** As if it went to that desk: a referral that has no desk yet is previewed toward one only. */
  private toward(found: ReferralRecord, to: PreviewRequest['to']): ReferralRecord & DisclosableReferral {
    if (to === undefined) {
      if (!isRouted(found)) throw new ReferralUnknownError();
      return found;
    }
    const toFunction = this.directory.resolve({ to, from: found.fromFunction, kind: found.kind });
    if (toFunction === undefined) throw new StepRefusedError('NOT_TO_THERE');
    const { channel: _, ...chosen } = found;
    return { ...chosen, channel: undefined, toFunction };
  }

  /** The desk whose name the viewer may not read: by its id everybody finds that. */
  private async unnamed(referral: ReferralRecord, viewpoint: Viewpoint): Promise<string | undefined> {
    const { toFunction } = referral;
    if (toFunction === undefined) return undefined;
    const named = await deskNames(this.database, [referral], this.directory);
    const isNamed = named(referral, viewpoint, toFunction).code === this.directory.outline(toFunction).code;
    return isNamed ? undefined : toFunction;
  }

  private looking(): Looking {
    return { tx: this.database, directory: this.directory, now: this.clock.now() };
  }
}

/** Stands for a consent that nobody has recorded. */
const supposed = '00000000-0000-7000-8000-000000000000';

/** With a consent that is not registered yet. */
function supposing(
  wishes: Wishes,
  { fromFunction: givenTo, members: [{ person }] }: ReferralRecord,
  { with: scope }: Pick<PreviewRequest, 'with'>,
  now: Date,
): Wishes {
  const grantedAt = now.toISOString();
  const consent = {
    id: supposed,
    person,
    givenTo,
    giver: 'self',
    manner: 'written',
    exclusions: [],
    status: 'active',
  } as const;
  return {
    ...wishes,
    ...(scope && { consents: [...wishes.consents, { ...consent, exclusions: [], scope, grantedAt }] }),
  };
}

const withoutSupposed = (decision: DisclosureDecision): DisclosureDecision =>
  decision.outcome !== 'permit'
    ? decision
    : {
        ...decision,
        members: decision.members.map((m) => ({ ...m, consents: m.consents.filter((c) => c !== supposed) })),
      };

/** Without the id by which everybody finds the name of the desk. */
const towardNobody = (decision: DisclosureDecision): DisclosureDecision =>
  decision.outcome === 'hold' ? { ...decision, lift: { ...decision.lift, recipient: undefined } } : decision;

/** What persons said at other functions, and who protects whom, is not the sender's to know; that it was considered, the overseers see. */
function ownInputs(
  { seals: _seals, dangers: _dangers, ...inputs }: DecisionView['inputs'],
  from: string,
  unnamed: string | undefined,
): DecisionView['inputs'] {
  const mine = (list: unknown) =>
    (Array.isArray(list) ? list : []).filter(
      (one: { at?: string }) => one.at === from,
    ) as DecisionView['inputs'][string];
  const said: DecisionView['inputs'] = {
    ...inputs,
    consents: mine(inputs['consents']),
    refusals: mine(inputs['refusals']),
  };
  if (unnamed === undefined) return said;
  const names = (key: string, value: unknown) => value === unnamed || ['parties', 'lift'].includes(key);
  return Object.fromEntries(Object.entries(said).filter(([key, value]) => !names(key, value)));
}
