// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Checkpoint, ItemOrigin, Trial } from '@tsunagi/contracts';
import { Intake, type IntakeAnswer } from './intake.service';
import { fileIn } from './rows-of-items';
import type { Taken } from './record-of-submission';
import { sendingOf } from './judge-submission';
import { Directory } from '../organizations';
import { FloodError, IntakeGuard, type Place, type Watched } from '../plugins';

/** Nobody has looked at what is in it yet. */
interface PluginItem {
  readonly itemId: string;
  readonly submission: unknown;
  readonly origin?: ItemOrigin | undefined;
}

const fileOf = (taken: Taken) => taken.submission.source.file;

/** The intake of plugins behind its guard. */
@Injectable()
export class GuardedIntake {
  constructor(
    private readonly intake: Intake,
    private readonly guard: IntakeGuard,
    private readonly directory: Directory,
  ) {}

  /**
   * @returns the answers; undefined, when nothing was taken or kept and the items wait where they are for a person's word;
   * `tried`, when nothing was taken, but what would become of them is known: their host may read on, and sends them again.
   */
  async take(
    plugin: string,
    items: readonly PluginItem[],
    mark?: Checkpoint,
    place: Place = {},
    trial?: Trial,
  ): Promise<IntakeAnswer[] | 'tried' | undefined> {
    const watched = await this.guard.watch(plugin);
    const sending = { ...sendingOf(plugin, this.directory), place };
    if (!watched) return this.intake.take(sending, items, mark);
    if (watched.gate === 'rehearse') return this.rehearse(watched, items, trial);
    if (watched.gate !== 'take') return undefined;
    try {
      return await this.intake.take(sending, items, mark, {
        startsOn: watched.startsOn,
        onBegun: (tx, begun) => this.guard.count(tx, watched, begun.map(fileOf)),
      });
    } catch (error) {
      if (!(error instanceof FloodError)) throw error;
      await this.guard.stop(watched, error.flood);
      return undefined;
    }
  }

  /** Whoever has tried everything and waits is told only of what is new to the hub: it begins from the start then. */
  private async rehearse(
    watched: Watched,
    items: readonly PluginItem[],
    trial: Trial | undefined,
  ): Promise<'tried' | undefined> {
    const itemIds = items.map((item) => item.itemId);
    if (await this.guard.isRehearsed(watched, itemIds)) {
      if (trial) await this.guard.noteTrial(watched, trial);
      return trial === 'goes_on' ? 'tried' : undefined;
    }
    let begun: readonly Taken[] = [];
    const answers = await this.intake.rehearse(sendingOf(watched.plugin, this.directory), items, {
      startsOn: watched.startsOn,
      onBegun: (_, these) => void (begun = these),
    });
    const begins = new Set(begun.map(({ itemId }) => itemId));
    const files = new Map(items.map(({ itemId, submission }) => [itemId, fileIn(submission)]));
    const isKept = await this.guard.keep(
      watched,
      answers.map(({ itemId, outcome, codes, to }) => ({
        itemId,
        file: files.get(itemId),
        outcome,
        codes,
        to,
        begins: begins.has(itemId),
      })),
    );
    if (isKept && trial) await this.guard.noteTrial(watched, 'goes_on');
    return isKept && trial ? 'tried' : undefined;
  }
}
