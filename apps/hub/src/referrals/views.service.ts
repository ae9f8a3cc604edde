// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  Actions,
  DeliveryTold,
  QueueItem,
  QueuePage,
  QueueQuery,
  ReferralView,
  TimelineEntry,
} from '@tsunagi/contracts';
import {
  hasSheet,
  japaneseDay,
  kindRules,
  mayForAll,
  possibleActions,
  possibleWrittenAnswers,
  safelyMet,
  tellsReasons,
  unsentStates,
  waitOf,
  withoutThirdParties,
  type Addressee,
  type AuthorityBadge,
  type DataCategory,
  type Feedback,
  type HistoryEntry,
  type Permit,
  type ReferralState,
} from '@tsunagi/domain';
import { uuidToCode } from '@tsunagi/text';
import { isProtected } from './protected-content';
import { isRouted, openFacts, personsOf, referralsWhere, subjectOf, type ReferralRecord } from './referral.record';
import { saidAsShown } from './agreed-in';
import { entersOnPaper } from './answers-on-paper';
import { channelOf } from './channel';
import { deliveriesTold } from './deliveries-told';
import { deskNames, type DeskNames } from './desk-names';
import { isOwn, isTold } from './is-told';
import { conditionsOf, feedbackNow, isMasked, lookAt, wentOn, type Looking } from './looking';
import { badgesOf } from './badges';
import { timesOf } from './in-time';
import {
  counting,
  cursorOf,
  inOrder,
  isFew,
  queueCountSql,
  queuePageSql,
  type QueuePlace,
  type Wanted,
} from './queue-sql';
import { noteIn } from './notes';
import { takesNotes } from './readable';
import { ShownContent } from './shown-content.service';
import { notFoundByDesk } from './unnamed-desks';
import { asShown, viewpointOf, type Viewpoint } from './viewpoint';
import { bringsWords, seesWords } from './words';
import type { Caller } from '../access';
import { notCarriedBy, sheetOf } from '../delivery';
import { Directory, isUnnamed } from '../organizations';
import { knownToAs, protectionOf } from '../people';
import { Clock, Database, HUB_KEYS, sentenceOf, type HubKeys, type Sealing, type Tx } from '../platform';
import { MissingLeads } from '../support-units';

/** A page as it was found. */
interface Found {
  readonly referrals: readonly ReferralRecord[];
  readonly next: string | undefined;
}

const defaultLimit = 50;
/** Counters are exact up to here; more is 「1,000+」. */
const countTo = 1000;

/** 104 既に支援中: who else is at work is told to nobody but the desk itself, unless notes are in the feedback scope. */
const linked = '104';

/** What one desk writes to the other, whatever the feedback scope: it cannot act on what it may not read. */
const toSender: Readonly<Record<string, readonly string[]>> = {
  ask: ['questions', 'note'],
  'propose-return': ['whoTellsPerson', 'fitting', 'municipality'],
};
const toRecipient: Readonly<Record<string, readonly string[]>> = {
  answer: ['answer'],
  'send-back': ['note'],
  'agree-return': ['talk', 'keepsDoing'],
  withdraw: ['reason'],
  supplement: ['note'],
};

/** What a desk writes for itself: it names what else it has in hand, so the other desk reads it in no scope. */
const ownOnly: ReadonlySet<string> = new Set(['runningCase', 'duplicateOf', 'need']);

/** Where somebody says which desk it is for. */
const addressees: ReadonlySet<string> = new Set(['fitting', 'referredTo', 'to']);

/** What a system says without words of its own. In all the rest a place may stand. */
const wordless: ReadonlySet<string> = new Set([
  ...['worker', 'personMatched', 'nextContactOn', 'outcome', 'fitting', 'referredTo', 'wakeOn', 'meetOn', 'series'],
  ...['diedOn', 'movedOn', 'admittedOn'],
]);

/** What a caller may see. The same decision and the same redaction as on the wire. */
@Injectable()
export class Views {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly leads: MissingLeads,
    private readonly clock: Clock,
    private readonly content: ShownContent,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async queue(caller: Caller, query: QueueQuery): Promise<QueuePage> {
    const limit = query.limit ?? defaultLimit;
    const wanted = await this.wantedBy(caller, query);
    const [counters, found] = await this.database.transaction((tx) =>
      Promise.all([this.counted(tx, caller, wanted), this.found(tx, caller, wanted, limit)]),
    );
    return { ...(await this.shownOf(caller, found)), counters };
  }

  /** The same without counting, in pages as large as they are asked for. */
  async page(caller: Caller, query: QueueQuery, limit: number): Promise<Omit<QueuePage, 'counters'>> {
    const wanted = await this.wantedBy(caller, query);
    return this.shownOf(caller, await this.database.transaction((tx) => this.found(tx, caller, wanted, limit)));
  }

  /** How many there are of this in each state. */
  async counters(caller: Caller, query: QueueQuery): Promise<QueuePage['counters']> {
    const wanted = await this.wantedBy(caller, query);
    return this.database.transaction((tx) => this.counted(tx, caller, wanted));
  }

  private async wantedBy(caller: Caller, query: QueueQuery): Promise<Wanted> {
    const without = await notFoundByDesk(this.database, caller, query, this.directory);
    const isTold = query.view === 'without_lead' && mayForAll(caller, 'units.lead');
    return { ...query, without, ...(isTold && { among: await this.leads.referrals() }) };
  }

  private async counted(tx: Tx, caller: Caller, wanted: Wanted): Promise<QueuePage['counters']> {
    const { sql, parameters } = queueCountSql(caller, wanted, japaneseDay(this.clock.now()), countTo + 1);
    await tx.query(counting);
    const counted = await tx.ask<{ state: ReferralState; count: number }>(sql, parameters);
    return counted.map(({ state, count }) => ({ state, count: Math.min(count, countTo), more: count > countTo }));
  }

  private async found(tx: Tx, caller: Caller, wanted: Wanted, limit: number): Promise<Found> {
    if (!isFew(wanted)) await tx.query(inOrder);
    const places: QueuePlace[] = [];
    for (const { sql, parameters } of queuePageSql(caller, wanted, japaneseDay(this.clock.now()), limit + 1))
      if (places.length <= limit) places.push(...(await tx.ask<QueuePlace>(sql, parameters)));
    const ids = [...new Set(places.slice(0, limit).map((p) => p.id))];
    const ask = { query: <T>(...asked: Parameters<Tx['ask']>) => tx.ask<T>(...asked) };
    const records = await referralsWhere(ask, 'id = any($1::uuid[])', [ids], { content: false });
    const byId = new Map(records.map((r) => [r.id, r]));
    const last = places.length > limit ? places[limit - 1] : undefined;
    return { referrals: ids.flatMap((id) => byId.get(id) ?? []), next: last && cursorOf(last) };
  }

  private async shownOf(caller: Caller, { referrals, next }: Found): Promise<Omit<QueuePage, 'counters'>> {
    const named = await deskNames(this.database, referrals, this.directory);
    // Whose it was when it was found, and is no more.
    const seen = referrals.flatMap((referral) => {
      const viewpoint = viewpointOf(caller, referral, this.directory);
      return viewpoint ? [{ referral, viewpoint }] : [];
    });
    const badges = await badgesOf(this.database, seen, this.directory, this.clock.now());
    return {
      items: seen.map(({ referral, viewpoint }) => this.line(referral, viewpoint, named, badges)),
      ...(next !== undefined && { next }),
    };
  }

  /** Who became one with another one while it was put together is looked at anew: that one may be protected. */
  async detail(caller: Caller, id: string): Promise<ReferralView> {
    for (;;) {
      const { referral, viewpoint } = await lookAt(caller, id, this.looking());
      const view = await this.shown(caller, referral, viewpoint);
      if (!view.members) return view;
      const [now] = await this.database.query<{ version: number }>('select version from referral where id = $1', [id]);
      if (now?.version === referral.version) return view;
    }
  }

  private async shown(caller: Caller, referral: ReferralRecord, viewpoint: Viewpoint): Promise<ReferralView> {
    const named = await deskNames(this.database, [referral], this.directory);
    const content = await this.content.of(caller, referral, viewpoint);
    const notCarried = viewpoint.sender ? await this.notCarried(referral) : [];
    const sheetCode = viewpoint.sender ? await this.sheetCode(referral) : undefined;
    const isSide = viewpoint.sender || viewpoint.recipient;
    const phoned = isSide && !isMasked(referral, viewpoint) ? await this.phoned(referral) : undefined;
    // What it must keep to a desk knows before it opens it, and as long as it has it.
    const conditions =
      isSide && !isMasked(referral, viewpoint) ? await conditionsOf(referral, this.database) : undefined;
    const { persons } = kindRules[referral.kind];
    const known = viewpoint.whole('persons') && persons === 'some' ? await this.asKnown(referral) : undefined;
    // The sender hears when it will be answered, whatever else may come back.
    const hearsDate =
      viewpoint.whole('worker') || (viewpoint.sender && kindRules[referral.kind].answersWithDate === true);
    const badges = await badgesOf(this.database, [{ referral, viewpoint }], this.directory, this.clock.now());
    const line = this.line(referral, viewpoint, named, badges);
    const isHidden = line.to !== undefined && isUnnamed(line.to);
    const unnamed = isHidden && !(viewpoint.sender && (await this.isOwnChoice(referral))) ? line.to : undefined;
    return {
      ...line,
      purpose: referral.purpose,
      // An id leads to the name of a desk that is not named here.
      toAddress: unnamed ? { domain: unnamed.domain } : referral.toAddress,
      // How person and desk meet is theirs to know, and of those who see how it went on.
      ...(referral.howTheyMeet !== undefined &&
        (isSide || viewpoint.whole('timeline')) && {
          howTheyMeet: content ? safelyMet(referral.howTheyMeet, content.subject) : referral.howTheyMeet,
        }),
      ...(isSide && isRouted(referral) && { channel: channelOf(referral, this.directory) }),
      ...(sheetCode !== undefined && { sheetCode }),
      ...(known && {
        person: known(subjectOf(referral)),
        persons: referral.members.map(({ ref, person }) => ({ ref, person: known(person) })),
      }),
      ...(content && { members: persons === 'some' ? [content.subject, ...content.others] : [] }),
      ...(content?.said && { said: saidAsShown(content.said) }),
      ...(conditions && { conditions }),
      ...(content?.worker !== undefined && { fromWorker: content.worker }),
      ...(notCarried.length > 0 && { notCarried }),
      ...(viewpoint.whole('worker') && referral.worker !== undefined && { worker: referral.worker }),
      ...(hearsDate && referral.nextContactOn !== undefined && { nextContactOn: referral.nextContactOn }),
      ...(viewpoint.sender && (referral.followUps ?? []).length > 0 && { followUps: [...(referral.followUps ?? [])] }),
      ...((viewpoint.sender || viewpoint.has('timeline', 'whole')) && {
        ...(referral.parent !== undefined && { continues: referral.parent }),
        ...(referral.reopens !== undefined && { reopens: referral.reopens }),
      }),
      ...(phoned && { phoned: viewpoint.sender ? phoned : withoutThirdParties(phoned) }),
      ...(referral.misdirected === true && { misdirected: true as const }),
    };
  }

  /** Has its sender itself handed it in for there? Who coordinates or leads says it as well, when it goes on or begins anew. */
  private async isOwnChoice({ id, fromFunction }: ReferralRecord): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from referral_event where referral = $1 and function = $2 and action in ('submit', 'replace') limit 1`,
      [id, fromFunction],
    );
    return rows.length > 0;
  }

  /** By which ids its sender knows whom it is about. */
  private async asKnown({ fromFunction: desk, members }: ReferralRecord): Promise<(person: string) => string> {
    const known = await knownToAs(
      this.database,
      members.map(({ person }) => ({ function: desk, person })),
    );
    return (person) => known(desk, person);
  }

  async timeline(caller: Caller, id: string): Promise<TimelineEntry[]> {
    const { referral, viewpoint } = await lookAt(caller, id, this.looking());
    const rows = await this.database.query<{
      version: number;
      action: HistoryEntry;
      from_state: ReferralState | null;
      to_state: ReferralState;
      actor: string;
      function: string | null;
      at: Date;
      reasons: string[];
      facts: Buffer | null;
      told: boolean;
      told_to: ReferralState | null;
      entered_by: string | null;
    }>(
      'select version, action, from_state, to_state, actor, function, at, reasons, facts, told, told_to, entered_by from referral_event where referral = $1 order by version',
      [id],
    );
    const desks = rows.flatMap((e) => [e.function ?? [], e.entered_by ?? []].flat());
    const named = await deskNames(this.database, [referral], this.directory, desks);
    const whole = viewpoint.whole('timeline');
    const released = rows.find((e) => e.to_state === 'sent')?.version ?? 0;
    const fromRelease = viewpoint.has('timeline', 'told') || viewpoint.has('timeline', 'whole') ? 0 : released;
    const feedback = viewpoint.sender ? await feedbackNow(referral, this.looking()) : 'none';
    const words = viewpoint.recipient
      ? await seesWords(this.database, referral, this.directory, this.clock.now())
      : undefined;
    const isSender = viewpoint.sender && !viewpoint.recipient && !viewpoint.has('timeline', 'whole');
    const isReasoned = (action: string) => !isSender || tellsReasons(action);
    const isSealed = isProtected(referral, await protectionOf(this.database, personsOf(referral)));
    const entries: TimelineEntry[] = [];
    let heard: number | undefined;
    let state: ReferralState | undefined;
    for (const e of rows) {
      if (e.version < fromRelease || !isTold(viewpoint, e, referral, feedback)) continue;
      const mine = isOwn(viewpoint, e, referral);
      const from = whole ? (e.from_state ?? undefined) : state;
      // Beside a step the state stays what this viewer knows of it.
      const there = whole || e.from_state !== e.to_state || state === undefined ? e.to_state : state;
      const to = whole ? there : (e.told_to ?? there);
      const note =
        e.facts &&
        !isMasked(referral, viewpoint) &&
        this.noteFor(e, mine, viewpoint, { feedback, words: words !== undefined, isSealed }, id);
      if (note && !mine && Object.keys(note).length > 0) heard = e.version;
      entries.push({
        // Whoever is not told everything counts what it was told of.
        version: whole ? e.version : entries.length + 1,
        at: e.at.toISOString(),
        // For whoever was told of no 引受 there is only one way to lose the authority.
        action: !whole && e.told_to === 'revoked' ? 'revoke' : e.action,
        ...(from !== undefined && { from }),
        to,
        by: byOf(e.actor),
        ...(e.function !== null && { function: named(referral, viewpoint, e.function) }),
        ...(e.entered_by !== null && { enteredBy: named(referral, viewpoint, e.entered_by) }),
        reasons:
          mine || feedback === 'state+note'
            ? e.reasons
            : isReasoned(e.action)
              ? e.reasons.filter((r) => r !== linked)
              : [],
        ...(note && { note }),
      });
      state = to;
    }
    if (heard !== undefined) await this.enterHearing(caller, referral, viewpoint, words, heard);
    return entries;
  }

  async deliveries(caller: Caller, id: string): Promise<DeliveryTold[]> {
    const { referral, viewpoint } = await lookAt(caller, id, this.looking());
    return deliveriesTold(referral, viewpoint, this.looking());
  }

  /** What the other desk has written is read as well. */
  private async enterHearing(
    caller: Caller,
    referral: ReferralRecord,
    { recipient }: Viewpoint,
    words: Permit | undefined,
    last: number,
  ): Promise<void> {
    if (!isRouted(referral) || kindRules[referral.kind].persons === 'none') return;
    if (recipient && (await this.content.hasOpened(caller, referral))) return;
    const on = words ?? (await wentOn(referral, this.database));
    if (!on) return;
    const [subject] = referral.members;
    const [desk, from] = [referral.toFunction, referral.fromFunction];
    await this.content.enterLook(caller, referral, {
      ...(recipient ? { function: desk, from } : { function: from, from: desk }),
      authority: on.authority,
      members: [{ ref: subject.ref, person: subject.person, categories: ['narrative'] }],
      version: last,
    });
  }

  /** One's own texts, what is said to the other desk by its very nature, and what the feedback scope lets through. */
  private noteFor(
    event: {
      action: string;
      to_state: ReferralState;
      function: string | null;
      actor: string;
      version: number;
      facts: Buffer | null;
    },
    mine: boolean,
    viewpoint: Viewpoint,
    { feedback, words, isSealed }: { readonly feedback: Feedback; readonly words: boolean; readonly isSealed: boolean },
    id: string,
  ): TimelineEntry['note'] {
    // What is added once nothing comes there any more stays with its sender.
    const reaches = event.action !== 'supplement' || takesNotes(event.to_state);
    const addressed = viewpoint.recipient
      ? words && reaches
        ? toRecipient[event.action]
        : undefined
      : viewpoint.sender
        ? toSender[event.action]
        : undefined;
    const all = mine || (viewpoint.has('notes', 'told') && feedback === 'state+note');
    if (!event.facts || (!all && !addressed)) return undefined;
    const { version, facts } = event;
    const note = openFacts<NonNullable<TimelineEntry['note']>>(this.keys.sealing, { referral: id, version, facts });
    if (mine) return note;
    // Of whoever is protected no system speaks, also where it did so before: what must be said is said on the screen.
    const unread = isSealed && byOf(event.actor) !== 'staff';
    const may = (key: string) =>
      !ownOnly.has(key) && (all || addressed?.includes(key) === true) && (!unread || wordless.has(key));
    const kept = Object.entries(note).filter(([key]) => may(key));
    const shown = isSealed
      ? kept.map(
          ([key, value]) =>
            [key, addressees.has(key) ? (this.unnamed(value as Addressee) as typeof value) : value] as const,
        )
      : kept;
    return withoutThirdParties(Object.fromEntries(shown));
  }

  /** An addressee, by which nobody finds the name of a desk that gives a protected person's town away: no id, and no area. */
  private unnamed(addressee: Addressee): Addressee {
    if (addressee === 'unknown') return addressee;
    if ('domain' in addressee) return { domain: addressee.domain };
    const { domain } = this.directory.outline(addressee.function);
    return this.directory.givesTownAway(addressee.function) ? { domain } : addressee;
  }

  async actions(caller: Caller, id: string): Promise<Actions> {
    const looking = this.looking();
    const { referral, viewpoint } = await lookAt(caller, id, looking);
    const onPaper =
      possibleWrittenAnswers(referral).some((a) => a.possible) &&
      (await entersOnPaper(caller, referral, viewpoint, looking));
    return {
      version: asShown(referral, viewpoint).version,
      actions: possibleActions(referral, viewpoint.actors, {
        byMachine: caller.kind !== 'staff',
      }).map((a) => ({
        ...a,
        ...(a.because !== undefined && { sentence: sentenceOf(a.because) }),
      })),
      ...(onPaper && { onPaper }),
    };
  }

  /**
   * That something was written at the recipient's is feedback as well, and is told as far as that may go back now. What a
   * desk writes beside the content comes to the screen alone: that the other one's system has no place for it holds always.
   */
  private async notCarried(referral: ReferralRecord): Promise<DataCategory[]> {
    if (referral.sentAt === undefined || !isRouted(referral)) return [];
    const bySystem = channelOf(referral, this.directory) === 'plugin';
    const wrote = bySystem && (await hasWritten(this.database, this.keys.sealing, referral));
    const left = await notCarriedBy(this.database, referral.id);
    const told = left.length > 0 && (await feedbackNow(referral, this.looking())) !== 'none' ? left : [];
    return [...new Set([...told, ...(wrote ? (['narrative'] as const) : [])])];
  }

  /** 即日: who there was telephoned, so that somebody there can confirm it. It was said before it left. */
  private async phoned({ id, urgency, phoned }: ReferralRecord): Promise<ReferralView['phoned']> {
    if (urgency !== 'same_day' || phoned !== true) return undefined;
    const rows = await this.database.query<{ version: number; facts: Buffer }>(
      `select version, facts from referral_event where referral = $1 and facts is not null
         and version <= coalesce((select min(s.version) from referral_event s where s.referral = $1 and s.to_state = 'sent'), version)
       order by version desc`,
      [id],
    );
    for (const { version, facts } of rows) {
      const said = openFacts<Pick<ReferralView, 'phoned'>>(this.keys.sealing, { referral: id, version, facts });
      if (said.phoned) return said.phoned;
    }
    return undefined;
  }

  private async sheetCode(referral: ReferralRecord): Promise<string | undefined> {
    const isOut = referral.sentAt !== undefined && isRouted(referral) && hasSheet(channelOf(referral, this.directory));
    return isOut && (await sheetOf(this.database, referral.id)) === 'out' ? uuidToCode(referral.id) : undefined;
  }

  private looking(): Looking {
    return { tx: this.database, directory: this.directory, now: this.clock.now() };
  }

  private line(
    r: ReferralRecord,
    viewpoint: Viewpoint,
    named: DeskNames,
    badges: ReadonlyMap<string, AuthorityBadge>,
  ): QueueItem {
    const { state, version, stateAt, dueOn } = asShown(r, viewpoint);
    const today = japaneseDay(this.clock.now());
    const basis = badges.get(r.id);
    const from = named(r, viewpoint, r.fromFunction);
    const to = r.toFunction === undefined ? undefined : named(r, viewpoint, r.toFunction);
    return {
      id: r.id,
      journeyId: r.journey,
      kind: r.kind,
      state,
      version,
      from,
      ...(to && { to }),
      urgency: r.urgency,
      createdAt: r.createdAt.toISOString(),
      stateAt: stateAt.toISOString(),
      ...(dueOn !== undefined && { dueOn }),
      overdue: dueOn !== undefined && dueOn < today,
      ...waitOf({ state, stateAt, dueOn }, today, timesOf(countedAs(r, { from, to }), this.directory)),
      ...(basis !== undefined && { basis }),
    };
  }
}

/** Day by day, the days on which a desk is closed tell where it is: where that is hidden, those of the other one are counted. */
function countedAs(r: ReferralRecord, { from, to }: Pick<QueueItem, 'from' | 'to'>): ReferralRecord {
  if (to && isUnnamed(to)) return { ...r, toFunction: r.fromFunction };
  return isUnnamed(from) && r.toFunction !== undefined ? { ...r, fromFunction: r.toFunction } : r;
}

/** Has the sender written to the other desk beside the content? */
async function hasWritten(
  tx: Pick<Database, 'query'>,
  sealing: Sealing,
  { id, fromFunction }: ReferralRecord,
): Promise<boolean> {
  const rows = await tx.query<{ version: number; action: string; facts: Buffer }>(
    `select version, action, facts from referral_event where referral = $1 and function = $2 and action = any($3::text[]) and facts is not null and to_state <> all($4::text[])`,
    [id, fromFunction, [...bringsWords, 'supplement'], [...unsentStates]],
  );
  // A supplement may say other things of itself: that a text was read, or is true still.
  return rows.some((r) => r.action !== 'supplement' || noteIn(sealing, id, r.version, r.facts) !== undefined);
}

function byOf(actor: string): TimelineEntry['by'] {
  if (actor.startsWith('staff:')) return 'staff';
  if (actor.startsWith('client:')) return 'client';
  return actor.startsWith('plugin:') ? 'plugin' : 'hub';
}
