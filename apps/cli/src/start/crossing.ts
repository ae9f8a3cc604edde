// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { queuePage, type QueueItem } from '@tsunagi/contracts';
import type { SandboxOutcome } from '@tsunagi/sandbox';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientAccess } from '../http/access';
import { HubClient } from '../http/hub-client';
import type { RunningDemo } from './started';

/** What became of the demo, read back from the places where it must have arrived. */
export interface Crossing {
  /** Nothing of the first records is on its way any more. */
  readonly complete: boolean;
  readonly referrals: readonly QueueItem[];
  readonly sandbox: SandboxOutcome;
}

/** One look takes some milliseconds; embedded, all of it is there after one or two seconds. */
const lookEveryMs = 200;
const patienceMs = 30_000;
const pageSize = 200;

/** Waits until the first records have crossed, or as long as anybody wants to wait for a demo; without any looks once. */
export async function awaitCrossing(
  baseUrl: string,
  demo: RunningDemo,
  clients: readonly ClientAccess[],
): Promise<Crossing> {
  const signedIn = await Promise.all(clients.map((client) => HubClient.signIn(baseUrl, client)));
  const { firstFiles, firstConsultations, firstEvents } = demo;
  const isFirst = firstFiles.length > 0 || firstConsultations !== null || firstEvents !== null;
  const until = isFirst ? Date.now() + patienceMs : 0;
  for (;;) {
    const crossing = await look(signedIn, demo);
    if (crossing.complete || Date.now() > until) return crossing;
    await pause(lookEveryMs);
  }
}

async function look(clients: readonly HubClient[], demo: RunningDemo): Promise<Crossing> {
  const { sandbox, firstFiles, firstConsultations } = demo;
  const pages = await Promise.all(
    clients.map((client) => client.get(`/api/v1/referrals?limit=${pageSize}`, queuePage)),
  );
  const referrals = [...new Map(pages.flatMap(({ items }) => items).map((item) => [item.id, item])).values()];
  const outcome = await sandbox.readOutcome();
  const results = [...outcome.kaigo.resultFiles, ...outcome.shogai.resultFiles];
  const answered = firstFiles.every(({ name }) => results.includes(resultName(name)));
  const heard = firstConsultations === null || heardOf(referrals, outcome) >= firstConsultations;
  const sent = outcome.kosodate.due === 0;
  // What waits for a desk that works in the hub waits for a person, not for us.
  const underWay = referrals.some(({ state, to }) => state === 'sent' && to && bySystem.includes(to.domain));
  return { complete: answered && heard && sent && !underWay, referrals, sandbox: outcome };
}

/** Departments that the demo reaches through their systems. */
const bySystem: readonly string[] = ['kaigo', 'konkyu', 'kosodate', 'shogai'];

/** Consultations that the hub made a referral of, or that the office was told to mend. */
function heardOf(referrals: readonly QueueItem[], { konkyu }: SandboxOutcome): number {
  return referrals.filter(({ from }) => from.domain === 'konkyu').length + (konkyu.results['90'] ?? 0);
}

/** The result of `KAI24061.CSV` is `KAE24061.CSV`, and that of `SHG24061.DAT` is `SHE24061.DAT`. */
const resultName = (name: string) => `${name.slice(0, 2)}E${name.slice(3)}`;
