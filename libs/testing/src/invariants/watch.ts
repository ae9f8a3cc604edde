// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { isEnded, isGoingBack, isRecipientsWork, maySystemMoveTo, mayMove, neverForgotten, type Side } from './law';
import type { Done, Municipality, Seen, SeenEvent, SeenReferral, Shown } from './seen';
import { contraryToLaw } from './watch-law';
import { Words } from './words';

export type Invariant = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Broken {
  readonly invariant: Invariant;
  readonly how: string;
}

/** A move with the world before and after it. */
interface Turn {
  readonly before: Seen;
  readonly done: Done;
  readonly after: Seen;
  /** The steps that were taken with it. */
  readonly fresh: readonly SeenEvent[];
  /** Of each referral, the oldest step first. */
  readonly histories: ReadonlyMap<string, readonly SeenEvent[]>;
}

/**
 * The eight invariants of DOMAIN §5, each read from what can be seen after a move. It knows what persons have said because
 * it hears it said, and nothing of how the hub decides.
 */
export class Watch {
  private readonly words: Words;

  constructor(private readonly municipality: Municipality) {
    this.words = new Words(municipality);
  }

  /** What this move has broken; nothing, as long as all is well. */
  see(before: Seen, done: Done, after: Seen): Broken[] {
    const confused = (done.words ?? []).flatMap((word) => this.words.confused(word, before, after));
    this.words.hear(done.words ?? [], before, after);
    const histories = historiesOf(after);
    const turn = { before, done, after, histories, fresh: newIn(before, after) };
    const all: readonly [Invariant, (turn: Turn) => string[]][] = [
      [1, (t) => this.oneLead(t)],
      [2, (t) => this.nothingUnpermitted(t)],
      [2, () => confused.map((member) => `of two who are two again one stands for the other: ${member}`)],
      [2, (t) => this.onlyWhoWasBroughtIt(t)],
      [2, (t) => contraryToLaw(this.words, t.before, t.after)],
      [3, (t) => this.everyStepIsNamed(t)],
      [4, (t) => this.nothingTwice(t)],
      [5, (t) => this.nothingForgotten(t)],
      [6, (t) => this.systemsOnlyPropose(t)],
      [7, (t) => this.oneRedaction(t)],
      [8, (t) => this.noSideChannel(t)],
      [
        8,
        (t) =>
          t.after.agendas
            .filter((a) => a.knows && !this.words.conferences.mayKnow(a))
            .map(() => 'somebody who was not called knows of a conference'),
      ],
    ];
    return all.flatMap(([invariant, of]) => of(turn).map((how) => ({ invariant, how })));
  }

  /** 1: exactly one lead; it begins with a first sender, and changes only as both agree or a conference says. */
  private oneLead({ before, done, after }: Turn): string[] {
    return after.units.flatMap((unit) => {
      const was = before.units.find((u) => u.id === unit.id);
      const found: string[] = [];
      if (unit.persons.length > 0 && unit.leads.length > 1) found.push('two lead one unit');
      if (unit.persons.length > 0 && unit.leads.length === 0 && !unit.alarm) found.push('nobody leads, in silence');
      const { step, to, informed } = done.lead ?? {};
      const agreed = done.took && (step === 'agree' || step === 'by_conference');
      const handedOver = agreed && informed === true && isDeepStrictEqual(unit.leads, [to]);
      const senders = after.referrals.filter((r) => r.members.some((m) => unit.persons.includes(m.person)));
      // A unit comes to light when somebody asks for it; then its lead may be handed over at once.
      if (!was && !handedOver && !senders.some((r) => unit.leads.includes(r.from)))
        found.push('somebody leads who never sent');
      if (was && !handedOver && !isDeepStrictEqual(was.leads, unit.leads)) found.push('the lead changed by itself');
      return found;
    });
  }

  /** 2: whatever leaves, and whatever is shown, is permitted at this moment by what the person has said until now. */
  private nothingUnpermitted({ before, after, fresh }: Turn): string[] {
    const left = after.left.slice(before.left.length);
    const unpermitted = [...left, ...after.shown].flatMap((shown) => {
      const referral = after.referrals.find((r) => r.id === shown.referral);
      if (!referral) return ['something of a referral that is not there'];
      const fields = this.fieldsTooMany(referral, shown);
      return shown.members.flatMap(({ ref, categories }) =>
        categories
          .filter(
            (c) => !this.words.permit(bySystem.has(shown.way) ? notCarried(referral) : referral, ref, c, after.now),
          )
          .map((c) => `${ref}:${c} by ${shown.way} of a ${referral.kind} that is ${referral.state}`)
          .concat(fields),
      );
    });
    const told = after.referrals.filter((referral) => {
      const was = before.referrals.find((r) => r.id === referral.id);
      const toldNow = referral.toldState !== was?.toldState && isRecipientsWork(referral.toldState);
      // Of a 通報・通告 到着 goes back, and nothing else.
      if (referral.kind === 'notification') return toldNow && referral.toldState !== 'received';
      // DOMAIN §5: "return_proposed → the state before … recipient takes it back". Its sender had been asked to agree and is asked no more,
      // which it must hear in every scope; and that "the receiving desk or its system has it" (到着), the proposal had said.
      const isTakenBack = (e: SeenEvent) => e.from === 'return_proposed' && isRecipientsWork(e.to);
      if (referral.toldState === 'received' && fresh.some((e) => e.referral === referral.id && isTakenBack(e)))
        return false;
      // "for conference and emergency 到着 only"
      if (referral.toldState === 'received' && this.words.arrives(referral, after.now)) return false;
      return toldNow && !tookPart(referral, fresh) && this.words.feedback(referral, after.now) === 'none';
    });
    return [...unpermitted, ...told.map((r) => `the sender was told that its ${r.kind} is ${r.toldState}`)];
  }

  /** Of whoever must not be found, what gives the whereabouts away; or a text that nobody has read. */
  private fieldsTooMany(referral: SeenReferral, shown: Shown): string[] {
    return shown.members.flatMap(({ ref, fields }) => {
      const member = referral.members.find((m) => m.ref === ref);
      const away = member ? fields.filter((f) => !this.words.protection.mayShow(referral, member, f)) : fields;
      return away.map((f) => `${f} of somebody who is protected by ${shown.way}`);
    });
  }

  /** 2: a sheet is opened where the person has brought it. What the person still carries nobody finds there. */
  private onlyWhoWasBroughtIt({ done, after, fresh, histories }: Turn): string[] {
    const found: string[] = [];
    if (done.sheet?.brought === false && (done.took || fresh.length > 0))
      found.push('a sheet opened where it was not brought');
    for (const { id, sheet, found: isFound } of after.referrals) {
      // At a table with those who coordinate its desk may take it as well.
      const hasCome = histories.get(id)?.some((e) => e.to === 'received' || e.to === 'accepted');
      if (sheet && isFound && !hasCome) found.push('a desk finds what the person still carries');
    }
    return found;
  }

  /** 3: actor, function, version, time and reason; the history only grows; of two at one version one wins. */
  private everyStepIsNamed({ before, done, after, fresh, histories }: Turn): string[] {
    const found: string[] = [];
    const line = (e: SeenEvent) => `${e.referral} ${e.version}`;
    const now = new Map(after.events.map((e) => [line(e), e]));
    if (now.size !== after.events.length) found.push('two steps of one version');
    for (const event of before.events) {
      const same = now.get(line(event));
      if (same !== event && !isDeepStrictEqual(same, event)) found.push(`the history has changed: ${event.action}`);
    }
    for (const event of fresh) {
      const { action, actor, to, from } = event;
      if (actor === '') found.push(`nobody did ${action}`);
      if (event.at > after.now || event.at < before.now) found.push(`${action} was taken at another time`);
      if (atDesk(actor) && event.function === undefined && mayMoveAlone(event)) found.push(`${action} of no desk`);
      if (done.asker && actor !== 'core' && event.function !== undefined && !done.asker.includes(event.function))
        found.push(`${action} in the name of another desk`);
      if (from === to) continue;
      if ((to === 'return_proposed' || to === 'completed') && event.reasons.length === 0)
        found.push(`${action} without a reason code`);
      if (['on_hold', 'returned', 'withdrawn', 'declined'].includes(to) && actor !== 'core' && !event.said)
        if (event.reasons.length === 0) found.push(`${action} without a reason`);
    }
    for (const referral of after.referrals) {
      const history = histories.get(referral.id) ?? [];
      if (history.some((e, n) => e.version !== n + 1)) found.push('a version was left out');
      if (history.length !== referral.version) found.push('a version without a step');
    }
    if (done.race && done.race.won > 1) found.push('both won the race');
    return found;
  }

  /** 4: what has come before changes nothing and is answered as before; and the history still leads to what is. */
  private nothingTwice({ before, done, after, histories }: Turn): string[] {
    const found: string[] = [];
    if (done.again || done.outdated) {
      if (!isDeepStrictEqual(statesOf(after), statesOf(before))) found.push('what came again moved something');
      if (after.events.length !== before.events.length) found.push('what came again happened again');
    }
    if (done.again?.sameAnswer === false) found.push('what came again was answered otherwise');
    // However many instances look at the clock.
    const reminded = timesOf(after.reminded);
    const wasReminded = timesOf(before.reminded);
    for (const [what, times] of reminded)
      if (times > (wasReminded.get(what) ?? 0) + 1) found.push(`one moment reminded twice: ${what}`);
    // What has ended is not woken: a newer record begins anew.
    const alive = after.referrals
      .filter((r) => r.parent === undefined && !isEnded(r.state))
      .map((r) => `${r.from} ${r.key}`);
    if (new Set(alive).size !== alive.length) found.push('one record made two referrals');
    for (const referral of after.referrals) {
      const history = histories.get(referral.id) ?? [];
      const joined = history.every((e, n) => n === 0 || e.from === history[n - 1]?.to);
      if (!joined || history.at(-1)?.to !== referral.state) found.push('the history leads elsewhere');
    }
    return found;
  }

  /** 5: what was given back, or may not leave, is on a list; silence accepts and closes nothing. */
  private nothingForgotten({ done, after, fresh, histories }: Turn): string[] {
    const forgotten = after.referrals.filter((r) => {
      const mine = after.todos.filter((t) => t.referral === r.id);
      const atSender = mine.some((t) => t.function === r.from);
      return r.state === 'returned' ? !atSender : neverForgotten(r.state) && mine.length === 0;
    });
    // After seven days, on a day on which its desk is open, the sender asks.
    const missed = after.referrals.filter((r) => {
      const sentAt = histories.get(r.id)?.find((e) => e.to === 'sent')?.at ?? after.now;
      const asks = after.todos.some(
        (t) => t.referral === r.id && t.function === r.from && t.kind === 'carried_not_arrived',
      );
      return r.sheet && r.state === 'sent' && after.now.getTime() > sentAt.getTime() + carriedAtMostMs && !asks;
    });
    const silent = done.silence ? fresh.filter((e) => e.from !== e.to) : [];
    const moved = silent.filter(({ from, to, referral }) => {
      if (to === 'coordinating') return false;
      return from !== 'on_hold' || !hasBeen(histories.get(referral), to);
    });
    return [
      ...forgotten.map((r) => `${r.state} and on nobody's list`),
      ...missed.map(() => 'nobody asks after a sheet that has not come'),
      ...moved.map((e) => `silence led from ${e.from ?? 'nothing'} to ${e.to}`),
    ];
  }

  /** 6: every step is one of the law, by whom the law names; a system proposes, and not everything. */
  private systemsOnlyPropose({ done, after, fresh, histories }: Turn): string[] {
    const found: string[] = [];
    const judges = done.words?.some((w) => w.word === 'merge' || w.word === 'split') === true;
    if (done.bySystem?.mayAnswer === false && (done.took || fresh.length > 0)) found.push('a strange system was heard');
    for (const event of fresh) {
      const { from, to, action } = event;
      const referral = after.referrals.find((r) => r.id === event.referral);
      if (!referral || from === undefined || from === to) continue;
      // What waited leaves when two are one or two again: by whoever says so, on the words of the person.
      const side = judges && to === 'sent' ? 'others' : sideOf(event, referral);
      if (!mayMove(from, to, side)) found.push(`${side} led from ${from} to ${to} (${action})`);
      if (isGoingBack(from, to) && !hasBeen(histories.get(event.referral), to))
        found.push('went back to where it never was');
      if (to === 'revoked' && hasBeen(histories.get(event.referral), 'accepted')) found.push('revoked after 引受');
      const plugin = event.actor.startsWith('plugin:') ? event.actor.slice('plugin:'.length) : undefined;
      if (plugin === undefined) continue;
      const desk = this.municipality.desks.find((d) => d.id === event.function);
      if (desk?.plugin !== plugin) found.push('a system spoke for a desk that it does not serve');
      if (!maySystemMoveTo(to)) found.push(`a system led to ${to}`);
      if (to === 'return_proposed' && desk?.returnsBySystem !== true)
        found.push('a system gave something back by itself');
    }
    return found;
  }

  /** 7: one redaction, by whichever way somebody looks; lists and searches show nothing of persons. */
  private oneRedaction({ before, after }: Turn): string[] {
    const left = after.left.slice(before.left.length);
    const found: string[] = [];
    for (const { id } of after.referrals) {
      const of = (way: Shown['way']) => after.shown.find((s) => s.referral === id && s.way === way);
      const [screen, file, would] = [of('screen'), of('export'), of('preview')];
      if (screen && !isWithin(screen, would)) found.push('the screen shows more than would leave');
      if (file && !isDeepStrictEqual(flat(file), flat(screen))) found.push('the export differs from the screen');
      for (const message of left.filter((s) => s.referral === id && s.way === 'message'))
        if (!isDeepStrictEqual(flat(message), flat(would))) found.push('the message differs from the preview');
    }
    for (const { way, members } of after.shown)
      if ((way === 'list' || way === 'search') && members.some((m) => m.categories.length > 0))
        found.push(`a ${way} shows something of a person`);
    return found;
  }

  /**
   * 8: who took part in nothing of it is told what it was told before. Only time makes a difference to its own, and that
   * somebody of whom it has sent something itself must not be found.
   */
  private noSideChannel({ before, done, after }: Turn): string[] {
    const guess = done.sheet?.likeNone === false ? ['a guess tells whether there is such a sheet'] : [];
    if (done.silence || done.tellsOnlooker) return guess;
    const asked = new Set([...Object.keys(before.onlooker), ...Object.keys(after.onlooker)]);
    const learned = [...asked]
      .filter((question) => !isDeepStrictEqual(before.onlooker[question], after.onlooker[question]))
      .map((question) => `an onlooker learned something by ${question}`);
    return [...guess, ...learned];
  }
}

function historiesOf({ events }: Seen): Map<string, SeenEvent[]> {
  const histories = new Map<string, SeenEvent[]>();
  for (const event of events) histories.set(event.referral, [...(histories.get(event.referral) ?? []), event]);
  for (const history of histories.values()) history.sort((a, b) => a.version - b.version);
  return histories;
}

function newIn(before: Seen, after: Seen): SeenEvent[] {
  const known = new Set(before.events.map((e) => `${e.referral} ${e.version}`));
  return after.events.filter((e) => !known.has(`${e.referral} ${e.version}`));
}

/** It was in this state before its last step. */
const hasBeen = (history: readonly SeenEvent[] = [], state: string) => history.slice(0, -1).some((e) => e.to === state);

function sideOf({ actor, function: desk }: SeenEvent, { from, to }: SeenReferral): Side {
  if (actor === 'core') return 'core';
  return desk === from ? 'sender' : desk === to ? 'recipient' : 'others';
}

/** The sender did it itself, or sat at the table at which it was agreed on. */
const tookPart = (referral: SeenReferral, fresh: readonly SeenEvent[]) =>
  fresh.some(
    (e) =>
      e.referral === referral.id &&
      (sideOf(e, referral) === 'sender' || (e.from === 'coordinating' && e.to !== e.from)),
  );

/** Seven days, and the days on which a desk is closed: the turn of the year is the longest time. */
const carriedAtMostMs = (7 + 11) * 86_400_000;

/** What is on a sheet comes to a desk, and not to its system. */
const bySystem: ReadonlySet<Shown['way']> = new Set(['message', 'written']);
const notCarried = (referral: SeenReferral): SeenReferral => ({ ...referral, sheet: undefined });

const atDesk = (actor: string) => actor !== 'core' && !actor.startsWith('plugin:');
/** What only a desk may do, and no post of the municipality. */
const mayMoveAlone = ({ from, to }: SeenEvent) => from !== undefined && from !== to && !mayMove(from, to, 'others');

function timesOf(lines: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return times;
}

const statesOf = (seen: Seen) => ({
  referrals: seen.referrals.map((r) => [r.id, r.state, r.toldState, r.version]),
  units: seen.units,
  todos: seen.todos.map((t) => `${t.referral} ${t.function} ${t.role} ${t.kind}`).sort(),
});

const flat = (shown: Shown | undefined) => [...flattened(shown)].sort();
const flattened = (shown: Shown | undefined) =>
  (shown?.members ?? []).flatMap(({ ref, categories, fields }) =>
    [...categories, ...fields].map((what: string) => `${ref}:${what}`),
  );
function isWithin(one: Shown, other: Shown | undefined): boolean {
  const all = new Set(flattened(other));
  return flattened(one).every((item) => all.has(item));
}
