// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  finalStates,
  isPhoneMissing,
  isReasoned,
  kindRules,
  lacksOf,
  openStates,
  takeStep,
  type ReferralState,
  type WaitsFor,
} from '@tsunagi/domain';
import type { Assertions } from './assertions';
import { Changes } from './changes';
import { claimReferral, type Decided } from './claim-referral';
import { correct } from './correction';
import { dispatch } from './dispatch';
import type { Matters } from './matters';
import { protectedContent, saidToBeSealed } from './protected-content';
import {
  contentOf,
  contentOfSubmission,
  recordOf,
  saidBeside,
  warningsOf,
  type Surroundings,
  type Taken,
} from './record-of-submission';
import {
  isRouted,
  isTextUncleared,
  openContent,
  personsOf,
  referralsById,
  referralsWhere,
  subjectOf,
  type ReferralContent,
  type ReferralRecord,
} from './referral.record';
import { withdrawUnsent } from './withdrawing';
import { comparedWithLast, saveSubmissions, type Answer, type LastOfKey, type SubmissionOnFile } from './submissions';
import { uncollectedCodes } from './unfit';
import type { Wishes } from '../consents';
import { requeue, type Departure } from '../delivery';
import { decideOn, enterLedger, isPermit, type DisclosableReferral, type LedgerLine } from '../disclosure';
import { diedAmong } from '../people';
import { newId, type Tx } from '../platform';

/** What a sender may hear of its referral beside the answer. */
export interface AnswerWithState extends Answer {
  readonly state?: ReferralState;
}

/** What is to be done when the transaction is committed. */
export interface Leaving {
  /** Claimed in it, and to be published. */
  readonly departures: readonly Departure[];
  /** Something else waits for the relay. */
  readonly isQueued: boolean;
}

/** By which lanes something may leave at once, and who must wait for something before, as `person/plugin`. */
export interface Roads {
  readonly free: ReadonlySet<string>;
  readonly underWay: Set<string>;
  /** How systems know the persons, as the message would say it. */
  readonly numbers: Matters['numbers'];
}

/** What may leave with the batch that has brought it. */
interface Ready {
  readonly delivery: string;
  readonly plugin: string;
  readonly person: string;
  /** As it was sent, on what was decided then. */
  readonly sent: ReferralRecord;
  readonly decided: Decided;
  /** What had been said of its persons by then. */
  readonly heard: number;
}

/** One batch on its way in: later items see what earlier ones did. The keys and persons are locked. */
export class IntakeBatch {
  private readonly changes: Changes;
  private readonly submissions: SubmissionOnFile[] = [];
  private open: ReferralRecord[] = [];
  /** Of these, what was there before this batch. */
  private before: readonly ReferralRecord[] = [];
  private died: ReadonlySet<string> = new Set();
  private byId = new Map<string, ReferralRecord>();
  /** Contents as this batch has sealed them, by referral. */
  private readonly contents = new Map<string, ReferralContent>();
  private readonly leaving: Ready[] = [];
  /** Of what something was left out because of that, or waits to be cleared. */
  private readonly flags = new Map<Taken, readonly string[]>();
  /** What has made a new referral. */
  readonly begun: Taken[] = [];

  constructor(
    private readonly tx: Tx,
    private readonly here: Surroundings,
    private readonly wishes: Wishes,
    private readonly assertions: Assertions,
    private readonly last: Map<string, LastOfKey>,
    private readonly roads: Roads,
  ) {
    const { directory, legal, newPersons } = here;
    this.changes = new Changes({ sealing: here.keys.sealing, directory, legal, newPersons }, here.now);
  }

  /**
   * Referrals of these persons from these functions that have not ended as far as those know: twins, and what a 終了 record
   * speaks of; and who of them has died.
   */
  async readOpen(taken: readonly Taken[]): Promise<void> {
    const open =
      taken.length === 0
        ? []
        : referralsWhere(
            this.tx,
            `subject = any($1::uuid[]) and from_function = any($2::uuid[]) and told_state = any($3::text[])`,
            [
              [...new Set(taken.map((t) => t.persons[0]))],
              [...new Set(taken.map((t) => t.from))],
              ['draft', 'awaiting_authority', ...openStates],
            ],
          );
    const earlier = referralsById(
      this.tx,
      [...this.last.values()].flatMap((s) => s.ofKey ?? []),
    );
    const died = diedAmong(this.tx, [...new Set(taken.map((t) => t.persons[0]))]);
    [this.open, this.byId, this.died] = await Promise.all([open, earlier, died]);
    this.before = [...this.open];
    for (const r of this.open) this.byId.set(r.id, r);
  }

  take(item: Taken): AnswerWithState {
    const answer = this.answer(item);
    const referral = answer.referralId === undefined ? undefined : this.byId.get(answer.referralId);
    return { ...answer, ...(referral && { state: this.changes.latest(referral).toldState }) };
  }

  private answer(item: Taken): Answer {
    const { source } = item.submission;
    const last = this.last.get(source.key);
    const compared = last && comparedWithLast(last, source);
    if (last && compared === 'duplicate')
      return this.keep(item, {
        outcome: 'duplicate',
        codes: [],
        ...(last.referral !== undefined && { referralId: last.referral }),
      });
    if (compared === 'conflict') return this.keep(item, { outcome: 'conflict', codes: ['E-DUP-DIFF'] });

    this.assertions.heed({ ...item, person: item.persons[0] });
    const before = this.earlierOf(last);
    if (!item.submission.to || source.change === 'ended') return this.keep(item, this.noReferral(item, before));
    if (before?.sentAt) {
      const { here, tx, wishes, changes } = this;
      const { answer, corrected } = correct(item, before, this.recordOf(item, before), { here, tx, wishes, changes });
      this.byId.set(corrected.id, corrected);
      return this.keep(item, answer);
    }
    return this.keep(item, this.intoReferral(item, before));
  }

  async save(): Promise<Leaving> {
    const { sending, now } = this.here;
    this.assertions.save(this.tx, sending.sender);
    await this.goOn();
    const ledger: LedgerLine[] = [];
    const departures = this.leaving.flatMap((one) => this.leave(one, ledger));
    await this.changes.save(this.tx);
    await enterLedger(this.tx, ledger, now);
    saveSubmissions(this.tx, this.here.sending.sender, this.submissions, this.here.now);
    return { departures, isQueued: this.changes.isQueued };
  }

  /** Nothing waits before it, so it is claimed here, as the relay would a moment later. */
  private leave({ delivery, plugin, person, sent, decided, heard }: Ready, ledger: LedgerLine[]): Departure[] {
    const { directory, keys, now } = this.here;
    const referral = this.changes.latest(sent);
    if (!isRouted(referral)) return [];
    const stands = referral === sent && this.assertions.heardOf(personsOf(sent)) === heard;
    const claim = newId(now);
    const contentOf = (r: ReferralRecord) => this.contents.get(r.id) ?? openContent(keys.sealing, r);
    const claimed = claimReferral(
      { id: delivery, kind: 'referral', plugin, claim, claimedBefore: false, person },
      referral,
      {
        directory,
        wishes: this.wishes,
        numbers: this.roads.numbers,
        contentOf,
        changes: this.changes,
        ledger,
      },
      stands ? decided : undefined,
    );
    // What cannot leave stays queued: the relay finds the same and says so.
    if (!claimed.leaves) return [];
    const { event, decision = null, contentVersion = null } = claimed;
    this.changes.claimed(delivery, { claim, decision, contentVersion, feedback: null });
    return [{ plugin, delivery, claim, event }];
  }

  /** What had left for a person and stopped for want of an authority goes on when the system asserts one anew. */
  private async goOn(): Promise<void> {
    const persons = new Set(this.assertions.asserted());
    const stopped = this.before.filter((r) => r.sentAt && persons.has(subjectOf(r))).map((r) => r.id);
    if (stopped.length > 0) requeue(this.tx, stopped, this.here.now);
  }

  /** The referral of this key, as long as it lives: what has ended is not woken, a newer record begins anew. */
  private earlierOf(last: LastOfKey | undefined): ReferralRecord | undefined {
    const found = last?.ofKey !== undefined ? this.byId.get(last.ofKey) : undefined;
    const latest = found && this.changes.latest(found);
    return latest && finalStates.has(latest.state) ? undefined : latest;
  }

  /**
   * Asks for nothing, and closes nothing: its desk is asked what becomes of what goes on. The end of a support concerns
   * everything of the person; that the department keeps a matter itself, that matter.
   */
  private noReferral({ submission, from, persons: [person] }: Taken, before: ReferralRecord | undefined): Answer {
    const concerned =
      submission.source.change === 'ended'
        ? this.open.filter((r) => subjectOf(r) === person && r.fromFunction === from)
        : this.open.filter((r) => r.id === before?.id);
    for (const r of concerned)
      this.changes.remind({ function: from, role: 'caseworker', kind: 'support_ended', referral: r.id });
    return { outcome: 'no_referral', codes: [] };
  }

  private intoReferral(item: Taken, before: ReferralRecord | undefined): Answer {
    const { submission, from } = item;
    const acting = { actor: this.here.sending.sender, function: from };
    const made = this.recordOf(item, before);
    const noted = { facts: saidBeside(submission) };
    if (before) this.changes.record(before, 'replace', acting, noted, made);
    else this.changes.make(made, acting, noted);
    if (!before) this.begun.push(item);
    const referral = this.changes.latest(made);
    this.byId.set(referral.id, referral);

    if (this.died.has(subjectOf(referral))) return this.neverLeaves(referral);
    const unfinished = this.whyUnfinished(item, referral);
    if (unfinished) {
      return { outcome: 'draft', codes: unfinished, referralId: referral.id };
    }
    if (!isRouted(referral)) return { outcome: 'unrouted', codes: ['UNROUTED'], referralId: referral.id };
    if (this.hasOpenTwin(referral)) {
      this.waitForAuthority(referral, acting, 'twin');
      return { outcome: 'held', codes: ['OPEN_TWIN'], referralId: referral.id };
    }
    return this.decided(item, referral, acting);
  }

  /** Of whom has died nothing leaves any more; its sender is told, and that is all. */
  private neverLeaves(referral: ReferralRecord): Answer {
    withdrawUnsent(this.changes, referral);
    return { outcome: 'denied', codes: ['PERSON_DECEASED'], referralId: referral.id };
  }

  /**
   * A `support_request` from a file is completed in the web desk. What a desk sends of its own says whether the person
   * was told (R11) and how they will meet; for records of systems the registered form stands for it, and the sender.
   * Nothing leaves as 即日 before somebody has telephoned, whatever sends it.
   */
  private whyUnfinished({ submission, conferenceUnknown }: Taken, referral: ReferralRecord): string[] | undefined {
    const { channel } = this.here.sending;
    const { kind, howTheyMeet } = submission;
    const unphoned = isPhoneMissing(referral) ? (['PHONE_FIRST'] as const) : [];
    const unagreed = conferenceUnknown ? (['CONFERENCE_UNKNOWN'] as const) : [];
    const lacks = [...new Set([...unagreed, ...lacksOf(kind, submission).map((l) => l.code), ...unphoned])];
    if (channel === 'plugin') return lacks.length > 0 || kind === 'support_request' ? lacks : undefined;
    const { tellsPerson, meets } = kindRules[kind];
    // Without consent, at a sitting: the person is told when that is safe.
    const isAtSitting = referral.conference !== undefined;
    const told = !tellsPerson || isAtSitting || submission.personInformed || isReasoned(submission.notInformed);
    const met = !meets || howTheyMeet;
    const unsaid = [...(told ? [] : ['PERSON_NOT_INFORMED']), ...(met ? [] : ['MEETING_UNKNOWN'])];
    const missing = [...unagreed, ...unphoned, ...(channel === 'web' ? unsaid : [])];
    return missing.length > 0 ? missing : undefined;
  }

  private decided(
    item: Taken,
    referral: ReferralRecord & DisclosableReferral,
    acting: { actor: string; function: string },
  ): Answer {
    const { submission } = item;
    const decision = decideOn(referral, this.wishes, this.here.directory, this.here.now);
    const decisionId = this.changes.decide(referral, decision, this.wishes);
    if (isPermit(decision)) {
      const sent = this.changes.move(
        referral,
        takeStep(referral, { action: 'send', by: 'core', facts: {}, permitted: true, meetingKnown: true }),
        acting,
      );
      this.open.push(sent);
      const person = subjectOf(referral);
      const on = { permit: decision, decision: decisionId };
      const routed = { ...sent, toFunction: referral.toFunction };
      const { plugin, delivery } = dispatch(this.tx, this.changes, routed, on, this.here.directory);
      if (plugin !== undefined && this.roads.free.has(plugin) && !this.roads.underWay.has(`${person}/${plugin}`))
        this.leaving.push({
          ...{ delivery, plugin, person, sent },
          decided: { decision, id: decisionId },
          heard: this.assertions.heardOf(personsOf(sent)),
        });
      this.roads.underWay.add(`${person}/${plugin}`);
      return { outcome: 'accepted', codes: warningsOf(submission), referralId: referral.id };
    }
    if (decision.outcome === 'deny') {
      return { outcome: 'denied', codes: decision.reasons, referralId: referral.id };
    }
    const afterWithdrawal =
      submission.asserted?.code === '1' &&
      decision.reasons.some((r) => r === 'CONSENT_WITHDRAWN' || r === 'CONSENT_REFUSED');
    this.waitForAuthority(referral, acting, afterWithdrawal ? 'asserted_after_withdrawal' : 'authority');
    // 同意欄 2: it permits nothing without a conference of this case.
    if (submission.asserted?.code === '2')
      this.changes.remind({
        function: referral.fromFunction,
        role: 'caseworker',
        kind: 'propose_conference',
        referral: referral.id,
      });
    return {
      outcome: 'held',
      codes: [...this.assertions.codesFor({ ...item, person: subjectOf(referral) }), ...decision.reasons],
      referralId: referral.id,
    };
  }

  private waitForAuthority(
    referral: ReferralRecord,
    acting: { actor: string; function: string },
    waitsFor: WaitsFor,
  ): void {
    const waiting =
      referral.state === 'draft'
        ? this.changes.move(referral, takeStep(referral, { action: 'await_authority', by: 'core', facts: {} }), acting)
        : referral;
    this.open.push(waiting);
    this.changes.wait(waiting, waitsFor);
  }

  private hasOpenTwin(referral: ReferralRecord): boolean {
    if (kindRules[referral.kind].repeats) return false;
    return this.open.some(
      (r) =>
        subjectOf(r) === subjectOf(referral) &&
        r.id !== referral.id &&
        r.kind === referral.kind &&
        r.fromFunction === referral.fromFunction &&
        r.toFunction === referral.toFunction &&
        openStates.has(this.changes.latest(r).toldState),
    );
  }

  private recordOf(item: Taken, before: ReferralRecord | undefined): ReferralRecord {
    const written = contentOf(contentOfSubmission(item.submission), item.persons, before, this.here.now);
    const { content, sealed, dropped } = protectedContent(item.submission.kind, written, item.persons, this.wishes);
    const record = recordOf(item, content, before, { ...this.here, sealed });
    const { shutOutFrom = [] } = this.here.sending;
    // Whoever must know nothing of her is told only of what that one has said.
    const said = saidToBeSealed([written.subject, ...written.others], item.persons);
    const isTold = (person: string) =>
      (shutOutFrom !== 'everybody' && !shutOutFrom.includes(person)) || said.includes(person);
    // What was left out is told, whatever becomes of the rest.
    this.flags.set(item, [
      ...warningsOf(item.submission).filter((code) => uncollectedCodes.some((c) => c === code)),
      ...(dropped.some(isTold) ? ['W-DV-ADDRESS'] : []),
      ...(isTextUncleared(record) ? ['RESIDENCE_STATUS_TEXT'] : []),
    ]);
    this.contents.set(record.id, content);
    return record;
  }

  private keep(item: Taken, said: Answer): Answer {
    const { itemId, submission } = item;
    const { source } = submission;
    const answer = { ...said, codes: [...new Set([...said.codes, ...(this.flags.get(item) ?? [])])] };
    const kept: SubmissionOnFile = {
      itemId,
      key: source.key,
      contentHash: source.contentHash,
      occurredAt: new Date(source.occurredAt),
      serial: source.fileSerial ?? 0,
      row: source.row ?? 0,
      outcome: answer.outcome,
      codes: answer.codes,
      pointer: undefined,
      referral: answer.referralId,
    };
    this.submissions.push(kept);
    if (answer.outcome !== 'duplicate' && answer.outcome !== 'conflict')
      this.last.set(source.key, { ...kept, ofKey: answer.referralId ?? this.last.get(source.key)?.ofKey });
    return answer;
  }
}
