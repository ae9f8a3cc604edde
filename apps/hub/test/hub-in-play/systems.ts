// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { waitFor } from '@tsunagi/testing';
import { pick, type Done, type Move } from '@tsunagi/testing/invariants';
import { coming } from './coming';
import { bringsContent, deliveryOf, shownBy } from './messages';
import type { Sequence } from './sequence';

export async function take(sequence: Sequence, which: number, fails: boolean): Promise<Done> {
  const waiting = [...sequence.messages].filter(
    (m) => bringsContent(m) && !sequence.taken.some((t) => t.deliveryId === deliveryOf(m)),
  );
  const message = pick(waiting.reverse(), which);
  if (!message) return { line: 'nothing is under way', took: false };
  const host = [...sequence.play.hosts.values()].find((h) => h.deliveries.includes(message))!;
  const deliveryId = deliveryOf(message);
  const sentBefore = timesSent(sequence, deliveryId);
  const go = await host.mayWrite(deliveryId);
  if (go) {
    sequence.left.push({ ...shownBy(message), way: 'written' });
    sequence.taken.push({ deliveryId, plugin: host.plugin, referral: message.subject! });
  }
  const outcome = !go ? 'recalled' : fails ? 'failed' : 'delivered';
  await host.receipt(deliveryId, outcome, outcome === 'failed' ? { code: 'E-DISK', retryable: true } : {});
  await receipted(sequence, deliveryId, sentBefore);
  return { line: `${host.plugin} takes it: ${outcome}`, took: outcome === 'delivered' };
}

export async function answerBySystem(sequence: Sequence, move: Extract<Move, { do: 'answer' }>): Promise<Done> {
  const delivery = pick([...sequence.taken].reverse(), move.which);
  if (!delivery) return { line: 'nothing to answer', took: false };
  const plugin = move.stranger ? [...sequence.play.hosts.keys()].find((p) => p !== delivery.plugin)! : delivery.plugin;
  const { code, reason } = move;
  const response = {
    deliveryId: delivery.deliveryId,
    code: code as never,
    at: sequence.now.toISOString(),
    reason,
    outcome: '011',
    worker: '試験　二郎',
  };
  const itemId = randomUUID();
  const outcome = await coming(sequence, `${plugin} answers ${code}`, async () => {
    const [answer] = await sequence.play.hosts.get(plugin)!.send('referral.response.v1', [{ itemId, response }]);
    return `${answer?.outcome} ${answer?.codes.join(' ')}`;
  });
  const took = outcome.startsWith('accepted');
  return {
    line: `${plugin} answers ${code} ${code === '50' ? reason : ''}: ${outcome}`,
    took,
    bySystem: { mayAnswer: !move.stranger },
  };
}

/** It is taken; or the delivery was claimed once more meanwhile, and it says nothing of the newer claim. */
function receipted(sequence: Sequence, delivery: string, sentBefore: number): Promise<unknown> {
  return waitFor(
    async () =>
      (
        await sequence.play.under.rows(
          `select 1 from delivery where id = $1 and state in ('claimed', 'sent') and claimed_at <= $2`,
          [delivery, sequence.now],
        )
      ).length === 0 || timesSent(sequence, delivery) > sentBefore,
    { what: 'a receipt to be taken', everyMs: 15 },
  );
}

const timesSent = (sequence: Sequence, delivery: string): number =>
  [...sequence.play.hosts.values()].flatMap((h) => h.deliveries).filter((d) => deliveryOf(d) === delivery).length;
