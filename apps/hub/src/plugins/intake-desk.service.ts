// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type { IntakePause, IntakeView } from '@tsunagi/contracts';
import { rulesOf } from './intake-rules';
import { missedOf, pausedByItself, pauseOf, pauseOfView, viewOf } from './intake-view';
import {
  allowFiles,
  forgetPause,
  freeTheHour,
  lockIntake,
  noteConfirmed,
  readIntakes,
  readRehearsed,
  type IntakeRow,
  type PauseRow,
} from './intake.rows';
import { HostAwayError, NothingToConfirmError } from './plugin.errors';
import { forgetPauseOfHost } from './plugin.rows';
import { countWaiting } from './quarantine.rows';
import type { Caller } from '../access';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Clock, Database, HUB_CONFIG, idOf, NotFoundError, type Tx } from '../platform';

/** What a person should look at: a fact as long as it is one, so that no to-do of it can be doubled or stay behind. */
export interface IntakeConcern {
  readonly id: string;
  readonly plugin: string;
  readonly kind: 'confirm_intake' | 'file_missing' | 'counts_differ' | 'not_taken_in';
  readonly since: Date;
}

/** What IT staff see of the intake of plugins, and decide. */
@Injectable()
export class IntakeDesk {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {}

  /** By plugin; of one, when it is named. */
  async views(plugin?: string): Promise<Map<string, IntakeView>> {
    const now = this.clock.now();
    const rows = await readIntakes(this.database, plugin);
    const views = rows.map(async (row) => {
      const rules = rulesOf(row.config, this.config);
      const pause = rules && row.pause ? await this.pauseOf(row.plugin, row.pause) : undefined;
      const ofView = pausedByItself(row);
      return [row.plugin, viewOf(row, rules, pause ?? (ofView && pauseOfView(ofView)), now)] as const;
    });
    return new Map(await Promise.all(views));
  }

  async concerns(): Promise<IntakeConcern[]> {
    const now = this.clock.now();
    return (await readIntakes(this.database)).flatMap((row): IntakeConcern[] => {
      const { plugin, pause, enabled, differing, untaken_since: since } = row;
      if (!enabled) return [];
      // What goes out is no matter of how the intake is watched.
      const untaken = since
        ? [{ id: idOf(`${plugin} not taken in`), plugin, kind: 'not_taken_in' as const, since }]
        : [];
      const rules = rulesOf(row.config, this.config);
      const ofView = pausedByItself(row);
      const stopped =
        pause && rules
          ? { id: pause.id, since: new Date(pause.at) }
          : ofView && { id: idOf(`${plugin} paused by itself ${ofView.toISOString()}`), since: ofView };
      const asked = stopped ? [{ ...stopped, plugin, kind: 'confirm_intake' as const }] : [];
      if (!rules) return [...untaken, ...asked];
      const missed = missedOf(row, rules, now);
      return [
        ...untaken,
        ...asked,
        ...(missed
          ? [{ id: idOf(`${plugin} ${missed.toISOString()}`), plugin, kind: 'file_missing' as const, since: missed }]
          : []),
        ...differing.map(({ day, since }) => ({
          id: idOf(`${plugin} counts of ${day}`),
          plugin,
          kind: 'counts_differ' as const,
          since: new Date(since),
        })),
      ];
    });
  }

  /**
   * A person has looked: what waits is taken when its host sends it the next time. The file in question may be as large as
   * it is, and for an hour so may the hour. Where a source of the plugin has stopped by itself, its host has to be told.
   * @param hostIsThere whether a host could be told
   * @throws {NothingToConfirmError} @throws {HostAwayError} nothing has changed then
   */
  async confirm(plugin: string, reason: string, caller: Caller, hostIsThere: boolean): Promise<'taken' | 'to_be_told'> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const row = await lockIntake(tx, plugin);
      if (!row) throw new NotFoundError();
      const { pause } = row;
      if (!pause && !pausedByItself(row)) throw new NothingToConfirmError();
      if (!pause && !hostIsThere) throw new HostAwayError();
      const made = pause ? await this.letThrough(tx, row, pause, now) : 0;
      await (pause ? forgetPause(tx, plugin) : forgetPauseOfHost(tx, plugin));
      audit(tx, {
        actor: caller.actor,
        function: caller.acting,
        action: 'plugin.intake_confirmed',
        objectKind: 'plugin',
        object: plugin,
        details: { pause: pause?.reason ?? 'FLOOD_VIEW', ...(pause && { made }), reason },
        at: now,
      });
      return pause ? 'taken' : 'to_be_told';
    });
  }

  private async letThrough(tx: Tx, row: IntakeRow, { reason, file, made }: PauseRow, now: Date): Promise<number> {
    const { plugin } = row;
    if (reason === 'FLOOD_FILE' && file !== null) await allowFiles(tx, plugin, [file], now);
    if (reason === 'FLOOD_HOUR') await freeTheHour(tx, plugin, now);
    if (reason !== 'FIRST_FILE') return made;
    await noteConfirmed(tx, plugin, now);
    // Who has seen that a first file is more than usual need not be asked for the same again.
    const begun = new Map<string | null, number>();
    for (const { file, begins } of await readRehearsed(tx, plugin)) begun.set(file, (begun.get(file) ?? 0) + begins);
    const { perFile = null, perHour = null } = rulesOf(row.config, this.config) ?? {};
    const large = [...begun].flatMap(([file, n]) => (file !== null && perFile !== null && n > perFile ? [file] : []));
    await allowFiles(tx, plugin, large, now);
    const total = [...begun.values()].reduce((sum, n) => sum + n, 0);
    if (perHour !== null && total > perHour) await freeTheHour(tx, plugin, now);
    return total;
  }

  private async pauseOf(plugin: string, pause: PauseRow): Promise<IntakePause> {
    const rehearsed = pause.reason === 'FIRST_FILE' ? await readRehearsed(this.database, plugin) : [];
    const files = [...new Set([pause.file, ...rehearsed.map(({ file }) => file)].flatMap((file) => file ?? []))];
    return pauseOf(pause, rehearsed, await countWaiting(this.database, plugin, files));
  }
}
