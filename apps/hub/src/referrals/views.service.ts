// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  Actions,
  DecisionView,
  Preview,
  QueueItem,
  QueuePage,
  QueueQuery,
  ReferralView,
  TimelineEntry,
} from '@tsunagi/contracts';
import {
  disclosureMask,
  japaneseDay,
  needsFeedback,
  possibleActions,
  type Member,
  type ReferralState,
} from '@tsunagi/domain';
import {
  isRouted,
  openContent,
  personsOf,
  referralsById,
  referralsWhere,
  subjectOf,
  type ReferralRecord,
} from './referral.record';
import { redacted } from './redacted';
import { ReferralUnknownError } from './referrals.errors';
import { speaksFor, viewpointOf, type Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { decideOn, disclosedTo, feedbackOn, isPermit, permitById } from '../disclosure';
import { Directory } from '../organizations';
import { Clock, Database, HUB_KEYS, sentenceOf, type HubKeys } from '../platform';

const defaultLimit = 50;
/** Counters are exact up to here; more is 「1,000+」. */
const countTo = 1000;

/** States in which the recipient's desk sees no content: it has not arrived, or must not be used any more. */
const unseen: ReadonlySet<ReferralState> = new Set(['sent', 'withdrawn', 'revoked', 'declined', 'entered_in_error']);

/** 104: the sender learns only that it was taken, unless notes are in the feedback scope. */
const kept: ReadonlySet<string> = new Set(['104']);

/** What a caller may see. The same decision and the same redaction as on the wire. */
@Injectable()
export class Views {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async queue(caller: Caller, query: QueueQuery): Promise<QueuePage> {
    const { where, parameters, shown } = this.conditions(caller, query);
    const limit = query.limit ?? defaultLimit;
    const newest = query.sort !== 'oldest';
    const page = [...where];
    const values = [...parameters];
    if (query.cursor !== undefined) page.push(`id ${newest ? '<' : '>'} $${values.push(query.cursor)}`);
    const found = await referralsWhere(
      this.database,
      `${page.join(' and ')} order by id ${newest ? 'desc' : 'asc'} limit ${limit + 1}`,
      values,
    );
    const counters = await this.database.query<{ state: ReferralState; count: number }>(
      `select s.state, (select count(*)::int from (select 1 from referral where ${where.join(' and ')} and ${shown} = s.state limit ${countTo + 1}) c) as count
       from (select distinct ${shown} as state from referral where ${where.join(' and ')}) s order by s.state`,
      parameters,
    );
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((r) => this.line(r, viewpointOf(caller, r))),
      ...(found.length > limit && last && { next: last.id }),
      counters: counters.map(({ state, count }) => ({ state, count: Math.min(count, countTo), more: count > countTo })),
    };
  }

  async detail(caller: Caller, id: string): Promise<ReferralView> {
    const { referral, viewpoint } = await this.find(caller, id);
    const members = await this.membersFor(referral, viewpoint);
    return {
      ...this.line(referral, viewpoint),
      purpose: referral.purpose,
      toAddress: referral.toAddress,
      ...(referral.howTheyMeet !== undefined && { howTheyMeet: referral.howTheyMeet }),
      ...(viewpoint.sender && {
        person: subjectOf(referral),
        persons: referral.members.map(({ ref, person }) => ({ ref, person })),
      }),
      ...(members && { members }),
      ...(viewpoint.recipient && referral.worker !== undefined && { worker: referral.worker }),
      ...(viewpoint.recipient && referral.nextContactOn !== undefined && { nextContactOn: referral.nextContactOn }),
    };
  }

  async timeline(caller: Caller, id: string): Promise<TimelineEntry[]> {
    const { referral, viewpoint } = await this.find(caller, id);
    const rows = await this.database.query<{
      version: number;
      action: string;
      from_state: ReferralState | null;
      to_state: ReferralState;
      actor: string;
      function: string | null;
      at: Date;
      reasons: string[];
      facts: Buffer | null;
    }>(
      'select version, action, from_state, to_state, actor, function, at, reasons, facts from referral_event where referral = $1 order by version',
      [id],
    );
    const released = rows.find((e) => e.to_state === 'sent')?.version ?? 0;
    const fromRelease = viewpoint.sender || viewpoint.overview ? 0 : released;
    const mine = (f: string | null) =>
      (viewpoint.sender && f === referral.fromFunction) || (viewpoint.recipient && f === referral.toFunction);
    const feedback = viewpoint.sender ? await this.feedback(referral) : 'none';
    // What happened at the other desk is told as far as the feedback scope says, and what must be acted on always.
    const told = (e: { function: string | null; to_state: ReferralState }) =>
      feedback !== 'none' ||
      !needsFeedback({ by: e.function === referral.fromFunction ? 'sender' : 'recipient', to: e.to_state });
    const answersOfMine = (f: string | null) => viewpoint.recipient && f === referral.fromFunction;
    return rows
      .filter((e) => e.version >= fromRelease && (viewpoint.overview || viewpoint.recipient || told(e)))
      .map((e) => ({
        version: e.version,
        at: e.at.toISOString(),
        action: e.action,
        ...(e.from_state !== null && { from: e.from_state }),
        to: e.to_state,
        by: byOf(e.actor),
        ...(e.function !== null && { function: this.directory.outline(e.function) }),
        reasons: mine(e.function) || feedback === 'state+note' ? e.reasons : e.reasons.filter((r) => !kept.has(r)),
        ...(e.facts &&
          (mine(e.function) ||
            feedback === 'state+note' ||
            (answersOfMine(e.function) && e.action === 'answer') ||
            // What is asked must be readable by whom it asks.
            (viewpoint.sender && e.action === 'ask')) && {
            note: this.keys.sealing.open<NonNullable<TimelineEntry['note']>>(`event:${id}:${e.version}`, e.facts),
          }),
      }));
  }

  async actions(caller: Caller, id: string): Promise<Actions> {
    const { referral, viewpoint } = await this.find(caller, id);
    return {
      version: referral.version,
      actions: possibleActions(shownState(referral, viewpoint), viewpoint.actors).map((a) => ({
        ...a,
        ...(a.because !== undefined && { sentence: sentenceOf(a.because) }),
      })),
    };
  }

  /** Why it may leave, or not. For the sender and those who oversee; the recipient sees what it was permitted. */
  async decisions(caller: Caller, id: string): Promise<DecisionView[]> {
    const { referral, viewpoint } = await this.find(caller, id);
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
    }>(
      `select outcome, direction, authority, members, feedback, reasons, not_after, inputs, decided_at from disclosure_decision
       where referral = $1 order by decided_at desc, id desc limit 100`,
      [id],
    );
    // Before release it is held for its sender: a coordinator sees that something waits, not on whose words.
    const answersForIt = (['privacy_officer', 'auditor'] as const).some((role) => caller.everywhere(role));
    const overview = answersForIt || (viewpoint.overview && referral.sentAt !== undefined);
    const all = viewpoint.sender || overview;
    return rows
      .filter((d) => all || viewpoint.overview || d.outcome === 'permit')
      .map((d) => ({
        outcome: d.outcome,
        direction: d.direction,
        ...(d.authority && { authority: d.authority }),
        members: all || viewpoint.recipient ? d.members.map((m) => ({ ...m, consents: all ? m.consents : [] })) : [],
        ...(d.feedback && { feedback: d.feedback }),
        reasons: all || viewpoint.overview ? d.reasons.map((code) => ({ code, sentence: sentenceOf(code) })) : [],
        ...(d.not_after && { notAfter: d.not_after.toISOString() }),
        inputs: overview ? d.inputs : viewpoint.sender ? ownInputs(d.inputs, referral.fromFunction) : {},
        decidedAt: d.decided_at.toISOString(),
      }));
  }

  /** 「○○課にはこう見えます」 for the sender, decided now, nothing stored. */
  async preview(caller: Caller, id: string): Promise<Preview> {
    const { referral, viewpoint } = await this.find(caller, id);
    if (!viewpoint.sender || !isRouted(referral)) throw new ReferralUnknownError();
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

  private async find(caller: Caller, id: string): Promise<{ referral: ReferralRecord; viewpoint: Viewpoint }> {
    const referral = (await referralsById(this.database, [id])).get(id);
    const viewpoint = referral && viewpointOf(caller, referral);
    if (!viewpoint) throw new ReferralUnknownError();
    return { referral, viewpoint };
  }

  /**
   * The sender sees its own record whole; the recipient what the ledger says has gone to it, as far as a decision still
   * permits it now; nobody else any content.
   */
  private async membersFor(referral: ReferralRecord, viewpoint: Viewpoint): Promise<Member[] | undefined> {
    if (viewpoint.sender) {
      const { subject, others } = openContent(this.keys.sealing, referral);
      return [subject, ...others];
    }
    if (!viewpoint.recipient || !isRouted(referral) || unseen.has(referral.state)) return undefined;
    const wishes = await wishesOf(this.database, personsOf(referral));
    const decision = decideOn(referral, wishes, this.directory, this.clock.now());
    if (!isPermit(decision)) return undefined;
    const gone = await disclosedTo(this.database, referral.id, referral.toFunction);
    const permitted = decision.members.flatMap(({ ref, categories }) => {
      const theirs = gone.get(referral.members.find((m) => m.ref === ref)?.person ?? '');
      return theirs ? [{ ref, categories: categories.filter((c) => theirs.has(c)) }] : [];
    });
    if (permitted.length === 0) return undefined;
    const { system } = this.directory.function(referral.toFunction);
    const { subject, others } = redacted(openContent(this.keys.sealing, referral), permitted, system);
    return [subject, ...others];
  }

  private async feedback(referral: ReferralRecord) {
    if (referral.decision === undefined || !isRouted(referral)) return 'none';
    const permit = (await permitById(this.database, [referral.decision])).get(referral.decision);
    return permit
      ? feedbackOn(
          referral,
          permit,
          await wishesOf(this.database, personsOf(referral)),
          this.directory,
          this.clock.now(),
        )
      : 'none';
  }

  private line(r: ReferralRecord, viewpoint: Viewpoint | undefined): QueueItem {
    const state = shownState(r, viewpoint);
    // What its sender was not told of has no date for it either.
    const told = state === r.state;
    const dueOn = told ? r.dueOn : undefined;
    return {
      id: r.id,
      journeyId: r.journey,
      kind: r.kind,
      state,
      version: r.version,
      from: this.directory.outline(r.fromFunction),
      ...(r.toFunction !== undefined && { to: this.directory.outline(r.toFunction) }),
      urgency: r.urgency,
      createdAt: r.createdAt.toISOString(),
      stateAt: (told ? r.stateAt : (r.sentAt ?? r.createdAt)).toISOString(),
      ...(dueOn !== undefined && { dueOn }),
      overdue: dueOn !== undefined && dueOn < japaneseDay(this.clock.now()),
    };
  }

  private conditions(caller: Caller, query: QueueQuery): { where: string[]; parameters: unknown[]; shown: string } {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const where: string[] = [];
    const oversees = (['coordinator', 'privacy_officer', 'auditor'] as const).some((role) => caller.everywhere(role));
    const mine = bind(caller.functions.filter((f) => speaksFor(caller, f)));
    // The state as this caller may know it: the same rule as `shownState`.
    const receives = `(to_function = any(${mine}::uuid[]) and sent_at is not null)`;
    const shown = oversees
      ? `(case when from_function = any(${mine}::uuid[]) and not coalesce(${receives}, false) then told_state else state end)`
      : `(case when ${receives} then state else told_state end)`;
    if (!oversees) {
      where.push(
        `(from_function = any(${mine}::uuid[]) or (to_function = any(${mine}::uuid[]) and sent_at is not null))`,
      );
    } else where.push('true');
    if (query.state !== undefined) where.push(`${shown} = ${bind(query.state)}`);
    if (query.from !== undefined) where.push(`from_function = ${bind(query.from)}`);
    if (query.to !== undefined) where.push(`to_function = ${bind(query.to)}`);
    if (query.function !== undefined) {
      const either = bind(query.function);
      where.push(`(from_function = ${either} or to_function = ${either})`);
    }
    if (query.kind !== undefined) where.push(`kind = ${bind(query.kind)}`);
    if (query.urgency !== undefined) where.push(`urgency = ${bind(query.urgency)}`);
    if (query.overdue !== undefined)
      where.push(`(due_on < ${bind(japaneseDay(this.clock.now()))} and ${shown} = state)`);
    if (query.waiting !== undefined) {
      where.push(
        `((from_function = any(${mine}::uuid[]) and ${shown} in ('draft', 'awaiting_authority', 'questioned', 'return_proposed', 'returned', 'completed'))
          or (to_function = any(${mine}::uuid[]) and state in ('sent', 'received', 'accepted', 'in_progress')))`,
      );
    }
    return { where, parameters, shown };
  }
}

/** A coordinator oversees states; a desk that sent it and does not receive it learns what it was told. */
function shownState(r: ReferralRecord, viewpoint: Viewpoint | undefined): ReferralState {
  return viewpoint?.sender === true && !viewpoint.recipient ? r.toldState : r.state;
}

function byOf(actor: string): TimelineEntry['by'] {
  if (actor.startsWith('staff:')) return 'staff';
  if (actor.startsWith('client:')) return 'client';
  return actor.startsWith('plugin:') ? 'plugin' : 'hub';
}

/** What persons said at other functions is not the sender's to know; that it was considered, the overseers see. */
function ownInputs(inputs: DecisionView['inputs'], from: string): DecisionView['inputs'] {
  const mine = (list: unknown) =>
    (Array.isArray(list) ? list : []).filter(
      (one: { at?: string }) => one.at === from,
    ) as DecisionView['inputs'][string];
  return { ...inputs, consents: mine(inputs['consents']), refusals: mine(inputs['refusals']) };
}
