// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { DangerRecorded, NewDanger, NewSeal, PersonProtection } from '@tsunagi/contracts';
import { desksFor, japaneseDay, mayForAll } from '@tsunagi/domain';
import { dangersOf, sealsOf, standingDangers, standingSeals } from './seal.rows';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { enterLook, type Look } from '../looks';
import { Directory } from '../organizations';
import { meantBy, tookPart, withMeant, writeSeals } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { PersonChanges } from '../referrals';
import { apartFromDanger, ownUnitOf } from '../support-units';

/**
 * Who must not be found, and who endangers whom (DOMAIN §6). Any desk that took part records it, because it only takes away;
 * what is out is taken back in the same transaction.
 */
@Injectable()
export class Seals {
  constructor(
    private readonly database: Database,
    private readonly referrals: PersonChanges,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** Children who fled along are sealed by it as well. What stands as it is said is not written twice. @throws {NotFoundError} */
  async seal(caller: Caller, id: string, { along = [], ...said }: NewSeal): Promise<Recorded> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    const by = { actor: caller.actor, function: desk };
    return this.ofThese(caller, id, along, async (tx, person, named) => {
      const others = [...new Set(named)].filter((other) => other !== person);
      await this.mustHaveTakenPart(tx, caller, [person, ...others]);
      const own = await standingSeals(tx, desk, said, { persons: [person] });
      const seal = own.get(person) ?? newId(now);
      const there = await standingSeals(tx, desk, said, { persons: others, along: seal });
      const fresh = [...(own.has(person) ? [] : [person]), ...others.filter((other) => !there.has(other))];
      if (fresh.length === 0) return { id: seal, isNew: false };
      const write = async () => {
        const written = fresh.map((one) =>
          one === person ? { ...said, id: seal, person } : { ...said, id: newId(now), person: one, along: seal },
        );
        writeSeals(tx, written, { ...by, at: now });
        await isRenewed(tx, fresh, desk, now);
      };
      await this.referrals.protect(tx, by, fresh, write, new Set(fresh));
      return { id: seal, isNew: true };
    });
  }

  /** What stands as it is said is not written twice. @throws {NotFoundError} */
  async danger(
    caller: Caller,
    id: string,
    { from, with: along = [] }: NewDanger,
  ): Promise<Recorded & Pick<DangerRecorded, 'unit'>> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    const by = { actor: caller.actor, function: desk };
    const dangerous = from === 'household' ? [] : [from.person];
    return this.ofThese(caller, id, [...dangerous, ...along], async (tx, person, others) => {
      const [feared, children] = [others.slice(0, dangerous.length), others.slice(dangerous.length)];
      if (new Set([person, ...others]).size <= others.length) throw new NotFoundError();
      await this.mustHaveTakenPart(tx, caller, [person, ...others]);
      const there = await standingDangers(tx, desk, feared[0], [person, ...children]);
      const danger = there.get(person) ?? newId(now);
      // Whoever comes along is endangered as well: what shows the one shows the other.
      const fresh = [person, ...children].filter((one) => !there.has(one));
      if (fresh.length === 0) return recordedDanger(danger, false, await ownUnitOf(tx, person, desk));
      let unit: string | undefined;
      await this.referrals.protect(tx, by, [person, ...others], async () => {
        tx.insert(
          'person_danger',
          fresh.map((one) => ({
            id: one === person ? danger : newId(now),
            person: one,
            from_person: feared[0] ?? null,
            from_household: feared[0] === undefined,
            function: desk,
            recorded_by: caller.actor,
            recorded_at: now.toISOString(),
          })),
        );
        audit(tx, {
          ...{ at: now, actor: caller.actor, function: desk, action: 'person.endangered' },
          ...{ objectKind: 'person', object: person, details: { id: danger } },
        });
        unit = await apartFromDanger(tx, this.keys.sealing, { person, along: children, desk }, now);
      });
      return recordedDanger(danger, true, unit);
    });
  }

  /** @throws {NotFoundError} */
  async of(caller: Caller, id: string): Promise<PersonProtection> {
    const mine = desksFor(caller, 'protection.read');
    const { person, functions } = await meantBy(this.database, id, mine);
    if (await tookPart(this.database, person, caller, functions)) {
      const [seals, dangers] = [
        (await sealsOf(this.database, person)).filter((s) => functions.includes(s.function)),
        await dangersOf(this.database, person, functions),
      ];
      if (seals.length + dangers.length > 0) await this.look(caller, { askedFor: id, person }, functions[0]);
      return { seals: this.shown(seals), dangers };
    }
    // Whoever unseals sees that there is something to unseal, and nothing else of the person.
    const seals = mayForAll(caller, 'persons.unseal') ? await sealsOf(this.database, id) : [];
    if (seals.length === 0) throw new NotFoundError();
    await this.look(caller, { askedFor: id, person: id }, undefined);
    return { seals: this.shown(seals), dangers: [] };
  }

  /** It is named like all that is known of her: whoever sees her page must not read of a protection. */
  private look({ actor: viewer }: Caller, at: Pick<Look, 'askedFor' | 'person'>, desk: string | undefined) {
    const members = [{ ref: 'subject', person: at.person, categories: [] }];
    return this.database.transaction((tx) => {
      const by = { viewer, function: desk, authority: 'own_desk' } as const;
      enterLook(tx, { way: 'read', what: 'facts', ...by, ...at, members }, this.clock.now());
    });
  }

  private shown(seals: Awaited<ReturnType<typeof sealsOf>>): PersonProtection['seals'] {
    const today = japaneseDay(this.clock.now());
    return seals.map(({ function: desk, ...seal }) => ({
      ...seal,
      function: this.directory.outline(desk),
      ...(seal.until !== undefined && seal.until < today && { lapsed: true as const }),
    }));
  }

  /** Whom the caller's desk means by these ids, and their locks; once more when somebody was merged or put apart meanwhile. */
  private async ofThese<T>(
    caller: Caller,
    id: string,
    others: readonly string[],
    work: (tx: Tx, person: string, others: readonly string[]) => Promise<T>,
  ): Promise<T> {
    const desk = [actingFor(caller)];
    const meaning = (rest: readonly string[], found: readonly string[]): Promise<T> => {
      const [next, ...more] = rest;
      if (next !== undefined)
        return withMeant(this.database, next, desk, ({ person, functions }) => {
          if (functions.length === 0) throw new NotFoundError();
          return meaning(more, [...found, person]);
        });
      const [person = '', ...along] = found;
      return this.database.transaction(async (tx) => {
        await this.referrals.lock(tx, [person, ...along]);
        return work(tx, person, along);
      });
    };
    const done = await meaning([id, ...others], []);
    this.referrals.committed();
    return done;
  }

  private async mustHaveTakenPart(tx: Tx, caller: Caller, persons: readonly string[]): Promise<void> {
    const desk = actingFor(caller);
    const mine = desksFor(caller, 'protection.record').filter((f) => f === desk);
    for (const person of persons) if (!(await tookPart(tx, person, caller, mine))) throw new NotFoundError();
  }
}

/** Under which id it stands, and whether it was said for the first time. */
interface Recorded {
  readonly id: string;
  readonly isNew: boolean;
}

const recordedDanger = (id: string, isNew: boolean, unit: string | undefined) => ({
  ...{ id, isNew },
  ...(unit !== undefined && { unit }),
});

/** What asked whether it goes on has its answer. */
async function isRenewed(tx: Tx, persons: readonly string[], desk: string, now: Date): Promise<void> {
  await tx.query(
    `update todo set done_at = $3 where person = any($1::uuid[]) and function = $2 and kind = 'seal_lapsed' and done_at is null`,
    [persons, desk, now],
  );
}
