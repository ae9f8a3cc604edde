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
  Todos,
} from '@tsunagi/contracts';
import {
  disclosureMask,
  japaneseDay,
  possibleActions,
  redactMember,
  type Member,
  type Permit,
  type ReferralState,
  type Role,
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
import { ReferralUnknownError } from './referrals.errors';
import { speaksFor, viewpointOf, type Viewpoint } from './viewpoint';
import type { Caller } from '../access';
import { wishesOf } from '../consents';
import { decideOn, feedbackOn, isPermit, permitById, type DisclosableReferral } from '../disclosure';
import { Directory } from '../organizations';
import { Clock, Database, HUB_KEYS, sentenceOf, type HubKeys } from '../platform';

const defaultLimit = 50;
/** Counters are exact up to here; more is 「1,000+」. */
const countTo = 1000;

/** States in which the recipient's desk sees no content: it has not arrived, or must not be used any more. */
const unseen: ReadonlySet<ReferralState> = new Set(['sent', 'withdrawn', 'revoked', 'declined', 'entered_in_error']);

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
    const { where, parameters } = this.conditions(caller, query);
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
      `select s.state, (select count(*)::int from (select 1 from referral where ${where.join(' and ')} and state = s.state limit ${countTo + 1}) c) as count
       from (select distinct state from referral where ${where.join(' and ')}) s order by s.state`,
      parameters,
    );
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map((r) => this.line(r)),
      ...(found.length > limit && last && { next: last.id }),
      counters: counters.map(({ state, count }) => ({ state, count: Math.min(count, countTo), more: count > countTo })),
    };
  }

  async detail(caller: Caller, id: string): Promise<ReferralView> {
    const { referral, viewpoint } = await this.find(caller, id);
    const members = await this.membersFor(referral, viewpoint);
    return {
      ...this.line(referral),
      purpose: referral.purpose,
      toAddress: referral.toAddress,
      ...(referral.howTheyMeet !== undefined && { howTheyMeet: referral.howTheyMeet }),
      ...(viewpoint.sender && { person: subjectOf(referral) }),
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
    const answersOfMine = (f: string | null) => viewpoint.recipient && f === referral.fromFunction;
    return (
      rows
        // What the recipient's desk does before 引受 beyond 到着 is told only as far as the feedback scope says.
        .filter(
          (e) =>
            e.version >= fromRelease &&
            (mine(e.function) ||
              viewpoint.overview ||
              viewpoint.recipient ||
              feedback !== 'none' ||
              e.function === null ||
              e.function === referral.fromFunction),
        )
        .map((e) => ({
          version: e.version,
          at: e.at.toISOString(),
          action: e.action,
          ...(e.from_state !== null && { from: e.from_state }),
          to: e.to_state,
          by: byOf(e.actor),
          ...(e.function !== null && { function: this.directory.outline(e.function) }),
          reasons: e.reasons,
          ...(e.facts &&
            (mine(e.function) ||
              feedback === 'state+note' ||
              (answersOfMine(e.function) && e.action === 'answer') ||
              // What is asked must be readable by whom it asks.
              (viewpoint.sender && e.action === 'ask')) && {
              note: this.keys.sealing.open<NonNullable<TimelineEntry['note']>>(`event:${id}:${e.version}`, e.facts),
            }),
        }))
    );
  }

  async actions(caller: Caller, id: string): Promise<Actions> {
    const { referral, viewpoint } = await this.find(caller, id);
    return {
      version: referral.version,
      actions: possibleActions(referral.state, viewpoint.actors).map((a) => ({
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
    const all = viewpoint.sender || viewpoint.overview;
    return rows
      .filter((d) => all || d.outcome === 'permit')
      .map((d) => ({
        outcome: d.outcome,
        direction: d.direction,
        ...(d.authority && { authority: d.authority }),
        members: d.members.map((m) => ({ ...m, consents: all ? m.consents : [] })),
        ...(d.feedback && { feedback: d.feedback }),
        reasons: all ? d.reasons.map((code) => ({ code, sentence: sentenceOf(code) })) : [],
        ...(d.not_after && { notAfter: d.not_after.toISOString() }),
        inputs: viewpoint.overview ? d.inputs : viewpoint.sender ? ownInputs(d.inputs, referral.fromFunction) : {},
        decidedAt: d.decided_at.toISOString(),
      }));
  }

  /** 「○○課にはこう見えます」 for the sender, decided now, nothing stored. */
  async preview(caller: Caller, id: string): Promise<Preview> {
    const { referral, viewpoint } = await this.find(caller, id);
    if (!viewpoint.sender || !isRouted(referral)) throw new ReferralUnknownError();
    const wishes = await wishesOf(this.database, personsOf(referral));
    const decision = decideOn(referral, wishes, this.directory, this.clock.now());
    const shown = isPermit(decision) ? this.redacted(referral, decision) : undefined;
    return {
      decision,
      to: this.directory.outline(referral.toFunction),
      sentences: decision.reasons.map(sentenceOf),
      ...(shown && { shown: { ...shown, mask: disclosureMask(shown.subject, shown.others) } }),
    };
  }

  async todos(caller: Caller): Promise<Todos['items']> {
    const rows = await this.database.query<{
      id: string;
      function: string;
      role: Role;
      kind: string;
      referral: string | null;
      created_at: Date;
    }>(
      `select id, function, role, kind, referral, created_at from todo
       where done_at is null and (function = any($1::uuid[]) or ($2 and role = 'coordinator')) order by created_at, id limit 1000`,
      [caller.functions, caller.everywhere('coordinator')],
    );
    return rows
      .filter((t) =>
        t.role === 'coordinator'
          ? caller.everywhere('coordinator')
          : caller.functions.includes(t.function) && caller.has([t.role], t.function),
      )
      .map((t) => ({
        id: t.id,
        kind: t.kind,
        sentence: sentenceOf(t.kind),
        role: t.role,
        function: this.directory.outline(t.function),
        ...(t.referral !== null && { referralId: t.referral }),
        createdAt: t.created_at.toISOString(),
      }));
  }

  private async find(caller: Caller, id: string): Promise<{ referral: ReferralRecord; viewpoint: Viewpoint }> {
    const referral = (await referralsById(this.database, [id])).get(id);
    const viewpoint = referral && viewpointOf(caller, referral);
    if (!viewpoint) throw new ReferralUnknownError();
    return { referral, viewpoint };
  }

  /** The sender sees its own record whole; the recipient what a decision permits now; nobody else any content. */
  private async membersFor(referral: ReferralRecord, viewpoint: Viewpoint): Promise<Member[] | undefined> {
    if (viewpoint.sender) {
      const { subject, others } = openContent(this.keys.sealing, referral);
      return [subject, ...others];
    }
    if (!viewpoint.recipient || !isRouted(referral) || unseen.has(referral.state)) return undefined;
    const wishes = await wishesOf(this.database, personsOf(referral));
    const decision = decideOn(referral, wishes, this.directory, this.clock.now());
    if (!isPermit(decision)) return undefined;
    const { subject, others } = this.redacted(referral, decision);
    return [subject, ...others];
  }

  private redacted(
    referral: ReferralRecord & DisclosableReferral,
    permit: Permit,
  ): { subject: Member; others: Member[] } {
    const { subject, others } = openContent(this.keys.sealing, referral);
    const system = this.directory.function(referral.toFunction).system ?? undefined;
    const permitted = new Map(permit.members.map((m) => [m.ref, m.categories]));
    return {
      subject: redactMember(subject, permitted.get(subject.ref) ?? [], system),
      others: others
        .filter((o) => permitted.has(o.ref))
        .map((o) => redactMember(o, permitted.get(o.ref) ?? [], system)),
    };
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

  private line(r: ReferralRecord): QueueItem {
    return {
      id: r.id,
      journeyId: r.journey,
      kind: r.kind,
      state: r.state,
      version: r.version,
      from: this.directory.outline(r.fromFunction),
      ...(r.toFunction !== undefined && { to: this.directory.outline(r.toFunction) }),
      urgency: r.urgency,
      createdAt: r.createdAt.toISOString(),
      stateAt: r.stateAt.toISOString(),
      ...(r.dueOn !== undefined && { dueOn: r.dueOn }),
      overdue: r.dueOn !== undefined && r.dueOn < japaneseDay(this.clock.now()),
    };
  }

  private conditions(caller: Caller, query: QueueQuery): { where: string[]; parameters: unknown[] } {
    const parameters: unknown[] = [];
    const bind = (value: unknown) => `$${parameters.push(value)}`;
    const where: string[] = [];
    const oversees = (['coordinator', 'privacy_officer', 'auditor'] as const).some((role) => caller.everywhere(role));
    if (!oversees) {
      const mine = bind(caller.functions.filter((f) => speaksFor(caller, f)));
      where.push(
        `(from_function = any(${mine}::uuid[]) or (to_function = any(${mine}::uuid[]) and sent_at is not null))`,
      );
    } else where.push('true');
    if (query.state !== undefined) where.push(`state = ${bind(query.state)}`);
    if (query.from !== undefined) where.push(`from_function = ${bind(query.from)}`);
    if (query.to !== undefined) where.push(`to_function = ${bind(query.to)}`);
    if (query.function !== undefined) {
      const either = bind(query.function);
      where.push(`(from_function = ${either} or to_function = ${either})`);
    }
    if (query.kind !== undefined) where.push(`kind = ${bind(query.kind)}`);
    if (query.urgency !== undefined) where.push(`urgency = ${bind(query.urgency)}`);
    if (query.overdue !== undefined) where.push(`due_on < ${bind(japaneseDay(this.clock.now()))}`);
    if (query.waiting !== undefined) {
      const mine = bind(caller.functions.filter((f) => speaksFor(caller, f)));
      where.push(
        `((from_function = any(${mine}::uuid[]) and state in ('draft', 'awaiting_authority', 'questioned', 'return_proposed', 'returned', 'completed'))
          or (to_function = any(${mine}::uuid[]) and state in ('sent', 'received', 'accepted', 'in_progress')))`,
      );
    }
    return { where, parameters };
  }
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
