// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  AuditAction,
  ConsentOnFile,
  NewConsent,
  NewRefusal,
  Withdrawal,
  WithdrawalProof,
} from '@tsunagi/contracts';
import {
  addDays,
  bearsGiver,
  desksFor,
  entitledUntil,
  formFor,
  isByDanger,
  japaneseDay,
  mayForAll,
  startOf,
  whyMayNotRefuse,
  whyNotEntitled,
  whyNotOral,
  type AgeRule,
  type Consent,
  type ConsentScope,
  type Refusal,
  type Said,
} from '@tsunagi/domain';
import { ConsentListener, type ConsentChange } from './consent-listener';
import { consentById, fromConsent, sealedOf, sealParts } from './consent.rows';
import {
  FormNotApprovedError,
  GiverNotEntitledError,
  ScriptMissingError,
  SecondListenerMissingError,
} from './consents.errors';
import { wishesOf } from './wishes';
import { WithdrawalProofs } from './withdrawal-proofs';
import { actingFor, refuseResidenceStatus, type Caller } from '../access';
import { audit } from '../audit';
import { enterLook, type Look } from '../looks';
import { Directory, FunctionUnknownError, ReferenceUnknownError } from '../organizations';
import { knownToAs, meantBy, tookPart, withMeant } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';

/** Records what persons say. Everything that follows from it happens in the same transaction, under the person's lock. */
@Injectable()
export class Consents {
  constructor(
    private readonly database: Database,
    private readonly listener: ConsentListener,
    private readonly directory: Directory,
    private readonly clock: Clock,
    private readonly proofs: WithdrawalProofs,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  /** A form that was handed back refused is kept as a no to what it asked for. */
  async register(caller: Caller, body: NewConsent): Promise<{ id: string }> {
    const now = this.clock.now();
    const givenTo = actingFor(caller);
    refuseResidenceStatus(caller, givenTo, body);
    for (const recipient of body.scope.recipients)
      if ('function' in recipient && !this.directory.find(recipient.function)) throw new FunctionUnknownError();
    this.mustBeKnown(body.namedOrganization);
    const { evidence, capacity, oral, supersedes, bornOn, refused, ...scope } = body;
    // What was said by word of mouth was said when it is recorded to have been read out.
    const grantedAt = notLaterThan(now, oral?.at ?? body.grantedAt);
    const form = this.formOf(givenTo, body, japaneseDay(new Date(grantedAt)));
    const id = newId(now);
    await withMeant(this.database, body.person, mine(caller), ({ person, functions }) => {
      const change = { person, actor: caller.actor, function: givenTo };
      return this.record(caller, change, functions, 'consent.registered', id, async (tx) => {
        const named = await this.mayBeNamed(tx, caller, body);
        const said = await this.said(tx, change, { ...body, bornOn, on: japaneseDay(new Date(grantedAt)) });
        const consent: Consent = {
          ...scope,
          ...named,
          id,
          person,
          givenTo,
          exclusions: body.exclusions ?? [],
          grantedAt,
          ...(refused
            ? asRefused(said, this.directory.ageRules())
            : asGiven(said, this.directory.ageRules(), body.scope)),
        };
        if (consent.entitled === false && supersedes !== undefined) throw new GiverNotEntitledError('giver');
        const sealed = sealParts(this.keys.sealing, id, {
          ...(evidence && { evidence }),
          ...(capacity && { capacity }),
          ...(oral && { oral }),
        });
        tx.insert('consent', [fromConsent(consent, { sealed, form: form.id })]);
        if (supersedes === undefined) return;
        await this.mustNotEndanger(tx, consent);
        await supersede(tx, supersedes, consent);
      });
    });
    return { id };
  }

  /** The form that was shown or read out, and bears this word. */
  private formOf(givenTo: string, { formVersion, giver, manner, oral, scope, refused }: NewConsent, day: string) {
    const form = formFor(this.directory.forms(), {
      function: givenTo,
      version: formVersion,
      part: 'personal_data',
      day,
    });
    if (!form) throw new FormNotApprovedError();
    if (giver !== 'family' && !bearsGiver(form, giver)) throw new GiverNotEntitledError('giver');
    const missing = manner === 'oral_recorded' && !refused ? whyNotOral(scope, oral, form) : undefined;
    if (missing === 'SCRIPT_MISSING') throw new ScriptMissingError();
    if (missing === 'SECOND_LISTENER_MISSING') throw new SecondListenerMissingError();
    return form;
  }

  /** Of whom it names the desk knows something; staff are there. */
  private async mayBeNamed(
    tx: Tx,
    caller: Caller,
    { giverPerson, excludedStaff = [] }: { giverPerson?: string | undefined; excludedStaff?: string[] | undefined },
  ): Promise<{ giverPerson?: string }> {
    if (excludedStaff.length > 0) {
      const known = await tx.query('select id from staff where id = any($1::uuid[])', [excludedStaff]);
      if (known.length < new Set(excludedStaff).size) throw new ReferenceUnknownError('/excludedStaff');
    }
    if (giverPerson === undefined) return {};
    const { person, functions } = await meantBy(tx, giverPerson, mine(caller));
    if (!(await tookPart(tx, person, caller, functions))) throw new NotFoundError();
    return { giverPerson: person };
  }

  /** Who said it, of whom, and when. What the desk's own records say of the birth date goes before what is said of it now. */
  private async said(
    tx: Tx,
    { person, function: desk }: ConsentChange,
    { giver = 'self', capacity, bornOn, on }: Omit<Said, 'giver'> & { readonly giver?: Said['giver'] | undefined },
  ): Promise<Said> {
    return { giver, capacity, on, bornOn: (await this.listener.bornOn(tx, person, desk)) ?? bornOn };
  }

  /** Whoever endangers the person ends nothing that was said for her. @throws {GiverNotEntitledError} */
  private async mustNotEndanger(tx: Tx, said: Pick<Consent, 'person' | 'giver' | 'giverPerson'>): Promise<void> {
    const { person, giverPerson } = said;
    const protection = await wishesOf(tx, giverPerson === undefined ? [person] : [person, giverPerson]);
    if (isByDanger(said, protection)) throw new GiverNotEntitledError('giver');
  }

  private mustBeKnown(organization: string | undefined): void {
    if (organization !== undefined && !this.directory.organizations().some((o) => o.id === organization))
      throw new NotFoundError();
  }

  /** The no of somebody who cannot decide for the person is kept, and stops nothing. */
  async refuse(caller: Caller, body: NewRefusal): Promise<{ id: string }> {
    const now = this.clock.now();
    const recordedBy = actingFor(caller);
    refuseResidenceStatus(caller, recordedBy, body);
    const id = newId(now);
    const at = notLaterThan(now, body.at);
    await withMeant(this.database, body.person, mine(caller), ({ person, functions }) => {
      const change = { person, actor: caller.actor, function: recordedBy };
      return this.record(caller, change, functions, 'refusal.recorded', id, async (tx) => {
        const named = await this.mayBeNamed(tx, caller, body);
        const said = await this.said(tx, change, { ...body, on: japaneseDay(new Date(at)) });
        tx.insert('refusal', [
          {
            id,
            person,
            recorded_by: recordedBy,
            categories: body.categories ?? null,
            recipients: body.recipients ?? null,
            at,
            ask_again_on: body.askAgainOn ?? null,
            giver: said.giver,
            giver_person: named.giverPerson ?? null,
            entitled: whyMayNotRefuse(said, this.directory.ageRules()) === undefined,
            how: body.how ?? null,
            clock_at: body.askAgainOn === undefined ? null : startOf(body.askAgainOn).toISOString(),
          },
        ]);
      });
    });
    return { id };
  }

  /** Stops what is queued, takes back what has left; for whom and how is the listener's part. */
  async withdraw(caller: Caller, id: string, body: Withdrawal): Promise<void> {
    await this.ofWhoSaidIt(caller, id, async (consent) => {
      // Said once is said; a second time must not take back what has been sent since.
      // And a no that a form came back with is no permission to take back.
      if (consent.status === 'withdrawn' || consent.status === 'refused') return;
      refuseResidenceStatus(caller, consent.givenTo, body);
      const change = { person: consent.person, actor: caller.actor, function: consent.givenTo, withdrawn: id };
      await this.record(caller, change, mine(caller), 'consent.withdrawn', id, async (tx) => {
        const { giverPerson } = await this.mayBeNamed(tx, caller, body);
        const at = notLaterThan(this.clock.now(), body.at);
        const said = await this.said(tx, change, { ...body, on: japaneseDay(new Date(at)) });
        const because = whyMayNotRefuse(said, this.directory.ageRules());
        if (because) throw new GiverNotEntitledError(because);
        await this.mustNotEndanger(tx, { person: consent.person, giver: said.giver, giverPerson });
        const withdrawn = await tx.query(
          `with w as (update consent set status = 'withdrawn', withdrawn_at = $2, withdrawn_by = $4, withdrawn_how = $5
             where id = $1 and person = $3 and status <> 'withdrawn' returning id) select id from w`,
          [id, at, consent.person, said.giver, body.how ?? null],
        );
        // Somebody was first while this waited, with the same word or with a merge.
        if (withdrawn.length === 0) throw new NotFoundError();
      });
    });
  }

  /** What the withdrawal has brought about, for the desk that took the word and for who answers for the ledger. */
  async proofOf(caller: Caller, id: string, way?: 'read' | 'print'): Promise<WithdrawalProof> {
    const consent = await this.database.transaction((tx) => consentById(tx, id));
    const isTheirs =
      consent && desksFor(caller, 'ledger.read').includes(consent.givenTo) && !isShutOut(caller, consent);
    if (!consent || !(isTheirs || mayForAll(caller, 'ledger.answer')) || consent.withdrawnAt === undefined)
      throw new NotFoundError();
    const { person, givenTo } = consent;
    const desk = isTheirs ? givenTo : undefined;
    if (way) await this.look(caller, { way, what: 'withdrawal', askedFor: id, person, function: desk });
    return this.proofs.of(caller, { ...consent, withdrawnAt: consent.withdrawnAt });
  }

  private look({ actor }: Caller, at: Pick<Look, 'way' | 'what' | 'askedFor' | 'person' | 'function'>): Promise<void> {
    const members = [{ ref: 'subject', person: at.person, categories: [] }];
    return this.database.transaction((tx) => {
      enterLook(tx, { ...at, viewer: actor, authority: 'own_desk', members }, this.clock.now());
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
  async of(caller: Caller, id: string): Promise<{ consents: ConsentOnFile[]; refusals: Refusal[] }> {
    const { person, functions } = await meantBy(this.database, id, mine(caller));
    if (caller.excluded?.persons.has(person)) return { consents: [], refusals: [] };
    const wishes = await wishesOf(this.database, [person]);
    const consents = wishes.consents.filter((c) => functions.includes(c.givenTo));
    const refusals = wishes.refusals.filter((r) => functions.includes(r.recordedBy));
    const sealed = await sealedOf(
      this.database,
      this.keys.sealing,
      consents.map((c) => c.id),
    );
    if (consents.length + refusals.length > 0)
      await this.look(caller, { way: 'read', what: 'consents', askedFor: id, person, function: functions[0] });
    const named = await knownToAs(this.database, [
      ...consents.map((c) => ({ function: c.givenTo, person: c.giverPerson ?? id })),
      ...refusals.map((r) => ({ function: r.recordedBy, person: r.giverPerson ?? id })),
    ]);
    const giverOf = (desk: string, giver: string | undefined) =>
      giver === undefined ? {} : { giverPerson: named(desk, giver) };
    return {
      consents: consents.map((c) => ({
        ...c,
        ...sealed.get(c.id),
        ...giverOf(c.givenTo, c.giverPerson),
        person: id,
      })),
      refusals: refusals.map((r) => ({ ...r, ...giverOf(r.recordedBy, r.giverPerson), person: id })),
    };
  }

  private async own(caller: Caller, id: string): Promise<Consent> {
    const consent = await this.database.transaction((tx) => consentById(tx, id));
    if (!consent || !mine(caller).includes(consent.givenTo) || isShutOut(caller, consent)) throw new NotFoundError();
    return consent;
  }

  private async record(
    caller: Caller,
    change: ConsentChange,
    desks: readonly string[],
    action: AuditAction,
    object: string,
    write: (tx: Tx) => void | Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.listener.around(tx, change, async () => {
        const knows = (await tookPart(tx, change.person, caller, desks)) || (await hasSaid(tx, change.person, desks));
        // Whoever is shut out by name knows nobody, whatever was said at that desk.
        if (!knows || isShutOut(caller, change)) throw new NotFoundError();
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

const isShutOut = ({ excluded }: Caller, { person }: Pick<Consent, 'person'>): boolean =>
  excluded?.persons.has(person) === true;

const mine = (caller: Caller) => desksFor(caller, 'wishes.record');

/**
 * A family's wish is recorded and permits nothing; nobody else who cannot decide is written down as having consented. Where
 * another must be asked from a birthday on, it ends the day before.
 *
 * @throws {GiverNotEntitledError}
 */
function asGiven(
  said: Said,
  rules: readonly AgeRule[],
  scope: ConsentScope,
): Pick<Consent, 'status' | 'scope' | 'entitled' | 'entitledUntil'> {
  if (said.giver === 'family') return { status: 'active', scope, entitled: false };
  const because = whyNotEntitled(said, rules);
  if (because) throw new GiverNotEntitledError(because);
  const until = entitledUntil(said, rules);
  if (until === undefined) return { status: 'active', scope };
  if (until <= scope.from) throw new GiverNotEntitledError('age');
  const last = addDays(until, -1);
  return {
    status: 'active',
    scope: { ...scope, until: last < scope.until ? last : scope.until },
    entitledUntil: until,
  };
}

const asRefused = (said: Said, rules: readonly AgeRule[]): Pick<Consent, 'status' | 'entitled'> => ({
  status: 'refused',
  ...(whyMayNotRefuse(said, rules) && { entitled: false as const }),
});

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
