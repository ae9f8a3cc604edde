// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { ConferenceStepped, NewConference, SubmitBody } from '@tsunagi/contracts';
import {
  ConferenceRefusedError,
  conferenceRules,
  decide,
  itemsFor,
  mayHold,
  mayShareAnAfternoon,
  takeConferenceStep,
  withoutThirdParties,
  type Addressee,
  type Conference,
  type ConferenceActor,
  type ConferenceFacts,
  type ConferenceItem,
  type ConferenceStep,
} from '@tsunagi/domain';
import { personalTraceIn } from '@tsunagi/text';
import { agendaQuestion, attendeeOf } from './agenda-question';
import { findConference, testify } from './conference-access';
import { ConferenceChangedError } from './conference.errors';
import { places, promotedBody, saveStep, type NewTexts, type SignedText } from './conference.rows';
import { secrecyOf } from './secrecy';
import { workingThere } from './working-there';
import { actingFor, refuseResidenceStatus, type Caller } from '../access';
import { wishesOf } from '../consents';
import { Directory, FunctionUnknownError } from '../organizations';
import { meantBy, tookPart } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { PersonChanges, remindOfConference, SubmissionRejectedError, Submissions } from '../referrals';

interface Found {
  readonly conference: Conference;
  readonly actor: ConferenceActor;
}

/** What a step says beside the conference itself: which item it made, which referral it opened. */
type Beside = Pick<ConferenceStepped, 'itemId' | 'referralId'>;

/** What becomes of their words is a referral at once, in which they wait like any. */
const opensReferral: ReadonlySet<ConferenceStep['action']> = new Set(['request', 'agree-promotion']);

/** What is done in a 会議: it is proposed, and taken step by step, each at the version that was seen. */
@Injectable()
export class ConferenceSteps {
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
    if (conferenceRules[body.kind].persons !== 'none') refuseResidenceStatus(caller, from, { reason: body.reason });
    const id = newId(now);
    await this.database.transaction(async (tx) => {
      const persons = await this.discussedLocked(tx, caller, from, body);
      const host = this.hostOf(body, persons.length > 0);
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
      testify(tx, caller, id, 'conference.proposed', now, { kind: body.kind, persons: persons.length });
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

  private async discussedLocked(tx: Tx, caller: Caller, desk: string, body: NewConference): Promise<string[]> {
    const persons = await this.discussed(tx, caller, desk, body);
    await this.persons.lock(tx, persons);
    const now = await this.discussed(tx, caller, desk, body);
    return isSame(now, persons) ? now : this.discussedLocked(tx, caller, desk, body);
  }

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

  /** One step, at the version that was seen. */
  async take(caller: Caller, id: string, version: number, said: ConferenceStep): Promise<ConferenceStepped> {
    const step = await this.meant(caller, said);
    if (step.action === 'request') return this.request(caller, id, version, step);
    if (step.action === 'agree-promotion' && step.agreed) return this.intoDraft(caller, id, version, step);
    const now = this.clock.now();
    const itemId = step.action === 'add-item' ? newId(now) : undefined;
    const stepped = await this.database.transaction(async (tx) => {
      const { conference, actor } = await this.withPersonsLocked(tx, caller, id);
      // What is asked for waits in a referral; the rest is read as it is written.
      if (conference.persons.length > 0 && !opensReferral.has(step.action))
        refuseResidenceStatus(caller, actingFor(caller), step);
      refuseNames(step, conference);
      let done: ConferenceStepped | undefined;
      await this.persons.aroundSitting(tx, conference.persons, caller.actor, async () => {
        done = await this.step(tx, caller, id, version, step, {
          texts: textsToKeep(step, { conference, actor }),
          facts: await this.factsOf(tx, step, { conference, actor, itemId }),
          beside: { ...(itemId !== undefined && { itemId }) },
        });
        await tx.flush();
      });
      return done as ConferenceStepped;
    });
    this.persons.committed();
    return stepped;
  }

  /** Who became one with another one, or two again, while this waited for them, is locked as well. */
  private async withPersonsLocked(tx: Tx, caller: Caller, id: string): Promise<Found> {
    const find = async (): Promise<Found> => {
      const { stored, actor } = await findConference(tx, this.keys.sealing, caller, id);
      return { conference: stored.conference, actor };
    };
    const { persons } = (await find()).conference;
    await this.persons.lock(tx, persons);
    const found = await find();
    return isSame(found.conference.persons, persons) ? found : this.withPersonsLocked(tx, caller, id);
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
    return this.submissions.submitWith(
      caller,
      key,
      body,
      (tx, referralId) => this.step(tx, caller, id, version, step, { beside: { referralId } }),
      { person, conference: id },
    );
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
    return this.submissions.submitWith(
      caller,
      key,
      body,
      (tx, referralId) =>
        this.step(tx, caller, id, version, step, { texts: { referral: referralId }, beside: { referralId } }),
      { person: item.person },
    );
  }

  /** Refused before anything is opened beside it, as it would be in the same transaction. */
  private async rehearse(caller: Caller, id: string, version: number, step: ConferenceStep) {
    return this.database.transaction(async (tx) => {
      const { stored, actor } = await findConference(tx, this.keys.sealing, caller, id);
      if (stored.version !== version) throw new ConferenceChangedError();
      const { conference } = stored;
      takeConferenceStep(conference, step, actor, await this.factsOf(tx, step, { conference, actor }));
      return { stored, conference };
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
    const { stored, actor } = await findConference(tx, this.keys.sealing, caller, id, { lock: true });
    if (stored.version !== version) throw new ConferenceChangedError();
    const known = facts ?? (await this.factsOf(tx, step, { conference: stored.conference, actor }));
    const after = takeConferenceStep(stored.conference, step, actor, known);
    saveStep(tx, this.keys.sealing, stored, after, texts, now);
    if (step.action !== 'acknowledge')
      tx.change(
        'todo',
        `update todo set done_at = $2 where conference = $1 and done_at is null and (kind = 'conference_proposed' or $3)`,
        [id, now, ['review', 'record', 'end'].includes(step.action)],
      );
    testify(tx, caller, id, `conference.${step.action}`, now, {
      state: after.state,
      version: version + 1,
      ...('item' in step && { item: step.item }),
      ...beside,
      ...(after.state === 'ended' && { erased: after.items.length }),
    });
    return { id, state: after.state, version: version + 1, ...beside };
  }

  private async factsOf(
    tx: Tx,
    step: ConferenceStep,
    { conference, actor, itemId }: Found & { readonly itemId?: string | undefined },
  ): Promise<ConferenceFacts> {
    const now = this.clock.now();
    const seats = step.action === 'call' ? await this.seatsOf(tx, step, now) : undefined;
    return {
      now,
      party: (id) => (this.directory.inForce(id) ? this.directory.party(id) : undefined),
      worksThere: (staff, desk) => seats?.has(`${staff}/${desk}`) === true,
      itemId,
      ...(step.action === 'promote' && {
        covered: await this.isCovered(tx, step.item, step.to, conference),
        seen: await this.isSeen(tx, step.item, { conference, actor }),
      }),
    };
  }

  private async isSeen(tx: Tx, id: string, { conference, actor }: Found): Promise<boolean> {
    const part = conference.items.find((i) => i.id === id)?.part;
    if (part === undefined) return false;
    const question = await agendaQuestion(tx, this.directory, conference, this.clock.now());
    return itemsFor(attendeeOf(actor, part), conference, question).some((i) => i.id === id);
  }

  private async seatsOf(
    tx: Tx,
    { members }: Extract<ConferenceStep, { action: 'call' }>,
    now: Date,
  ): Promise<ReadonlySet<string>> {
    const desks = members.flatMap((m) => m.function ?? []);
    const works = await workingThere(tx, this.directory, desks, now);
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
}

/** What is written where nobody may be named, and by whom it is read for long. @throws {SubmissionRejectedError} */
function refuseNames(step: ConferenceStep, { persons }: Conference): void {
  if ('reason' in step && personalTraceIn(step.reason) !== undefined)
    throw new SubmissionRejectedError('NAMES_SOMEBODY', '/reason');
  // Where nobody is discussed, only counted needs are written down.
  if (step.action === 'record' && persons.length === 0 && personalTraceIn(step.record) !== undefined)
    throw new SubmissionRejectedError('NAMES_SOMEBODY', '/record');
}

const isSame = (some: readonly string[], others: readonly string[]) => some.join() === others.join();

function textsToKeep(step: ConferenceStep, { conference, actor }: Found): NewTexts {
  const desk = actor.function;
  switch (step.action) {
    case 'add-item':
      return { body: { text: step.text, whereaboutsChecked: step.whereaboutsChecked === true } };
    case 'promote':
      // It becomes a draft of whoever contributed it, and was perhaps written at another desk.
      return { promoted: { to: step.to, items: withoutThirdParties(step.items), by: desk } };
    case 'record':
      return { record: { text: step.record, by: desk } };
    case 'decline':
    case 'review':
    case 'end':
      return {
        decided: {
          step: step.action,
          ...(step.action === 'review' && { outcome: step.outcome }),
          reason: { text: step.reason, by: desk },
        },
      };
    case 'acknowledge':
      return { wording: secrecyOf(conference, actor) };
    default:
      return {};
  }
}
