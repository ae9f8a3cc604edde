// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { AuditAction, Application, NewApplication, WithdrawApplication } from '@tsunagi/contracts';
import { desksFor, formFor, japaneseDay } from '@tsunagi/domain';
import { FormNotApprovedError } from './consents.errors';
import { actingFor, refuseResidenceStatus, type Caller } from '../access';
import { audit } from '../audit';
import { enterLook } from '../looks';
import { Directory } from '../organizations';
import { lockPersons, meantBy, tookPart, withMeant } from '../people';
import { Clock, Database, HUB_KEYS, newId, NotFoundError, type HubKeys, type Tx } from '../platform';

interface ApplicationRow {
  id: string;
  service: string;
  applied_on: string;
  form_version: string | null;
  evidence: Buffer | null;
  recorded_at: Date;
  withdrawn_on: string | null;
}

const duty = 'persons.record';
const placeOf = (id: string) => `application:${id}`;

/** 申込: agreement to a service. It is no consent, so no decision reads it, and it changes none. */
@Injectable()
export class Applications {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async record(caller: Caller, about: string, body: NewApplication): Promise<{ id: string }> {
    const now = this.clock.now();
    const desk = actingFor(caller);
    refuseResidenceStatus(caller, desk, body);
    const id = newId(now);
    const appliedOn = this.notLaterThanToday(body.appliedOn);
    await withMeant(this.database, about, desksFor(caller, duty), ({ person, functions }) =>
      this.database.transaction(async (tx) => {
        await lockPersons(tx, [person]);
        if (!(await this.knows(tx, caller, person, functions))) throw new NotFoundError();
        tx.insert('application', [
          {
            id,
            person,
            function: desk,
            service: body.service,
            applied_on: appliedOn,
            form: this.formOf(desk, body.formVersion, appliedOn),
            evidence: body.evidence ? this.keys.sealing.seal(placeOf(id), body.evidence) : null,
            recorded_by: caller.actor,
            recorded_at: now.toISOString(),
          },
        ]);
        this.note(tx, caller, 'application.recorded', person, id);
      }),
    );
    return { id };
  }

  /** Of this person, what was applied for at the caller's functions. */
  async of(caller: Caller, about: string): Promise<Application[]> {
    const { person, functions } = await meantBy(this.database, about, desksFor(caller, duty));
    if (isShutOut(caller, person)) return [];
    const rows = await this.database.query<ApplicationRow>(
      `select a.id, a.service, a.applied_on, f.version as form_version, a.evidence, a.recorded_at, a.withdrawn_on
       from application a left join consent_form f on f.id = a.form
       where a.person = $1 and a.function = any($2::uuid[]) order by a.applied_on, a.id`,
      [person, functions],
    );
    if (rows.length > 0)
      await this.database.transaction((tx) => {
        const by = { viewer: caller.actor, function: functions[0], authority: 'own_desk' } as const;
        const seen = { askedFor: about, person, members: [{ ref: 'subject', person, categories: [] }] };
        enterLook(tx, { way: 'read', what: 'facts', ...by, ...seen }, this.clock.now());
      });
    return rows.map((row) => ({
      id: row.id,
      service: row.service,
      appliedOn: row.applied_on,
      recordedAt: row.recorded_at.toISOString(),
      ...(row.form_version !== null && { formVersion: row.form_version }),
      ...(row.evidence && {
        evidence: this.keys.sealing.open<NonNullable<Application['evidence']>>(placeOf(row.id), row.evidence),
      }),
      ...(row.withdrawn_on !== null && { withdrawnOn: row.withdrawn_on }),
    }));
  }

  /** A second time says nothing new. */
  async withdraw(caller: Caller, id: string, { on }: WithdrawApplication): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [found] = await tx.query<{ person: string; withdrawn_on: string | null }>(
        'select person, withdrawn_on from application where id = $1 and function = any($2::uuid[]) for update',
        [id, desksFor(caller, duty)],
      );
      if (!found || isShutOut(caller, found.person)) throw new NotFoundError();
      if (found.withdrawn_on !== null) return;
      await tx.query('update application set withdrawn_on = $2 where id = $1', [id, this.notLaterThanToday(on)]);
      this.note(tx, caller, 'application.withdrawn', found.person, id);
    });
  }

  private async knows(tx: Tx, caller: Caller, person: string, desks: readonly string[]): Promise<boolean> {
    if (isShutOut(caller, person)) return false;
    if (await tookPart(tx, person, caller, desks)) return true;
    const own = await tx.query('select 1 from application where person = $1 and function = any($2::uuid[]) limit 1', [
      person,
      desks,
    ]);
    return own.length > 0;
  }

  private formOf(desk: string, version: string | undefined, day: string): string | null {
    if (version === undefined) return null;
    const form = formFor(this.directory.forms(), { function: desk, version, part: 'application', day });
    if (!form) throw new FormNotApprovedError();
    return form.id;
  }

  private notLaterThanToday(day: string | undefined): string {
    const today = japaneseDay(this.clock.now());
    return day !== undefined && day < today ? day : today;
  }

  private note(tx: Tx, caller: Caller, action: AuditAction, person: string, id: string): void {
    audit(tx, {
      at: this.clock.now(),
      actor: caller.actor,
      function: caller.acting,
      action,
      objectKind: 'person',
      object: person,
      details: { id },
    });
  }
}

/** Whoever is shut out by name knows nobody, whatever was applied for at that desk. */
const isShutOut = ({ excluded }: Caller, person: string): boolean => excluded?.persons.has(person) === true;
