// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { Checkpoint, ItemAnswer, ItemOrigin, ReferralSubmission } from '@tsunagi/contracts';
import {
  isBeforeStart,
  japaneseDay,
  kindRules,
  lackOfReport,
  openStates,
  whyNotRegarding,
  type Permit,
  type ReferralState,
} from '@tsunagi/domain';
import { aboutAgreed, onlyAgreed } from './agreed-in';
import { assertedOf, Assertions } from './assertions';
import { AuthorityChanges } from './authority-changes.service';
import { IntakeBatch, type Leaving } from './intake-batch';
import { judgeSubmission, type Arrived, type Sending } from './judge-submission';
import { memberTwice } from './member-twice';
import { saidToBeSealed } from './protected-content';
import type { About, Taken } from './record-of-submission';
import { personsOf, referralsById, subjectOf, type ReferralRecord } from './referral.record';
import { rowsOfSubmissions } from './rows-of-items';
import { sealIncoming } from './seal-incoming';
import { knownSubmissions, lockKeys, saveSubmissions, tooOld, type SubmissionOnFile } from './submissions';
import { wishesOf } from '../consents';
import { freeLanes, maxOut, Relay, underWayTo } from '../delivery';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import {
  findOrMakePersons,
  haveMoved,
  identifiersOf,
  keyOf,
  lockPersons,
  besideReferral,
  namesBeside,
  personsByIdentifier,
  type NameBeside,
} from '../people';
import {
  Clock,
  countGuarded,
  Database,
  Gathering,
  HUB_CONFIG,
  HUB_KEYS,
  type HubKeys,
  isGuarded,
  isUniqueViolation,
  type Tx,
} from '../platform';
import { keepWaiting, saveCheckpoint, settleWaiting } from '../plugins';

/** An answer, and for whoever asked over HTTP the state that it may know. */
export type IntakeAnswer = ItemAnswer & { readonly state?: ReferralState };

/** What would have become of an item: where it would have gone, and of each member with what. */
export type Rehearsed = ItemAnswer & { readonly to?: string; readonly permits?: Permit['members'] };

/** So many together in one transaction; the next ones gather meanwhile. */
const gathered = { size: 100, lanes: 1, restMs: 4 };

export type IntakeItem = Arrived & {
  readonly itemId: string;
  /** Over HTTP: the same key with another fingerprint is refused, and what is refused does not use the key up. */
  readonly fingerprint?: string;
  /** Of the hub's own rooms only. */
  readonly about?: About;
  /** Of a plugin's record: where it stands in its own place, as far as the submission does not say so itself. */
  readonly origin?: ItemOrigin | undefined;
};

/** Under what the items of a watched plugin are taken. */
export interface Terms {
  /** Records from before make no referral. */
  readonly startsOn: string | undefined;
  /** Hears which items make a new referral, in the same transaction; what it throws undoes them. */
  readonly onBegun?: (tx: Tx, begun: readonly Taken[]) => void | Promise<void>;
}

/** Takes submissions in: each becomes a referral, a wait, or a reason; all of a batch in one transaction. */
@Injectable()
export class Intake {
  private readonly gathering = new Gathering<{ sending: Sending; item: IntakeItem }, IntakeAnswer>(gathered, (calls) =>
    this.takeGathered(calls),
  );

  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly authority: AuthorityChanges,
    private readonly relay: Relay,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Answers every item, in order. A repeated item gets its first answer again. */
  async take(
    sending: Sending,
    items: readonly IntakeItem[],
    checkpoint?: Checkpoint,
    terms?: Terms,
  ): Promise<IntakeAnswer[]> {
    const { answers, departures, isQueued } = await oneMoreTime(() =>
      this.database.transaction(async (tx) => {
        const taken = await this.takeIn(tx, sending, items, terms);
        if (sending.plugin !== undefined && checkpoint) await saveCheckpoint(tx, sending.plugin, checkpoint);
        return taken;
      }),
    );
    this.relay.handOver(departures);
    if (isQueued) this.relay.wake();
    return answers;
  }

  /** One item of somebody who waits for its answer; what comes at the same time is committed together. */
  takeOne(sending: Sending, item: IntakeItem): Promise<IntakeAnswer> {
    return this.gathering.take({ sending, item });
  }

  /** Each sender's items in a transaction of its own; the same key once more waits for what became of the first. */
  private async takeGathered(calls: readonly { sending: Sending; item: IntakeItem }[]): Promise<IntakeAnswer[]> {
    const groups = new Map<string, { sending: Sending; places: number[] }>();
    const times = new Map<string, number>();
    calls.forEach(({ sending, item }, place) => {
      const time = times.get(`${sending.sender}/${item.itemId}`) ?? 0;
      times.set(`${sending.sender}/${item.itemId}`, time + 1);
      const key = JSON.stringify([time, sending]);
      const group = groups.get(key) ?? { sending, places: [] };
      group.places.push(place);
      groups.set(key, group);
    });
    const answers: IntakeAnswer[] = [];
    for (const { sending, places } of groups.values()) {
      const items = places.flatMap((place) => calls[place]?.item ?? []);
      const taken = await this.take(sending, items);
      places.forEach((place, n) => (answers[place] = taken[n] as IntakeAnswer));
    }
    return answers;
  }

  /** The same path, undone at the end. */
  async validate(sending: Sending, item: IntakeItem): Promise<ItemAnswer | undefined> {
    return oneMoreTime(() => this.database.dryRun(async (tx) => (await this.takeIn(tx, sending, [item])).answers[0]));
  }

  /** The same path for the items of a whole file, undone at the end; the function each referral would go to, and with what. */
  async rehearse(sending: Sending, items: readonly IntakeItem[], terms?: Terms): Promise<Rehearsed[]> {
    return oneMoreTime(() =>
      this.database.dryRun(async (tx) => {
        const { answers } = await this.takeIn(tx, sending, items, terms);
        const rows = await tx.query<{ id: string; to_function: string | null; members: Permit['members'] | null }>(
          `select r.id, r.to_function, d.members from referral r left join lateral (
             select outcome, members from disclosure_decision
             where referral = r.id and direction = 'referral' order by decided_at desc, id desc limit 1
           ) d on d.outcome = 'permit' where r.id = any($1::uuid[])`,
          [answers.flatMap((a) => a.referralId ?? [])],
        );
        const found = new Map(rows.map((r) => [r.id, r]));
        return answers.map((answer) => {
          const referral = answer.referralId !== undefined ? found.get(answer.referralId) : undefined;
          if (!referral || referral.to_function === null) return answer;
          const { to_function: to, members } = referral;
          return { ...answer, to, ...(answer.outcome === 'accepted' && members && { permits: members }) };
        });
      }),
    );
  }

  private async takeIn(
    tx: Tx,
    sending: Sending,
    items: readonly IntakeItem[],
    terms?: Terms,
  ): Promise<{ answers: IntakeAnswer[] } & Leaving> {
    const now = this.clock.now();
    const judged = items.map((item) => ({ item, ...judgeSubmission(sending, item, this.directory, now) }));
    const fitting = judged.flatMap((j) => ('submission' in j ? j.submission : []));
    const keys = fitting.map((s) => s.source.key);
    const [, { first, last }, knownPersons, free, regarded] = await Promise.all([
      lockKeys(tx, sending.sender, keys, fitting.flatMap(identifiersIn).map(keyOf)),
      knownSubmissions(
        tx,
        sending.sender,
        items.map((i) => i.itemId),
        keys,
      ),
      personsByIdentifier(tx, fitting.flatMap(identifiersIn)),
      freeLanes(tx, this.relay.lanesAtHand(), now, maxOut),
      referralsById(
        tx,
        fitting.flatMap((s) => s.regarding ?? []),
      ),
    ]);
    const earlier = await referralsById(
      tx,
      [...last.values()].flatMap((l) => l.ofKey ?? []),
    );
    const named = await namesBeside(
      tx,
      this.directory,
      [...regarded.values()].map((r) => ({ desks: [r.fromFunction], persons: personsOf(r) })),
    );
    const earlierOf = ({ source }: ReferralSubmission) => earlier.get(last.get(source.key)?.ofKey ?? '');
    const answers = new Map<string, IntakeAnswer>();
    const rejected: SubmissionOnFile[] = [];
    const acceptable: Acceptable[] = [];
    const seen = new Set<string>();
    for (const { item, ...judgedAlone } of judged) {
      const { itemId, fingerprint } = item;
      if (seen.has(itemId)) continue;
      seen.add(itemId);
      const before = first.get(itemId);
      if (before) {
        const { contentHash, from, ...answer } = before;
        // For another of one's desks (`Tsunagi-Function`) the same body says something else.
        const elsewhere = 'from' in judgedAlone && from !== undefined && judgedAlone.from !== from;
        const other = fingerprint !== undefined && (fingerprint !== contentHash || elsewhere);
        answers.set(itemId, other ? { itemId, outcome: 'rejected', codes: ['IDEMPOTENCY_KEY_REUSED'] } : answer);
        continue;
      }
      const { about } = item;
      const joined = 'submission' in judgedAlone ? this.inItsJourney({ ...judgedAlone, about }, regarded) : judgedAlone;
      const alone = 'submission' in joined ? this.asReported(joined, named, now) : joined;
      const twice =
        'submission' in alone && this.twiceIn({ ...alone, earlier: earlierOf(alone.submission) }, knownPersons);
      const judgement = twice ? { code: 'MEMBER_TWICE', pointer: twice } : alone;
      if ('submission' in judgement) {
        const { source } = judgement.submission;
        // What has become a referral already is not given up because the start was moved.
        if (terms && isBeforeStart(source.occurredAt, terms.startsOn) && last.get(source.key)?.ofKey === undefined) {
          const old = tooOld(itemId, source);
          answers.set(itemId, { itemId, outcome: old.outcome, codes: [...old.codes] });
          rejected.push(old);
          continue;
        }
        acceptable.push({ itemId, ...judgement });
        continue;
      }
      const { pointer } = judgement;
      const codes = [judgement.code];
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

    const asked = await Promise.all(
      acceptable.map(async (a) => ({
        ...a,
        earlier: earlierOf(a.submission),
        about: a.about ?? (await aboutAgreed(tx, a, this.directory.function(a.from).system)),
      })),
    );
    const { taken: asSaid, made, spokenOf } = this.withPersons(tx, asked, knownPersons);
    const taken = await Promise.all(asSaid.map((t) => onlyAgreed(tx, t)));
    const everybody = [...new Set(taken.flatMap((t) => t.persons))];
    // Whom nobody has known before, nothing speaks of and nobody else can hold.
    const known = everybody.filter((person) => !made.has(person));
    const [, recorded, asserted, underWay, numbers, moved, spokenOfNow] = await Promise.all([
      lockPersons(tx, [...known, ...[...earlier.values()].flatMap(personsOf)]),
      wishesOf(tx, known),
      assertedOf(tx, known),
      underWayTo(tx, known),
      identifiersOf(tx, known),
      haveMoved(tx, fitting.flatMap(identifiersIn), knownPersons),
      referralsById(
        tx,
        spokenOf.map((r) => r.id),
      ),
    ]);
    const isAnother = (r: ReferralRecord) => subjectOf(spokenOfNow.get(r.id) ?? r) !== subjectOf(r);
    if (moved || spokenOf.some(isAnother)) throw new PersonsMovedError();
    // Whoever must learn of nobody's protection hears what would become of it were nobody protected.
    const wishes = sending.shutOutFrom === 'everybody' ? { ...recorded, seals: [], dangers: [] } : recorded;
    const batch = new IntakeBatch(
      tx,
      { sending, directory: this.directory, keys: this.keys, legal: this.config.legal, now, newPersons: made },
      wishes,
      new Assertions(asserted, wishes, this.directory.forms(), this.directory.ageRules(), now),
      last,
      { free, underWay, numbers },
    );
    await batch.readOpen(taken.filter((t) => !made.has(t.persons[0])));
    for (const one of taken) {
      const answer = batch.take(one);
      answers.set(one.itemId, { itemId: one.itemId, ...answer, codes: [...answer.codes] });
    }
    const leaving = await batch.save();
    for (const { submission, from, persons } of taken)
      await sealIncoming(
        tx,
        this.authority,
        { actor: sending.sender, function: from },
        saidToBeSealed([submission.subject, ...submission.others], persons),
        now,
      );
    saveSubmissions(tx, sending.sender, rejected, now);
    // Over HTTP the refusal itself is counted.
    if (sending.plugin !== undefined) {
      const refused = rejected.filter(({ codes }) => codes.some(isGuarded));
      await countGuarded(tx, `${sending.sender}/submission`, refused.length, now);
      const from = { ...sending.place, plugin: sending.plugin };
      const { right, waiting } = rowsOfSubmissions(items, answers);
      await settleWaiting(tx, from, right, [], now);
      await keepWaiting(tx, from, waiting, now);
    }
    await terms?.onBegun?.(tx, batch.begun);
    return { answers: items.flatMap((i) => answers.get(i.itemId) ?? []), ...leaving };
  }

  private twiceIn(one: WithEarlier, byNumber: ReadonlyMap<string, string>): string | undefined {
    const { system } = this.directory.function(one.from);
    const spokenOf = spokenOfBy(one);
    return memberTwice(one.submission, { system, byNumber, subject: spokenOf && subjectOf(spokenOf) });
  }

  /** A 通報・通告 says which request it answers: of an inquiry in the hub, the hub says it. */
  private asReported<J extends { submission: ReferralSubmission; from: string; regarding?: ReferralRecord }>(
    judged: J,
    named: NameBeside,
    now: Date,
  ): J | { readonly code: string; readonly pointer: string } {
    const { submission, regarding } = judged;
    if (!kindRules[submission.kind].reports) return judged;
    const answered = regarding && {
      from: named(regarding.fromFunction, {
        ...besideReferral(regarding.kind, personsOf(regarding)),
        own: [judged.from],
      }).name,
      on: japaneseDay(regarding.sentAt ?? regarding.createdAt),
    };
    const reported = { ...submission, request: submission.request ?? answered };
    const lack = lackOfReport(reported, submission.subject.items.identity?.birthDate, {
      authorities: this.directory.authorities(),
      today: japaneseDay(now),
    });
    return lack ? { code: lack.code, pointer: `/${lack.fact}` } : { ...judged, submission: reported };
  }

  /** With what it refers to; or why it does not. Whether that is absent or another desk's, nobody learns. */
  private inItsJourney(
    judged: { readonly submission: ReferralSubmission; readonly from: string; readonly about?: About | undefined },
    regarded: ReadonlyMap<string, ReferralRecord>,
  ): (typeof judged & { readonly regarding?: ReferralRecord }) | { readonly code: string; readonly pointer: string } {
    const { kind, to, regarding: id } = judged.submission;
    if (id === undefined && kindRules[kind].answers === undefined) return judged;
    // Whoever sits at one table asks there.
    if (id === undefined && judged.about?.conference !== undefined) return judged;
    const regarding = id === undefined ? undefined : regarded.get(id);
    if (id !== undefined && !regarding) return { code: 'REGARDING_UNKNOWN', pointer: '/regarding' };
    const asks = {
      kind,
      from: this.directory.party(judged.from),
      to: to && this.directory.resolve({ to, from: judged.from, kind }),
    };
    const inHand = regarding && openStates.has(regarding.state) && regarding.state !== 'sent';
    const code = whyNotRegarding(asks, regarding && { ...regarding, inHand: inHand === true });
    if (code) return { code, pointer: '/regarding' };
    return regarding ? { ...judged, regarding } : judged;
  }

  /**
   * Before release a desk links persons by its own system's identifiers only. A record without any keeps the subject of
   * the last record of its key: it is the same matter of the same person.
   *
   * @returns `spokenOf` the referrals from which a person was taken
   */
  private withPersons(
    tx: Tx,
    items: readonly (Acceptable & { readonly earlier: ReferralRecord | undefined })[],
    knownPersons: ReadonlyMap<string, string>,
  ): { taken: Taken[]; made: ReadonlySet<string>; spokenOf: readonly ReferralRecord[] } {
    const members = items.flatMap(({ submission, from, earlier, regarding, about }) => {
      const { system } = this.directory.function(from);
      const spokenOf = spokenOfBy({ submission, earlier, regarding });
      return [submission.subject, ...submission.others].map((m, n) => {
        const identifiers = m.identifiers.filter((i) => i.system === system);
        const isSpokenOf = n === 0 && identifiers.length === 0;
        return {
          identifiers,
          spokenOf: isSpokenOf && !about ? spokenOf : undefined,
          about: n === 0 ? about?.person : undefined,
        };
      });
    });
    const wanted = members.filter((m) => m.spokenOf === undefined && m.about === undefined);
    const { persons: found, made } = findOrMakePersons(
      tx,
      wanted.map((m) => m.identifiers),
      knownPersons,
    );
    const next = found[Symbol.iterator]();
    const persons = members.map((m) => (m.spokenOf ? subjectOf(m.spokenOf) : (m.about ?? String(next.next().value))));
    const taken = items.map(({ itemId, submission, from, regarding, about }) => {
      const [subject = '', ...others] = persons.splice(0, 1 + submission.others.length);
      return { itemId, submission, from, persons: [subject, ...others] as const, regarding, about };
    });
    return { taken, made, spokenOf: members.flatMap((m) => m.spokenOf ?? []) };
  }
}

/** An answer speaks of whom was asked about. */
const spokenOfBy = ({ submission, earlier, regarding }: Pick<WithEarlier, 'submission' | 'earlier' | 'regarding'>) =>
  earlier ?? (submission.kind === regarding?.kind ? regarding : undefined);

type WithEarlier = Omit<Acceptable, 'itemId'> & { readonly earlier: ReferralRecord | undefined };

interface Acceptable {
  readonly itemId: string;
  readonly submission: ReferralSubmission;
  readonly from: string;
  readonly regarding?: ReferralRecord | undefined;
  readonly about?: About | undefined;
}

const identifiersIn = ({ subject, others }: ReferralSubmission) => [subject, ...others].flatMap((m) => m.identifiers);

/** While it waited for a person, that person was merged or split: nothing is done, and all is read anew. */
class PersonsMovedError extends Error {}

/** The same item at the same moment elsewhere: the other one was first, and its answer counts. */
async function oneMoreTime<T>(once: () => Promise<T>): Promise<T> {
  const settled = () => untilSettled(once);
  return settled().catch((error: unknown) => (isUniqueViolation(error) ? settled() : Promise.reject(error as Error)));
}

async function untilSettled<T>(once: () => Promise<T>): Promise<T> {
  return once().catch((error: unknown) =>
    error instanceof PersonsMovedError ? untilSettled(once) : Promise.reject(error as Error),
  );
}
