// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hostIdOf, policyOfQueue, queueArguments, sharedQueues } from './topology';

describe('the topology', () => {
  it('names every shared queue, the dead first', () => {
    expect(sharedQueues(['kaigo'])).toEqual([
      'dead',
      'hub.intake',
      'hub.answers',
      'hub.control',
      'plugin.kaigo.deliveries',
      'plugin.kaigo.answers',
    ]);
  });

  it('gives a plugin’s queues to one consumer at a time', () => {
    expect(policyOfQueue('plugin.kaigo.deliveries')).toMatchObject({ singleActiveConsumer: true, durable: true });
    expect(policyOfQueue('plugin.kaigo.answers')).toMatchObject({ singleActiveConsumer: true, durable: true });
    expect(policyOfQueue('hub.intake')).toMatchObject({ singleActiveConsumer: false, durable: true });
  });

  it('makes a host’s queue its connection’s own', () => {
    const queue = `host.${hostIdOf('kaigo', 'a1')}`;
    expect(policyOfQueue(queue)).toMatchObject({ exclusive: true, durable: false, deadLetters: false });
  });

  it('makes the queue of what a hub has asked for its connection’s own, which plugins reach through the exchange', () => {
    const own = { exclusive: true, durable: false, deadLetters: false };
    expect(policyOfQueue('hub.replies.0191d5a8-7c5e')).toMatchObject({ ...own, bound: true });
    expect(policyOfQueue('host.kaigo.a1')).toMatchObject({ ...own, bound: false });
  });

  it.each([
    'hub.replies',
    'hub.replies.a.b',
    'host.one',
    'host.kaigo.a.b',
    'plugin.kaigo.other',
    'hub.other',
    'tsunagi',
    '',
  ])('knows no queue %p', (queue) => expect(policyOfQueue(queue)).toBeUndefined());

  it('never drops a dead letter: neither on its way nor from the dead', () => {
    expect(queueArguments(policyOfQueue('hub.intake')!)).toEqual({
      'x-queue-type': 'quorum',
      'x-delivery-limit': 20,
      'x-dead-letter-exchange': 'tsunagi.dead',
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    });
    expect(queueArguments(policyOfQueue('dead')!)).toEqual({ 'x-queue-type': 'quorum' });
  });
});
