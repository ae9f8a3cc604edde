// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CourierError, type CourierErrorCode } from './courier.errors';
import { limits } from './limits';
import type { Link } from './link';
import type { MessagingLogEntry } from './log';
import { QueueRepair } from './queue-repair';

describe('a queue under suspicion', () => {
  let asked: string[];
  let remade: string[];
  let open: number;
  let log: MessagingLogEntry[];
  beforeEach(() => ([asked, remade, open, log] = [[], [], 0, []]));

  const repairOn = (answers: Record<string, CourierErrorCode | 'works'>) =>
    new QueueRepair(
      async () => {
        open += 1;
        const link: Partial<Link> = {
          probe: async (queue) => {
            asked.push(queue);
            const answer = answers[queue];
            if (answer && answer !== 'works') throw new CourierError(answer, '');
          },
          remakeShared: async (queue) => void remade.push(queue),
          close: async () => void (open -= 1),
        };
        return link as Link;
      },
      (entry) => log.push(entry),
    );

  it.each(['TIMED_OUT', 'QUEUE_BROKEN'] as const)('is made anew when it never answers: %s', async (answer) => {
    await repairOn({ 'hub.intake': answer }).suspect('hub.intake');
    expect(asked).toHaveLength(limits.brokenTries);
    expect(remade).toEqual(['hub.intake']);
    expect(log.map(({ code }) => code)).toEqual(['QUEUE_BROKEN', 'QUEUE_REMADE']);
    expect(open).toBe(0);
  });

  it.each(['works', 'UNREACHABLE', 'QUEUE_MISSING', 'ACCESS_REFUSED'] as const)(
    'is left alone when the answer is: %s',
    async (answer) => {
      await repairOn({ 'hub.intake': answer }).suspect('hub.intake');
      expect([remade, log, open]).toEqual([[], [], 0]);
    },
  );

  it('is looked at once at a time', async () => {
    const repair = repairOn({ 'hub.intake': 'TIMED_OUT' });
    await Promise.all([repair.suspect('hub.intake'), repair.suspect('hub.intake')]);
    expect(remade).toEqual(['hub.intake']);
  });

  it('is found among others, which are left alone', async () => {
    await repairOn({ b: 'QUEUE_BROKEN' }).inspect(['a', 'b', 'c']);
    expect([remade, open]).toEqual([['b'], 0]);
  });

  it('waits when there is no connection', async () => {
    const away = new QueueRepair(
      () => Promise.reject(new CourierError('UNREACHABLE', '')),
      (entry) => log.push(entry),
    );
    await away.inspect(['a']);
    await away.suspect('a');
    expect(log).toEqual([]);
  });
});
