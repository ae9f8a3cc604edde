// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What every referral passes costs less: rows that change soon have room beside them, sealed bytes are not compressed in
 * vain, and a key is checked once, not at every table that repeats it (ADR 0005).
 */
export class HotPath1764468000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Changed several times within seconds: the new version fits on the same page.
      alter table delivery set (fillfactor = 40);
      alter table disclosure set (fillfactor = 50);
      alter table referral set (fillfactor = 60);

      -- Sealed bytes do not get smaller.
      alter table referral alter column content set storage external;
      alter table referral_event alter column facts set storage external;
      alter table consent alter column evidence set storage external;

      -- Functions are never deleted, and the directory knows them before anything is written.
      alter table referral drop constraint referral_from_function_fkey, drop constraint referral_to_function_fkey;
      alter table consent drop constraint consent_given_to_fkey;
      -- The referral of a delivery names the person; the decision of a ledger line names the referral.
      alter table delivery drop constraint delivery_person_fkey, drop constraint delivery_decision_fkey;
      alter table disclosure drop constraint disclosure_referral_fkey, drop constraint disclosure_person_fkey;

      -- A state of its own is looked for only while something waits or was given up.
      drop index delivery_plugin_state_seq_idx;
      create index delivery_queued on delivery (plugin, seq) where state = 'queued';
      create index delivery_parked on delivery (plugin, seq) where state = 'parked';
      -- A sender asks by what it was told, and nobody by the record's key: that stands in submission.
      drop index referral_from_function_state_id_idx;
      drop index referral_sender_source_key_idx;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
