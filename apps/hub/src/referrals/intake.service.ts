// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { referralSubmission, type Checkpoint, type ItemAnswer, type ReferralSubmission } from '@tsunagi/contracts';
import {
  consentFromAssertion,
  presentCategories,
  takeStep,
  type Consent,
  type DenyReason,
  type ItemOutcome,
  type Member,
  type ReferralKind,
} from '@tsunagi/domain';
import { Changes } from './changes';
import { myNumberAt } from './my-number';
import { endAssertions, keepAssertions } from './assertions';
import {
  isRouted,
  pluginOf,
  referralsById,
  referralsWhere,
  sealContent,
  subjectOf,
  type ReferralContent,
  type ReferralRecord,
} from './referral.record';
import { answerFirst, comparedWithLast, lastByKey, saveSubmissions, type SubmissionOnFile } from './submissions';
import { wishesOf, type Wishes } from '../consents';
import { Relay } from '../delivery';
import { decideOn, isPermit, type MemberOnFile } from '../disclosure';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { findOrMakePersons, lockPersons } from '../people';
import {
  Clock,
  Database,
  firstPointer,
  HUB_CONFIG,
  HUB_KEYS,
  isUniqueViolation,
  newId,
  type HubKeys,
  type Tx,
} from '../platform';
import { saveCheckpoint } from '../plugins';

/** Who sends: a plugin for its department, or a client or desk over HTTP. */
export interface Sending {
  /** 'plugin:<id>', 'client:<id>' or 'staff:<id>'; item ids and keys are unique within it. */
  readonly sender: string;
  readonly channel: 'plugin' | 'http' | 'web';
  readonly plugin?: string;
  /** The functions it may speak for. */
  readonly functions: readonly string[];
}

export interface IntakeItem {
  readonly itemId: string;
  /** Not parsed yet: one bad item must not spoil its neighbours. */
  readonly submission: unknown;
  /** Over HTTP: the same key with another fingerprint is refused, and what is refused does not use the key up. */
  readonly fingerprint?: string;
}

const closedKinds: Partial<Record<ReferralKind, DenyReason>> = {
  notification: 'HUB_ONLY',
  advice: 'KIND_WITHOUT_PERSON',
};

interface Taken {
  readonly itemId: string;
  readonly submission: ReferralSubmission;
  readonly from: string;
  readonly persons: readonly [string, ...string[]];
}

interface Answer {
  readonly outcome: ItemOutcome;
  readonly codes: readonly string[];
  readonly referralId?: string;
}

/** Takes submissions in: each becomes a referral, a wait, or a reason; all of a batch in one transaction. */
@Injectable()
export class Intake {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Answers every item, in order. A repeated item gets its first answer again. */
  async take(sending: Sending, items: readonly IntakeItem[], checkpoint?: Checkpoint): Promise<ItemAnswer[]> {
    const once = () =>
      this.database.transaction(async (tx) => {
        const taken = await this.takeIn(tx, sending, items);
        if (sending.plugin !== undefined && checkpoint) await saveCheckpoint(tx, sending.plugin, checkpoint);
        return taken;
      });
    // The same item at the same moment elsewhere: the other one was first, and its answer counts.
    const answers = await once().catch((error: unknown) =>
      isUniqueViolation(error) ? once() : Promise.reject(error as Error),
    );
    this.relay.wake();
    return answers;
  }

  /** The same path, undone at the end. */
  async validate(sending: Sending, item: IntakeItem): Promise<ItemAnswer | undefined> {
    return this.database.dryRun(async (tx) => (await this.takeIn(tx, sending, [item]))[0]);
  }

  private async takeIn(tx: Tx, sending: Sending, items: readonly IntakeItem[]): Promise<ItemAnswer[]> {
    const now = this.clock.now();
    const first = await answerFirst(
      tx,
      sending.sender,
      items.map((i) => i.itemId),
    );
    const answers = new Map<string, ItemAnswer>();
    const rejected: SubmissionOnFile[] = [];
    const acceptable: { itemId: string; submission: ReferralSubmission; from: string }[] = [];
    const seen = new Set<string>();
    for (const { itemId, submission, fingerprint } of items) {
      if (seen.has(itemId)) continue;
      seen.add(itemId);
      const before = first.get(itemId);
      if (before) {
        const { contentHash, ...answer } = before;
        const other = fingerprint !== undefined && fingerprint !== contentHash;
        answers.set(itemId, other ? { itemId, outcome: 'rejected', codes: ['IDEMPOTENCY_KEY_REUSED'] } : answer);
        continue;
      }
      const judged = this.judge(sending, submission);
      if ('submission' in judged) acceptable.push({ itemId, ...judged });
      else {
        const { pointer } = judged;
        const codes = [judged.code];
        answers.set(itemId, { itemId, outcome: 'rejected', codes, pointer });
        if (fingerprint !== undefined) continue;
        rejected.push({
          itemId,
          key: itemId.slice(0, 100),
          contentHash: '',
          occurredAt: now,
          serial: 0,
          row: 0,
          outcome: 'rejected',
          codes,
          pointer,
          referral: undefined,
        });
      }
    }

    const taken = await this.withPersons(tx, acceptable);
    await lockPersons(
      tx,
      taken.flatMap((t) => t.persons),
    );
    const batch = new Batch(
      tx,
      { sending, directory: this.directory, keys: this.keys, legal: this.config.legal, now },
      await wishesOf(tx, [...new Set(taken.flatMap((t) => t.persons))]),
      await lastByKey(
        tx,
        sending.sender,
        taken.map((t) => t.submission.source.key),
      ),
    );
    await batch.readOpen(taken);
    for (const one of taken) {
      const answer = batch.take(one);
      answers.set(one.itemId, { itemId: one.itemId, ...answer, codes: [...answer.codes] });
    }
    await batch.save();
    await saveSubmissions(tx, sending.sender, rejected, now);
    return items.flatMap((i) => answers.get(i.itemId) ?? []);
  }

  /** Fits the schema, carries no マイナンバー, and comes from whom it says; or why not, and where. */
  private judge(
    sending: Sending,
    raw: unknown,
  ): { submission: ReferralSubmission; from: string } | { code: string; pointer: string } {
    const parsed = referralSubmission.safeParse(raw);
    if (!parsed.success) return { code: 'INVALID', pointer: firstPointer(parsed.error) };
    const number = myNumberAt(parsed.data);
    if (number !== undefined) return { code: 'S-MYNUMBER', pointer: number };
    // A 通報 is delivered in the hub only, 助言依頼 knows no person: neither is stored on this way in.
    const closed = closedKinds[parsed.data.kind];
    if (closed !== undefined) return { code: closed, pointer: '/kind' };
    const from = this.speaksFor(sending, parsed.data);
    return from === undefined
      ? { code: 'FUNCTION_NOT_YOURS', pointer: '/fromFunction' }
      : { submission: parsed.data, from };
  }

  /** The function this submission belongs to, when the sender may speak for it. */
  private speaksFor(sending: Sending, submission: ReferralSubmission): string | undefined {
    const named =
      submission.fromFunction ??
      (submission.fromCode !== undefined ? this.directory.byCode(submission.fromCode)?.id : undefined);
    if (named !== undefined) return sending.functions.includes(named) ? named : undefined;
    if (submission.fromCode !== undefined) return undefined;
    return sending.functions.length === 1 ? sending.functions[0] : undefined;
  }

  private async withPersons(
    tx: Tx,
    items: readonly { itemId: string; submission: ReferralSubmission; from: string }[],
  ): Promise<Taken[]> {
    const members = items.map(({ submission }) => [submission.subject, ...submission.others] as const);
    // Before release a desk links persons by its own system's identifiers only.
    const known = items.flatMap(({ from }, n) => {
      const { system } = this.directory.function(from);
      return (members[n] ?? []).map((m) => m.identifiers.filter((i) => i.system === system));
    });
    const persons = await findOrMakePersons(tx, known);
    let next = 0;
    return items.map((item, n) => {
      const mine = persons.slice(next, (next += members[n]?.length ?? 0));
      return { ...item, persons: mine as [string, ...string[]] };
    });
  }
}

/** One batch on its way in: later items see what earlier ones did. */
class Batch {
  private readonly changes: Changes;
  private readonly submissions: SubmissionOnFile[] = [];
  private readonly asserted: Consent[] = [];
  private readonly ended: string[] = [];
  private open: ReferralRecord[] = [];
  private byId = new Map<string, ReferralRecord>();

  constructor(
    private readonly tx: Tx,
    private readonly here: { sending: Sending; directory: Directory; keys: HubKeys; legal: string; now: Date },
    private readonly wishes: Wishes,
    private readonly last: Map<string, SubmissionOnFile>,
  ) {
    this.changes = new Changes({ sealing: here.keys.sealing, directory: here.directory, legal: here.legal }, here.now);
  }

  /** Open referrals of these persons from these functions: twins, and what a 終了 record speaks of. */
  async readOpen(taken: readonly Taken[]): Promise<void> {
    this.open = await referralsWhere(
      this.tx,
      `subject = any($1::uuid[]) and from_function = any($2::uuid[])
       and state not in ('declined', 'redirected', 'closed', 'withdrawn', 'revoked', 'entered_in_error', 'completed', 'follow_up')`,
      [[...new Set(taken.map((t) => t.persons[0]))], [...new Set(taken.map((t) => t.from))]],
    );
    this.byId = await referralsById(
      this.tx,
      [...this.last.values()].flatMap((s) => s.referral ?? []),
    );
    for (const r of this.open) this.byId.set(r.id, r);
  }

  take(item: Taken): Answer {
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

    this.heedAssertion(item);
    if (!item.submission.to) return this.keep(item, this.noReferral(item));
    const earlier = last?.referral !== undefined ? this.byId.get(last.referral) : undefined;
    const before = earlier && this.changes.latest(earlier);
    if (before && before.state !== 'draft' && before.state !== 'awaiting_authority') {
      // Corrections of what has left are deliveries of their own; until then nothing changes silently.
      this.changes.remind({ function: item.from, role: 'caseworker', kind: 'support_ended', referral: before.id });
      return this.keep(item, { outcome: 'conflict', codes: ['ALREADY_SENT'], referralId: before.id });
    }
    return this.keep(item, this.intoReferral(item, before));
  }

  async save(): Promise<void> {
    await keepAssertions(this.tx, this.asserted, this.here.sending.sender);
    await endAssertions(this.tx, this.ended);
    await this.changes.save(this.tx);
    await saveSubmissions(this.tx, this.here.sending.sender, this.submissions, this.here.now);
  }

  /** What the record says of consent, as far as it counts at all (DOMAIN §6 `asserted_by_system`). */
  private heedAssertion({ submission, from, persons: [person] }: Taken): void {
    const { asserted, to } = submission;
    if (!asserted) return;
    const mine = (c: Consent) =>
      c.person === person && c.givenTo === from && c.manner === 'asserted_by_system' && c.status === 'active';
    if (asserted.code !== '1') {
      for (const [n, consent] of this.wishes.consents.entries()) {
        if (!mine(consent)) continue;
        this.wishes.consents[n] = { ...consent, status: 'expired' };
        this.ended.push(consent.id);
      }
      return;
    }
    if (to === undefined || to === 'unknown') return;
    const recipient = 'function' in to ? { function: to.function } : { domain: to.domain };
    // Re-sending renews nothing: the period runs from the first arrival. Only a record dated after it is a new assertion.
    const standing = this.wishes.consents.some(
      (c) =>
        mine(c) &&
        asserted.on <= c.scope.until &&
        c.formVersion === asserted.formVersion &&
        JSON.stringify(c.scope.recipients) === JSON.stringify([recipient]),
    );
    if (standing) return;
    const consent = consentFromAssertion({
      code: asserted.code,
      formVersion: asserted.formVersion,
      function: from,
      forms: this.here.directory.forms(),
      recipient,
      arrivedAt: this.here.now,
    });
    if (!consent) return;
    const kept: Consent = { ...consent, id: newId(this.here.now), person };
    this.asserted.push(kept);
    this.wishes.consents.push(kept);
  }

  private noReferral({ submission, from, persons: [person] }: Taken): Answer {
    if (submission.source.change === 'ended') {
      for (const r of this.open) {
        if (subjectOf(r) === person && r.fromFunction === from) {
          this.changes.remind({ function: from, role: 'caseworker', kind: 'support_ended', referral: r.id });
        }
      }
    }
    return { outcome: 'no_referral', codes: [] };
  }

  private intoReferral(item: Taken, before: ReferralRecord | undefined): Answer {
    const { submission, from } = item;
    const acting = { actor: this.here.sending.sender, function: from };
    const made = this.recordOf(item, before);
    if (before) this.changes.record(before, 'replace', acting, {}, made);
    else this.changes.make(made, acting);
    const referral = this.changes.latest(made);
    this.byId.set(referral.id, referral);

    if (submission.kind === 'support_request' && this.here.sending.channel === 'plugin') {
      this.changes.remind({ function: from, role: 'caseworker', kind: 'complete_draft', referral: referral.id });
      return { outcome: 'draft', codes: [], referralId: referral.id };
    }
    if (!isRouted(referral)) {
      for (const role of ['caseworker', 'coordinator'] as const)
        this.changes.remind({ function: from, role, kind: 'find_recipient', referral: referral.id });
      return { outcome: 'unrouted', codes: ['UNROUTED'], referralId: referral.id };
    }
    const twin = this.open.find(
      (r) =>
        r.id !== referral.id &&
        subjectOf(r) === subjectOf(referral) &&
        r.fromFunction === from &&
        r.toFunction === referral.toFunction &&
        !this.isWaiting(r),
    );
    if (twin) {
      this.waitForAuthority(referral, acting);
      return { outcome: 'held', codes: ['OPEN_TWIN'], referralId: referral.id };
    }
    const decision = decideOn(referral, this.wishes, this.here.directory, this.here.now);
    this.changes.decide(referral, decision, this.wishes);
    if (isPermit(decision)) {
      const sent = this.changes.move(
        referral,
        takeStep(referral, { action: 'send', by: 'core', facts: {}, permitted: true, meetingKnown: true }),
        acting,
      );
      this.open.push(sent);
      const plugin = pluginOf(this.here.directory.function(referral.toFunction).channel);
      this.changes.deliver({ plugin, kind: 'referral', referral: referral.id, person: subjectOf(referral) });
      return { outcome: 'accepted', codes: warningsOf(submission), referralId: referral.id };
    }
    if (decision.outcome === 'deny') {
      this.changes.remind({ function: from, role: 'caseworker', kind: 'complete_draft', referral: referral.id });
      return { outcome: 'denied', codes: decision.reasons, referralId: referral.id };
    }
    const afterWithdrawal =
      submission.asserted?.code === '1' &&
      decision.reasons.some((r) => r === 'CONSENT_WITHDRAWN' || r === 'CONSENT_REFUSED');
    this.waitForAuthority(referral, acting, afterWithdrawal);
    return {
      outcome: 'held',
      codes: [...assertionCodes(submission, this.wishes, subjectOf(referral)), ...decision.reasons],
      referralId: referral.id,
    };
  }

  private waitForAuthority(
    referral: ReferralRecord,
    acting: { actor: string; function: string },
    afterWithdrawal = false,
  ): void {
    const waiting =
      referral.state === 'draft'
        ? this.changes.move(referral, takeStep(referral, { action: 'await_authority', by: 'core', facts: {} }), acting)
        : referral;
    this.open.push(waiting);
    this.changes.remind({
      function: referral.fromFunction,
      role: 'caseworker',
      kind: afterWithdrawal ? 'asserted_after_withdrawal' : 'authority_needed',
      referral: referral.id,
    });
  }

  private isWaiting(referral: ReferralRecord): boolean {
    const { state } = this.changes.latest(referral);
    return state === 'draft' || state === 'awaiting_authority';
  }

  private recordOf({ submission, from, persons }: Taken, before: ReferralRecord | undefined): ReferralRecord {
    const { now, sending, directory, keys } = this.here;
    const id = before?.id ?? newId(now);
    const to = submission.to ?? 'unknown';
    const recordDefault = sending.channel === 'web' ? undefined : ('through_sender' as const);
    const content = numbered(submission);
    const { subject, others } = content;
    const members = [subject, ...others].map((m, n) => onFile(m, persons[n] ?? persons[0]));
    return {
      id,
      journey: before?.journey ?? id,
      kind: submission.kind,
      purpose: submission.purpose,
      urgency: submission.urgency,
      sender: sending.sender,
      sourceKey: submission.source.key,
      sourceSystem: submission.source.system,
      echo: submission.source.echo,
      fromFunction: from,
      toFunction: directory.resolve({ to, from, kind: submission.kind }),
      toAddress: to,
      howTheyMeet: submission.howTheyMeet ?? recordDefault,
      members: members as [MemberOnFile, ...MemberOnFile[]],
      sealedContent: sealContent(keys.sealing, id, content),
      state: before?.state ?? 'draft',
      stateBefore: undefined,
      version: before?.version ?? 1,
      decision: undefined,
      hasQuestioned: false,
      everAccepted: false,
      sentBack: false,
      returnsInJourney: 0,
      hops: 0,
      proposedReasons: undefined,
      worker: undefined,
      nextContactOn: undefined,
      lastStatus: before?.lastStatus,
      createdAt: before?.createdAt ?? now,
      stateAt: now,
      sentAt: undefined,
      dueOn: undefined,
    };
  }

  private keep({ itemId, submission }: Taken, answer: Answer): Answer {
    const { source } = submission;
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
    if (answer.outcome !== 'duplicate' && answer.outcome !== 'conflict') this.last.set(source.key, kept);
    return answer;
  }
}

/** Members get the hub's own references: a sender's could carry a number of its system past the redaction. */
function numbered({ subject, others }: ReferralSubmission): ReferralContent {
  return { subject: { ...subject, ref: 'subject' }, others: others.map((m, n) => ({ ...m, ref: `member-${n + 1}` })) };
}

function onFile(member: Member, person: string): MemberOnFile {
  const written = member.items.narrative?.writtenOn;
  return {
    ref: member.ref,
    person,
    present: presentCategories(member),
    ...(written !== undefined && { narrativeOn: written }),
  };
}

const warningsOf = (submission: ReferralSubmission) => [
  ...new Set((submission.source.warnings ?? []).map((w) => w.code)),
];

/** Why what the record says of consent did not help, in the sender's own terms. */
function assertionCodes(submission: ReferralSubmission, wishes: Wishes, person: string): string[] {
  const code = submission.asserted?.code;
  if (code === '2') return ['ASSERTED_CONFERENCE_NEEDED'];
  if (code === '3' || code === '9') return ['ASSERTED_WITHOUT_CONSENT'];
  const counted = wishes.consents.some((c) => c.person === person && c.manner === 'asserted_by_system');
  return code === '1' && !counted ? ['ASSERTED_FORM_UNKNOWN'] : [];
}
