// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from '../plugin/define-plugin';
import type { KitFile, KitPerson, VerifyKit } from './kit';
import { Ledger } from './ledger';
import { Stage } from './stage';

/** What a check works with: the plugin, its samples and its kit. */
export class Bench {
  readonly ledger = new Ledger();
  private readonly stages: Stage[] = [];
  private lastId = 0;

  private constructor(
    readonly plugin: Plugin,
    readonly kit: VerifyKit,
    readonly samples: readonly KitFile[],
  ) {}

  /** @param root the folder of the package, where its samples are */
  static async open(plugin: Plugin, kit: VerifyKit, root: string): Promise<Bench> {
    const samples = plugin.samples.map(async (path) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      bytes: await readFile(join(root, path)),
    }));
    return new Bench(plugin, kit, await Promise.all(samples));
  }

  /** A new, empty place with the plugin at work on it. */
  async stage(): Promise<Stage> {
    const stage = await Stage.open(this.plugin, await this.kit.office(), this.ledger);
    this.stages.push(stage);
    await stage.start();
    return stage;
  }

  /** An id of a referral, a delivery or a claim: another one each time, the same ones in each run. */
  id(): string {
    this.lastId += 1;
    return `019a9f00-0000-7000-8000-${this.lastId.toString(16).padStart(12, '0')}`;
  }

  input(...people: readonly KitPerson[]): KitFile {
    return this.kit.input(people);
  }

  async close(): Promise<void> {
    for (const stage of this.stages.splice(0)) await stage.close();
  }
}
