// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the first path: 介護 → consent check → 生活困窮, and the state back. */
export class FirstLight1763683200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table organization (id uuid primary key, name text not null, body_kind text not null);

      create table desk (id uuid primary key, organization uuid not null references organization, name text not null);

      create table desk_function (
        id uuid primary key,
        desk uuid not null references desk,
        code varchar(10) not null unique,
        name text not null,
        domain text not null,
        function_type text not null,
        body_kind text not null,
        purposes text[] not null,
        -- 'plugin:<id>' or 'web'
        channel text not null,
        -- the legacy system whose identifiers it may see
        system text,
        returns_without_supervisor boolean not null default false,
        valid_from date not null,
        valid_to date
      );

      create table route (
        id uuid primary key,
        priority int not null,
        from_function uuid references desk_function,
        domain text not null,
        area text,
        kind text,
        function uuid not null references desk_function
      );

      create table staff (id uuid primary key, login text not null unique, name text not null, password_hash text not null, active boolean not null default true);
      create table membership (staff uuid not null references staff, function uuid references desk_function, role text not null, valid_from date not null, valid_to date);
      create unique index on membership (staff, role, coalesce(function, '00000000-0000-0000-0000-000000000000'));
      create table session (token_hash text primary key, staff uuid not null references staff, expires_at timestamptz(3) not null);
      create table client (id text primary key, secret_hash text not null, plugin text, functions uuid[] not null, roles text[] not null default '{}', active boolean not null default true);

      create table person (id uuid primary key, created_at timestamptz(3) not null default now());
      create table person_identifier (
        system text not null,
        value text not null,
        person uuid not null references person,
        primary key (system, value)
      );
      create index on person_identifier (person);

      create table submission (
        id uuid primary key,
        -- 'plugin:<id>' or 'client:<id>': item ids and keys are unique within it
        sender text not null,
        item_id text not null,
        key text not null,
        content_hash text not null,
        occurred_at timestamptz(3) not null,
        file_serial int not null default 0,
        row int not null default 0,
        outcome text not null,
        codes text[] not null,
        pointer text,
        referral uuid,
        received_at timestamptz(3) not null,
        unique (sender, item_id)
      );
      create index on submission (sender, key);

      -- answers of a recipient's system and recall acknowledgements, so that a repeat gets its first answer
      create table response (
        sender text not null,
        item_id text not null,
        delivery uuid,
        referral uuid,
        code text not null,
        outcome text not null,
        codes text[] not null,
        at timestamptz(3) not null,
        primary key (sender, item_id)
      );

      create table referral (
        id uuid primary key,
        journey uuid not null,
        kind text not null,
        state text not null,
        state_before text,
        version int not null,
        sender text not null,
        source_key text not null,
        source_system text not null,
        echo text,
        from_function uuid not null references desk_function,
        to_function uuid references desk_function,
        to_address jsonb not null,
        urgency text not null,
        purpose text not null,
        how_they_meet text,
        subject uuid not null references person,
        -- who and which categories carry something, so that deciding opens no content
        members jsonb not null,
        -- { subject, others } sealed
        content bytea not null,
        -- the decision it went out on
        decision uuid,
        has_questioned boolean not null default false,
        ever_accepted boolean not null default false,
        sent_back boolean not null default false,
        returns_in_journey int not null default 0,
        hops int not null default 0,
        proposed_reasons text[],
        worker text,
        next_contact_on date,
        last_status text,
        created_at timestamptz(3) not null,
        state_at timestamptz(3) not null,
        sent_at timestamptz(3),
        due_on date
      );
      create index on referral (from_function, state, id);
      create index on referral (state, id);
      create index on referral (to_function, state, id);
      create index on referral (subject);
      create index on referral (sender, source_key);

      create table referral_event (
        id bigint generated always as identity primary key,
        referral uuid not null references referral,
        version int not null,
        action text not null,
        from_state text,
        to_state text not null,
        actor text not null,
        function uuid,
        at timestamptz(3) not null,
        reasons text[] not null default '{}',
        -- names and texts, sealed
        facts bytea,
        unique (referral, version)
      );

      create table todo (
        id uuid primary key,
        function uuid not null references desk_function,
        role text not null,
        kind text not null,
        referral uuid references referral,
        person uuid references person,
        created_at timestamptz(3) not null,
        done_at timestamptz(3)
      );
      create unique index on todo (function, role, kind, coalesce(referral, person)) where done_at is null;
      create index on todo (referral);

      create table consent_form (
        id uuid primary key,
        function uuid not null references desk_function,
        version text not null,
        title text not null,
        profile jsonb not null,
        approved_on date,
        unique (function, version)
      );

      create table consent (
        id uuid primary key,
        person uuid not null references person,
        given_to uuid not null references desk_function,
        giver text not null,
        manner text not null,
        scope jsonb not null,
        form_version text,
        evidence bytea,
        exclusions uuid[] not null,
        status text not null,
        granted_at timestamptz(3) not null,
        withdrawn_at timestamptz(3),
        superseded_by uuid,
        confirmed_at timestamptz(3),
        -- which system asserted it
        asserted_by text
      );
      create index on consent (person);

      create table refusal (
        id uuid primary key,
        person uuid not null references person,
        recorded_by uuid not null references desk_function,
        categories text[],
        recipients jsonb,
        at timestamptz(3) not null,
        ask_again_on date
      );
      create index on refusal (person);

      create table authority_row (
        id uuid primary key,
        code text not null,
        purpose text not null,
        categories text[] not null,
        valid_from date not null,
        valid_to date,
        checked_on date,
        checked_by text,
        active boolean not null
      );

      create table disclosure_decision (
        id uuid primary key,
        referral uuid not null references referral,
        direction text not null,
        outcome text not null,
        authority text,
        members jsonb not null,
        feedback text,
        reasons text[] not null,
        not_after timestamptz(3),
        -- ids and versions of everything it was decided on
        inputs jsonb not null,
        decided_at timestamptz(3) not null
      );
      create index on disclosure_decision (referral, decided_at);

      create table delivery (
        id uuid primary key,
        seq bigint generated always as identity,
        -- null = the recipient's web desk
        plugin text,
        kind text not null,
        referral uuid not null references referral,
        person uuid not null references person,
        status text,
        status_at timestamptz(3),
        cancels uuid references delivery,
        state text not null,
        decision uuid references disclosure_decision,
        attempts int not null default 0,
        not_before timestamptz(3) not null,
        claimed_at timestamptz(3),
        sent_at timestamptz(3),
        -- the host was told to write it: from here on it counts as disclosed
        go_at timestamptz(3),
        receipted_at timestamptz(3),
        error text,
        not_carried text[]
      );
      create index on delivery (plugin, state, seq);
      create index on delivery (referral);
      create index delivery_in_order on delivery (person, plugin, seq) where state in ('queued', 'claimed', 'sent');

      create table disclosure (
        id uuid primary key,
        decision uuid not null references disclosure_decision,
        delivery uuid not null unique references delivery,
        referral uuid not null references referral,
        person uuid not null references person,
        sender_function uuid not null,
        recipient_function uuid not null,
        authority text not null,
        members jsonb not null,
        state text not null,
        at timestamptz(3) not null
      );
      create index on disclosure (person);

      create table recall (
        id uuid primary key,
        cancels uuid not null unique references delivery,
        delivery uuid references delivery,
        referral uuid not null references referral,
        person uuid not null references person,
        requested_at timestamptz(3) not null,
        acknowledged_at timestamptz(3),
        acknowledged_by text
      );

      create table plugin (
        id text primary key,
        title text not null,
        domain text not null,
        version text not null,
        sdk_range text not null,
        config_schema jsonb not null,
        enabled boolean not null,
        config_version int not null,
        -- the check asked for last; only its answer counts
        check_command uuid,
        checked_at timestamptz(3),
        check_ok boolean,
        findings jsonb
      );
      create table plugin_config_version (plugin text not null references plugin, version int not null, config jsonb not null, at timestamptz(3) not null, primary key (plugin, version));
      create table plugin_checkpoint (plugin text not null, source text not null, value text not null, primary key (plugin, source));
      create table plugin_host (host_id text primary key, plugin text not null references plugin, last_seen timestamptz(3) not null, holds boolean not null, running boolean not null, in_hand int not null, code text);
      create unique index on plugin_host (plugin) where holds;
      create table lane (plugin text primary key, owner uuid, epoch bigint not null default 0, lease_until timestamptz(3));

      create table quarantined_row (
        id uuid primary key,
        plugin text not null,
        item_id text not null,
        file text,
        row int not null,
        key_hash text,
        code text not null,
        field int,
        state text not null,
        at timestamptz(3) not null,
        unique (plugin, item_id)
      );

      create table dead_message (id uuid primary key, queue text not null, type text, source text, code text not null, at timestamptz(3) not null);

      create table audit_entry (
        id bigint generated always as identity primary key,
        at timestamptz(3) not null,
        actor text not null,
        function uuid,
        action text not null,
        object_kind text not null,
        object text not null,
        details jsonb not null
      );
      create index on audit_entry (object);
      create function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'audit_entry is append-only'; end $$;
      create trigger audit_is_append_only before update or delete or truncate on audit_entry for each statement execute function audit_is_append_only();
      create function events_are_append_only() returns trigger language plpgsql as $$ begin raise exception 'referral_event is append-only'; end $$;
      create trigger events_are_append_only before update or delete or truncate on referral_event for each statement execute function events_are_append_only();
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
