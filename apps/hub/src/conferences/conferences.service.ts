// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  AgendaView,
  ConferenceLine,
  ConferencePage,
  ConferenceQuery,
  ConferenceStepped,
  ConferenceView,
  FunctionOutline,
  NewConference,
  SubmitBody,
} from '@tsunagi/contracts';
import {
  ConferenceRefusedError,
  conferenceRules,
  coverage,
  decide,
  holdsIt,
  itemsFor,
  japaneseDay,
  kindOfPart,
  knowsOf,
  may,
  mayHold,
  mayShareAnAfternoon,
  partsOf,
  takeConferenceStep,
  uncoveredFor,
  withoutThirdParties,
  type Addressee,
  type AgendaQuestion,
  type Attendee,
  type Conference,
  type ConferenceActor,
  type ConferenceFacts,
  type ConferenceItem,
  type ConferenceMember,
  type ConferenceStep,
} from '@tsunagi/domain';
import { personalTraceIn } from '@tsunagi/text';
import {
  conferenceById,
  places,
  promotedBody,
  saveStep,
  type NewTexts,
  type SignedText,
  type StoredConference,
} from './conference.rows';
import { ConferenceChangedError } from './conference.errors';
import { secrecyOf } from './secrecy';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { wishesOf } from '../consents';
import { enterLooks, type Look } from '../looks';
import { Directory, FunctionUnknownError } from '../organizations';
import { knownToAs, meantBy, namesBeside, tookPart } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { PersonChanges, remindOfConference, SubmissionRejectedError, Submissions } from '../referrals';

const pageSize = 50;

/** What a step says beside the conference itself: which item it made, which referral it opened. */
type Beside = Pick<ConferenceStepped, 'itemId' | 'referralId'>;

/**
 * 会議. Whoever was called by name, the chair and the 事務局 know that it is there; for everybody else it is absent, whatever
 * they hold. Nothing of it is told by an event, counted, or written into the audit but ids, states and numbers.
 */
@Injectable()
export class Conferences {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly submissions: Submissions,
    private readonly persons: PersonChanges,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Any desk proposes one, of persons with whom it took part, to a function that may hold it. */
  async propose(caller: Caller, body: NewConference): Promise<{ id: string }> {
    const now = this.clock.now();
    const from = actingFor(caller);
    // Who holds it is not one to whom this was disclosed: the case gets its name from an item, once it is open.
    if (personalTraceIn(body.reason) !== undefined) throw new SubmissionRejectedError('NAMES_SOMEBODY', '/reason');
    const id = newId(now);
    await this.database.transaction(async (tx) => {
      const persons = await this.discussed(tx, caller, from, body);
      const host = this.hostOf(body, persons.length > 0);
      await this.persons.lock(tx, persons);
      tx.insert('conference', [
        {
          id,
          kind: body.kind,
          parts: body.parts ?? [],
          host_function: host,
          state: 'proposed',
          version: 1,
          persons,
          proposed_by: caller.actor,
          reason: this.keys.sealing.seal(places.reason(id), { text: body.reason, by: from } satisfies SignedText),
          proposed_at: now.toISOString(),
        },
      ]);
      await tx.flush();
      remindOfConference(tx, { function: host, kind: 'conference_proposed', conference: id, at: now });
      this.testify(tx, caller, id, 'conference.proposed', now, { kind: body.kind, persons: persons.length });
    });
    return { id };
  }

  /** The function that holds it, if it may, with all its parts. @throws {ConferenceRefusedError} */
  private hostOf({ kind, parts = [], to }: NewConference, discussesPersons: boolean): string {
    const host = this.directory.find(to);
    if (!host || !this.directory.inForce(host.id)) throw new FunctionUnknownError();
    if (!mayHold(kind, this.directory.party(host.id))) throw new ConferenceRefusedError('CONFERENCE_NOT_HELD_THERE');
    if (!mayShareAnAfternoon([kind, ...parts], { checked: this.isChecked }))
      throw new ConferenceRefusedError('CONFERENCES_APART');
    const withoutPersons = conferenceRules[kind].persons === 'none';
    if (withoutPersons && discussesPersons) throw new ConferenceRefusedError('NO_PERSONS_HERE');
    if (!withoutPersons && !discussesPersons) throw new ConferenceRefusedError('PERSONS_NEEDED');
    return host.id;
  }

  /** 要対協 shares an afternoon only where somebody of the municipality has checked its law. */
  private readonly isChecked = (law: string): boolean =>
    this.directory.authorities().some((row) => row.code === law && row.checkedOn !== undefined);

  private async discussed(
    tx: Tx,
    caller: Caller,
    desk: string,
    { persons = [], referral }: NewConference,
  ): Promise<string[]> {
    const meant: string[] = [];
    for (const id of persons) meant.push((await meantBy(tx, id, [desk])).person);
    if (referral !== undefined) {
      const [own] = await tx.query<{ subject: string }>(
        `select subject from referral where id = $1 and (from_function = $2 or to_function = $2)`,
        [referral, desk],
      );
      if (!own) throw new NotFoundError();
      meant.push(own.subject);
    }
    for (const person of meant) if (!(await tookPart(tx, person, caller, [desk]))) throw new NotFoundError();
    return [...new Set(meant)];
  }

  /** Those that the caller's function holds, and those to which the caller was called. */
  async list(caller: Caller, query: ConferenceQuery): Promise<ConferencePage> {
    const limit = query.limit ?? pageSize;
    const actor = this.actorOf(caller);
    if (!actor) return { items: [] };
    const rows = await this.database.query<{ id: string }>(
      `select id from conference where id in (
           select conference from conference_member where staff = $1 and function = $2
           union all select id from conference where $3 and host_function = $2
           union all select id from conference where chair = $1)
         and ($4::text is null or state = $4) and ($5::uuid is null or id < $5) order by id desc limit $6`,
      [
        actor.staff,
        actor.function,
        actor.secretariatOf !== undefined,
        query.state ?? null,
        query.cursor ?? null,
        limit + 1,
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
      const { stored, actor } = await this.find(tx, caller, id);
      const { conference } = stored;
      const mine = partsOf(conference, actor);
      const holds = holdsIt(conference, actor) && (actor.secretariat || mine.length > 0);
      const named = await this.namesFor(tx, conference, actor);
      const view: ConferenceView = {
        ...this.line(stored, named),
        secrecy: secrecyOf(conference),
        acknowledged: mine,
      };
      // A member sees nothing before secrecy is acknowledged.
      if (!holds && mine.length === 0) return view;
      const names = await this.namesOf(tx, conference.members);
      const roster = conference.members.filter((m) => holds || mine.includes(m.part));
      const question = await this.question(tx, conference);
      const seen = mine.flatMap((part) => itemsFor(attendeeOf(actor, part), conference, question));
      const known = await this.known(tx, conference, actor);
      if (seen.length > 0) {
        const now = this.clock.now();
        this.testify(tx, caller, id, 'conference.read', now, { items: seen.map((i) => i.id) });
        enterLooks(tx, looksAt(seen, stored, actor, known), now);
      }
      const reason = stored.reason && this.textFor(actor, places.reason(id), stored.reason);
      return {
        ...view,
        ...(conference.chair !== undefined && { chair: conference.chair }),
        // Who organises it and has not acknowledged secrecy needs no case, only who comes.
        ...(mine.length > 0 && { persons: conference.persons.map(known) }),
        ...(reason !== null && { reason }),
        members: roster.map((m) => this.seat(m, names, named)),
        items: seen.map((item) => this.item(stored, item, actor, { known, named })),
        ...this.recordFor(stored, actor, question),
      };
    });
  }

  /** Minutes are of everything that was talked about: whoever may not see all of it does not read them. */
  private recordFor(
    { conference, record }: StoredConference,
    actor: ConferenceActor,
    question: AgendaQuestion,
  ): Pick<ConferenceView, 'record'> {
    const parts = [conference.kind, ...conference.parts].map((_, part) => part);
    const mine = partsOf(conference, actor);
    const seesAll = parts.every(
      (part) => mine.includes(part) && uncoveredFor(attendeeOf(actor, part), conference, question).length === 0,
    );
    if (!record || !seesAll) return {};
    return { record: this.textFor(actor, places.record(conference.id), record) };
  }

  /** As somebody of this function reads it: what was marked as about others stays with the desk that wrote it. */
  private textFor({ function: desk }: ConferenceActor, place: string, sealed: Buffer): string {
    const { text, by } = this.keys.sealing.open<SignedText>(place, sealed);
    return toReader(text, by === desk);
  }

  async agenda(caller: Caller, id: string): Promise<AgendaView> {
    return this.database.transaction(async (tx) => {
      const { stored, actor } = await this.find(tx, caller, id);
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

  /** One step, at the version that was seen. */
  async take(caller: Caller, id: string, version: number, said: ConferenceStep): Promise<ConferenceStepped> {
    const step = await this.meant(caller, said);
    if (step.action === 'request') return this.request(caller, id, version, step);
    if (step.action === 'agree-promotion' && step.agreed) return this.intoDraft(caller, id, version, step);
    const now = this.clock.now();
    const itemId = step.action === 'add-item' ? newId(now) : undefined;
    const stepped = await this.database.transaction(async (tx) => {
      const { conference } = (await this.find(tx, caller, id)).stored;
      let done: ConferenceStepped | undefined;
      await this.persons.aroundSitting(tx, conference.persons, caller.actor, async () => {
        done = await this.step(tx, caller, id, version, step, {
          texts: textsToKeep(step, conference, actingFor(caller)),
          facts: await this.factsOf(tx, step, conference, itemId),
          beside: { ...(itemId !== undefined && { itemId }) },
        });
        await tx.flush();
      });
      return done as ConferenceStepped;
    });
    this.persons.committed();
    return stepped;
  }

  private async meant(caller: Caller, step: ConferenceStep): Promise<ConferenceStep> {
    if ((step.action !== 'add-item' && step.action !== 'request') || caller.acting === undefined) return step;
    const { person } = await meantBy(this.database, step.person, [caller.acting]);
    return { ...step, person };
  }

  /** Material goes out as an inquiry that names the sitting, from one who sits there to another. */
  private async request(
    caller: Caller,
    id: string,
    version: number,
    step: Extract<ConferenceStep, { action: 'request' }>,
  ): Promise<ConferenceStepped> {
    const { to, person, identity, question } = step;
    await this.rehearse(caller, id, version, step);
    // Asked twice at one version it is one request.
    const key = `conference:${id}:${version}`;
    const body = this.submission(key, {
      kind: 'inquiry',
      to: { function: to },
      question,
      identity,
      items: {},
      from: actingFor(caller),
    });
    let stepped: ConferenceStepped | undefined;
    await this.submissions.submitWith(
      caller,
      key,
      body,
      async (tx, referralId) => {
        stepped = await this.step(tx, caller, id, version, step, { beside: { referralId } });
      },
      { person, conference: id },
    );
    return stepped as ConferenceStepped;
  }

  /** Its contributor agrees: it is an ordinary draft of the contributor's desk, and what lets it out is no conference. */
  private async intoDraft(
    caller: Caller,
    id: string,
    version: number,
    step: Extract<ConferenceStep, { action: 'agree-promotion' }>,
  ): Promise<ConferenceStepped> {
    const { conference, stored } = await this.rehearse(caller, id, version, step);
    const item = conference.items.find((i) => i.id === step.item) as ConferenceItem;
    const { to, items } = promotedBody(this.keys.sealing, stored, item.id);
    const key = `conference-item:${item.id}`;
    const body = this.submission(key, {
      kind: 'referral',
      to,
      items,
      identity: step.identity ?? {},
      from: item.function,
    });
    let stepped: ConferenceStepped | undefined;
    await this.submissions.submitWith(
      caller,
      key,
      body,
      async (tx, referralId) => {
        stepped = await this.step(tx, caller, id, version, step, {
          texts: { referral: referralId },
          beside: { referralId },
        });
      },
      { person: item.person },
    );
    return stepped as ConferenceStepped;
  }

  /** Refused before anything is opened beside it, as it would be in the same transaction. */
  private async rehearse(caller: Caller, id: string, version: number, step: ConferenceStep) {
    return this.database.transaction(async (tx) => {
      const { stored, actor } = await this.find(tx, caller, id);
      if (stored.version !== version) throw new ConferenceChangedError();
      takeConferenceStep(stored.conference, step, actor, await this.factsOf(tx, step, stored.conference));
      return { stored, conference: stored.conference };
    });
  }

  private async step(
    tx: Tx,
    caller: Caller,
    id: string,
    version: number,
    step: ConferenceStep,
    {
      texts = {},
      facts,
      beside = {},
    }: { readonly texts?: NewTexts; readonly facts?: ConferenceFacts; readonly beside?: Beside },
  ): Promise<ConferenceStepped> {
    const now = this.clock.now();
    const { stored, actor } = await this.find(tx, caller, id, { lock: true });
    if (stored.version !== version) throw new ConferenceChangedError();
    const known = facts ?? (await this.factsOf(tx, step, stored.conference));
    const after = takeConferenceStep(stored.conference, step, actor, known);
    saveStep(tx, this.keys.sealing, stored, after, texts, now);
    if (step.action !== 'acknowledge')
      tx.change(
        'todo',
        `update todo set done_at = $2 where conference = $1 and done_at is null and (kind = 'conference_proposed' or $3)`,
        [id, now, ['review', 'record', 'end'].includes(step.action)],
      );
    this.testify(tx, caller, id, `conference.${step.action}`, now, {
      state: after.state,
      version: version + 1,
      ...('item' in step && { item: step.item }),
      ...beside,
      ...(after.state === 'ended' && { erased: after.items.length }),
    });
    return { id, state: after.state, version: version + 1, ...beside };
  }

  /** @throws {NotFoundError} as for one that does not exist. */
  private async find(
    tx: Tx,
    caller: Caller,
    id: string,
    options: { readonly lock?: boolean } = {},
  ): Promise<{ stored: StoredConference; actor: ConferenceActor }> {
    const stored = await conferenceById(tx, this.keys.sealing, id, options);
    const by = this.actorOf(caller);
    const actor = by && { ...by, secretariat: stored !== undefined && by.secretariatOf === stored.conference.host };
    if (!stored || !actor || !knowsOf(stored.conference, actor)) throw new NotFoundError();
    return { stored, actor };
  }

  /** People only, each for the function that they act for. */
  private actorOf(caller: Caller): (Omit<ConferenceActor, 'secretariat'> & { secretariatOf?: string }) | undefined {
    if (caller.kind !== 'staff') return undefined;
    const desk = caller.acting;
    if (desk === undefined) return undefined;
    return { staff: caller.id, function: desk, ...(may(caller, 'conferences.hold', desk) && { secretariatOf: desk }) };
  }

  private async factsOf(
    tx: Tx,
    step: ConferenceStep,
    conference: Conference,
    itemId?: string,
  ): Promise<ConferenceFacts> {
    const now = this.clock.now();
    const seats = step.action === 'call' ? await this.seatsOf(tx, step, now) : undefined;
    return {
      now,
      party: (id) => (this.directory.inForce(id) ? this.directory.party(id) : undefined),
      worksThere: (staff, desk) => seats?.has(`${staff}/${desk}`) === true,
      itemId,
      ...(step.action === 'promote' && { covered: await this.isCovered(tx, step.item, step.to, conference) }),
    };
  }

  private async seatsOf(
    tx: Tx,
    { members }: Extract<ConferenceStep, { action: 'call' }>,
    now: Date,
  ): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ staff: string; function: string; organization: string }>(
      `select m.staff, m.function, s.organization from membership m join staff s on s.id = m.staff
       where m.staff = any($1::uuid[]) and m.function is not null and s.active and m.valid_from <= $2 and (m.valid_to is null or m.valid_to >= $2)`,
      [members.flatMap((m) => m.staff ?? []), japaneseDay(now)],
    );
    const works = rows.filter((r) => this.directory.standing(r.function, r.organization) === 'works');
    return new Set(works.map((r) => `${r.staff}/${r.function}`));
  }

  /** Has the person consented to this item going there? No other basis carries it out of a sitting. */
  private async isCovered(tx: Tx, id: string, to: Addressee, conference: Conference): Promise<boolean> {
    const item = conference.items.find((i) => i.id === id);
    if (!item) return false;
    const target = this.directory.resolve({ to, from: item.function, kind: 'referral' });
    if (target === undefined) return false;
    const { consents, refusals, seals, dangers } = await wishesOf(tx, [item.person]);
    const decision = decide({
      now: this.clock.now(),
      kind: 'referral',
      purpose: 'consultation',
      sender: this.directory.party(item.function),
      recipient: this.directory.party(target),
      subject: { ref: 'subject', person: item.person, present: [...new Set(['identity', item.category] as const)] },
      others: [],
      authorities: [],
      consents,
      refusals,
      seals,
      dangers,
    });
    return decision.outcome === 'permit' && decision.members[0]?.categories.includes(item.category) === true;
  }

  private async question(tx: Tx, conference: Conference): Promise<AgendaQuestion> {
    const { consents, refusals, seals, dangers } = await wishesOf(tx, conference.persons);
    return {
      now: this.clock.now(),
      consents,
      refusals,
      seals,
      dangers,
      authorities: this.directory.authorities(),
      party: (id) => this.directory.party(id),
    };
  }

  private submission(
    key: string,
    {
      kind,
      to,
      from,
      items,
      identity,
      question,
    }: {
      readonly kind: 'inquiry' | 'referral';
      readonly to: Addressee;
      readonly from: string;
      readonly items: SubmitBody['subject']['items'];
      readonly identity: NonNullable<SubmitBody['subject']['items']['identity']>;
      readonly question?: string;
    },
  ): SubmitBody {
    return {
      source: { system: 'conference', key, change: 'new', occurredAt: this.clock.now().toISOString() },
      kind,
      fromFunction: from,
      to,
      urgency: 'normal',
      purpose: 'consultation',
      ...(question !== undefined && { question }),
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { ...items, identity } },
      others: [],
    };
  }

  /** Whoever holds it calls every desk, and must find it. */
  private async namesFor(tx: Pick<Tx, 'query'>, conference: Conference, actor: ConferenceActor): Promise<NameOfDesk> {
    const { host, members, items, persons } = conference;
    const desks = [host, ...members.flatMap((m) => m.seat?.function ?? []), ...items.map((i) => i.function)];
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
      ...(seat && { function: named(seat.function), staff: seat.staff }),
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
    { known, named }: { readonly known: (person: string) => string; readonly named: NameOfDesk },
  ) {
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
    };
  }

  private async namesOf(tx: Tx, members: readonly ConferenceMember[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ id: string; name: string }>('select id, name from staff where id = any($1::uuid[])', [
      [...new Set(members.flatMap((m) => m.seat?.staff ?? []))],
    ]);
    return new Map(rows.map((r) => [r.id, r.name]));
  }

  private testify(
    tx: Tx,
    caller: Caller,
    conference: string,
    action: string,
    at: Date,
    details: Record<string, unknown>,
  ): void {
    audit(tx, [
      {
        at,
        actor: caller.actor,
        function: caller.acting,
        action,
        objectKind: 'conference',
        object: conference,
        details,
      },
    ]);
  }
}

type NameOfDesk = (desk: string) => FunctionOutline;

/** What others have brought into it and somebody reads: on consent, or by the law of the part in which that is, where there may be one. */
function looksAt(
  items: readonly ConferenceItem[],
  { conference, version }: StoredConference,
  { staff, function: desk }: ConferenceActor,
  known: (person: string) => string,
): Look[] {
  return items
    .filter((item) => item.staff !== staff)
    .map(({ part, person, category, function: from }) => {
      const rule = conferenceRules[kindOfPart(conference, part) ?? conference.kind];
      return {
        way: 'conference',
        viewer: `staff:${staff}`,
        function: desk,
        from,
        authority: from === desk ? 'own_desk' : (rule.authority ?? 'consent'),
        askedFor: known(person),
        person,
        members: [{ ref: 'subject', person, categories: [category] }],
        conference: conference.id,
        version,
      };
    });
}

const attendeeOf = ({ staff, function: desk }: ConferenceActor, part: number): Attendee => ({
  part,
  staff,
  function: desk,
  acknowledged: true,
});

const toReader = (text: string, isOwn: boolean): string => (isOwn ? text : withoutThirdParties(text));

function textsToKeep(step: ConferenceStep, conference: Conference, desk: string): NewTexts {
  switch (step.action) {
    case 'add-item':
      return { body: { text: step.text, whereaboutsChecked: step.whereaboutsChecked === true } };
    case 'promote':
      // It becomes a draft of whoever contributed it, and was perhaps written at another desk.
      return { promoted: { to: step.to, items: withoutThirdParties(step.items) } };
    case 'record':
      return { record: { text: step.record, by: desk } };
    case 'acknowledge':
      return { wording: secrecyOf(conference) };
    default:
      return {};
  }
}

/** What people have written in it; ids and days are no texts. */
