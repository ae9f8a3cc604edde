// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { FunctionOutline, Incident, IncidentAnswered, NewIncident } from '@tsunagi/contracts';
import {
  desksFor,
  hiddenKinds,
  IncidentStep,
  isSensitive,
  japaneseDay,
  mayDo,
  mayForAll,
  openSteps,
  withoutThirdParties,
  type DataCategory,
  type IncidentAnswer,
  type IncidentKind,
  type IncidentProgress,
  type ReferralKind,
} from '@tsunagi/domain';
import { IncidentStepError } from './incidents.errors';
import { affectedAt, affectedBy, openIncidents, type Affected } from './opening';
import type { Caller } from '../access';
import { audit } from '../audit';
import { whatWent } from '../disclosure';
import { enterLook } from '../looks';
import { Directory } from '../organizations';
import { besideReferral, knownToAs, namesBeside } from '../people';
import {
  changeAt,
  ChangedMeanwhileError,
  Clock,
  Database,
  NotFoundError,
  type Row,
  type Tx,
  HUB_KEYS,
  newId,
  type HubKeys,
} from '../platform';

interface IncidentRow {
  id: string;
  version: number;
  kind: IncidentKind;
  referral: string | null;
  /** The kind of that referral. */
  of: ReferralKind | null;
  conference: string | null;
  persons: Affected[];
  sensitive: boolean;
  from_function: string;
  recipients: string[];
  /** Who is in the referral, and as whom. */
  everybody: string[];
  refs: Readonly<Record<string, string>>;
  opened_at: Date;
  noticed_at: Date;
  contained_at: Date | null;
  first_report_due: string | null;
  final_report_due: string | null;
  tell_by: string | null;
  first_report_at: Date | null;
  final_report_at: Date | null;
  told: { readonly at: string } | null;
  details: { readonly answers?: Partial<Record<IncidentStep, IncidentAnswer>> };
  closed_at: Date | null;
}

/** Something that the 個人情報保護担当 has to do about an incident. */
export interface OpenStep {
  readonly incident: string;
  readonly step: IncidentStep;
  readonly since: Date;
  readonly late: boolean;
}

const columns = `i.id, i.version, i.kind, i.referral, r.kind as of, i.conference, i.persons, i.sensitive, coalesce(r.from_function, i.from_function) as from_function, i.recipients,
  array(select (m->>'person')::uuid from jsonb_array_elements(coalesce(r.members, i.persons)) m) as everybody,
  (select coalesce(jsonb_object_agg(m->>'person', m->>'ref'), '{}') from jsonb_array_elements(r.members) m) as refs, i.opened_at, i.noticed_at, i.contained_at,
  i.first_report_due::text, i.final_report_due::text, i.tell_by::text, i.first_report_at, i.final_report_at, i.told, i.details, i.closed_at`;

/** 漏えい等: for the 個人情報保護担当 and the two desks. */
@Injectable()
export class Incidents {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {}

  async list(caller: Caller): Promise<Incident[]> {
    return this.shown(caller, await this.visible(caller));
  }

  async one(caller: Caller, id: string): Promise<Incident> {
    const [incident] = await this.shown(caller, await this.visible(caller, id));
    if (!incident) throw new NotFoundError();
    return incident;
  }

  /** @throws {NotFoundError} the referral is nobody's that the caller works for */
  async open(caller: Caller, body: NewIncident): Promise<{ id: string }> {
    const now = this.clock.now();
    const noticedAt = new Date(
      Math.min(body.noticedAt === undefined ? Infinity : Date.parse(body.noticedAt), now.getTime()),
    );
    const id = await this.database.transaction(async (tx) => {
      const [referral] = await tx.query<{
        from_function: string;
        kind: ReferralKind;
        conference: string | null;
        sent: boolean;
      }>('select from_function, kind, conference, sent_at is not null as sent from referral where id = $1', [
        body.referralId,
      ]);
      if (!referral?.sent) throw new NotFoundError();
      const went = await whatWent(tx, body.referralId, referral.from_function);
      const own = desksFor(caller, 'incidents.handle');
      const isOfAll = mayForAll(caller, 'incidents.handle') || own.includes(referral.from_function);
      // A desk says it of what has come to it; who else has had something is not its matter.
      const meant = isOfAll ? went : went.filter((w) => w.recipient !== undefined && own.includes(w.recipient));
      const recipients = meant.flatMap((w) => w.recipient ?? []);
      const isHidden = hiddenKinds.includes(referral.kind) || referral.conference !== null;
      const isTheirs =
        (mayForAll(caller, 'incidents.handle') && !isHidden) ||
        (own.some((f) => f === referral.from_function || recipients.includes(f)) &&
          !(isHidden && caller.kind === 'client') &&
          caller.excluded?.referrals.has(body.referralId) !== true);
      if (!isTheirs) throw new NotFoundError();
      const [opened] = await openIncidents(
        tx,
        [
          {
            kind: body.kind,
            came: { referral: body.referralId },
            ...affectedBy(meant),
            noticedAt,
          },
        ],
        { actor: caller.actor, function: caller.acting },
        now,
      );
      if (opened !== undefined && body.note !== undefined) {
        const sides = [referral.from_function, ...recipients];
        this.enterNote(tx, caller, { incident: opened, sides }, body.note, now);
      }
      return opened;
    });
    if (id === undefined) throw new NotFoundError();
    return { id };
  }

  /** What somebody has found out or done. Nothing of what is there changes by it. @throws {NotFoundError} */
  async note(caller: Caller, id: string, text: string): Promise<{ id: string }> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const [row] = await this.visible(caller, id, tx);
      if (!row) throw new NotFoundError();
      const sides = [row.from_function, ...row.recipients];
      return { id: this.enterNote(tx, caller, { incident: id, sides }, text, now) };
    });
  }

  private enterNote(
    tx: Tx,
    caller: Caller,
    { incident, sides }: { readonly incident: string; readonly sides: readonly string[] },
    text: string,
    now: Date,
  ): string {
    const id = newId(now);
    const desk = deskOf(caller, sides);
    const body = this.keys.sealing.seal(placeOf(id), { text });
    tx.insert('incident_note', [{ id, incident, function: desk, actor: caller.actor, at: now.toISOString(), body }]);
    audit(tx, {
      ...{ at: now, actor: caller.actor, function: caller.acting, action: 'incident.noted' },
      ...{ objectKind: 'incident', object: incident, details: { note: id } },
    });
    return id;
  }

  /** @throws {NotFoundError} @throws {ChangedMeanwhileError} @throws {IncidentStepError} */
  async take(
    caller: Caller,
    id: string,
    version: number,
    step: IncidentStep | 'close',
    { answer }: IncidentAnswered = { answer: 'done' },
  ): Promise<Incident> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const [row] = await this.visible(caller, id, tx);
      if (!row) throw new NotFoundError();
      if (row.version !== version) throw new ChangedMeanwhileError();
      if (!mayDo(step, progressOf(row))) throw new IncidentStepError();
      await changeAt(tx, 'incident', id, version, changeOf(row, step, answer, caller.actor, now));
      audit(tx, {
        at: now,
        actor: caller.actor,
        function: caller.acting,
        action: `incident.${step}`,
        objectKind: 'incident',
        object: id,
        details: { answer },
      });
    });
    return this.one(caller, id);
  }

  /** What still waits for the 個人情報保護担当, of all incidents. */
  async waiting(): Promise<OpenStep[]> {
    const today = japaneseDay(this.clock.now());
    const rows = await this.database.query<IncidentRow>(
      `select ${columns} from incident i left join referral r on r.id = i.referral where i.closed_at is null order by i.opened_at, i.id`,
    );
    return rows.flatMap((row) =>
      openSteps(progressOf(row)).map((step) => {
        const due = dueOf(row)[step];
        return { incident: row.id, step, since: row.opened_at, late: due !== null && due < today };
      }),
    );
  }

  /**
   * Of a 通報・通告 and of what rests on a conference no program of the two desks hears, and of whom somebody must not know that worker
   * learns nothing. Of what was brought to a conference at a desk they hear who sat there: secrecy is theirs.
   */
  private visible(caller: Caller, id?: string, tx: Pick<Tx, 'query'> = this.database): Promise<IncidentRow[]> {
    return tx.query<IncidentRow>(
      `select ${columns} from incident i left join referral r on r.id = i.referral
       where ($1::uuid is null or i.id = $1) and ($2 or coalesce(r.from_function, i.from_function) = any($3::uuid[]) or i.recipients && $3::uuid[])
         and ($4 or (r.kind <> all($5::text[]) and r.conference is null)) and ($2 or i.referral is null or i.referral <> all($6::uuid[]))
         and ($2 or i.conference is null or exists (
           select 1 from conference_member c where c.conference = i.conference and c.staff = $7 and c.acknowledged_at is not null and c.function = any($3::uuid[])
             and (c.function = i.from_function or c.function = any(i.recipients))))
         and ($2 or i.conference is null or not exists (select 1 from conference k where k.id = i.conference and k.persons && $8::uuid[])) order by i.opened_at, i.id`,
      [
        id ?? null,
        mayForAll(caller, 'incidents.handle'),
        desksFor(caller, 'incidents.handle'),
        caller.kind === 'staff',
        hiddenKinds,
        [...(caller.excluded?.referrals ?? [])],
        caller.kind === 'staff' ? caller.id : null,
        [...(caller.excluded?.persons ?? [])],
      ],
    );
  }

  /** Each desk is told of persons by the ids that it knows, and never of who else is meant by them. */
  private async shown(caller: Caller, all: readonly IncidentRow[]): Promise<Incident[]> {
    const desks = desksFor(caller, 'incidents.handle');
    const rows = all.map((row) => asHeard(caller, row, desks));
    const known = await knownToAs(
      this.database,
      rows.flatMap((row) => {
        const desk = deskOf(caller, [row.from_function, ...row.recipients]);
        return desk === undefined ? [] : row.persons.map(({ person }) => ({ function: desk, person }));
      }),
    );
    const named = await namesBeside(
      this.database,
      this.directory,
      rows.map((row) => ({ desks: [row.from_function, ...row.recipients], persons: row.everybody })),
    );
    const notes = await this.notesOf(caller, rows);
    await this.enterReading(caller, rows, new Set(notes.map((n) => n.incident)));
    return rows.map((row) => {
      const desk = deskOf(caller, [row.from_function, ...row.recipients]);
      return this.view(row, {
        notes: notes.filter((n) => n.incident === row.id),
        desks,
        seesAll: desk === undefined || desks.includes(row.from_function),
        known: (person) => (desk === undefined ? person : known(desk, person)),
        named: (of) =>
          named(of, {
            // At a conference nobody's referral is looked at.
            ...(row.of === null ? { persons: row.everybody } : besideReferral(row.of, row.everybody)),
            own: desk === undefined ? 'all' : desks,
          }),
      });
    });
  }

  /** Of whom it is, and what of them was among it: a line of the ledger for each incident, before it is answered. */
  private enterReading(
    caller: Caller,
    rows: readonly IncidentRow[],
    /** Those of which texts are read. */
    noted: ReadonlySet<string>,
  ): Promise<void> {
    return this.database.transaction((tx) => {
      for (const { id, referral, conference, persons, refs, from_function: from, recipients } of rows) {
        const [first] = persons;
        if (!first) continue;
        const desk = deskOf(caller, [from, ...recipients]);
        const categories: DataCategory[] = noted.has(id) ? ['narrative'] : [];
        const members = persons.map(({ person }) => ({ ref: refs[person] ?? 'subject', person, categories }));
        const by = { viewer: caller.actor, function: desk, from, authority: 'own_desk' } as const;
        const came = { ...(referral !== null && { referral }), ...(conference !== null && { conference }) };
        const of = { ...came, askedFor: id, person: first.person, members, details: { incident: id } };
        enterLook(tx, { way: 'read', what: 'incident', ...by, ...of }, this.clock.now());
      }
    });
  }

  private view(
    row: IncidentRow,
    {
      known,
      named,
      notes,
      desks,
      seesAll,
    }: {
      known: (person: string) => string;
      named: (desk: string) => FunctionOutline;
      notes: readonly NoteRow[];
      desks: readonly string[];
      seesAll: boolean;
    },
  ): Incident {
    const { answers = {} } = row.details;
    const step = (name: IncidentStep, at: Date | undefined) =>
      at && { at: at.toISOString(), answer: answers[name] ?? ('done' as const) };
    const firstReport = step('first_report', row.first_report_at ?? undefined);
    const finalReport = step('final_report', row.final_report_at ?? undefined);
    const tell = step('tell', row.told ? new Date(row.told.at) : undefined);
    return {
      id: row.id,
      version: row.version,
      kind: row.kind,
      ...(row.referral !== null && { referralId: row.referral }),
      persons: row.persons.map(({ person, categories }) => ({
        person: known(person),
        categories: [...categories],
        sensitive: categories.some(isSensitive),
      })),
      sensitive: row.sensitive,
      from: named(row.from_function),
      // Invariant 8: which other desk has had it, too, is told to whom it came from.
      recipients: row.recipients.filter((r) => seesAll || desks.includes(r)).map(named),
      noticedAt: row.noticed_at.toISOString(),
      ...(row.contained_at && { containedAt: row.contained_at.toISOString() }),
      dues: {
        ...(row.first_report_due !== null && { firstReport: row.first_report_due }),
        ...(row.final_report_due !== null && { finalReport: row.final_report_due }),
        ...(row.tell_by !== null && { tell: row.tell_by }),
      },
      done: { ...(firstReport && { firstReport }), ...(finalReport && { finalReport }), ...(tell && { tell }) },
      ...(row.closed_at && { closedAt: row.closed_at.toISOString() }),
      notes: notes.map((n) => ({
        id: n.id,
        at: n.at.toISOString(),
        ...(n.function !== null && { function: named(n.function) }),
        text: this.textOf(n, desks),
      })),
    };
  }

  /** What a desk marks as about others stays there. */
  private textOf({ id, function: desk, body }: NoteRow, desks: readonly string[]): string {
    const { text } = this.keys.sealing.open<{ text: string }>(placeOf(id), body);
    return desk === null || desks.includes(desk) ? text : withoutThirdParties(text);
  }

  /** A desk reads what was written there; the 個人情報保護担当 reads all. */
  private async notesOf(caller: Caller, rows: readonly IncidentRow[]): Promise<NoteRow[]> {
    if (rows.length === 0) return [];
    return this.database.query<NoteRow>(
      `select id, incident, function, at, body from incident_note
       where incident = any($1::uuid[]) and ($2 or function = any($3::uuid[])) order by at, id`,
      [rows.map((r) => r.id), mayForAll(caller, 'incidents.handle'), desksFor(caller, 'incidents.handle')],
    );
  }
}

interface NoteRow {
  readonly id: string;
  readonly incident: string;
  readonly function: string | null;
  readonly at: Date;
  readonly body: Buffer;
}

/** For which of the desks that it concerns the caller is there; whoever looks after all of them is for none. */
const deskOf = (caller: Caller, sides: readonly string[]): string | undefined =>
  mayForAll(caller, 'incidents.handle')
    ? undefined
    : sides.find((desk) => desksFor(caller, 'incidents.handle').includes(desk));

/** Whose items, and which, as the caller may hear it: whoever sent it, or looks after all, hears everything. */
function asHeard(caller: Caller, row: IncidentRow, desks: readonly string[]): IncidentRow {
  const desk = deskOf(caller, [row.from_function, ...row.recipients]);
  if (desk === undefined || desks.includes(row.from_function)) return row;
  const persons = [...affectedAt(row.persons, row.recipients, desks)];
  // Of older ones it is not known what came to whom.
  const isUnknown = persons.length > 0 && persons.every((p) => p.categories.length === 0);
  const sensitive = isUnknown ? row.sensitive : persons.some((p) => p.categories.some(isSensitive));
  return { ...row, persons, sensitive };
}

/** Where the sealed text of a note belongs. */
const placeOf = (note: string) => `incident-note:${note}`;

const dueOf = (row: IncidentRow): Readonly<Record<IncidentStep, string | null>> => ({
  // To stop it spreading is for today.
  contain: japaneseDay(row.noticed_at),
  first_report: row.first_report_due,
  final_report: row.final_report_due,
  tell: row.tell_by,
});

const doneAt = (row: IncidentRow): Readonly<Record<IncidentStep, unknown>> => ({
  contain: row.contained_at,
  first_report: row.first_report_at,
  final_report: row.final_report_at,
  tell: row.told,
});

const progressOf = (row: IncidentRow): IncidentProgress => ({
  done: IncidentStep.options.filter((step) => doneAt(row)[step] !== null),
  closed: row.closed_at !== null,
});

function changeOf(
  row: IncidentRow,
  step: IncidentStep | 'close',
  answer: IncidentAnswer,
  actor: string,
  now: Date,
): Row {
  const at = now.toISOString();
  if (step === 'close') return { closed_at: at, closed_by: actor };
  if (step === 'contain') return { contained_at: at, contained_by: actor };
  const details = { ...row.details, answers: { ...row.details.answers, [step]: answer } };
  if (step === 'first_report') return { first_report_at: at, details };
  if (step === 'final_report') return { final_report_at: at, details };
  return { told: { at, by: actor }, details };
}
