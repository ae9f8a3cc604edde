// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryReceipt } from '@tsunagi/contracts';
import { join } from 'node:path';
import type { BoundSource } from '../plugin/bind-source';
import type { ConnectedPlugin, Plugin } from '../plugin/define-plugin';
import type { OutgoingItem } from '../plugin/outgoing-item';
import type { Delivery } from '../plugin/sink';
import { FakeClock } from '../testing/fake-clock';
import { HubDouble, type ArrivedItem } from '../testing/hub-double';
import { runPlugin, type PluginRun } from '../testing/run-plugin';
import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { until } from '../testing/until';
import { dyingJournal, type Death } from './dying-journal';
import type { KitFile, Office } from './kit';
import type { Ledger } from './ledger';

/** Real time after which something is said never to happen; a busy machine is slow. */
const patienceMs = 20_000;
/** A file may need one pass to be seen, one to be seen at rest and one more. */
const passesToSettle = 3;

/** What waited for something in vain. */
export class NeverHappenedError extends Error {
  readonly code = 'NEVER_HAPPENED';
}

interface WatchedSource {
  readonly source: BoundSource;
  begun: number;
  done: number;
}

/** One place of a legacy system with the plugin at work on it, and the hub in memory that it talks to. */
export class Stage {
  readonly hub = new HubDouble(new FakeClock());
  private run: PluginRun | undefined;
  private watched: WatchedSource[] = [];

  private constructor(
    private readonly plugin: Plugin,
    readonly office: Office,
    private readonly ledger: Ledger,
    private readonly state: TemporaryFolder,
  ) {}

  static async open(plugin: Plugin, office: Office, ledger: Ledger): Promise<Stage> {
    return new Stage(plugin, office, ledger, await temporaryFolder());
  }

  /** As a host does after its start: what the hub knows stays, what the plugin had in memory is gone. */
  async start(death?: Death, onDeath: () => void = () => undefined): Promise<PluginRun> {
    this.run = await runPlugin(this.watching(), {
      config: this.office.config,
      secrets: this.office.secrets,
      stateFolder: this.state.path,
      hub: this.hub,
      log: this.ledger.log,
      ...(death && { journal: (journal) => dyingJournal(journal, death, onDeath) }),
    });
    return this.run;
  }

  get running(): PluginRun {
    if (!this.run) throw new Error('not started');
    return this.run;
  }

  get sources(): readonly BoundSource[] {
    return this.watched.map(({ source }) => source);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** @throws NeverHappenedError */
  async stop(): Promise<void> {
    const { run } = this;
    if (!run) return;
    let stopped = false;
    const stopping = run.stop().then(() => (stopped = true));
    await this.wait(
      () => stopped,
      () => run.clock.advance(1000),
    );
    await stopping;
    this.run = undefined;
  }

  /** As at a death of the host. */
  async abandon(): Promise<void> {
    await this.run?.abandon();
    this.run = undefined;
  }

  /** Leaves an input and resolves when the plugin has done with it what it can. */
  async bring(input: KitFile): Promise<readonly ArrivedItem[]> {
    return this.afterwards(() => this.leave(input));
  }

  /** Leaves an input, whatever becomes of it. */
  leave(input: KitFile): Promise<void> {
    return this.office.bring(input, this.running);
  }

  /** What arrives at the hub by what is done here. */
  async afterwards(deed: () => Promise<void>): Promise<readonly ArrivedItem[]> {
    const before = this.hub.items.length;
    await deed();
    await this.settle();
    return this.hub.items.slice(before);
  }

  async settle(): Promise<void> {
    const { clock, runner } = this.running;
    const marks = this.watched.map(({ begun }) => begun + passesToSettle);
    await this.wait(
      () => this.watched.every(({ done }, index) => done >= marks[index]!) && runner.inHand === 0,
      () => clock.advance(1000),
    );
  }

  /** Resolves when the message is acked. The clock stands still: what is written is the same in every place. */
  async deliver(delivery: Delivery): Promise<DeliveryReceipt | undefined> {
    await this.acked(this.send(delivery));
    return this.receiptOf(delivery);
  }

  /** Resolves when the plugin has acked it. */
  send(delivery: Delivery): Promise<void> {
    const { deliveryId, claim } = delivery;
    switch (delivery.kind) {
      case 'referral':
        return this.hub.deliver('referral.sent.v1', { deliveryId, claim, referral: delivery.referral });
      case 'supplement':
        return this.hub.deliver('referral.supplemented.v1', { deliveryId, claim, referral: delivery.referral });
      case 'recall':
        return this.hub.deliver('referral.recalled.v1', { ...delivery.recall, deliveryId, claim });
      case 'status':
        return this.hub.deliver('referral.status.v1', { ...delivery.status, deliveryId, claim });
    }
  }

  async acked(sent: Promise<void>): Promise<void> {
    let settled = false;
    const settling = sent.finally(() => (settled = true));
    settling.catch(() => undefined);
    await this.wait(() => settled);
    await settling;
  }

  receiptOf({ deliveryId, claim }: Delivery): DeliveryReceipt | undefined {
    return this.hub.receipts.findLast((receipt) => receipt.deliveryId === deliveryId && receipt.claim === claim);
  }

  /** What would go to the hub of this file, with nothing touched; undefined where the plugin reads no such file. */
  async dryRun(file: KitFile): Promise<OutgoingItem[] | undefined> {
    for (const source of this.sources) {
      const items: OutgoingItem[] = [];
      const rows = await source.dryRun(file, {
        send: (batch, options) => {
          for (const item of batch) {
            items.push(item);
            const { itemId, origin, fault } = item;
            const outcome = fault ? 'rejected' : 'accepted';
            options?.onSettled?.({ itemId, origin, fault, answer: { itemId, outcome, codes: [] } });
          }
          return Promise.resolve();
        },
      });
      if (rows !== undefined) return items;
    }
    return undefined;
  }

  get journalPath(): string {
    return join(this.plugin.journalFolder(this.office.config) ?? this.state.path, '.tsunagi', 'journal.jsonl');
  }

  /** @throws NeverHappenedError */
  async wait(condition: () => unknown, meanwhile?: () => void): Promise<void> {
    await until(condition, meanwhile, patienceMs).catch(() => {
      throw new NeverHappenedError();
    });
  }

  async close(): Promise<void> {
    await this.stop().catch(() => this.abandon());
    await this.office.close();
    await this.state.remove();
  }

  /** The plugin with its passes counted, so that nobody has to guess when it has looked. */
  private watching(): Plugin {
    const { plugin } = this;
    return {
      ...plugin,
      connect: async (settings, surroundings): Promise<ConnectedPlugin> => {
        const connected = await plugin.connect(settings, surroundings);
        const passing = connected.sources.filter(({ lasting }) => !lasting);
        this.watched = passing.map((source) => ({ source, begun: 0, done: 0 }));
        const lasting = connected.sources.filter((source) => source.lasting);
        return { ...connected, sources: [...this.watched.map(counted), ...lasting] };
      },
    };
  }
}

function counted(watched: WatchedSource): BoundSource {
  return {
    ...watched.source,
    poll: async (outlet) => {
      watched.begun += 1;
      try {
        return await watched.source.poll(outlet);
      } finally {
        watched.done += 1;
      }
    },
  };
}
