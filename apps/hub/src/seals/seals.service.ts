// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { DangerRecorded, NewDanger, NewSeal, PersonProtection } from '@tsunagi/contracts';
import { desksFor, japaneseDay, mayForAll } from '@tsunagi/domain';
import { dangersOf, sealsOf } from './seal.rows';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { enterLook, type Look } from '../looks';
import { Directory } from '../organizations';
import { meantBy, tookPart, withMeant, writeSeals } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { PersonChanges } from '../referrals';
import { apartFromDanger } from '../support-units';

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

  /** Children who fled along are sealed by it as well. @throws {NotFoundError} */
  async seal(caller: Caller, id: string, { along = [], ...said }: NewSeal): Promise<{ id: string }> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    const by = { actor: caller.actor, function: desk };
    const seal = newId(now);
    await this.ofThese(caller, id, along, (tx, person, others) => {
      const persons = [person, ...others];
      const write = async () => {
        await this.mustHaveTakenPart(tx, caller, persons);
        writeSeals(tx, [{ ...said, id: seal, person }], { ...by, at: now });
        const fled = others.map((other) => ({ ...said, id: newId(now), person: other, along: seal }));
        writeSeals(tx, fled, { ...by, at: now });
        await isRenewed(tx, persons, desk, now);
      };
      return this.referrals.protect(tx, by, persons, write, new Set(persons));
    });
    return { id: seal };
  }

  /** @throws {NotFoundError} */
  async danger(caller: Caller, id: string, { from, with: along = [] }: NewDanger): Promise<DangerRecorded> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    const by = { actor: caller.actor, function: desk };
    const danger = newId(now);
    let unit: string | undefined;
    const dangerous = from === 'household' ? [] : [from.person];
    await this.ofThese(caller, id, [...dangerous, ...along], async (tx, person, others) => {
      const [feared, children] = [others.slice(0, dangerous.length), others.slice(dangerous.length)];
      if (new Set([person, ...others]).size <= others.length) throw new NotFoundError();
      await this.referrals.protect(tx, by, [person, ...others], async () => {
        await this.mustHaveTakenPart(tx, caller, [person, ...others]);
        // Whoever comes along is endangered as well: what shows the one shows the other.
        tx.insert(
          'person_danger',
          [person, ...children].map((one) => ({
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
    });
    return { id: danger, ...(unit !== undefined && { unit }) };
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

  /** Whom the caller's desk means by these ids; once more when somebody was merged or put apart meanwhile. */
  private async ofThese(
    caller: Caller,
    id: string,
    others: readonly string[],
    work: (tx: Tx, person: string, others: readonly string[]) => Promise<void>,
  ): Promise<void> {
    const desk = [actingFor(caller)];
    const meaning = (rest: readonly string[], found: readonly string[]): Promise<void> => {
      const [next, ...more] = rest;
      if (next !== undefined)
        return withMeant(this.database, next, desk, ({ person, functions }) => {
          if (functions.length === 0) throw new NotFoundError();
          return meaning(more, [...found, person]);
        });
      const [person = '', ...along] = found;
      return this.database.transaction((tx) => work(tx, person, along));
    };
    await meaning([id, ...others], []);
    this.referrals.committed();
  }

  private async mustHaveTakenPart(tx: Tx, caller: Caller, persons: readonly string[]): Promise<void> {
    const desk = actingFor(caller);
    const mine = desksFor(caller, 'protection.record').filter((f) => f === desk);
    for (const person of persons) if (!(await tookPart(tx, person, caller, mine))) throw new NotFoundError();
  }
}

/** What asked whether it goes on has its answer. */
async function isRenewed(tx: Tx, persons: readonly string[], desk: string, now: Date): Promise<void> {
  await tx.query(
    `update todo set done_at = $3 where person = any($1::uuid[]) and function = $2 and kind = 'seal_lapsed' and done_at is null`,
    [persons, desk, now],
  );
}
