// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  hubSource,
  maxControlCounts,
  messages,
  type Checkpoint,
  type CheckFinding,
  type CloudEvent,
  type ControlCount,
} from '@tsunagi/contracts';
import { createHash } from 'node:crypto';
import type { Journal } from '../journal/journal';
import type { BoundSource } from '../plugin/bind-source';
import type { ConnectedPlugin, Plugin } from '../plugin/define-plugin';
import type { WaitingRow } from '../plugin/source';
import type { Clock } from '../surroundings/clock';
import { errorCode } from '../surroundings/error-code';
import type { Log } from '../surroundings/log';
import { HubLine, type CourierPort } from './courier-port';
import { DeliveryDesk } from './delivery-desk';
import { GoAheadDesk } from './go-ahead';
import { ItemSender } from './item-sender';
import { runnerLimits, type RunnerLimits } from './runner-limits';
import { SourceLoop } from './source-loop';

/** A queue of the plugin that is being consumed. */
export interface Lane {
  /** Stops taking messages and resolves when those in hand are settled. */
  cancel(): Promise<void>;
}
export type LaneName = 'answers' | 'deliveries';

export interface PluginRunnerOptions {
  readonly plugin: Plugin;
  readonly connected: ConnectedPlugin;
  readonly courier: CourierPort;
  /** Begins to consume a queue of the plugin; its messages are given to {@link PluginRunner.receive}. */
  readonly openLane: (lane: LaneName) => Promise<Lane>;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  /** Watermarks as the hub last committed them. @default none */
  readonly checkpoints?: readonly Checkpoint[] | undefined;
  /** Time between two passes, in place of what the sources say. @default the sources' own */
  readonly pollMs?: number | undefined;
  /** @default {@link runnerLimits} */
  readonly limits?: Partial<RunnerLimits> | undefined;
  /** @default does nothing */
  readonly failpoint?: ((name: string) => void) | undefined;
}

/** The hub answered with something this host does not understand. */
export class AnswerUnreadableError extends Error {
  readonly code = 'MESSAGE_INVALID';

  constructor() {
    super('not an answer of the hub');
    this.name = 'AnswerUnreadableError';
  }
}

/** More numbers than one message brings: nobody is told a part of them as if it were all. */
export class TooManyCountsError extends Error {
  readonly code = 'TOO_MANY_COUNTS';

  constructor() {
    super('the legacy system holds more files of this day than can be told');
    this.name = 'TooManyCountsError';
  }
}

/** Runs a connected plugin: the same in a host and in the testing kit. */
export class PluginRunner {
  private readonly sender: ItemSender;
  private readonly goAheads: GoAheadDesk;
  private readonly desk: DeliveryDesk;
  private readonly loops: readonly SourceLoop[];
  private readonly checkpoints: Map<string, string>;
  private readonly line: HubLine;
  private lanes: { answers: Lane; deliveries: Lane } | undefined;
  private stopListening: (() => void) | undefined;
  /** Starts and stops, one after the other. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly options: PluginRunnerOptions) {
    const { plugin, connected, courier, journal, clock, log } = options;
    const limits: RunnerLimits = { ...runnerLimits, ...options.limits };
    const failpoint = options.failpoint ?? (() => undefined);
    this.line = new HubLine(plugin.id, courier, clock);
    this.checkpoints = new Map(options.checkpoints?.map(({ source, value }) => [source, value]));
    this.sender = new ItemSender({ line: this.line, clock, log, limits });
    this.goAheads = new GoAheadDesk({ line: this.line, clock, log, limits });
    this.desk = new DeliveryDesk({
      line: this.line,
      goAheads: this.goAheads,
      sink: connected.sink,
      notCarried: plugin.notCarried,
      journal,
      clock,
      log,
      limits,
      failpoint,
    });
    this.loops = connected.sources.map((source) => this.loopOf(source, limits, failpoint));
  }

  get running(): boolean {
    return this.lanes !== undefined;
  }

  /** Items without an answer and deliveries without a receipt. */
  get inHand(): number {
    return this.sender.inHand + this.desk.inHand;
  }

  /** What is wrong with a source, for the heartbeat. */
  get code(): string | undefined {
    return this.loops.find(({ code }) => code !== undefined)?.code;
  }

  /** When a file of the kind that is expected every night last came, for the heartbeat. */
  get lastFileAt(): Date | undefined {
    const times = this.loops.flatMap(({ lastFileAt }) => lastFileAt ?? []);
    return times.reduce<Date | undefined>((latest, at) => (latest && latest > at ? latest : at), undefined);
  }

  /** Since when the legacy system has left something lying that was written for it, for the heartbeat. */
  get untakenSince(): Date | undefined {
    return oldestOf(this.loops.flatMap(({ untakenSince }) => untakenSince ?? []));
  }

  /** Since when a source has stopped by itself and waits for a person, for the heartbeat. */
  get pausedSince(): Date | undefined {
    return oldestOf(this.loops.flatMap(({ pausedSince }) => pausedSince ?? []));
  }

  /** Does nothing when it runs already. */
  start(): Promise<void> {
    return this.inTurn(async () => {
      if (this.lanes) return;
      await this.options.connected.sink.recover?.();
      this.sender.start();
      this.desk.start();
      const answers = await this.options.openLane('answers');
      try {
        this.lanes = { answers, deliveries: await this.options.openLane('deliveries') };
      } catch (error) {
        await answers.cancel();
        throw error;
      }
      this.stopListening = this.line.onReconnected(() => {
        this.sender.resendAll();
        this.goAheads.askAgain();
      });
      for (const loop of this.loops) loop.start();
    });
  }

  /** Sources stop, deliveries in hand get their receipts, everything else stays in the queue. Can be started again. */
  stop(): Promise<void> {
    return this.inTurn(async () => {
      const { lanes, options } = this;
      if (!lanes) return;
      const cancelDeadline = options.clock.after(options.limits?.drainMs ?? runnerLimits.drainMs, () => {
        options.log.warn({ inHand: this.inHand }, 'drain took too long, deliveries given back');
        this.desk.abandon();
      });
      this.sender.stop();
      const cancelled = lanes.deliveries.cancel();
      await Promise.all([cancelled, this.desk.drain(), ...this.loops.map((loop) => loop.stop())]);
      cancelDeadline();
      await lanes.answers.cancel();
      this.stopListening?.();
      this.lanes = undefined;
    });
  }

  /** Every source makes a pass now. */
  poll(): void {
    for (const loop of this.loops) loop.ask();
  }

  /**
   * Lets a waiting row go to the hub once more, from where it came. Resolves when it is on its way; what becomes of it is
   * the hub's to say.
   * @returns why it cannot, or undefined
   */
  async release({
    source,
    ...row
  }: WaitingRow & { readonly source?: string | undefined }): Promise<string | undefined> {
    if (!this.running) return 'NOT_AT_WORK';
    const asked = this.options.connected.sources.filter(({ name }) => source === undefined || name === source);
    let reason: string = 'ROW_GONE';
    for (const one of asked) {
      const found = await one.release(row, (item, onSettled) => {
        // Not waited for: a hub whose intake is paused may answer much later, and the row goes on waiting until it does.
        this.sender.send([item], { source: one.name, onSettled }).catch((error: unknown) => {
          this.options.log.warn({ source: one.name, code: errorCode(error, 'RELEASE_FAILED') }, 'row not released');
        });
      });
      if (found === undefined) return undefined;
      if (found === 'ROW_CHANGED') reason = found;
    }
    return reason;
  }

  /** Never throws: a check that throws is a finding. */
  async check(): Promise<readonly CheckFinding[]> {
    try {
      return await this.options.connected.check();
    } catch (error) {
      return [{ name: '確認', ok: false, code: errorCode(error, 'CHECK_FAILED') }];
    }
  }

  /**
   * What the legacy system holds of this day, from every place of it that can be asked.
   * @throws with the `code` of whatever keeps one from being asked: a day is compared whole
   */
  async countDay(day: string): Promise<readonly ControlCount[]> {
    const { sources, sink } = this.options.connected;
    const counts: ControlCount[] = [];
    for (const source of sources) counts.push(...(await source.countDay(day)));
    counts.push(...((await sink.countDay?.(day)) ?? []));
    if (counts.length > maxControlCounts) throw new TooManyCountsError();
    return counts;
  }

  /**
   * A message of one of the plugin's queues; resolves when it may be acked.
   * @throws with `retryable: true` when it is to stay in the queue, else when it is for the dead letters.
   */
  async receive(event: CloudEvent): Promise<void> {
    switch (event.type) {
      case 'items.answered.v1':
        return this.itemsAnswered(event);
      case 'deliveries.checked.v1':
        return this.deliveriesChecked(event);
      default:
        return this.desk.accept(event);
    }
  }

  private itemsAnswered(event: CloudEvent): void {
    const parsed = messages['items.answered.v1'].safeParse(event);
    if (!parsed.success || event.source !== hubSource) throw new AnswerUnreadableError();
    const { answers, tried = [] } = parsed.data.data;
    this.sender.answered(answers);
    this.sender.tried(tried);
  }

  private deliveriesChecked(event: CloudEvent): void {
    const parsed = messages['deliveries.checked.v1'].safeParse(event);
    if (!parsed.success || event.source !== hubSource) throw new AnswerUnreadableError();
    this.goAheads.answered(parsed.data.causationid, parsed.data.data.answers);
  }

  private loopOf(source: BoundSource, limits: RunnerLimits, failpoint: (name: string) => void): SourceLoop {
    const { clock, log, pollMs } = this.options;
    const { checkpoints, sender } = this;
    return new SourceLoop({
      source,
      everyMs: pollMs ?? source.everyMs ?? limits.pollMs,
      clock,
      log,
      outlet: {
        get checkpoint() {
          return checkpoints.get(source.name);
        },
        failpoint,
        send: async (items, options = {}) => {
          const { checkpoint: value, onSettled, fileName } = options;
          let tried = false;
          const onTried = () => {
            tried = true;
            options.tryable?.onTried();
          };
          const tryable = options.tryable && { ...options.tryable, onTried };
          const checkpoint = value === undefined ? undefined : { source: source.name, value };
          const name = fileName === undefined ? undefined : hashOf(fileName);
          await sender.send(items, { checkpoint, onSettled, source: source.name, fileName: name, tryable });
          if (value !== undefined && !tried) checkpoints.set(source.name, value);
        },
      },
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

const oldestOf = (times: readonly Date[]) =>
  times.reduce<Date | undefined>((oldest, at) => (oldest && oldest < at ? oldest : at), undefined);

/** On many shares case makes no difference. */
const hashOf = (fileName: string) => createHash('sha256').update(fileName.toUpperCase()).digest('hex');
