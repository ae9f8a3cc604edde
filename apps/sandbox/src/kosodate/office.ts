// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Counts, countOf } from '../caseworkers/counts';
import type { PlayedStep } from '../caseworkers/played-step';
import type { EventIntent } from './child-event';
import { KosodateDepartment } from './department';
import { DepartmentFile } from './memory';
import { KosodatePlayer } from './player';

/** What a system that calls and is called has agreed with the hub. */
interface Agreed {
  readonly callbackSecret: string;
  readonly signatureSecret: string;
  /** Where it listens; the settings of the plugin name it, so it stays the same over restarts. */
  readonly port: number;
  /** Of the listener of the plugin host. */
  readonly hubUrl?: string;
}

/** What the plugin needs to know of the system. */
export interface KosodateAccess {
  readonly callbackUrl: string;
  readonly callbackSecret: string;
  readonly signatureSecret: string;
}

export interface KosodateOutcome {
  /** Events that the hub has taken, and that are still to be sent. */
  readonly events: number;
  readonly due: number;
  /** エラーコード → events that were refused. */
  readonly faults: Counts;
  /** 状態コード → call-backs about its own requests. */
  readonly statuses: Counts;
  /** 取消区分 → referrals. */
  readonly received: Counts;
  /** 対応区分 → answers. */
  readonly answers: Counts;
}

/** The こども家庭センター of the demo: its system, where it keeps what it knows, and its caseworker. */
export class KosodateOffice {
  private readonly file: DepartmentFile;
  private listening: KosodateDepartment | undefined;

  constructor(
    private readonly options: { readonly dataDir: string; readonly seed: number; readonly clock: () => Date },
  ) {
    for (const place of ['in/kosodate', 'out']) mkdirSync(this.place(place), { recursive: true, mode: 0o700 });
    this.file = new DepartmentFile(this.place('department.json'));
  }

  /** Takes calls from now on. @throws EADDRINUSE when somebody has taken its port meanwhile */
  async listen(): Promise<KosodateAccess> {
    const { port = 0, ...known } = this.agreed() ?? {};
    const secrets = { callbackSecret: newSecret(), signatureSecret: newSecret(), ...known };
    const department = await KosodateDepartment.open({ memory: this.place('department.json'), port, ...secrets });
    this.listening = department;
    const { callbackUrl } = department;
    this.agree({ ...secrets, port: Number(new URL(callbackUrl).port) });
    const { callbackSecret, signatureSecret } = secrets;
    return { callbackUrl, callbackSecret, signatureSecret };
  }

  /** Where it reaches the plugin's door, such as `http://127.0.0.1:3100`. */
  reach(hubUrl: string): void {
    const agreed = this.agreed();
    if (agreed) this.agree({ ...agreed, hubUrl });
  }

  /** The first events it ever sends. @returns how many; null when there have been any */
  planFirst(intents: readonly EventIntent[]): number | null {
    if (this.file.memory.events > 0) return null;
    this.player('').plan(intents);
    return intents.length;
  }

  async step(): Promise<PlayedStep> {
    return this.player(this.agreed()?.hubUrl ?? '').step();
  }

  outcome(): KosodateOutcome {
    const { known, answered, statuses, taken, due, refused } = this.file.memory;
    return {
      events: taken,
      due: due.length,
      faults: refused,
      statuses: countOf(statuses.map(({ status }) => status)),
      received: countOf(known.map((name) => name.slice(-1))),
      answers: answered,
    };
  }

  async close(): Promise<void> {
    await this.listening?.close();
  }

  private player(hubUrl: string): KosodatePlayer {
    const { seed, clock } = this.options;
    const signatureSecret = this.agreed()?.signatureSecret ?? '';
    return new KosodatePlayer({ department: this.file, hubUrl, signatureSecret, seed, clock });
  }

  private place(name: string): string {
    return join(this.options.dataDir, 'sandbox', 'kosodate', name);
  }

  private agreed(): Agreed | undefined {
    const path = this.place('system.json');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Agreed) : undefined;
  }

  private agree(agreed: Agreed): void {
    const path = this.place('system.json');
    writeFileSync(`${path}.tmp`, JSON.stringify(agreed), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  }
}

const newSecret = () => randomBytes(32).toString('hex');
