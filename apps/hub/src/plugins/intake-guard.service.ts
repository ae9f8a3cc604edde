// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { IntakeSettings, Trial } from '@tsunagi/contracts';
import { floodOf, gateOf, type Flood, type Gate, type ItemOutcome } from '@tsunagi/domain';
import { FloodError } from './plugin.errors';
import { rulesOf, startOf } from './intake-rules';
import {
  addToCounts,
  allowedFiles,
  countRehearsed,
  insertPause,
  insertRehearsed,
  noteTrial,
  lockIntake,
  readIntakes,
  scopeOfFile,
  scopeOfHour,
  type IntakeRow,
  type PauseRow,
} from './intake.rows';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Clock, Database, HUB_CONFIG, Log, type Tx } from '../platform';

/** A plugin whose intake is watched, as things stand when its message is taken. */
export interface Watched {
  readonly plugin: string;
  readonly configVersion: number;
  readonly rules: IntakeSettings;
  readonly startsOn: string | undefined;
  readonly gate: Gate;
  /** A person lets through more than the limit of an hour just now. */
  readonly hourIsFree: boolean;
}

/** A record of a first file, and what would become of it. */
export interface RehearsedItem {
  readonly itemId: string;
  readonly file: string | undefined;
  readonly outcome: ItemOutcome;
  readonly codes: readonly string[];
  /** The desk function to which it would go. */
  readonly to: string | undefined;
  /** It would make a new referral. */
  readonly begins: boolean;
}

/** Another instance's change of settings arrives here within this time; our own at once. */
const rereadMs = 2_000;

/**
 * Stands before the intake of plugins: keeps out what is older than the start, tries the first file, and stops a flood.
 * The database knows; where nobody watches, nothing is asked of it for a message.
 */
@Injectable()
export class IntakeGuard {
  /** Plugins that nobody watches, as of the last look. */
  private unwatched: ReadonlySet<string> = new Set();
  private lookedAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {}

  /** Undefined: nobody watches, everything is taken as it comes. */
  async watch(plugin: string): Promise<Watched | undefined> {
    if (await this.isUnwatched(plugin)) return undefined;
    const [row] = await readIntakes(this.database, plugin);
    const rules = row ? rulesOf(row.config, this.config) : rulesOf({}, this.config);
    if (!rules) return undefined;
    const now = this.clock.now();
    const configVersion = row?.config_version ?? 0;
    const startsOn = startOf(rules, row?.first_enabled_at ?? null, now);
    const hourIsFree = row !== undefined && isHourFree(row, now);
    // A host says hello before anything else: what comes from a plugin nobody knows has not been sent by one.
    const gate = row ? gateOf(rules, { paused: row.pause !== null, confirmed: row.confirmed_at !== null }) : 'wait';
    return { plugin, configVersion, rules, startsOn, gate, hourIsFree };
  }

  /** From which day records of this plugin make referrals; undefined: of any day. */
  async startOf(plugin: string): Promise<string | undefined> {
    return (await this.watch(plugin))?.startsOn;
  }

  /** Settings have been changed here. */
  reread(): void {
    this.lookedAt = -Infinity;
  }

  /**
   * Counts new referrals by the files they came from, in the transaction that makes them.
   * @throws {FloodError} they are too many; nothing of the batch may stay.
   */
  async count(tx: Tx, { plugin, rules, hourIsFree }: Watched, begun: readonly (string | undefined)[]): Promise<void> {
    const now = this.clock.now();
    const named = [...new Set(begun.flatMap((file) => file ?? []))];
    const allowed = await allowedFiles(tx, plugin, named);
    // What a person has let through is nobody's surprise any more: it counts toward no limit.
    const counted = begun.filter((file) => file === undefined || !allowed.has(file));
    const added = new Map<string, number>();
    const add = (scope: string) => added.set(scope, (added.get(scope) ?? 0) + 1);
    for (const file of counted) {
      if (file !== undefined) add(scopeOfFile(file));
      if (!hourIsFree) add(scopeOfHour(now));
    }
    if (added.size === 0) return;
    const totals = await addToCounts(tx, plugin, added, now);
    const files = new Map(named.map((file) => [file, totals.get(scopeOfFile(file)) ?? 0]));
    const flood = floodOf({ files, hour: totals.get(scopeOfHour(now)) ?? 0 }, rules);
    if (flood) throw new FloodError(flood);
  }

  /** Nothing more is taken until a person has looked. */
  async stop(watched: Watched, { reason, file, made, limit }: Flood): Promise<void> {
    await this.pauseUnder(watched, { reason, file: file ?? null, made, most: limit }, async (tx, row) => {
      if (file !== undefined) return !(await allowedFiles(tx, watched.plugin, [file])).has(file);
      return !isHourFree(row, this.clock.now());
    });
  }

  /** All of these have been tried before: a host sends what is not answered again and again. */
  async isRehearsed({ plugin }: Watched, itemIds: readonly string[]): Promise<boolean> {
    const hashes = [...new Set(itemIds.map(hashOf))];
    return (await countRehearsed(this.database, plugin, hashes)) === hashes.length;
  }

  /**
   * Keeps what would become of a first file for whoever decides.
   * @returns false when a person has decided or changed the settings meanwhile
   */
  async keep(watched: Watched, items: readonly RehearsedItem[]): Promise<boolean> {
    const rehearsed = items.map(({ itemId, file, outcome, codes, to, begins }) => ({
      itemHash: hashOf(itemId),
      file,
      outcome,
      code: codes[0],
      to,
      begins,
    }));
    const pause = { reason: 'FIRST_FILE', file: null, made: 0, most: null } as const;
    return this.pauseUnder(watched, pause, (tx, row) => {
      // Another instance may have been told meanwhile that all is well.
      if (row.confirmed_at !== null) return false;
      insertRehearsed(tx, watched.plugin, rehearsed);
      return true;
    });
  }

  /** Whoever decides sees whether all that is there has been tried. */
  async noteTrial({ plugin }: Watched, trial: Trial): Promise<void> {
    await this.database.transaction((tx) => noteTrial(tx, plugin, trial));
  }

  /**
   * Only under the settings by which it was judged: whoever changes them wants to see it judged anew.
   * @returns whether it is paused now
   */
  private async pauseUnder(
    { plugin, configVersion }: Watched,
    pause: Omit<PauseRow, 'id' | 'at' | 'trial'>,
    stillWanted: (tx: Tx, row: IntakeRow) => boolean | Promise<boolean>,
  ): Promise<boolean> {
    const now = this.clock.now();
    const found = await this.database.transaction(async (tx) => {
      const row = await lockIntake(tx, plugin);
      if (row?.config_version !== configVersion || !(await stillWanted(tx, row))) return 'decided';
      if (!(await insertPause(tx, plugin, pause, now))) return 'paused';
      const { reason, file, made, most } = pause;
      const details = { pause: reason, ...(file !== null && { file }), ...(most !== null && { made, most }) };
      audit(tx, {
        actor: 'hub',
        action: 'plugin.intake_paused',
        objectKind: 'plugin',
        object: plugin,
        details,
        at: now,
      });
      return 'begun';
    });
    if (found === 'begun') this.log.warn('plugin intake paused', { plugin, code: pause.reason });
    return found !== 'decided';
  }

  private async isUnwatched(plugin: string): Promise<boolean> {
    if (performance.now() - this.lookedAt > rereadMs) {
      this.lookedAt = performance.now();
      const rows = await readIntakes(this.database);
      this.unwatched = new Set(rows.filter((r) => !rulesOf(r.config, this.config)).map((r) => r.plugin));
    }
    return this.unwatched.has(plugin);
  }
}

const isHourFree = ({ hour_free_until: until }: IntakeRow, now: Date) => until !== null && until > now;

/** Records of a first file may turn out to be nobody's business: their names are not kept. */
const hashOf = (itemId: string) => createHash('sha256').update(itemId).digest('hex');
