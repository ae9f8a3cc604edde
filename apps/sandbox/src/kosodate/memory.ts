// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Counts } from '../caseworkers/counts';
import type { EventIntent } from './child-event';

/** A case of the invented 子育て system: ids and codes only, so that a recall leaves nothing of a person behind. */
export interface ChildCase {
  readonly referralId: string;
  readonly deliveryId: string;
  readonly worker: string;
  /** The last action, and those the caseworker still means to take. */
  readonly last: string;
  readonly plan: readonly string[];
  readonly stopped: boolean;
}

/** A call that came, and which the caseworker has not looked at yet. */
export interface Arrived {
  readonly deliveryId: string;
  readonly referralId: string;
  readonly cancel: '1' | '2' | '3';
}

/** An event that is still to be sent: the number and the moment make it again. */
export interface DueEvent {
  readonly number: number;
  readonly at: string;
  readonly intent: EventIntent;
}

/** What the system remembers over restarts. */
export interface DepartmentMemory {
  readonly arrived: readonly Arrived[];
  /** `deliveryId/cancel` of everything that ever came. */
  readonly known: readonly string[];
  readonly cases: readonly ChildCase[];
  /** Answers that are still to be sent, in their order. */
  readonly unsent: readonly Readonly<Record<string, string>>[];
  readonly responses: number;
  /** 対応区分 → how often it was answered. */
  readonly answered: Counts;
  readonly events: number;
  readonly due: readonly DueEvent[];
  /** Events that the hub has taken, and エラーコード → events that it has not. */
  readonly taken: number;
  readonly refused: Counts;
  /** 状態コード of its own requests, in the order in which they came. */
  readonly statuses: readonly { readonly eventId: string; readonly status: string; readonly domain: string | null }[];
}

const empty: DepartmentMemory = {
  arrived: [],
  known: [],
  cases: [],
  unsent: [],
  responses: 0,
  answered: {},
  events: 0,
  due: [],
  taken: 0,
  refused: {},
  statuses: [],
};

/** Looked at anew each time: whoever listens for calls may be another process than whoever answers them. */
export class DepartmentFile {
  constructor(private readonly path: string) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  }

  get memory(): DepartmentMemory {
    if (!existsSync(this.path)) return empty;
    return { ...empty, ...(JSON.parse(readFileSync(this.path, 'utf8')) as Partial<DepartmentMemory>) };
  }

  remember(changes: Partial<DepartmentMemory>): void {
    const draft = `${this.path}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify({ ...this.memory, ...changes }), { mode: 0o600 });
    renameSync(draft, this.path);
  }
}
