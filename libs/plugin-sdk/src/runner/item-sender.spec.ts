// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxPayloadBytes, type CloudEvent, type ItemAnswer, type MessageData } from '@tsunagi/contracts';
import type { OutgoingItem } from '../plugin/outgoing-item';
import { silentLog } from '../surroundings/log';
import { FakeClock, until } from '../testing';
import { HubLine } from './courier-port';
import { ItemSender } from './item-sender';
import { runnerLimits, type RunnerLimits } from './runner-limits';

/** A record of this key about this person. */
function aRecord(itemId: string, key: string, person: string): OutgoingItem {
  const submission = {
    source: { key },
    subject: { identifiers: [{ system: 'toy', value: person }] },
    others: [],
  } as unknown as Extract<OutgoingItem, { type: 'referral.submitted.v1' }>['body']['submission'];
  return { type: 'referral.submitted.v1', itemId, origin: { row: 1 }, bytes: 100, body: { submission } };
}

function anItem(itemId: string, more: { bytes?: number; response?: boolean } = {}): OutgoingItem {
  const origin = { row: 1 };
  const bytes = more.bytes ?? 100;
  return more.response
    ? {
        type: 'recall.acknowledged.v1',
        itemId,
        origin,
        bytes,
        body: { acknowledgement: { deliveryId: itemId, at: '' } },
      }
    : { type: 'rows.quarantined.v1', itemId, origin, bytes, body: { row: { row: 1, code: 'E-ATTR' } } };
}

const items = (count: number, more: Parameters<typeof anItem>[1] = {}) =>
  Array.from({ length: count }, (_, index) => anItem(`i${index}`, more));

describe('sending items to the hub', () => {
  let clock: FakeClock;
  let said: MessageData<'rows.quarantined.v1'>[];
  let fail = false;
  let sender: ItemSender;
  const withLimits = (limits: Partial<RunnerLimits> = {}) => {
    const messages: typeof said = [];
    said = messages;
    clock = new FakeClock();
    fail = false;
    const courier = {
      publish: (_queue: string, event: CloudEvent) => {
        if (fail) return Promise.reject(Object.assign(new Error('away'), { code: 'UNREACHABLE' }));
        messages.push(event.data as MessageData<'rows.quarantined.v1'>);
        return Promise.resolve();
      },
      onReconnected: () => () => undefined,
    };
    const line = new HubLine('toy', courier, clock);
    return (sender = new ItemSender({ line, clock, log: silentLog, limits: { ...runnerLimits, ...limits } }));
  };
  const ids = () => said.map(({ items }) => items.map(({ itemId }) => itemId));
  const answer = (...itemIds: string[]) =>
    sender.answered(itemIds.map((itemId): ItemAnswer => ({ itemId, outcome: 'accepted', codes: [] })));
  const isOver = async (sending: Promise<void>) => {
    let over = false;
    sending.then(
      () => (over = true),
      () => (over = true),
    );
    await new Promise(setImmediate);
    return over;
  };

  it('lets go of what the hub has only tried, where it can be sent again, and completes no watermark with it', async () => {
    withLimits({ itemsPerMessage: 1, messagesInFlight: 1 });
    let tried = 0;
    const records = ['a', 'b'].map((name) => aRecord(name, name, name));
    const sending = sender.send([...records, anItem('c')], {
      checkpoint: { source: 'view', value: 'here' },
      tryable: { trial: 'goes_on', onTried: () => (tried += 1) },
    });
    sender.tried(['a']);
    await until(() => said.length === 2);
    sender.tried(['b']);
    await until(() => said.length === 3);
    answer('c');
    await sending;
    expect([tried, said.map((data) => [(data as { trial?: string }).trial, data.checkpoint])]).toEqual([
      2,
      [
        ['goes_on', undefined],
        ['goes_on', undefined],
        [undefined, undefined],
      ],
    ]);
  });

  it('keeps what the hub has only tried, where it cannot be sent again', async () => {
    withLimits();
    const sending = sender.send(items(1));
    sender.tried(['i0']);
    expect(await isOver(sending)).toBe(false);
    answer('i0');
    await sending;
  });

  it('ends with IntakeStoppedError when the plugin is disabled meanwhile', async () => {
    withLimits();
    const sending = sender.send(items(3));
    await until(() => said.length === 1);
    sender.stop();
    await expect(sending).rejects.toMatchObject({ code: 'INTAKE_STOPPED' });
    await expect(sender.send(items(1))).rejects.toMatchObject({ code: 'INTAKE_STOPPED' });
    expect(sender.inHand).toBe(0);
  });

  it('is not over before the last answer', async () => {
    withLimits();
    const sending = sender.send(items(3));
    answer('i0', 'i2', 'unknown');
    expect(await isOver(sending)).toBe(false);
    expect(sender.inHand).toBe(1);
    answer('i1');
    await sending;
  });

  it('sends again what was not answered in time, and only that', async () => {
    withLimits();
    const sending = sender.send(items(3));
    answer('i1');
    clock.advance(14_999);
    expect(ids()).toEqual([['i0', 'i1', 'i2']]);
    clock.advance(1);
    expect(ids()).toEqual([
      ['i0', 'i1', 'i2'],
      ['i0', 'i2'],
    ]);
    answer('i0', 'i2');
    await sending;
    clock.advance(60_000);
    expect(said).toHaveLength(2);
  });

  it('sends again after a reconnect, and when it could not be said at all', async () => {
    withLimits();
    fail = true;
    const sending = sender.send(items(1));
    await isOver(sending);
    fail = false;
    sender.resendAll();
    expect(ids()).toEqual([['i0']]);
    answer('i0');
    await sending;
  });

  it('puts at most 200 items and never more than the payload allows into one message', async () => {
    withLimits({ messagesInFlight: 100 });
    void sender.send(items(450));
    await until(() => said.length === 3);
    expect(ids().map(({ length }) => length)).toEqual([200, 200, 50]);

    withLimits({ messagesInFlight: 100 });
    void sender.send(items(10, { bytes: maxPayloadBytes / 3 }));
    await until(() => said.length === 5);
    expect(ids().map(({ length }) => length)).toEqual([2, 2, 2, 2, 2]);
  });

  it('takes no more from the source than can be in flight', async () => {
    withLimits({ messagesInFlight: 2, itemsPerMessage: 10 });
    let taken = 0;
    const source = (function* () {
      for (const item of items(1000)) {
        taken += 1;
        yield item;
      }
    })();
    const sending = sender.send(source);
    await isOver(sending);
    expect(said).toHaveLength(2);
    expect(taken).toBeLessThanOrEqual(31);
    answer(...ids()[0]!);
    await until(() => said.length === 3);
    expect(taken).toBeLessThanOrEqual(41);
    sender.stop();
    await expect(sending).rejects.toThrow();
  });

  it.each([
    ['of the same key', aRecord('later', 'K1', 'P3')],
    ['about the same person', aRecord('later', 'K3', 'P1')],
  ])('sends a later record %s when the earlier one is answered, whatever else is on its way', async (_, later) => {
    withLimits({ itemsPerMessage: 1 });
    const sending = sender.send([aRecord('earlier', 'K1', 'P1'), aRecord('other', 'K2', 'P2'), later]);
    await isOver(sending);
    expect(ids()).toEqual([['earlier'], ['other']]);
    answer('other');
    await isOver(sending);
    expect(said).toHaveLength(2);
    answer('earlier');
    await until(() => said.length === 3);
    answer('later');
    await sending;
  });

  it('sends two answers to one delivery one after the other', async () => {
    withLimits({ itemsPerMessage: 1 });
    const sending = sender.send([
      anItem('d1', { response: true }),
      { ...anItem('d1', { response: true }), itemId: 'again' },
    ]);
    await isOver(sending);
    expect(ids()).toEqual([['d1']]);
    answer('d1');
    await until(() => said.length === 2);
    answer('again');
    await sending;
  });

  it('sends records of one person together, in their order', async () => {
    withLimits();
    const sending = sender.send([aRecord('first', 'K1', 'P1'), aRecord('second', 'K2', 'P1')]);
    await isOver(sending);
    expect(ids()).toEqual([['first', 'second']]);
    answer('first', 'second');
    await sending;
  });

  it('says the watermark with the last message, when everything before it is answered', async () => {
    withLimits();
    const checkpoint = { source: 'view', value: 'w' };
    const sending = sender.send([anItem('a'), anItem('b', { response: true }), anItem('c')], { checkpoint });
    await isOver(sending);
    expect(ids()).toEqual([['a', 'c']]);
    expect(said[0]!.checkpoint).toBeUndefined();
    answer('a', 'c');
    await until(() => said.length === 2);
    expect(said[1]!.checkpoint).toEqual(checkpoint);
    clock.advance(15_000);
    expect(said[2]!.checkpoint).toEqual(checkpoint);
    answer('b');
    await sending;
  });

  it('tells the source what became of each item', async () => {
    withLimits();
    const settled: string[] = [];
    const sending = sender.send(items(2), {
      onSettled: ({ itemId, answer }) => settled.push(`${itemId} ${answer.outcome}`),
    });
    answer('i1');
    answer('i0', 'i1');
    await sending;
    expect(settled).toEqual(['i1 accepted', 'i0 accepted']);
  });
});
