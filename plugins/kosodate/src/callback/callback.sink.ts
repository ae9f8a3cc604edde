// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type CheckFinding,
  type Clock,
  type DataCategory,
  type Delivery,
  errorCode,
  type Journal,
  type Sink,
  uuidToBase32,
  type WriteOutcome,
} from '@tsunagi/plugin-sdk';
import { toCancellation, toReferral } from '../referrals/to-referral';
import type { StatusDays } from '../status/status-days';
import { type StatusBody, toStatus } from '../status/to-status';
import type { Callback, Called } from './callback';

interface Call {
  readonly status?: StatusBody | undefined;
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
  readonly notCarried?: readonly DataCategory[] | undefined;
}

export interface CallbackSinkOptions {
  readonly callback: Callback;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Where the states of a day are kept for its file. @default no file is asked for */
  readonly days?: Pick<StatusDays, 'add'> | undefined;
}

/**
 * Deliveries as calls to the department's system, one after the other. Tries, pauses between them and the end after a day are
 * the hub's: what fails here for the moment comes again under its delivery id.
 */
export function callbackSink({ callback, journal, clock, days }: CallbackSinkOptions): Sink {
  return {
    wasWritten: (deliveryId) => journal.wasWritten(deliveryId) || (journal.killsOf(deliveryId) > 0 ? 'unknown' : false),

    async write(deliveries) {
      const outcomes: WriteOutcome[] = [];
      /** Why nobody answers, as soon as one call has found out: the others need not wait for it, too. */
      let away: string | undefined;
      for (const delivery of deliveries) {
        const { deliveryId } = delivery;
        const call = callFor(delivery, clock.now());
        // Whatever becomes of the call: the file is for a system that misses some.
        if ('status' in call && call.status) await days?.add(deliveryId, call.status);
        if ('ok' in call) outcomes.push(call);
        else if (away !== undefined) outcomes.push({ deliveryId, ok: false, code: away, retryable: true });
        else {
          const called = await callback.call(call.method, call.path, call.body, uuidToBase32(deliveryId));
          if (!called.said) away = called.code;
          const outcome = outcomeOf(delivery, called, call.notCarried);
          if (outcome.ok) await journal.append({ entry: 'written', deliveries: [deliveryId] });
          outcomes.push(outcome);
        }
      }
      return outcomes;
    },

    notCarried: (delivery) => {
      const call = callFor(delivery, clock.now());
      return 'ok' in call ? undefined : call.notCarried;
    },

    // Of the calls that it has taken the system keeps no list; of the states there may be a daily file.
    countDay: () => Promise.resolve([{ what: 'referrals' }, ...(days ? [] : [{ what: 'statuses' } as const])]),

    check: () => check(callback),
  };
}

function callFor(delivery: Delivery, now: Date): Call | Extract<WriteOutcome, { ok: false }> {
  try {
    switch (delivery.kind) {
      case 'referral':
      case 'supplement': {
        const { body, notCarried } = toReferral(delivery.referral, delivery.kind === 'referral' ? '1' : '2', now);
        return { method: 'POST', path: '/referrals', body, notCarried };
      }
      case 'recall':
        return { method: 'POST', path: '/referrals', body: toCancellation(delivery.recall, now) };
      case 'status': {
        const body = toStatus(delivery.status, now);
        return { method: 'PUT', path: statusPath(body.eventId), body, status: body };
      }
    }
  } catch (error) {
    return { deliveryId: delivery.deliveryId, ok: false, code: errorCode(error, 'RENDERING_FAILED') };
  }
}

export const statusPath = (eventId: string): string => `/referrals/${encodeURIComponent(eventId)}/status`;

/** Answers after which the same call may be made again. 408 and 429 are about the moment, not about what was brought. */
const passing: readonly number[] = [408, 425, 429];

function outcomeOf(delivery: Delivery, called: Called, notCarried: Call['notCarried']): WriteOutcome {
  const { deliveryId } = delivery;
  if (!called.said) return { deliveryId, ok: false, code: called.code, retryable: true };
  const { status, body } = called;
  const isDelivered = (status >= 200 && status < 300) || (status === 409 && namesDelivery(body, delivery));
  if (isDelivered) return { deliveryId, ok: true, ...(notCarried && { notCarried }) };
  return { deliveryId, ok: false, code: `HTTP_${status}`, retryable: status >= 500 || passing.includes(status) };
}

/** "I have that already": only of the very delivery that was brought. A recall is brought under the one it cancels. */
function namesDelivery(body: unknown, delivery: Delivery): boolean {
  const own = delivery.kind === 'recall' ? delivery.recall.cancels : delivery.deliveryId;
  const named = typeof body === 'object' && body !== null && 'deliveryId' in body ? body.deliveryId : undefined;
  return delivery.kind !== 'status' && named === uuidToBase32(own);
}

/** Any answer but a refusal of who we are shows that the system is there. */
async function check(callback: Callback): Promise<CheckFinding[]> {
  const name = '折り返し先';
  const called = await callback.ask();
  const isThere =
    called.said && called.status < 500 && ![401, 403].includes(called.status) && !isRedirect(called.status);
  if (isThere) return [{ name, ok: true }];
  const hint = 'callbackUrl と callbackSecret、業務システムが動いているかを確かめてください。';
  return [{ name, ok: false, code: called.said ? `HTTP_${called.status}` : called.code, hint }];
}

const isRedirect = (status: number) => status >= 300 && status < 400;
