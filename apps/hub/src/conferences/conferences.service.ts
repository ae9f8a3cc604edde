// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  AgendaView,
  CallableStaff,
  ConferenceLine,
  ConferencePage,
  ConferenceQuery,
  ConferenceView,
  FunctionOutline,
} from '@tsunagi/contracts';
import {
  basisAt,
  ConferenceRefusedError,
  coverage,
  holdsIt,
  isContributor,
  itemsFor,
  mayReadMinutes,
  mayReadOfAll,
  partsOf,
  withoutThirdParties,
  type AgendaQuestion,
  type Conference,
  type ConferenceActor,
  type ConferenceItem,
  type ConferenceMember,
} from '@tsunagi/domain';
import { agendaQuestion, attendeeOf } from './agenda-question';
import { actorOf, findConference, testify } from './conference-access';
import {
  bytesOf,
  conferenceById,
  places,
  promotedBody,
  type PromotedBody,
  type SignedText,
  type StoredConference,
} from './conference.rows';
import { secrecyOf } from './secrecy';
import { workingThere } from './working-there';
import type { Caller } from '../access';
import { enterLooks, type Look } from '../looks';
import { Directory } from '../organizations';
import { knownToAs, namesBeside } from '../people';
import { Clock, Database, HUB_KEYS, type HubKeys, type Tx } from '../platform';

const pageSize = 50;

/**
 * 会議, as each sees it. Whoever was called by name, the chair and the 事務局 know that it is there; for everybody else it is
 * absent, whatever they hold. Nothing of it is told by an event, counted, or written into the audit but ids, states and numbers.
 */
@Injectable()
export class Conferences {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Those that the caller's function holds, and those to which the caller was called. */
  async list(caller: Caller, query: ConferenceQuery): Promise<ConferencePage> {
    const limit = query.limit ?? pageSize;
    const actor = actorOf(caller);
    if (!actor) return { items: [] };
    const rows = await this.database.query<{ id: string }>(
      `select id from conference where id in (
           select conference from conference_member where staff = $1 and function = $2
           union all select id from conference where $3 and host_function = $2)
         and not persons && $7::uuid[] and ($4::text is null or state = $4) and ($5::uuid is null or id < $5) order by id desc limit $6`,
      [
        actor.staff,
        actor.function,
        actor.secretariatOf !== undefined,
        query.state ?? null,
        query.cursor ?? null,
        limit + 1,
        [...(caller.excluded?.persons ?? [])],
      ],
    );
    const items: ConferenceLine[] = [];
    for (const { id } of rows.slice(0, limit)) {
      const stored = await conferenceById(this.database, this.keys.sealing, id);
      if (stored)
        items.push(
          this.line(
            stored,
            await this.namesFor(this.database, stored.conference, {
              ...actor,
              secretariat: actor.secretariatOf === stored.conference.host,
            }),
          ),
        );
    }
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return { items, ...(last && { next: last.id }) };
  }

  async one(caller: Caller, id: string): Promise<ConferenceView> {
    return this.database.transaction(async (tx) => {
      const { stored, actor } = await findConference(tx, this.keys.sealing, caller, id);
      const { conference } = stored;
      const mine = partsOf(conference, actor);
      const holds = holdsIt(conference, actor) && (actor.secretariat || mine.length > 0);
      const asked = this.askedOf(stored, actor);
      const targets = conference.items.map((item) => this.targetOf(item, asked.get(item.id)));
      const named = await this.namesFor(tx, conference, actor, targets);
      const view: ConferenceView = {
        ...this.line(stored, named),
        secrecy: secrecyOf(conference, actor),
        acknowledged: mine,
        // Who decides on it needs what was decided before; a member may not be covered for what is said there.
        ...(holds && { decided: this.decided(stored, actor) }),
      };
      // A member sees nothing before secrecy is acknowledged.
      if (!holds && mine.length === 0) return view;
      const names = await this.namesOf(tx, conference.members);
      const roster = conference.members.filter((m) => holds || mine.includes(m.part));
      const question = await this.question(tx, conference);
      const seen = mine.flatMap((part) => itemsFor(attendeeOf(actor, part), conference, question));
      const { words, heard } = this.wordsFor(stored, actor, question);
      const known = await this.known(tx, conference, actor);
      if (seen.length > 0 || heard.length > 0) {
        const now = this.clock.now();
        testify(tx, caller, id, 'conference.read', now, { items: seen.map((i) => i.id) });
        enterLooks(tx, looksAt({ items: seen, heard }, stored, question, { actor, known, asked }), now);
      }
      return {
        ...view,
        ...(conference.chair !== undefined && { chair: conference.chair }),
        // Who organises it and has not acknowledged secrecy needs no case, only who comes.
        ...(mine.length > 0 && { persons: conference.persons.map(known) }),
        ...words,
        members: roster.map((m) => this.seat(m, names, named)),
        items: seen.map((item) => this.item(stored, item, actor, { known, named, asked })),
      };
    });
  }

  /**
   * Why it is held, and what was decided, as far as this member may read it now. To the 事務局 it was said why, which names nobody,
   * so that it decides on it.
   */
  private wordsFor(stored: StoredConference, actor: ConferenceActor, q: AgendaQuestion) {
    const { conference } = stored;
    const { id, host, kind, parts } = conference;
    const desk = actor.function;
    const mine = partsOf(conference, actor);
    // For older texts the 事務局 answers.
    const open = (place: string, sealed: Buffer | null) => {
      const text = sealed && this.keys.sealing.open<SignedText>(place, sealed);
      return text ? { by: text.by ?? host, says: toReader(text.text, text.by === desk) } : undefined;
    };
    const reason = open(places.reason(id), stored.reason);
    const record = open(places.record(id), stored.record);
    const reasonIn = reason && mine.find((part) => mayReadOfAll(attendeeOf(actor, part), reason.by, conference, q));
    const readsMinutes = [kind, ...parts].every(
      (_, part) => record && mine.includes(part) && mayReadMinutes(attendeeOf(actor, part), record.by, conference, q),
    );
    const recordIn = readsMinutes || record?.by === desk ? mine[0] : undefined;
    const heard: Heard[] = [
      ...(reason && reasonIn !== undefined ? [{ function: reason.by, part: reasonIn }] : []),
      ...(record && recordIn !== undefined ? [{ function: record.by, part: recordIn }] : []),
    ];
    // What was said to it is its desk's own paper; beside the persons it is of them.
    const isOwnPaper = reason !== undefined && reasonIn === undefined && actor.secretariat;
    return {
      words: {
        ...(reason && (reasonIn !== undefined || actor.secretariat) && { reason: reason.says }),
        ...(record && recordIn !== undefined && { record: record.says }),
      },
      heard: [
        ...heard.filter((h) => h.function !== desk),
        ...(isOwnPaper && mine[0] !== undefined ? [{ function: desk, part: mine[0] }] : []),
      ],
    };
  }

  private decided({ conference: { id }, decided }: StoredConference, actor: ConferenceActor) {
    return decided.map(({ step, outcome, at, version, sealed }) => ({
      step,
      ...(outcome !== undefined && { outcome }),
      at,
      reason: this.textFor(actor, places.decided(id, version), bytesOf(sealed)),
    }));
  }

  /** Whoever is asked to let an item out reads what would leave, and for where. */
  private askedOf(stored: StoredConference, actor: ConferenceActor): ReadonlyMap<string, PromotedBody> {
    const own = stored.conference.items.filter(
      (item) => item.promotion === 'asked' && !item.erased && isContributor(item, actor),
    );
    return new Map(own.map(({ id }) => [id, promotedBody(this.keys.sealing, stored, id)]));
  }

  /** The function to which it goes as the routes stand. */
  private targetOf({ function: from }: ConferenceItem, leaving: PromotedBody | undefined): string | undefined {
    return leaving && this.directory.resolve({ to: leaving.to, from, kind: 'referral' });
  }

  /** As somebody of this function reads it: what was marked as about others stays with the desk that wrote it. */
  private textFor({ function: desk }: ConferenceActor, place: string, sealed: Buffer): string {
    const { text, by } = this.keys.sealing.open<SignedText>(place, sealed);
    return toReader(text, by === desk);
  }

  async agenda(caller: Caller, id: string): Promise<AgendaView> {
    return this.database.transaction(async (tx) => {
      const { stored, actor } = await findConference(tx, this.keys.sealing, caller, id);
      const { conference } = stored;
      const mine = partsOf(conference, actor);
      const holds = holdsIt(conference, actor) && (actor.secretariat || mine.length > 0);
      if (!holds && mine.length === 0) throw new ConferenceRefusedError('SECRECY_UNACKNOWLEDGED');
      const question = await this.question(tx, conference);
      const names = await this.namesOf(tx, conference.members);
      const named = await this.namesFor(tx, conference, actor);
      const known = await this.known(tx, conference, actor);
      const covered = coverage(conference, question);
      const uncovered = ({ part, seat }: ConferenceMember) =>
        covered.find((c) => c.attendee.part === part && c.attendee.staff === seat?.staff)?.uncovered ?? [];
      const parts = [conference.kind, ...conference.parts].flatMap((kind, part) => {
        if (!holds && !mine.includes(part)) return [];
        const roster = conference.members.filter((m) => m.part === part);
        return [
          {
            part,
            kind,
            attendees: roster.map((m) => ({
              ...this.seat(m, names, named),
              ...(holds &&
                mine.includes(part) &&
                m.seat && {
                  uncovered: uncovered(m).map((u) => ({ person: known(u.person), categories: [...u.categories] })),
                }),
            })),
            items: mine.includes(part) ? itemsFor(attendeeOf(actor, part), conference, question).map((i) => i.id) : [],
          },
        ];
      });
      return { parts };
    });
  }

  /** Of a function that is closed or not there it is nobody. */
  async callable(caller: Caller, id: string, desk: string): Promise<CallableStaff> {
    return this.database.transaction(async (tx) => {
      const { stored, actor } = await findConference(tx, this.keys.sealing, caller, id);
      if (!holdsIt(stored.conference, actor)) throw new ConferenceRefusedError('NOT_YOUR_PART');
      if (!this.directory.inForce(desk)) return { items: [] };
      const works = await workingThere(tx, this.directory, [desk], this.clock.now());
      return { items: works.map(({ staff, name }) => ({ staff, name })) };
    });
  }

  private question(tx: Tx, conference: Conference): Promise<AgendaQuestion> {
    return agendaQuestion(tx, this.directory, conference, this.clock.now());
  }

  /** Whoever holds it calls every desk, and must find it. */
  private async namesFor(
    tx: Pick<Tx, 'query'>,
    conference: Conference,
    actor: ConferenceActor,
    targets: readonly (string | undefined)[] = [],
  ): Promise<NameOfDesk> {
    const { host, members, items, persons } = conference;
    const desks = [host, ...targets, ...members.map((m) => m.seat?.function), ...items.map((i) => i.function)];
    const named = await namesBeside(tx, this.directory, [{ desks, persons }]);
    const own = holdsIt(conference, actor) ? 'all' : [actor.function];
    return (desk) => named(desk, { persons, own });
  }

  private line({ conference, version }: StoredConference, named: NameOfDesk): ConferenceLine {
    const { id, kind, parts, state, host, heldOn, reviewOn } = conference;
    return {
      id,
      kind,
      parts: [...parts],
      state,
      version,
      host: named(host),
      ...(heldOn !== undefined && { heldOn }),
      ...(reviewOn !== undefined && { reviewOn }),
    };
  }

  private seat(
    { part, seat, attendance, mode, acknowledged }: ConferenceMember,
    names: ReadonlyMap<string, string>,
    named: NameOfDesk,
  ) {
    const name = seat && names.get(seat.staff);
    return {
      part,
      ...(seat && {
        ...(isNamed(named(seat.function), this.directory.find(seat.function)) && { functionId: seat.function }),
        function: named(seat.function),
        staff: seat.staff,
      }),
      ...(name !== undefined && { name }),
      attendance,
      mode,
      acknowledged,
    };
  }

  /** Each desk says the id by which it knows somebody. */
  private async known(
    tx: Tx,
    { persons }: Conference,
    { function: desk }: ConferenceActor,
  ): Promise<(person: string) => string> {
    const known = await knownToAs(
      tx,
      persons.map((person) => ({ function: desk, person })),
    );
    return (person) => known(desk, person);
  }

  private item(
    { bodies }: StoredConference,
    item: ConferenceItem,
    { staff, function: desk }: ConferenceActor,
    { known, named, asked }: Shown & { readonly named: NameOfDesk },
  ) {
    const leaving = asked.get(item.id);
    const target = this.targetOf(item, leaving);
    return {
      id: item.id,
      part: item.part,
      function: named(item.function),
      ...(item.staff === staff && { mine: true as const }),
      person: known(item.person),
      category: item.category,
      text: toReader(bodies.get(item.id)?.text ?? '', item.function === desk),
      ...(item.informant && { informant: true as const }),
      ...(item.promotion !== undefined && { promotion: item.promotion }),
      ...(leaving && {
        leaving: { ...(target !== undefined && { to: named(target) }), items: leaving.items },
      }),
    };
  }

  private async namesOf(tx: Tx, members: readonly ConferenceMember[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ id: string; name: string }>('select id, name from staff where id = any($1::uuid[])', [
      [...new Set(members.flatMap((m) => m.seat?.staff ?? []))],
    ]);
    return new Map(rows.map((r) => [r.id, r.name]));
  }
}

type NameOfDesk = (desk: string) => FunctionOutline;

interface Shown {
  readonly known: (person: string) => string;
  /** What the reader is asked to let out, by item. */
  readonly asked: ReadonlyMap<string, PromotedBody>;
}

/** A text of everybody who is discussed that another desk has written, and the part in which it is read. */
interface Heard {
  readonly function: string;
  readonly part: number;
}

/** What others have brought into it and somebody reads, and on what. */
function looksAt(
  { items, heard }: { readonly items: readonly ConferenceItem[]; readonly heard: readonly Heard[] },
  { conference, version }: StoredConference,
  question: AgendaQuestion,
  { actor, known, asked }: Shown & { readonly actor: ConferenceActor },
): Look[] {
  const { staff, function: desk } = actor;
  // What is written of everybody is a text about each.
  const texts = heard.flatMap((text) =>
    conference.persons.map((person) => ({
      ...text,
      ...{ person, category: 'narrative' as const, whereaboutsChecked: false },
    })),
  );
  const brought = items.flatMap((item) => {
    if (item.staff !== staff) return [item];
    // The words in which others would let one's own item out are theirs.
    const by = asked.get(item.id)?.by;
    return by === undefined || by === desk ? [] : [{ ...item, function: by }];
  });
  const basisIn = (part: number) => basisAt(attendeeOf(actor, part), conference, question);
  return [...brought, ...texts].map((seen) => {
    const { part, person, category, function: from } = seen;
    return {
      way: 'conference',
      viewer: `staff:${staff}`,
      function: desk,
      from,
      // What others would let out of one's own item is read on nothing else but that it is one's own.
      authority: (from === desk ? undefined : basisIn(part)(seen)) ?? 'own_desk',
      askedFor: known(person),
      person,
      members: [{ ref: 'subject', person, categories: [category] }],
      conference: conference.id,
      version,
    };
  });
}

const toReader = (text: string, isOwn: boolean): string => (isOwn ? text : withoutThirdParties(text));

/** A desk whose name is kept back is found by no id either. */
const isNamed = (shown: FunctionOutline, desk: { readonly code: string } | undefined): boolean =>
  shown.code === desk?.code;
