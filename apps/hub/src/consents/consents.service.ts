// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { NewConsent, NewRefusal } from '@tsunagi/contracts';
import { desksFor, type Consent } from '@tsunagi/domain';
import { ConsentListener, type ConsentChange } from './consent-listener';
import { consentById, fromConsent } from './consent.rows';
import { wishesOf, type Wishes } from './wishes';
import { actingFor, type Caller } from '../access';
import { audit } from '../audit';
import { Directory, FunctionUnknownError } from '../organizations';
import { meantBy, tookPart, withMeant } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, refuseMyNumber, type HubKeys, type Tx } from '../platform';

/** Records what persons say. Everything that follows from it happens in the same transaction, under the person's lock. */
@Injectable()
export class Consents {
  constructor(
    private readonly database: Database,
    private readonly listener: ConsentListener,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async register(caller: Caller, body: NewConsent): Promise<{ id: string }> {
    const now = this.clock.now();
    const givenTo = actingFor(caller);
    for (const recipient of body.scope.recipients)
      if ('function' in recipient && !this.directory.find(recipient.function)) throw new FunctionUnknownError();
    this.mustBeKnown(body.namedOrganization);
    const { evidence, supersedes, ...scope } = body;
    refuseMyNumber({ evidence: { reference: evidence?.reference } });
    const consent: Consent = {
      ...scope,
      id: newId(now),
      givenTo,
      status: 'active',
      exclusions: body.exclusions ?? [],
      grantedAt: notLaterThan(now, body.grantedAt),
    };
    await withMeant(this.database, body.person, mine(caller), ({ person, functions }) =>
      this.record(
        caller,
        { person, actor: caller.actor, function: givenTo },
        functions,
        'consent.registered',
        consent.id,
        async (tx) => {
          const about = { ...consent, person };
          const sealed = evidence && this.keys.sealing.seal(`consent:${consent.id}`, evidence);
          tx.insert('consent', [fromConsent(about, sealed !== undefined ? { evidence: sealed } : {})]);
          if (supersedes !== undefined) await supersede(tx, supersedes, about);
        },
      ),
    );
    return { id: consent.id };
  }

  private mustBeKnown(organization: string | undefined): void {
    if (organization !== undefined && !this.directory.organizations().some((o) => o.id === organization))
      throw new NotFoundError();
  }

  async refuse(caller: Caller, body: NewRefusal): Promise<{ id: string }> {
    const now = this.clock.now();
    const recordedBy = actingFor(caller);
    const id = newId(now);
    await withMeant(this.database, body.person, mine(caller), ({ person, functions }) =>
      this.record(
        caller,
        { person, actor: caller.actor, function: recordedBy },
        functions,
        'refusal.recorded',
        id,
        (tx) =>
          tx.insert('refusal', [
            {
              id,
              person,
              recorded_by: recordedBy,
              categories: body.categories ?? null,
              recipients: body.recipients ?? null,
              at: notLaterThan(now, body.at),
              ask_again_on: body.askAgainOn ?? null,
            },
          ]),
      ),
    );
    return { id };
  }

  /** Stops what is queued, takes back what has left; for whom and how is the listener's part. */
  async withdraw(caller: Caller, id: string): Promise<void> {
    await this.ofWhoSaidIt(caller, id, async (consent) => {
      // Said once is said; a second time must not take back what has been sent since.
      if (consent.status === 'withdrawn') return;
      const change = { person: consent.person, actor: caller.actor, function: consent.givenTo, withdrawn: id };
      await this.record(caller, change, mine(caller), 'consent.withdrawn', id, async (tx) => {
        const withdrawn = await tx.query(
          `with w as (update consent set status = 'withdrawn', withdrawn_at = $2 where id = $1 and person = $3 and status <> 'withdrawn' returning id) select id from w`,
          [id, this.clock.now(), consent.person],
        );
        // Somebody was first while this waited, with the same word or with a merge.
        if (withdrawn.length === 0) throw new NotFoundError();
      });
    });
  }

  /** A person has seen the paper behind an asserted consent. */
  async confirm(caller: Caller, id: string): Promise<void> {
    await this.ofWhoSaidIt(caller, id, (consent) => {
      const change = { person: consent.person, actor: caller.actor, function: consent.givenTo };
      return this.record(caller, change, mine(caller), 'consent.confirmed', id, async (tx) => {
        await tx.query('update consent set confirmed_at = coalesce(confirmed_at, $2) where id = $1', [
          id,
          this.clock.now(),
        ]);
      });
    });
  }

  /** Once more when it is not what it was, because the person was merged or put apart, or it was said, while this waited. */
  private async ofWhoSaidIt(caller: Caller, id: string, say: (consent: Consent) => Promise<void>): Promise<void> {
    const consent = await this.own(caller, id);
    await say(consent).catch(async (error: unknown) => {
      if (!(error instanceof NotFoundError)) throw error;
      const now = await this.own(caller, id);
      if (now.person === consent.person && now.status === consent.status) throw error;
      await this.ofWhoSaidIt(caller, id, say);
    });
  }

  /** Of this person, what was said to the caller's functions; elsewhere is elsewhere. */
  async of(caller: Caller, id: string): Promise<Pick<Wishes, 'consents' | 'refusals'>> {
    const { person, functions } = await meantBy(this.database, id, mine(caller));
    if (caller.excluded?.persons.has(person)) return { consents: [], refusals: [] };
    const wishes = await wishesOf(this.database, [person]);
    return {
      consents: wishes.consents.filter((c) => functions.includes(c.givenTo)).map((c) => ({ ...c, person: id })),
      refusals: wishes.refusals.filter((r) => functions.includes(r.recordedBy)).map((r) => ({ ...r, person: id })),
    };
  }

  private async own(caller: Caller, id: string): Promise<Consent> {
    const consent = await this.database.transaction((tx) => consentById(tx, id));
    if (!consent || !mine(caller).includes(consent.givenTo)) throw new NotFoundError();
    return consent;
  }

  private async record(
    caller: Caller,
    change: ConsentChange,
    desks: readonly string[],
    action: string,
    object: string,
    write: (tx: Tx) => void | Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.listener.around(tx, change, async () => {
        if (!(await tookPart(tx, change.person, caller, desks)) && !(await hasSaid(tx, change.person, desks)))
          throw new NotFoundError();
        await write(tx);
        audit(tx, [
          {
            at: this.clock.now(),
            actor: change.actor,
            function: change.function,
            action,
            objectKind: 'person',
            object: change.person,
            details: { id: object },
          },
        ]);
      });
    });
    this.listener.committed();
  }
}

const mine = (caller: Caller) => desksFor(caller, 'wishes.record');

/** What was said is dated when it was said, and never ahead: a word from the future would beat every later one. */
function notLaterThan(now: Date, said: string | undefined): string {
  return new Date(Math.min(said === undefined ? Infinity : Date.parse(said), now.getTime())).toISOString();
}

async function supersede(tx: Tx, earlier: string, by: Consent): Promise<void> {
  const rows = await tx.query(
    `with old as (update consent set superseded_by = $2 where id = $1 and person = $3 and given_to = $4 and superseded_by is null returning id) select id from old`,
    [earlier, by.id, by.person, by.givenTo],
  );
  if (rows.length === 0) throw new NotFoundError();
}

/** Whoever has said something to a desk may take it back there, whatever has become of the referral. */
async function hasSaid(tx: Tx, person: string, functions: readonly string[]): Promise<boolean> {
  const rows = await tx.query('select 1 from consent where person = $1 and given_to = any($2::uuid[]) limit 1', [
    person,
    functions,
  ]);
  return rows.length > 0;
}
