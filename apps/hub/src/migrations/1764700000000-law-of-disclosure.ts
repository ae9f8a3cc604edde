// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowsOfTheLaw } from './1764700000000-law-of-disclosure.rows';

/**
 * The law of disclosure (ADR 16, 17, 18): every basis of the law as a dated row, and where grounds, seals, dangers, conferences,
 * applications, recalls and incidents are kept. Nobody has checked any of these rows, so in production they are off.
 */
export class LawOfDisclosure1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(authorities);
    await runner.query(fillAndSeed, [JSON.stringify(rowsOfTheLaw)]);
    await runner.query(grounds);
    await runner.query(consents);
    await runner.query(protection);
    await runner.query(conferences);
    await runner.query(afterwards);
    await runner.query(watched);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}

/** What was recorded in these columns stands: a trigger refuses to change them. */
const stands = (table: string, columns: string) => `
  create function ${table}_stands() returns trigger language plpgsql as $$ begin raise exception 'what a ${table} says is never changed'; end $$;
  create trigger ${table}_stands before update of ${columns} on ${table} for each statement execute function ${table}_stands();`;

/** Whoever a row of this table speaks of is marked, so that a decision about anybody else need not look. */
const watches = (table: string, persons: string, of: string) => `
  create function ${table}_watches() returns trigger language plpgsql as $$ begin
    update person set watched = true where id = any(${persons}) and not watched;
    return null;
  end $$;
  create trigger ${table}_watches after insert or update of ${of} on ${table} for each row execute function ${table}_watches();`;

const watched = `
  -- a ground, a seal, a danger or a conference speaks of this person, or has spoken
  alter table person add column watched boolean not null default false;
  ${watches('ground', 'new.persons', 'persons')}
  ${watches('person_seal', 'array[new.person]', 'person')}
  ${watches('person_danger', 'array[new.person, new.from_person]', 'person, from_person')}
  ${watches('conference', 'new.persons', 'persons')}`;

const authorities = `
  alter table authority_row
    add column version int not null default 1,
    -- the law and its article, as it is shown
    add column statute text,
    add column senders text[],
    add column recipients text[],
    -- 通報・通告: the types of function that the law names; null = any
    add column recipient_types text[],
    add column kinds text[],
    add column purposes text[],
    -- what must have been said before it counts
    add column needs text[],
    add column approval text,
    add column approvers jsonb,
    -- without an approval it counts for so long
    add column hours int,
    add column over_refusal text,
    add column feedback text,
    add column way text,
    -- what the recipient must keep to
    add column conditions text[],
    -- so many a month between two functions; more is reported
    add column occasional int,
    -- declared disasters: [{from, until}]; null = it needs none
    add column windows jsonb,
    -- the row that the municipality narrows with this one
    add column overrides uuid references authority_row;`;

/** Rows that were there keep their purposes, items, days and switches; what they left to the code stands in them now. */
const fillAndSeed = `
  with law as (
    select * from jsonb_to_recordset($1::jsonb) as l(code text, statute text, senders text[], recipients text[], recipient_types text[], kinds text[],
      purposes text[], categories text[], needs text[], approval text, approvers jsonb, hours int, over_refusal text, feedback text, way text,
      conditions text[], occasional int, windows jsonb, valid_from date, active boolean)
  ), filled as (
    update authority_row a set statute = l.statute, senders = l.senders, recipients = l.recipients, recipient_types = l.recipient_types, kinds = l.kinds,
      purposes = case a.code when 'within_purpose' then array[a.purpose] else l.purposes end, needs = l.needs, approval = l.approval, approvers = l.approvers,
      hours = l.hours, over_refusal = l.over_refusal, feedback = l.feedback, way = l.way, conditions = l.conditions, occasional = l.occasional, windows = l.windows
    from (select distinct on (code) * from law) l where l.code = a.code
  )
  insert into authority_row (id, purpose, code, statute, senders, recipients, recipient_types, kinds, purposes, categories, needs, approval, approvers, hours,
      over_refusal, feedback, way, conditions, occasional, windows, valid_from, active)
  select gen_random_uuid(), '', l.* from law l where l.code not in (select code from authority_row)`;

const grounds = `
  alter table authority_row drop column purpose,
    alter column statute set not null, alter column senders set not null, alter column recipients set not null, alter column kinds set not null,
    alter column purposes set not null, alter column needs set not null, alter column approval set not null, alter column approvers set not null,
    alter column over_refusal set not null, alter column feedback set not null, alter column way set not null, alter column conditions set not null;

  -- an authority without consent, recorded by the sender for one referral
  create table ground (
    id uuid primary key,
    version int not null default 1,
    referral uuid not null references referral,
    authority_row uuid not null references authority_row,
    code text not null,
    function uuid not null references desk_function,
    drafted_by text not null,
    persons uuid[] not null,
    categories text[] not null,
    -- which facts were given
    said text[] not null,
    -- and their words: reason, law, article, why there is no consent, who asked; sealed
    words bytea not null,
    recorded_at timestamptz(3) not null,
    -- the approver's word
    decided_at timestamptz(3),
    decided_by text check (decided_by <> drafted_by),
    outcome text,
    approved text[],
    over_refusal boolean not null default false,
    -- why a refusal is overridden; sealed
    decision_words bytea,
    until date
  );
  create index on ground (referral);
  create index ground_of_persons on ground using gin (persons);
  ${stands('ground', 'referral, authority_row, code, function, drafted_by, categories, said, words, recorded_at')}`;

const consents = `
  alter table consent_form
    add column wording text,
    -- what is read out when it is asked for by telephone
    add column script text,
    -- 申込 and 個人情報の取扱い may be parts of one paper
    add column parts text[] not null default '{personal_data}',
    -- whom it may be given by; null = anybody who may at all
    add column givers text[],
    add column approved_by text,
    add column retired_on date,
    -- the function that asserts by it keeps the paper
    add column keeps_paper boolean not null default true,
    add column revision int not null default 1;

  alter table consent
    -- who gave it, where that is another person whom the hub knows
    add column giver_person uuid references person,
    -- judged when it was recorded
    add column entitled boolean not null default true,
    -- the day from which another must be asked: an age is reached
    add column entitled_until date,
    -- capacity and powers; sealed
    add column capacity bytea,
    -- how it was asked by telephone; sealed
    add column oral bytea,
    add column excluded_staff uuid[] not null default '{}',
    add column form uuid references consent_form,
    add column withdrawn_by text,
    add column withdrawn_how text;

  alter table refusal
    add column giver text,
    add column giver_person uuid references person,
    add column entitled boolean not null default true;

  -- 申込: agreement to a service, and no consent
  create table application (
    id uuid primary key,
    person uuid not null references person,
    function uuid not null references desk_function,
    service text not null,
    applied_on date not null,
    form uuid references consent_form,
    evidence bytea,
    recorded_by text not null,
    recorded_at timestamptz(3) not null,
    withdrawn_on date
  );
  create index on application (person);
  ${stands('application', 'function, service, applied_on, form, evidence, recorded_by, recorded_at')}

  -- who consents at which age
  create table age_rule (
    id uuid primary key,
    from_age int not null,
    -- the last year of it; null = from then on
    to_age int,
    givers text[] not null,
    -- what must be recorded besides
    needs text[] not null,
    valid_from date not null,
    valid_to date,
    checked_on date,
    checked_by text,
    active boolean not null
  );
  insert into age_rule (id, from_age, to_age, givers, needs, valid_from, active) values
    (gen_random_uuid(), 0, 11, '{legal_guardian}', '{child_view}', '2020-04-01', true),
    (gen_random_uuid(), 12, 15, '{legal_guardian}', '{child_agrees}', '2020-04-01', true),
    (gen_random_uuid(), 16, 17, '{self,self_with_support}', '{understood}', '2020-04-01', true);`;

const protection = `
  -- what gives this person's whereabouts away never leaves
  create table person_seal (
    id uuid primary key,
    person uuid not null references person,
    -- shien_sochi, fukaiji or own
    ground text not null,
    valid_from date not null,
    -- when it lapses it asks, and stands
    valid_to date,
    provisional boolean not null default false,
    -- the seal of whom this person fled along with
    along uuid references person_seal,
    function uuid not null references desk_function,
    recorded_by text not null,
    recorded_at timestamptz(3) not null,
    version int not null default 1
  );
  create index on person_seal (person);
  ${stands('person_seal', 'ground, valid_from, along, function, recorded_by, recorded_at')}

  -- two persons take a seal away
  create table person_unseal (
    id uuid primary key,
    seal uuid not null references person_seal,
    -- why; sealed
    reason bytea not null,
    asked_by text not null,
    asked_at timestamptz(3) not null,
    confirmed_by text check (confirmed_by <> asked_by),
    confirmed_at timestamptz(3)
  );
  create index on person_unseal (seal);
  ${stands('person_unseal', 'seal, reason, asked_by, asked_at')}

  -- who endangers this person
  create table person_danger (
    id uuid primary key,
    person uuid not null references person,
    from_person uuid references person check (from_person <> person),
    from_household boolean not null check (from_household = (from_person is null)),
    function uuid not null references desk_function,
    recorded_by text not null,
    recorded_at timestamptz(3) not null,
    ended_at timestamptz(3),
    ended_by text
  );
  create index on person_danger (person);
  create index on person_danger (from_person) where from_person is not null;
  ${stands('person_danger', 'from_household, function, recorded_by, recorded_at')}

  -- its name and place give a town away
  alter table desk_function add column gives_town_away boolean not null default false;`;

const conferences = `
  create table conference (
    id uuid primary key,
    kind text not null,
    -- sittings that serve several conferences one after the other
    parts jsonb not null default '[]',
    host_function uuid not null references desk_function,
    secretariat_function uuid references desk_function,
    chair uuid references staff,
    state text not null,
    version int not null default 1,
    persons uuid[] not null,
    proposed_by text not null,
    -- why; sealed
    reason bytea not null,
    proposed_at timestamptz(3) not null,
    held_on date,
    mode text,
    -- items are shared up to this moment
    shares_until timestamptz(3),
    review_on date,
    -- what was agreed; sealed
    record bytea,
    ended_at timestamptz(3),
    erased_at timestamptz(3)
  );
  create index conference_of_persons on conference using gin (persons);

  -- called to this case by name
  create table conference_member (
    id uuid primary key,
    conference uuid not null references conference,
    part int not null default 0,
    -- null = the person, or somebody from outside
    staff uuid references staff,
    function uuid references desk_function,
    attendance text not null,
    mode text,
    called_at timestamptz(3) not null,
    -- secrecy, in this wording
    acknowledged_at timestamptz(3),
    wording text,
    unique (conference, part, staff)
  );
  create index on conference_member (staff);

  create table conference_item (
    id uuid primary key,
    conference uuid not null references conference,
    part int not null default 0,
    function uuid not null references desk_function,
    staff uuid not null references staff,
    person uuid not null references person,
    category text not null,
    -- sealed; null = erased
    body bytea,
    -- it would tell who has informed
    informant boolean not null default false,
    entered_at timestamptz(3) not null,
    promoted jsonb,
    erased_at timestamptz(3)
  );
  create index on conference_item (conference);

  -- the sitting that an inquiry rests on
  alter table referral add column conference uuid references conference;`;

const afterwards = `
  alter table recall
    add column due_on date,
    -- returned, erased or kept, and under which law
    add column done text,
    add column law text,
    add column note bytea,
    add column reminded_at timestamptz(3);

  alter table disclosure
    alter column referral drop not null,
    alter column decision drop not null,
    -- how it came to the other's eyes, where no delivery says it
    add column way text,
    add column viewer text,
    add column conference uuid references conference;

  alter table incident
    alter column referral drop not null,
    -- [{person, categories}]
    add column persons jsonb not null default '[]',
    -- 要配慮個人情報 is among them
    add column sensitive boolean not null default false,
    add column recipients uuid[] not null default '{}',
    add column noticed_at timestamptz(3),
    add column contained_at timestamptz(3),
    add column contained_by text,
    -- 速報, 確報, and telling the person
    add column first_report_due date,
    add column final_report_due date,
    add column tell_by date,
    add column first_report_at timestamptz(3),
    add column final_report_at timestamptz(3),
    add column told jsonb,
    add column closed_by text,
    add column version int not null default 1;
  update incident set noticed_at = opened_at;

  -- days of 速報, 確報 and of telling the person
  create table incident_rule (
    id uuid primary key,
    name text not null,
    days int not null,
    -- from so many persons on; null = always
    from_persons int,
    valid_from date not null,
    valid_to date,
    checked_on date,
    checked_by text,
    active boolean not null
  );
  insert into incident_rule (id, name, days, valid_from, active) values
    (gen_random_uuid(), 'first_report', 5, '2023-04-01', true),
    (gen_random_uuid(), 'final_report', 30, '2023-04-01', true),
    (gen_random_uuid(), 'final_report_of_a_crime', 60, '2023-04-01', true),
    (gen_random_uuid(), 'tell_person', 30, '2023-04-01', true);

  alter table todo add column conference uuid references conference, add column incident uuid references incident;
  drop index todo_function_role_kind_coalesce_idx;
  create unique index todo_once on todo (function, role, kind, coalesce(referral, person, conference, incident)) where done_at is null;`;
