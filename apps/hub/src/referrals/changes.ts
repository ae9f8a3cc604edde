// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  carriedDueOn,
  dueAfter,
  isOfJudgeOnly,
  isOfRecipientOnly,
  japaneseDay,
  kindRules,
  livedOn,
  openStates,
  statusCodeOf,
  tellingOf,
  workingDayFrom,
  type DisclosureDecision,
  type FeedbackDecision,
  type HistoryEntry,
  type Permit,
  type ReferralState,
  type StepTaken,
  type WaitsFor,
} from '@tsunagi/domain';
import { audit, type AuditEntry } from '../audit';
import { decisionRow, feedbackOn, isPermit, neverWent, type DisclosableReferral } from '../disclosure';
import { queueDeliveries, requeueUnwritten, stillOnTheirWay, type NewDelivery } from '../delivery';
import { beginningsOf, type Wishes } from '../consents';
import type { Directory } from '../organizations';
import { newId, type Row, type Sealing, type Tx } from '../platform';
import { doubtLeads, endsPart, followLeads } from '../support-units';
import { standing, writeBases, type Basis } from './basis';
import { channelOf } from './channel';
import { enterOnScreen } from './feedback-on-screen';
import { isCarried, timesOf, waitsForAuthority, wound } from './in-time';
import type { Matters } from './matters';
import { VersionConflictError } from './referrals.errors';
import { deadlineOf } from './recall-deadlines';
import { fromRecord, pluginOf, sealFacts, subjectOf, type ReferralRecord } from './referral.record';
import { hearsTheEnd, statusBeside, Telling } from './telling';
import { indexTodos, remind, type Reminder } from './todos';
import { bringNote } from './words-decided';

/** Who takes a step, for the record: never a resident. */
export interface Acting {
  readonly actor: string;
  readonly function?: string | undefined;
  /** The function whose desk enters what `function` has written on paper. */
  readonly enteredBy?: string | undefined;
}

interface Noted {
  readonly reasons?: readonly string[];
  /** Names and texts; kept sealed. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** The event with the recipient's words for the status that this step brings about, when they were said before. */
  readonly noteVersion?: number | undefined;
  /** The state that its sender is told with it, where it is another one. */
  readonly toldTo?: ReferralState | undefined;
}

/**
 * Everything that one transaction changes about referrals, gathered in memory and written together with its events,
 * decisions, deliveries, to-dos and audit entries, so that none of them can be forgotten or part from the others.
 */
export class Changes {
  private readonly current = new Map<string, ReferralRecord>();
  /** Each changed referral as it was read; absent for new ones. */
  private readonly read = new Map<string, ReferralRecord>();
  /** What the senders learn of it. */
  private readonly telling: Telling;
  private readonly events: Row[] = [];
  /** What went back to a sender on screen, by referral. */
  private readonly back = new Map<string, FeedbackDecision>();
  /** Events at which the recipient's desk wrote a note for the sender, by referral. */
  private readonly notes = new Map<string, number>();
  private readonly decisions: Row[] = [];
  /** The same by referral. */
  private readonly decided = new Map<string, (Row & { readonly id: string })[]>();
  /** The permit each referral goes out on from now on. */
  private readonly permits = new Map<string, Basis>();
  private readonly deliveries: NewDelivery[] = [];
  /** Corrections by referral: one on its way is enough, it is built from the newest content. */
  private readonly corrections = new Map<string, NewDelivery>();
  private readonly later: (() => Promise<void>)[] = [];
  private readonly recallRows: Row[] = [];
  private readonly reminders: Reminder[] = [];
  private readonly auditEntries: AuditEntry[] = [];

  constructor(
    private readonly tools: {
      sealing: Sealing;
      directory: Directory;
      legal: string;
      /** Whom nobody has known before this transaction: they are in no support unit. */
      newPersons?: ReadonlySet<string>;
    },
    readonly now: Date,
    /** What has been read of the matters already, under their locks. */
    known?: Matters,
  ) {
    this.telling = new Telling(tools.directory, now, known);
  }

  /** The referral as this transaction leaves it so far. */
  latest(referral: ReferralRecord): ReferralRecord {
    return this.current.get(referral.id) ?? referral;
  }

  make(referral: ReferralRecord, by: Acting, noted: Noted = {}): void {
    this.current.set(referral.id, referral);
    this.note(referral, undefined, 'submit', by, noted);
  }

  /**
   * Moves a referral by a step that the domain has allowed, or writes down one that leaves it where it is; a changed status
   * code goes back to the sender's system.
   */
  move(
    read: ReferralRecord,
    step: StepTaken,
    by: Acting,
    noted: Noted = {},
    also: Partial<ReferralRecord> = {},
  ): ReferralRecord {
    const before = this.heardAt(read, step, by);
    if (step.arrow.to === 'same')
      return this.record(before, step.arrow.action, by, noted, { ...step.remembers, ...also });
    const code = statusCodeOf(step.to);
    const plugin = pluginOf(before.sender);
    const tells = code !== undefined && code !== before.lastStatus && plugin !== undefined;
    const { action } = step.arrow;
    const telling = tellingOf(before.kind, { ...step, action });
    this.telling.moved(before.id, telling);
    const due = this.dueAfter(before, step);
    const after = this.change(before, {
      ...livedOn(before, step),
      ...due,
      ...(step.to !== step.from && {
        wakeOn: undefined,
        waitsFor: undefined,
        returnAsked: false,
      }),
      ...also,
      stateAt: this.now,
      ...(telling === 'always' && this.telling.atOnce(before, step, due.dueOn)),
      ...(step.to === 'sent' && { sentAt: this.now }),
      ...(tells && { lastStatus: code }),
    });
    this.note(after, step.from, action, by, noted, telling);
    if (tells)
      this.deliver({
        plugin,
        kind: 'status',
        referral: after.id,
        person: subjectOf(after),
        status: code,
        statusAt: this.now,
        noteVersion: noted.noteVersion ?? (bringsNote(step, noted) ? after.version : undefined),
      });
    return after;
  }

  /** 即日: who takes it has it, which the sender hears in every scope, whatever it may hear of the taking. */
  private heardAt(referral: ReferralRecord, { arrow }: StepTaken, acting: Acting): ReferralRecord {
    const isFirst = referral.urgency === 'same_day' && referral.phoneConfirmed !== true;
    if (arrow.action !== 'accept' || !isFirst) return referral;
    return this.record(referral, 'confirm-phone', acting, {}, { phoneConfirmed: true });
  }

  /** Something happened that is no step of its life (a new version of the record, a return asked for by a system). */
  record(
    before: ReferralRecord,
    action: HistoryEntry,
    by: Acting,
    noted: Noted = {},
    also: Partial<ReferralRecord> = {},
  ): ReferralRecord {
    // What the recipient's desk writes down beside a step is feedback as well.
    const { toFunction, fromFunction, kind, state } = before;
    const theirs = by.function !== undefined && by.function === toFunction && by.function !== fromFunction;
    const telling =
      isOfJudgeOnly(action) && by.function !== fromFunction
        ? 'never'
        : theirs || isOfRecipientOnly(action)
          ? tellingOf(kind, { by: 'recipient', action, from: state, to: state })
          : 'always';
    const toldVersion = before.toldVersion + (telling === 'always' ? 1 : 0);
    const after = this.change(before, { toldVersion, ...also });
    // For its sender the state is another one now, and the one that it is in stays where it is.
    const { toldState } = after;
    const toldTo = toldState !== before.toldState && toldState !== after.state ? toldState : undefined;
    this.note(after, before.state, action, by, { ...noted, toldTo }, telling);
    return after;
  }

  /** It waits at its sender's: no step and no event, its version stays. */
  wait(referral: ReferralRecord, waitsFor: WaitsFor): void {
    const latest = this.latest(referral);
    if (latest.waitsFor !== waitsFor) this.change(latest, { waitsFor }, latest.version);
  }

  /** What has left is permitted until then, and nothing waits for a permit any more. */
  standsOn(referral: ReferralRecord, authorityUntil: Date | undefined): void {
    const latest = this.latest(referral);
    const isNew = latest.waitsFor !== undefined || latest.authorityUntil?.getTime() !== authorityUntil?.getTime();
    if (isNew) this.change(latest, { waitsFor: undefined, authorityUntil }, latest.version);
  }

  /** What its sender wrote beside it waits to be read at the other desk, or is there. */
  noteWaits(referral: ReferralRecord, noteWaits: boolean): ReferralRecord {
    const latest = this.latest(referral);
    return latest.noteWaits === noteWaits || (!noteWaits && latest.noteWaits === undefined)
      ? latest
      : this.change(latest, { noteWaits }, latest.version);
  }

  /** The person has it on a sheet from here on: as it stands now, and nothing that comes later. */
  handOut(referral: ReferralRecord, permit: Permit): void {
    const latest = this.latest(referral);
    const [subject, ...others] = latest.members;
    const onSheet = permit.members.find((m) => m.ref === subject.ref)?.categories ?? [];
    this.change(latest, { members: [{ ...subject, onSheet }, ...others] }, latest.version);
  }

  /** What is written of somebody waits from now on, until somebody of its desk has looked through it. */
  holdTexts(referral: ReferralRecord, members: ReferralRecord['members']): ReferralRecord {
    const latest = this.latest(referral);
    return this.change(latest, { members }, latest.version);
  }

  /** Its authority binds it to the hub: no system of a department ever hears of it, whatever permits it later. */
  keepInHub(referral: ReferralRecord & DisclosableReferral): void {
    const latest = { ...this.latest(referral), toFunction: referral.toFunction };
    if (channelOf(latest, this.tools.directory) !== 'hub_only')
      this.change(latest, { channel: 'hub_only' }, latest.version);
  }

  /** Its desk works on it in the hub from now on, though it has a system. */
  takeOnScreen(referral: ReferralRecord): ReferralRecord {
    const latest = this.latest(referral);
    return this.change(latest, { onScreen: true }, latest.version);
  }

  /** Nothing has changed but the time: its list and its clock are looked at anew. */
  look(referral: ReferralRecord): void {
    this.change(referral, {}, referral.version);
  }

  /** Keeps a decision; a permit becomes the one the referral goes out on, unless it only says once more what that one says. */
  decide(
    referral: DisclosableReferral,
    decision: DisclosureDecision,
    wishes: Wishes,
    { goesOutOnIt = true }: { readonly goesOutOnIt?: boolean } = {},
  ): string {
    const row = decisionRow(decision, referral, wishes, this.tools, this.now);
    const before = this.decided.get(referral.id) ?? [];
    // Decided twice in one transaction, with the same result on the same words, it is one decision.
    const { id } = before.find((one) => saysTheSame(one, row)) ?? row;
    if (id === row.id) {
      this.decided.set(referral.id, [...before, row]);
      this.decisions.push(row);
    }
    if (isPermit(decision) && goesOutOnIt)
      this.permits.set(referral.id, {
        decision: id,
        ...standing(referral, decision, this.tools.directory),
        back: feedbackOn(referral, decision, wishes, this.tools.directory, this.now),
      });
    return id;
  }

  /** Work of the same transaction that refers to a decision of this one. */
  afterDecisions(work: () => Promise<void>): void {
    this.later.push(work);
  }

  /** Does any delivery wait to be claimed? */
  get isQueued(): boolean {
    return this.corrections.size > 0 || this.deliveries.some((d) => d.claimed === undefined);
  }

  /** Matters of which their sender hears in this transaction that they have ended: what waited behind them may go. */
  async endedMatters(tx: Tx): Promise<readonly ReferralRecord[]> {
    await this.tell(tx);
    return [...this.current.values()].filter((r) => {
      const before = this.read.get(r.id);
      return before !== undefined && hearsTheEnd(before, r);
    });
  }

  /** What of this transaction is in somebody's hands, as far as its sender knows. */
  get underWay(): readonly ReferralRecord[] {
    return [...this.current.values()].filter((r) => openStates.has(r.toldState));
  }

  deliver(delivery: Omit<NewDelivery, 'id' | 'at'>): string {
    const id = newId(this.now);
    this.deliveries.push({ ...delivery, id, at: this.now });
    return id;
  }

  /** A delivery of this transaction is claimed in it. */
  claimed(delivery: string, claim: NewDelivery['claimed']): void {
    const place = this.deliveries.findIndex((d) => d.id === delivery);
    const queued = this.deliveries[place];
    if (queued && claim) this.deliveries[place] = { ...queued, claimed: claim };
  }

  /** What has left is corrected, unless something on its way will bring the new content anyway. */
  correct(delivery: Omit<NewDelivery, 'id' | 'at' | 'kind'>): void {
    const id = newId(this.now);
    this.corrections.set(delivery.referral, { ...delivery, kind: 'supplement', id, at: this.now });
  }

  /**
   * A recall names the delivery that carries it, so it is written after the deliveries.
   *
   * @param of the delivery that it cancels, or the line of the ledger where nothing was sent
   * @param recipient who has to acknowledge it
   */
  recall(
    referral: ReferralRecord,
    of: { readonly cancels: string; readonly delivery: string } | { readonly line: string },
    recipient: string | undefined,
  ): void {
    const { kind, conference } = referral;
    const asked = { recipient, kind, atConference: conference !== undefined, ofSight: 'line' in of };
    this.recallRows.push({
      id: newId(this.now),
      // Of a delivery or of a line: rows that go together name the same columns.
      ...{ cancels: undefined, delivery: undefined, line: undefined, ...of },
      referral: referral.id,
      person: subjectOf(referral),
      requested_at: this.now.toISOString(),
      ...deadlineOf({ ...asked, requestedAt: this.now }, this.tools.directory),
    });
  }

  /** Is this delivery taken back in this transaction? */
  recalls(delivery: string): boolean {
    return this.recallRows.some((r) => r['cancels'] === delivery);
  }

  /** Is this line of the ledger taken back in this transaction, what it says having come by no delivery? */
  recallsLine(line: string): boolean {
    return this.recallRows.some((r) => r['line'] === line);
  }

  remind(reminder: Omit<Reminder, 'at'>): void {
    this.reminders.push({ ...reminder, at: this.now });
  }

  audit(entry: Omit<AuditEntry, 'at'>): void {
    this.auditEntries.push({ ...entry, at: this.now });
  }

  /** @throws {VersionConflictError} when somebody else moved one of them in the meantime. */
  async save(tx: Tx): Promise<void> {
    // What waited before this transaction is there now, perhaps.
    const noted = [...this.current.values()].filter((r) => r.noteWaits === true && this.read.get(r.id)?.noteWaits);
    for (const referral of noted) await bringNote({ tx, changes: this, directory: this.tools.directory }, referral);
    await this.tell(tx);
    const others = this.keepPermits();
    const { directory } = this.tools;
    const waiting = [...this.current.values()].filter(waitsForAuthority).map(subjectOf);
    const begins = await beginningsOf(tx, waiting, japaneseDay(this.now));
    const looked = [...this.current.values()].map((r) =>
      wound(
        r,
        directory,
        this.now,
        waitsForAuthority(r) ? [begins.get(subjectOf(r)), purposeBegins(r, directory)] : [],
      ),
    );
    const all = looked.map((l) => l.referral);
    const changed = all.filter((r) => this.read.has(r.id));
    this.tellBeside(changed);
    const corrections = await this.neededCorrections(tx);
    await this.update(tx, changed);
    writeBases(tx, others);
    tx.insert('referral', all.filter((r) => !this.read.has(r.id)).map(fromRecord));
    tx.insert('referral_event', this.events);
    tx.insert('disclosure_decision', this.decisions);
    queueDeliveries(tx, [...this.deliveries, ...corrections]);
    tx.insert('recall', this.recallRows);
    const todos = looked.flatMap((l) => l.todos);
    indexTodos(
      tx,
      changed.map((r) => r.id),
      todos,
      this.now,
    );
    remind(tx, this.reminders);
    audit(tx, [...this.auditEntries, ...this.unsaid()]);
    for (const work of this.later) await work();
    const told = [...this.back].flatMap(([id, back]) => {
      const referral = this.current.get(id);
      return referral ? [{ referral, back }] : [];
    });
    await enterOnScreen(tx, told, this.tools.legal, this.now);
    const ended = changed.filter((r) => mayEndPart(this.asRead(r.id), r)).map((r) => r.id);
    await doubtLeads(tx, {
      referrals: [...new Set([...ended, ...this.recallRows.map((r) => r['referral'] as string)])],
    });
    const sent = all.filter((r) => r.sentAt?.getTime() === this.now.getTime()).map(subjectOf);
    await followLeads(
      tx,
      sent.filter((person) => !this.tools.newPersons?.has(person)),
    );
  }

  /** Reminders of referrals to which nothing else happens: each gets a line of its own, so that whoever listens hears of it. */
  private unsaid(): AuditEntry[] {
    const said = new Set(this.auditEntries.map((e) => e.object));
    return this.reminders
      .filter((r) => !said.has(r.referral))
      .map(({ function: desk, kind, referral }) => ({
        at: this.now,
        actor: 'core',
        function: desk,
        action: 'referral.reminded',
        objectKind: 'referral',
        object: referral,
        details: { todos: [kind] },
      }));
  }

  private async neededCorrections(tx: Tx): Promise<NewDelivery[]> {
    if (this.corrections.size === 0) return [];
    const underWay = await stillOnTheirWay(tx, [...this.corrections.keys()]);
    const ids = [...this.corrections.keys()].filter((id) => !underWay.has(id));
    // There is nothing to correct where nothing has come: the thing itself is brought.
    const again = await requeueUnwritten(tx, ids, this.now);
    neverWent(tx, [...again.values()]);
    return ids.filter((id) => !again.has(id)).flatMap((id) => this.corrections.get(id) ?? []);
  }

  /** Their senders learn what the recipients have done, as far as the feedback scope says at this moment. */
  private async tell(tx: Tx): Promise<void> {
    const backOf = (id: string) => this.permits.get(id)?.back;
    for (const { referral, back } of await this.telling.tell(tx, this.current, backOf)) {
      this.current.set(referral.id, referral);
      if (back) this.goesBack(referral, back);
    }
  }

  /** To a system it goes with a delivery, which has its line; a desk on screen has it as soon as it is written. */
  goesBack(referral: ReferralRecord, back: FeedbackDecision): void {
    if (pluginOf(referral.sender) === undefined) this.back.set(referral.id, back);
  }

  private tellBeside(changed: readonly ReferralRecord[]): void {
    const told = new Set(this.deliveries.flatMap((d) => (d.kind === 'status' ? [d.referral] : [])));
    for (const after of changed.filter((r) => !told.has(r.id))) {
      const status = statusBeside(this.asRead(after.id), after, this.notes.get(after.id));
      if (status) this.deliver({ ...status, statusAt: this.now });
    }
  }

  private change(before: ReferralRecord, to: Partial<ReferralRecord>, version = before.version + 1): ReferralRecord {
    // From something older than this transaction has left of it, what came in between would be undone.
    if (this.latest(before).version !== before.version) throw new Error('a referral changes from its latest version');
    if (!this.current.has(before.id)) this.read.set(before.id, before);
    const after: ReferralRecord = { ...before, ...to, version };
    this.current.set(after.id, after);
    return after;
  }

  private note(
    referral: ReferralRecord,
    from: ReferralState | undefined,
    action: HistoryEntry,
    by: Acting,
    noted: Noted,
    telling: ReturnType<typeof tellingOf> = 'always',
  ): void {
    const event: Row = {
      referral: referral.id,
      version: referral.version,
      action,
      from_state: from,
      to_state: referral.state,
      actor: by.actor,
      function: by.function,
      entered_by: by.enteredBy,
      at: this.now.toISOString(),
      reasons: noted.reasons ?? [],
      facts:
        noted.facts && Object.keys(noted.facts).length > 0
          ? sealFacts(this.tools.sealing, referral, noted.facts)
          : undefined,
      told: telling !== 'never',
      told_to: noted.toldTo,
    };
    this.events.push(event);
    if (by.function === referral.toFunction && noted.facts?.['note'] !== undefined && !withReturn.has(action))
      this.notes.set(referral.id, referral.version);
    if (telling === 'as_permitted') this.telling.asPermitted(referral.id, event);
    const isTheirs = by.function === referral.toFunction && by.function !== referral.fromFunction;
    if (telling === 'always' && isTheirs && pluginOf(referral.sender) === undefined) this.telling.said(referral.id);
    this.audit({
      actor: by.actor,
      // Who has done it is at the desk that entered it; on whose behalf stands beside it.
      function: by.enteredBy ?? by.function,
      action: `referral.${action}`,
      objectKind: 'referral',
      object: referral.id,
      details: {
        version: referral.version,
        from: from ?? null,
        to: referral.state,
        ...(noted.reasons && { reasons: noted.reasons }),
        ...(by.enteredBy !== undefined && { onPaperFor: by.function ?? null }),
      },
    });
  }

  /** A changed referral is written with its permit; of the others, which get theirs by themselves. */
  private keepPermits(): ReadonlyMap<string, Basis> {
    const others = new Map<string, Basis>();
    for (const [id, basis] of this.permits) {
      const referral = this.current.get(id);
      const { decision, until: authorityUntil } = basis;
      if (referral) this.current.set(id, { ...referral, decision, authorityUntil });
      else others.set(id, basis);
    }
    return others;
  }

  private dueAfter(referral: ReferralRecord, step: StepTaken): ReturnType<typeof dueAfter> {
    const { directory } = this.tools;
    const { urgency } = referral;
    const [today, times] = [japaneseDay(this.now), timesOf(referral, directory)];
    const atOnce = kindRules[referral.kind].dueAtOnce && (step.to === 'sent' || step.to === 'received');
    const underWay = step.to === 'sent' && isCarried(referral, directory);
    const fixed = underWay
      ? carriedDueOn(today, times)
      : atOnce
        ? workingDayFrom(today, 0, times('recipient').calendar)
        : undefined;
    return dueAfter(referral, step, { urgency, today, fixed }, times);
  }

  private asRead(id: string): ReferralRecord {
    const before = this.read.get(id);
    if (!before) throw new Error('a referral that was never read cannot have changed');
    return before;
  }

  /** Writes what has changed of them, and nothing else: the rest of a row is long. */
  private async update(tx: Tx, changed: readonly ReferralRecord[]): Promise<void> {
    if (changed.length === 0) return;
    const rows = changed.map(fromRecord);
    const columns = new Set<string>();
    changed.forEach(({ id }, n) => {
      const before = fromRecord(this.asRead(id));
      for (const [column, value] of Object.entries(rows[n] ?? {})) if (value !== before[column]) columns.add(column);
    });
    if (columns.size === 0) return;
    const updated = await tx.query(
      `with n as (select x.*, v.read_at from jsonb_populate_recordset(null::referral, $1::jsonb) x
                  join unnest($2::uuid[], $3::int[]) as v(id, read_at) on v.id = x.id),
       u as (update referral r set ${[...columns].map(assignment).join(', ')} from n where r.id = n.id and r.version = n.read_at returning r.id)
       select id from u`,
      [
        JSON.stringify(
          rows.map((row) => Object.fromEntries(['id', ...columns].map((column) => [column, row[column]]))),
        ),
        changed.map((r) => r.id),
        changed.map(({ id }) => this.asRead(id).version),
      ],
    );
    if (updated.length !== changed.length) throw new VersionConflictError();
  }
}

const saysTheSame = (one: Row, other: Row): boolean =>
  JSON.stringify({ ...one, id: undefined }) === JSON.stringify({ ...other, id: undefined });

/** Their note goes with the return, when it is agreed on. */
const withReturn: ReadonlySet<string> = new Set<HistoryEntry>(['propose-return', 'return_asked']);

/** Who has it in hand has it no more, or it speaks of others. */
const mayEndPart = (before: ReferralRecord, after: ReferralRecord): boolean =>
  (after.state !== before.state && endsPart(after.state)) ||
  after.misdirected !== before.misdirected ||
  after.members !== before.members;

/** The day on which a row of 利用目的 begins on which its kind may stand. */
const purposeBegins = ({ kind, purpose }: ReferralRecord, directory: Directory): string | undefined =>
  kindRules[kind].bases.includes('within_purpose') ? directory.purposeBegins(purpose) : undefined;

/** Did the recipient write a note for the sender at this step? What the sender writes itself does not come back to it. */
const bringsNote = ({ by }: StepTaken, { facts }: Noted) => by !== 'sender' && facts?.['note'] !== undefined;

/** A content that was not read has not changed. */
const assignment = (column: string) =>
  `${column} = ${column === 'content' ? 'coalesce(n.content, r.content)' : `n.${column}`}`;
