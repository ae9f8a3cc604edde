// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, Unseal, Unsealed } from '@tsunagi/contracts';
import { SecondPersonNeededError } from './seals.errors';
import type { Caller } from '../access';
import { audit } from '../audit';
import { sealStands } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';
import { PersonChanges, remindOfPersons } from '../referrals';

/** A seal or a danger that stands. */
interface Standing {
  readonly what: 'seal' | 'danger';
  readonly person: string;
  readonly function: string;
}

/** Two persons take a protection away: one asks and says why, another one confirms (DOMAIN §6). */
@Injectable()
export class Unsealing {
  constructor(
    private readonly database: Database,
    private readonly referrals: PersonChanges,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** @throws {NotFoundError} @throws {SecondPersonNeededError} */
  async step(caller: Caller, person: string, body: Unseal): Promise<Unsealed> {
    const confirms = 'confirm' in body;
    await this.database.transaction(async (tx) => {
      const found = await this.locked(tx, body.seal, person);
      if (confirms) await this.confirm(tx, caller, body.seal, found);
      else this.ask(tx, caller, body.seal, body.reason, found);
    });
    if (confirms) this.referrals.committed();
    return { unsealed: confirms };
  }

  /** Who is protected by it, locked: of two that come at once the other finds what the one has left. @throws {NotFoundError} */
  private async locked(tx: Tx, id: string, person: string): Promise<Standing> {
    const found = await standing(tx, id, person);
    if (!found) throw new NotFoundError();
    const persons = await protectedBy(tx, id, found);
    await this.referrals.lock(tx, persons);
    const now = await standing(tx, id, person);
    // Somebody became one with another one meanwhile, or two again.
    const isAsFound = now && (await protectedBy(tx, id, now)).join() === persons.join();
    return isAsFound ? now : this.locked(tx, id, person);
  }

  private ask(tx: Tx, caller: Caller, id: string, reason: string, { what, person, function: desk }: Standing): void {
    const now = this.clock.now();
    const asked = newId(now);
    tx.insert('person_unseal', [
      {
        id: asked,
        [what]: id,
        reason: this.keys.sealing.seal(`person_unseal:${asked}`, reason),
        asked_by: caller.actor,
        asked_at: now.toISOString(),
      },
    ]);
    remindOfPersons(
      tx,
      (['approver', 'privacy_officer'] as const).map((role) => ({
        ...{ function: desk, role, kind: 'confirm_unseal', person, at: now },
      })),
    );
    this.testify(tx, caller, 'person.unseal_asked', person, id);
  }

  private async confirm(tx: Tx, caller: Caller, id: string, { what, person }: Standing): Promise<void> {
    const now = this.clock.now();
    const by = { actor: caller.actor };
    const brought = what === 'seal' ? await broughtBy(tx, id) : [];
    const persons = [...new Set([person, ...brought.map((b) => b.person)])];
    await this.referrals.protect(tx, by, persons, async () => {
      const asked = await tx.query<{ id: string; asked_by: string; reason: Buffer }>(
        `select id, asked_by, reason from person_unseal where ${what} = $1 and confirmed_at is null order by asked_at, id for update`,
        [id],
      );
      const byAnother = asked.find((a) => a.asked_by !== caller.actor);
      if (!byAnother) throw new SecondPersonNeededError();
      await tx.query('update person_unseal set confirmed_by = $2, confirmed_at = $3 where id = $1', [
        byAnother.id,
        caller.actor,
        now,
      ]);
      if (what === 'danger')
        await tx.query('update person_danger set ended_at = $2, ended_by = $3 where id = $1', [id, now, caller.actor]);
      this.testify(tx, caller, 'person.unsealed', person, id);
      this.endBrought(tx, caller, brought, byAnother);
      await settleTodos(tx, persons, caller.actor, now);
    });
  }

  /** Whoever fled along was sealed by the same act, and is unsealed by the same two persons for the same reason. */
  private endBrought(
    tx: Tx,
    caller: Caller,
    brought: readonly Brought[],
    { id, asked_by, reason }: { readonly id: string; readonly asked_by: string; readonly reason: Buffer },
  ): void {
    const now = this.clock.now();
    const why = brought.length > 0 ? this.keys.sealing.open<string>(`person_unseal:${id}`, reason) : '';
    for (const { seal, person } of brought) {
      const ended = newId(now);
      tx.insert('person_unseal', [
        {
          ...{ id: ended, seal, reason: this.keys.sealing.seal(`person_unseal:${ended}`, why), asked_by },
          ...{ asked_at: now.toISOString(), confirmed_by: caller.actor, confirmed_at: now.toISOString() },
        },
      ]);
      this.testify(tx, caller, 'person.unsealed', person, seal);
    }
  }

  private testify(tx: Tx, { actor, acting }: Caller, action: AuditAction, person: string, id: string): void {
    audit(tx, {
      ...{ at: this.clock.now(), actor, function: acting, action },
      ...{ objectKind: 'person', object: person, details: { id } },
    });
  }
}

/** Done is what no protection asks any more that stands still, of the same person by the same desk. */
async function settleTodos(tx: Tx, persons: readonly string[], actor: string, now: Date): Promise<void> {
  await tx.query(
    `update todo t set done_at = $2, done_by = $3
     where person = any($1::uuid[]) and done_at is null and kind in ('confirm_unseal', 'seal_lapsed')
       and not exists (
         select 1 from person_seal s where s.person = t.person and s.function = t.function and ${sealStands('s')}
           and case t.kind when 'seal_lapsed' then s.version > 1 else exists (select 1 from person_unseal u where u.seal = s.id) end)
       and not (t.kind = 'confirm_unseal' and exists (
         select 1 from person_danger d join person_unseal u on u.danger = d.id
         where d.person = t.person and d.function = t.function and d.ended_at is null))`,
    [persons, now, actor],
  );
}

/** A seal of somebody who fled along. */
interface Brought {
  readonly seal: string;
  readonly person: string;
}

/** The seals that this one brought with it and that stand still. */
const broughtBy = (tx: Tx, seal: string): Promise<Brought[]> =>
  tx.query<Brought>(
    `select s.id as seal, s.person from person_seal s where s.along = $1 and ${sealStands('s')} order by s.id`,
    [seal],
  );

/** Whose protection ends with it. */
async function protectedBy(tx: Tx, id: string, { what, person }: Standing): Promise<string[]> {
  const brought = what === 'seal' ? await broughtBy(tx, id) : [];
  return [person, ...brought.map((b) => b.person)];
}

/** Found by its own id, and by one by which the person is known to whoever recorded it. */
async function standing(tx: Tx, id: string, person: string): Promise<Standing | undefined> {
  const [row] = await tx.query<Standing>(
    `select p.what, p.person, p.function from (
       select 'seal' as what, person, function from person_seal s where id = $1
         and not exists (select 1 from person_unseal u where u.seal = s.id and u.confirmed_at is not null)
       union all select 'danger', person, function from person_danger where id = $1 and ended_at is null) p
     where p.person = $2
       or exists (select 1 from person_known_as k where k.function = p.function and k.id = $2 and k.person = p.person)`,
    [id, person],
  );
  return row;
}
