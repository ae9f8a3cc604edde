// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AuditAction,
  FunctionOutline,
  SplitSupportUnit,
  SupportUnits as Units,
  SupportUnitView,
  UnitQuery,
} from '@tsunagi/contracts';
import {
  conferenceOfLeads,
  desksFor,
  foundUnit,
  joinUnits,
  leadOf,
  mayForAll,
  membersSeen,
  multiAgency,
  personsHere,
  splitUnit,
  takeLeadStep,
  type LeadActor,
  type LeadStep,
  type SupportUnit,
} from '@tsunagi/domain';
import { areInDanger, keepApart } from './apart';
import { discussedIn, seatOf } from './held-conference';
import { followLeads } from './leads-of-referrals';
import { doubtLeads } from './missing-leads';
import { SenderWorkers } from './sender-workers';
import { UnitChangedError } from './support-unit.errors';
import { insertUnit, readUnits, updateUnit, type StoredUnit } from './support-unit.rows';
import { allTakingPart, takingPart, type TakingPart } from './taking-part';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { lockPersons, meantBy, namesBeside } from '../people';
import { Clock, Database, HUB_KEYS, NotFoundError, type HubKeys, type Tx } from '../platform';

/** A unit as one function may see it, or a coordinator who must find a lead (no function, no members). */
interface Seen {
  readonly stored: StoredUnit;
  /** Where the function took part last with each member it sees. */
  readonly parts: ReadonlyMap<string, TakingPart>;
  readonly version: number;
  /** For whoever finds a lead: the functions that take part with who is here. */
  readonly takePart?: ReadonlySet<string>;
}

/**
 * 支援単位. What a function sees is computed only from what it took part in itself: it knows the units of whoever has
 * sent to it, and of these the persons it was shown. For any other function a unit of its own is made, so that nobody
 * learns from a unit that somebody else is at work.
 */
@Injectable()
export class SupportUnits {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly workers: SenderWorkers,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {NotFoundError} */
  async of(caller: Caller, query: UnitQuery): Promise<Units> {
    const desk = actingFor(caller);
    const now = this.clock.now();
    const found = await this.database.transaction(async (tx) => {
      const person = await personIn(tx, desk, query);
      const parts = person === undefined ? [] : await takingPart(tx, desk, [person]);
      const [first] = parts;
      // By a referral of others nobody finds out whom it is about.
      const isOwn = query.referral === undefined || parts.some((p) => p.referral === query.referral);
      if (person === undefined || !first || !isOwn) return [];
      let known = await this.unitsOf(tx, desk, person, caller);
      if (known.length === 0) {
        await this.found(tx, caller, desk, first, now);
        known = await this.unitsOf(tx, desk, person, caller);
      }
      const units: Seen[] = [];
      for (const seen of known.filter((s) => !isShutOut(caller, s.stored)))
        units.push(await this.asFinder(tx, caller, seen));
      return units;
    });
    if (found.length === 0) throw new NotFoundError();
    return { items: await Promise.all(found.map((seen) => this.view(seen, desk))) };
  }

  /** @throws {NotFoundError} */
  async one(caller: Caller, id: string): Promise<SupportUnitView> {
    const seen = await this.database.transaction((tx) => this.find(tx, caller, id));
    return this.view(seen, deskOf(caller));
  }

  /** @throws {UnitChangedError} when `version` is not what the caller's function sees any more. */
  async lead(caller: Caller, id: string, version: number, step: LeadStep): Promise<SupportUnitView> {
    const now = this.clock.now();
    return this.change(caller, id, version, async (tx, { stored }) => {
      const here = personsHere(stored.unit);
      const actor = await this.actorOf(tx, caller, here, step);
      const desks = { inForce: this.inForce, takePart: await allTakingPart(tx, here) };
      const after = takeLeadStep(stored.unit, step, actor, desks, now);
      await updateUnit(tx, this.keys.sealing, stored, after, now, {
        knownTo: step.step === 'by_conference' ? [step.to] : [],
      });
      this.testify(tx, caller, id, `unit.lead.${step.step}`, now, 'to' in step ? { to: step.to } : {});
      return id;
    });
  }

  /** Nobody but the function that leads learns of it; the answer is the new unit. */
  async split(caller: Caller, id: string, version: number, body: SplitSupportUnit): Promise<SupportUnitView> {
    const now = this.clock.now();
    return this.change(caller, id, version, async (tx, { stored, parts }) => {
      const persons = new Map([...stored.handles].map(([person, handle]) => [handle, person]));
      const going = new Set(body.members.map((handle) => persons.get(handle) ?? handle));
      const apartId = randomUUID();
      const by = { function: deskOf(caller) };
      const [rest, apart] = splitUnit(stored.unit, going, new Set(parts.keys()), apartId, by, now);
      insertUnit(tx, this.keys.sealing, apart, [actingFor(caller)], now, now);
      await updateUnit(tx, this.keys.sealing, stored, rest, now, { version: stored.version });
      this.testify(tx, caller, id, 'unit.split', now, { apart: apartId, members: going.size });
      return apartId;
    });
  }

  async join(caller: Caller, id: string, version: number, into: string): Promise<SupportUnitView> {
    const now = this.clock.now();
    return this.change(
      caller,
      id,
      version,
      async (tx, { stored }) => {
        const target = (await this.find(tx, caller, into)).stored;
        const [left, joined] = joinUnits(stored.unit, target.unit, { function: deskOf(caller) }, now);
        // As where that unit is not there: whoever joins them may not know why.
        if (await areInDanger(tx, personsHere(joined))) throw new NotFoundError();
        await updateUnit(tx, this.keys.sealing, stored, left, now);
        await updateUnit(tx, this.keys.sealing, target, joined, now, { knownTo: [...stored.knownTo] });
        this.testify(tx, caller, id, 'unit.joined', now, { into });
        return into;
      },
      [into],
    );
  }

  private async change(
    caller: Caller,
    id: string,
    version: number,
    work: (tx: Tx, seen: Seen) => Promise<string>,
    also: readonly string[] = [],
  ): Promise<SupportUnitView> {
    const seen = await this.database.transaction(async (tx) => {
      const persons = await membersOf(tx, [id, ...also]);
      await lockPersons(tx, persons);
      await tx.query('select id from support_unit where id = any($1::uuid[]) order by id for update', [[id, ...also]]);
      const before = await this.find(tx, caller, id);
      if (before.version !== version) throw new UnitChangedError();
      const shown = await work(tx, before);
      await followLeads(tx, persons);
      await doubtLeads(tx, { persons });
      // A coordinator who has found a lead sees the unit no more after this answer.
      return before.parts.size === 0 ? this.overview(tx, shown) : this.find(tx, caller, shown);
    });
    return this.view(seen, deskOf(caller));
  }

  private async find(tx: Tx, caller: Caller, id: string): Promise<Seen> {
    const desk = deskOf(caller);
    const [seen] = desk === undefined ? [] : await this.see(tx, desk, [id], caller);
    if (seen && isShutOut(caller, seen.stored)) throw new NotFoundError();
    if (seen) return this.asFinder(tx, caller, seen);
    if (!mayForAll(caller, 'units.lead')) throw new NotFoundError();
    const found = await this.overview(tx, id);
    // What is stuck is the coordinator's; of the rest there is nothing to see.
    if (!isAlarm(this.stateOf(found))) throw new NotFoundError();
    return found;
  }

  /** Who finds a lead sees whether it is at work there; what other desks do is nothing that a desk sees. */
  private async asFinder(tx: Tx, caller: Caller, seen: Seen): Promise<Seen> {
    if (!mayForAll(caller, 'units.lead')) return seen;
    return { ...seen, takePart: await allTakingPart(tx, personsHere(seen.stored.unit)) };
  }

  private async overview(tx: Tx, id: string): Promise<Seen> {
    const stored = (await readUnits(tx, this.keys.sealing, [id])).get(id);
    if (!stored) throw new NotFoundError();
    const takePart = await allTakingPart(tx, personsHere(stored.unit));
    return { stored, parts: new Map(), version: stored.version, takePart };
  }

  private async unitsOf(tx: Tx, desk: string, person: string, viewer: Viewer): Promise<Seen[]> {
    const rows = await tx.query<{ unit: string }>('select unit from unit_member where person = $1 order by unit', [
      person,
    ]);
    const seen = await this.see(
      tx,
      desk,
      rows.map((r) => r.unit),
      viewer,
    );
    return seen.filter((s) => s.parts.has(person));
  }

  /** Those of these units that this function knows and in which it took part with somebody. */
  private async see(tx: Tx, desk: string, ids: readonly string[], viewer: Viewer): Promise<Seen[]> {
    const units = await readUnits(tx, this.keys.sealing, ids);
    const persons = [...units.values()].flatMap((u) => u.unit.members.map((m) => m.person));
    const took = await takingPart(tx, desk, [...new Set(persons)]);
    const parts = took.filter((p) => !viewer.excluded?.referrals.has(p.referral));
    const goals = [...units.values()].flatMap((u) => u.unit.members.flatMap((m) => m.movedTo ?? []));
    const all = new Map([...(await readUnits(tx, this.keys.sealing, [...new Set(goals)])), ...units]);
    const knows = (id: string) => {
      const unit = all.get(id);
      return unit !== undefined && isKnown(unit, desk, parts);
    };
    // Others at this desk may know where somebody went of whom the viewer is to see nothing.
    const sawGo = (id: string) => knows(id) && !isShutOut(viewer, all.get(id));
    const known = [...units.values()].filter((stored) => knows(stored.unit.id));
    await this.learn(
      tx,
      desk,
      known.filter((stored) => !stored.knownTo.has(desk)),
    );
    return known.flatMap((stored) => {
      const mine = new Map(parts.map((p) => [p.person, p]));
      const shown = membersSeen(stored.unit, new Set(mine.keys()), sawGo);
      if (shown.length === 0) return [];
      const left = stored.unit.members.filter((m) => m.movedTo !== undefined && sawGo(m.movedTo)).length;
      return [
        {
          stored,
          parts: new Map(
            shown.flatMap((m) => (mine.has(m.person) ? [[m.person, mine.get(m.person) as TakingPart]] : [])),
          ),
          version: stored.version + left,
        },
      ];
    });
  }

  /** From now on this function knows of them, and so do its own referrals of whom they are about. */
  private async learn(tx: Tx, desk: string, units: readonly StoredUnit[]): Promise<void> {
    if (units.length === 0) return;
    const persons = units.flatMap((u) => u.unit.members.map((m) => m.person));
    await lockPersons(tx, persons);
    tx.change(
      'support_unit',
      'update support_unit set known_to = known_to || $2::uuid where id = any($1::uuid[]) and $2 <> all(known_to)',
      [units.map((u) => u.unit.id), desk],
    );
    await followLeads(tx, persons);
  }

  /** The persons of the first referral, as far as they are in no unit that its two sides know; its sender leads. */
  private async found(tx: Tx, caller: Caller, desk: string, first: TakingPart, now: Date): Promise<void> {
    await lockPersons(
      tx,
      first.members.map((m) => m.person),
    );
    const taken = new Set<string>();
    for (const { person } of first.members)
      if ((await this.unitsOf(tx, first.sender, person, {})).length > 0) taken.add(person);
    if (taken.has(first.person)) return;
    // One person may stand in it twice: the same number in two places of a record.
    const persons = [...new Set(first.members.map((m) => m.person))].filter((p) => !taken.has(p));
    const unit = foundUnit(
      randomUUID(),
      persons,
      { function: first.sender, worker: await this.workers.of(tx, first.referral) },
      now,
    );
    insertUnit(tx, this.keys.sealing, unit, [...new Set([first.sender, desk])], now);
    await followLeads(tx, persons);
    await keepApart(tx, this.keys.sealing, persons, now);
    this.testify(tx, caller, unit.id, 'unit.founded', now, { lead: first.sender, referral: first.referral });
  }

  private async actorOf(tx: Tx, caller: Caller, here: readonly string[], step: LeadStep): Promise<LeadActor> {
    const desk = deskOf(caller);
    const isMultiAgency = (of: string) => this.directory.function(of).functionType === multiAgency;
    const own = desk === undefined ? [] : await takingPart(tx, desk, here);
    const convenes = (desk !== undefined && isMultiAgency(desk)) || mayForAll(caller, 'units.lead');
    const held = convenes && step.step === 'by_conference' ? step.conference : undefined;
    const seat = seatOf(caller, desk, isMultiAgency);
    const discussed = held && seat ? await discussedIn(tx, { id: held.id, on: held.heldOn, ...seat }) : [];
    return {
      function: desk,
      convenes,
      wasHeld: discussed.some((person) => here.includes(person)),
      met: new Set(own.flatMap((p) => [p.sender, p.recipient])),
    };
  }

  private readonly inForce = (desk: string) => this.directory.inForce(desk);

  private stateOf({ stored, takePart }: Seen): ReturnType<typeof leadOf> {
    return leadOf(stored.unit, { inForce: this.inForce, ...(takePart && { takePart }) });
  }

  private async view(seen: Seen, desk: string | undefined): Promise<SupportUnitView> {
    const { stored, parts, version } = seen;
    const { unit, handles } = stored;
    const state = this.stateOf(seen);
    const named = await this.namesFor(seen, desk);
    return {
      id: unit.id,
      version,
      members: [...parts].map(([person, { referral: referralId, ref }]) => ({
        id: handles.get(person) ?? '',
        referralId,
        ref,
      })),
      ...(state && 'lead' in state && { lead: leadView(state.lead, named) }),
      ...(isAlarm(state) && { alarm: state.alarm }),
      // An offer is between the two.
      ...(unit.offeredTo !== undefined &&
        desk !== undefined &&
        [unit.offeredTo, unit.tenures.at(-1)?.function].includes(desk) && {
          offeredTo: named(unit.offeredTo),
        }),
    };
  }

  /** Who finds a lead must find every desk. */
  private async namesFor({ stored, parts, takePart }: Seen, desk: string | undefined): Promise<NameOfDesk> {
    const { tenures, offeredTo } = stored.unit;
    const persons = [...parts.keys()];
    const desks = [tenures.at(-1)?.function, offeredTo];
    const named = await namesBeside(this.database, this.directory, [{ desks, persons }]);
    const own = takePart === undefined && desk !== undefined ? [desk] : 'all';
    // Whoever works with one of them must not read from a name that another one of them fears that one.
    return (of) => named(of, { persons, feared: persons, own });
  }

  private testify(
    tx: Tx,
    caller: Caller,
    unit: string,
    action: AuditAction,
    at: Date,
    details: Record<string, unknown>,
  ): void {
    audit(tx, [
      { at, actor: caller.actor, function: deskOf(caller), action, objectKind: 'support_unit', object: unit, details },
    ]);
  }
}

type NameOfDesk = (desk: string) => FunctionOutline;

const leadView = (
  { function: desk, worker, from, ground }: SupportUnit['tenures'][number],
  named: NameOfDesk,
): SupportUnitView['lead'] => ({
  function: named(desk),
  ...(worker !== undefined && { worker }),
  since: from.toISOString(),
  ...(ground?.conference && { conference: { kind: conferenceOfLeads, heldOn: ground.conference.heldOn } }),
});

/** Who looks, as far as something is kept from whom the desk may well know. */
type Viewer = Pick<Caller, 'excluded'>;

/** The unit of somebody endangered is there for nobody who works with whom she fears; the household is as it was. */
const isShutOut = ({ excluded }: Viewer, stored: StoredUnit | undefined): boolean =>
  stored?.apartSince !== undefined && personsHere(stored.unit).some((p) => excluded?.persons.has(p));

/** The desk at which the caller works just now. */
const deskOf = (caller: Caller): string | undefined =>
  caller.acting !== undefined && desksFor(caller, 'units.work').includes(caller.acting) ? caller.acting : undefined;

const isAlarm = (state: ReturnType<typeof leadOf>): state is { alarm: 'lead_missing' } =>
  state !== undefined && 'alarm' in state;

/**
 * It knows it already, or somebody who knows it has sent to it about one who is or was there; of a unit that was split off,
 * only since then: what went out before tells nothing of the split.
 */
const isKnown = ({ unit, knownTo, apartSince }: StoredUnit, desk: string, parts: readonly TakingPart[]): boolean =>
  knownTo.has(desk) ||
  parts.some(
    (p) =>
      knownTo.has(p.sender) &&
      (apartSince === undefined || p.sentAt > apartSince) &&
      unit.members.some((m) => m.person === p.person),
  );

async function membersOf(tx: Tx, units: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ person: string }>('select person from unit_member where unit = any($1::uuid[])', [
    units,
  ]);
  return rows.map((r) => r.person);
}

/** Whom the function asks after. */
async function personIn(tx: Tx, desk: string, { person: id, referral }: UnitQuery): Promise<string | undefined> {
  if (id === undefined) {
    const [row] = await tx.query<{ subject: string }>('select subject from referral where id = $1', [referral]);
    return row?.subject;
  }
  const { person, functions } = await meantBy(tx, id, [desk]);
  return functions.length > 0 ? person : undefined;
}
