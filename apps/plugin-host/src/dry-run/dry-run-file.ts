// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Secrets, silentLog, systemClock, type Plugin, type ResultRow } from '@tsunagi/plugin-sdk';
import type { OutgoingItem, Outlet } from '@tsunagi/plugin-sdk/host';
import { withPassingJournal } from './passing-journal';

/** An item as it would go to the hub. */
export interface RehearsedItem {
  readonly itemId: string;
  readonly submission: unknown;
}

/** What the hub would answer to an item. */
export interface Verdict {
  readonly itemId: string;
  readonly outcome: Exclude<ResultRow['outcome'], 'quarantined' | 'refused'>;
  readonly codes: string[];
  readonly pointer?: string | undefined;
}

/** Asks the hub about as many items at once as it takes. */
export interface Judge<V extends Verdict> {
  readonly maxItems: number;
  readonly maxBytes: number;
  judge(items: readonly RehearsedItem[]): Promise<readonly V[]>;
}

export interface DryRun<V> {
  /** What the result file would say, in the order of the file, with the hub's whole answer where the row would go there. */
  readonly rows: readonly (ResultRow & { readonly verdict?: V })[];
  /** How often the hub was asked: rows of one question know of each other. */
  readonly questions: number;
  /** Answers and acknowledgements, of which a hub says nothing beforehand. */
  readonly notJudged: number;
}

/**
 * A file on the way its own source would take it, up to the hub's answer. The legacy system is not touched: the journal is
 * one of this moment. Undefined when the plugin would leave a file of this name alone.
 * @throws BadConfigError, or whatever keeps the plugin from being connected
 */
export async function dryRunFile<V extends Verdict>(
  plugin: Plugin,
  settings: unknown,
  file: { readonly name: string; readonly bytes: Uint8Array },
  judge: Judge<V>,
): Promise<DryRun<V> | undefined> {
  return withPassingJournal(async (journal) => {
    const surroundings = { journal, secrets: noSecrets, log: silentLog, clock: systemClock, filesOnly: true };
    const connected = await plugin.connect(settings, surroundings);
    try {
      const questions = new Questions(judge);
      for (const source of connected.sources) {
        const rows = await source.dryRun(file, questions);
        if (rows) return questions.reported(rows);
      }
      return undefined;
    } finally {
      await connected.close();
    }
  });
}

/** Nobody is called and nothing is opened: what a secret of the site is for is for nothing here. */
const noSecrets: Secrets = {
  read: ({ secretRef }) => Promise.resolve(`${secretRef}, which stands for no secret of any site`.padEnd(64, '.')),
};

type Settled = NonNullable<NonNullable<Parameters<Outlet['send']>[1]>['onSettled']>;

/** The way to the hub that only asks. */
class Questions<V extends Verdict> implements Pick<Outlet, 'send'> {
  /** By row: one may ask for several departments. */
  private readonly verdicts = new Map<number, V[]>();
  private asked = 0;
  private notJudged = 0;

  constructor(private readonly judge: Judge<V>) {}

  async send(items: Iterable<OutgoingItem>, { onSettled }: { onSettled?: Settled | undefined } = {}): Promise<void> {
    let batch: OutgoingItem[] = [];
    let bytes = 0;
    for (const item of items) {
      if (item.type === 'rows.quarantined.v1') {
        const { itemId, origin, fault } = item;
        onSettled?.({
          itemId,
          origin,
          fault,
          answer: { itemId, outcome: 'rejected', codes: fault ? [fault.code] : [] },
        });
      } else if (item.type !== 'referral.submitted.v1') this.notJudged += 1;
      else {
        if (batch.length === this.judge.maxItems || bytes + item.bytes > this.judge.maxBytes) {
          await this.ask(batch, onSettled);
          [batch, bytes] = [[], 0];
        }
        batch.push(item);
        bytes += item.bytes;
      }
    }
    if (batch.length > 0) await this.ask(batch, onSettled);
  }

  reported(rows: readonly ResultRow[]): DryRun<V> {
    return {
      rows: rows.map((row) => {
        const verdict = this.verdicts.get(row.row)?.shift();
        return verdict === undefined ? row : { ...row, verdict };
      }),
      questions: this.asked,
      notJudged: this.notJudged,
    };
  }

  private async ask(batch: readonly OutgoingItem[], onSettled: Settled | undefined): Promise<void> {
    this.asked += 1;
    const questions = batch.map(({ itemId, body }) => ({ itemId, ...body }) as RehearsedItem);
    const verdicts = new Map((await this.judge.judge(questions)).map((verdict) => [verdict.itemId, verdict]));
    for (const { itemId, origin } of batch) {
      const verdict = verdicts.get(itemId);
      if (!verdict) continue;
      this.verdicts.set(origin.row, [...(this.verdicts.get(origin.row) ?? []), verdict]);
      const { outcome, codes, pointer } = verdict;
      onSettled?.({ itemId, origin, answer: { itemId, outcome, codes, ...(pointer !== undefined && { pointer }) } });
    }
  }
}
