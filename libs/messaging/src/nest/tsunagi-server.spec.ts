// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Injectable, Module, Scope, UseFilters, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { hubAccount, pluginAccount, type CloudEvent } from '@tsunagi/contracts';
import { deferred, waitFor } from '@tsunagi/testing';
import { EMPTY, throwError, type Observable } from 'rxjs';
import type { Courier, DeadLetter } from '../courier';
import { InProcessBroker } from '../in-process/in-process-broker';
import type { MessagingLogEntry } from '../log';
import { anEvent, numberOf } from '../../test/an-event';
import { hostIdOf } from '../topology';
import { RethrowFilter } from './rethrow.filter';
import { TsunagiContext } from './tsunagi-context';
import { TsunagiServer } from './tsunagi-server';

class ConsentMissingError extends Error {
  readonly code = 'CONSENT_MISSING';
}
class DatabaseAwayError extends Error {
  readonly code = 'DATABASE_AWAY';
  readonly retryable = true;
}

/** What the controllers below do with each message; the case decides. */
let onMessage: (event: CloudEvent, context: TsunagiContext) => unknown;
let alsoSeen: CloudEvent[];

@Controller()
@UseFilters(RethrowFilter)
class ReferralsConsumer {
  @EventPattern('referral.submitted.v1')
  async submitted(@Payload() event: CloudEvent, @Ctx() context: TsunagiContext): Promise<void> {
    await onMessage(event, context);
  }

  @EventPattern('rows.quarantined.v1')
  quarantined(event: CloudEvent, context: TsunagiContext): Observable<unknown> {
    return onMessage(event, context) as Observable<unknown>;
  }
}

@Injectable()
class Statistics {}

@Controller({ scope: Scope.REQUEST })
@UseFilters(RethrowFilter)
class SecondConsumer {
  constructor(readonly statistics: Statistics) {}

  @EventPattern('referral.submitted.v1')
  async submitted(@Payload() event: CloudEvent): Promise<void> {
    alsoSeen.push(event);
    if ((event.data as { second?: boolean }).second) throw new ConsentMissingError('花子');
  }
}

/** Somebody forgot the filter. */
@Controller()
class CarelessConsumer {
  @EventPattern('referral.submitted.v1')
  async submitted(event: CloudEvent): Promise<void> {
    await onMessage(event, new TsunagiContext([{ event, redelivered: false, account: '' }, '']));
  }
}

@Module({ controllers: [ReferralsConsumer] })
class OneModule {}
@Module({ controllers: [ReferralsConsumer, SecondConsumer], providers: [Statistics] })
class TwoModule {}
@Module({ controllers: [CarelessConsumer] })
class CarelessModule {}

describe('the transport strategy', () => {
  let hub: Courier;
  let kaigo: Courier;
  let app: INestMicroservice | undefined;
  let letters: DeadLetter[];
  let log: MessagingLogEntry[];
  const nestLog = jest.fn();

  beforeEach(async () => {
    [alsoSeen, letters, log] = [[], [], []];
    onMessage = () => undefined;
    nestLog.mockClear();
    const broker = new InProcessBroker({ log: (entry) => log.push(entry) });
    hub = await broker.connect(hubAccount, 'hub');
    kaigo = await broker.connect(pluginAccount('kaigo'), { plugin: 'kaigo', hostId: hostIdOf('kaigo', 'one') });
    await hub.consumeDead(async (letter) => void letters.push(letter));
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await Promise.all([kaigo.close(), hub.close()]);
  });

  const logger = { error: nestLog, warn: nestLog, log: () => undefined };
  async function start(module: new () => unknown): Promise<TsunagiServer> {
    const strategy = new TsunagiServer({ courier: hub, queues: [{ queue: 'hub.intake', prefetch: 4 }] });
    app = await NestFactory.createMicroservice(module, { strategy, logger });
    await app.listen();
    return strategy;
  }
  const publish = async (differences: Partial<CloudEvent> = {}) => {
    const event = anEvent(differences);
    await kaigo.publish('hub.intake', event);
    return event;
  };
  const nothingLeft = async () => {
    await waitFor(async () => (await hub.queueDepth('hub.intake')).messages === 0, { what: 'an empty queue' });
  };

  it('hands the event and its context to the @EventPattern method', async () => {
    await start(OneModule);
    const seen: unknown[] = [];
    onMessage = (event, context) => seen.push([event, context.queue, context.account, context.redelivered]);
    const event = await publish();
    await waitFor(() => seen.length, { what: 'the message' });
    expect(seen).toEqual([[event, 'hub.intake', 'plugin.kaigo', false]]);
  });

  it.each([
    ['an error thrown in the method', 'referral.submitted.v1', () => Promise.reject(new ConsentMissingError('花子'))],
    ['an error in its stream', 'rows.quarantined.v1', () => throwError(() => new ConsentMissingError('花子'))],
  ])('lets %s reach the failure policies with class and code, and nobody logs its text', async (_what, type, fail) => {
    await start(OneModule);
    onMessage = fail;
    const event = await publish({ type });
    await waitFor(() => letters.length, { what: 'the dead letter' });
    expect(letters).toMatchObject([{ event: { id: event.id }, reason: 'rejected' }]);
    expect(log).toMatchObject([{ code: 'HANDLER_FAILED', cause: 'CONSENT_MISSING', type }]);
    expect(JSON.stringify(log)).not.toContain('花子');
    expect(nestLog).not.toHaveBeenCalled();
  });

  it('tries again when the method asks for it', async () => {
    await start(OneModule);
    let tries = 0;
    onMessage = () => {
      if (++tries < 3) throw new DatabaseAwayError('connection refused');
    };
    await publish();
    await waitFor(() => tries === 3, { what: 'the third try' });
    await nothingLeft();
    expect(log).toMatchObject([
      { code: 'RETRYABLE', attempt: 1 },
      { code: 'RETRYABLE', attempt: 2 },
    ]);
    expect(letters).toEqual([]);
  });

  it('takes a stream without a value for done', async () => {
    await start(OneModule);
    let seen = 0;
    onMessage = () => ((seen += 1), EMPTY);
    await publish({ type: 'rows.quarantined.v1' });
    await waitFor(() => seen === 1, { what: 'the message' });
    await nothingLeft();
    expect(letters).toEqual([]);
  });

  it('runs every method of a type, request-scoped ones too, and fails when one of them does', async () => {
    await start(TwoModule);
    await publish({ data: {} });
    await waitFor(() => alsoSeen.length === 1, { what: 'the second method' });
    expect(letters).toEqual([]);
    const failing = await publish({ data: { second: true } });
    await waitFor(() => letters.length, { what: 'the dead letter' });
    expect(letters).toMatchObject([{ event: { id: failing.id } }]);
    expect(log).toMatchObject([{ code: 'HANDLER_FAILED', cause: 'CONSENT_MISSING' }]);
  });

  it.each(['referral.unheard-of.v9', '{"cmd":"x"}', '__proto__', 'constructor'])(
    'gives a type without a method to the dead: %s',
    async (type) => {
      await start(OneModule);
      await publish({ type });
      await waitFor(() => letters.length, { what: 'the dead letter' });
      expect(log).toMatchObject([{ code: 'UNKNOWN_TYPE', type: 'unknown' }]);
      expect(nestLog).not.toHaveBeenCalled();
    },
  );

  it('is loud and loses nothing when a class lacks the filter', async () => {
    await start(CarelessModule);
    let tries = 0;
    onMessage = () => {
      if (++tries === 1) throw new ConsentMissingError('花子');
    };
    await publish();
    await waitFor(() => tries === 2, { what: 'another try' });
    expect(log).toMatchObject([{ level: 'error', code: 'FILTER_MISSING' }]);
    // What Nest does on its own: the error with its text, in the log.
    expect(nestLog).toHaveBeenCalledWith(expect.any(ConsentMissingError), undefined, 'RpcExceptionsHandler');
    expect(letters).toEqual([]);
  });

  it('lets the methods in flight finish when the application closes', async () => {
    const server = await start(OneModule);
    const work = deferred();
    const done: number[] = [];
    onMessage = async (event) => {
      await work.promise;
      done.push(numberOf(event));
    };
    let started = 0;
    server.setOnProcessingStartHook((_transport, _context, run) => {
      started += 1;
      void run();
    });
    await publish({ data: { number: 1 } });
    await waitFor(() => started === 1, { what: 'the method to start' });
    const closed = app!.close();
    work.resolve();
    await closed;
    expect(done).toEqual([1]);
    expect(await hub.queueDepth('hub.intake')).toEqual({ messages: 0, consumers: 0 });
    expect(hub.connected).toBe(true);
  });

  it('gives out its courier, and its one event', async () => {
    const server = await start(OneModule);
    expect(server.unwrap()).toBe(hub);
    expect(typeof server.on('reconnected', () => undefined)).toBe('function');
  });

  it('does not start with a queue it may not read', async () => {
    const strategy = new TsunagiServer({ courier: kaigo, queues: [{ queue: 'hub.intake' }] });
    const refused = await NestFactory.createMicroservice(OneModule, { strategy, logger });
    await expect(refused.listen()).rejects.toMatchObject({ code: 'ACCESS_REFUSED' });
    await refused.close();
  });
});
