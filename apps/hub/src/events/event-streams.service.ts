// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { EventStream } from './event-stream';
import { TooManyStreamsError } from './events.errors';
import { StreamCursors } from './stream-cursor';
import { Callers, type SignedIn } from '../access';
import { SettledLines } from '../audit';
import { defaultTimings, type HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, Log, type HubKeys } from '../platform';
import { happeningsIn, heardBy, type Heard } from '../referrals';

/** A browser has one; a few windows may have one each. */
const mostPerSession = 4;
/** As many lines of the audit are read at once. */
const page = 5_000;

/**
 * The streams of this process. While there is one, it looks how far the audit has come, reads once what has happened since
 * for all of them, and tells each what its caller would see. Without one it does nothing.
 */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly streams = new Set<EventStream>();
  private readonly cursors: StreamCursors;
  private lines: SettledLines | undefined;
  private timer: NodeJS.Timeout | undefined;
  private turning: Promise<void> | undefined;
  private aliveAt = 0;
  private stopped = false;

  constructor(
    private readonly callers: Callers,
    private readonly directory: Directory,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) keys: HubKeys,
  ) {
    this.cursors = new StreamCursors(keys.sealing);
  }

  /** Streams never end by themselves, and nobody could shut down behind them. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const stream of this.streams) this.close(stream);
    await this.turning;
  }

  /** @throws {TooManyStreamsError} @throws {FunctionNotYoursError} @throws {NotSignedInError} */
  async open(who: SignedIn, since: string | undefined, response: Response): Promise<void> {
    const caller = await this.callers.ofSession(who);
    if (since === undefined) await this.begin();
    const open = [...this.streams].filter((s) => s.who.token === who.token);
    if (open.length >= mostPerSession) throw new TooManyStreamsError();
    const heard = since === undefined ? undefined : this.cursors.read(caller.id, since, this.clock.now());
    // Whoever begins loads everything now, and hears what is settled after this.
    const stream = new EventStream(who, caller, since === undefined ? this.lines?.last : heard, response);
    stream.open();
    this.streams.add(stream);
    response.on('close', () => this.streams.delete(stream));
    // Whoever has left meanwhile closes nothing more.
    if (response.destroyed) this.streams.delete(stream);
    if (this.stopped) this.close(stream);
    else if (this.timer === undefined) this.schedule();
  }

  /** Where the audit is before the first of them listens: while nobody writes it is known at once, and nothing has to be loaded anew. */
  private async begin(): Promise<void> {
    if (this.lines) return;
    const lines = new SettledLines(this.database);
    await lines.look();
    this.lines ??= lines;
  }

  private schedule(): void {
    const { events } = this.timings;
    this.timer = setTimeout(() => {
      this.turning = this.turn()
        .catch((error: unknown) => this.log.failure('events', error))
        .finally(() => {
          this.turning = undefined;
          this.timer = undefined;
          if (this.streams.size > 0 && !this.stopped) this.schedule();
          // Nobody listens: where the audit is when the next one comes is found out then.
          else this.lines = undefined;
        });
    }, events);
  }

  private async turn(): Promise<void> {
    this.lines ??= new SettledLines(this.database);
    await this.lines.look();
    const { last } = this.lines;
    const beat = this.clock.now().getTime();
    if (beat - this.aliveAt >= this.timings.eventsAlive) {
      this.aliveAt = beat;
      await this.keepAlive();
    }
    if (last === undefined) return;
    for (const stream of this.streams)
      if (stream.line === undefined) {
        stream.line = last;
        stream.reload(this.cursorOf(stream, last));
      }
    // Most have heard as far as each other; who came back goes its own way until it has caught up.
    const places = new Set([...this.streams].flatMap(({ line }) => (line !== undefined && line < last ? [line] : [])));
    for (const line of places) await this.tell(line, last);
  }

  private async tell(after: number, last: number): Promise<void> {
    for (let line = after; line < last && !this.stopped;) {
      const upTo = Math.min(line + page, last);
      const happenings = await happeningsIn(this.database, { after: line, upTo });
      const listening = [...this.streams].filter((s) => s.line === line);
      const heard = new Map(listening.map((s) => [s, heardBy(s.caller, happenings, this.directory)]));
      const concerned = listening.filter((s) => isSomething(heard.get(s)));
      // Asked anew before anything is told: whoever has signed out since hears nothing.
      await this.identify(concerned);
      for (const stream of listening) {
        stream.line = upTo;
        if (!concerned.includes(stream) || !this.streams.has(stream)) continue;
        const now = heardBy(stream.caller, happenings, this.directory);
        if (isSomething(now)) stream.changed(this.cursorOf(stream, upTo), changeOf(now));
      }
      line = upTo;
    }
  }

  private async keepAlive(): Promise<void> {
    const streams = [...this.streams];
    await this.identify(streams);
    for (const stream of streams)
      if (this.streams.has(stream))
        stream.alive(stream.line === undefined ? undefined : this.cursorOf(stream, stream.line));
  }

  /** Who they are now; whoever is signed out, or left the function acted for, is shown out. */
  private async identify(streams: readonly EventStream[]): Promise<void> {
    if (streams.length === 0) return;
    const callers = await this.callers.ofSessions(streams.map((s) => s.who));
    for (const stream of streams) {
      const caller = callers.get(stream.who);
      if (caller && caller.holdings.length > 0) stream.caller = caller;
      else this.close(stream);
    }
  }

  private cursorOf({ caller }: EventStream, line: number): string {
    return this.cursors.write(caller.id, line, this.clock.now());
  }

  private close(stream: EventStream): void {
    this.streams.delete(stream);
    stream.close();
  }

  private get timings() {
    return { ...defaultTimings, ...this.config.timings };
  }
}

const isSomething = (heard: Heard | undefined): boolean =>
  heard !== undefined && (heard.referrals.length > 0 || heard.todos);

const changeOf = ({ referrals, more, todos }: Heard) => ({
  referrals: [...referrals],
  ...(more && { more: true as const }),
  ...(todos && { todos: true as const }),
});
