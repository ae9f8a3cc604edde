// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  canonicalJson,
  isRecordCode,
  type Journal,
  type Log,
  type RecordCode,
  type SettledItem,
} from '@tsunagi/plugin-sdk';
import { type DoorAnswer, type DoorSource, RefusedRequestError } from '@tsunagi/plugin-sdk/http';
import { tellOfMyNumber } from '../door/alarm';
import type { Room } from '../door/kosodate.door';
import { inTime, settledAs, Turns, unprocessable } from '../door/settle';
import { receiptId, sha256 } from '../intake/record-key';
import type { Request } from '../intake/to-submission';
import { type DeskAnswer, judgeResponse } from './response-body';

export interface ResponseDeskOptions {
  readonly source: DoorSource<Request, DeskAnswer>;
  readonly journal: Journal;
  readonly log: Log;
  readonly answerWithinMs: number;
}

/** Takes the department's answers to the hub. An answer comes once; the same again gets the hub's first word on it. */
export class ResponseDesk implements Room {
  readonly scope = 'kosodate:response:create';
  readonly key = 'responseId';
  private readonly turns = new Turns();

  constructor(private readonly options: ResponseDeskOptions) {}

  async take(body: Readonly<Record<string, unknown>>, requestId: string): Promise<DoorAnswer> {
    const judged = judgeResponse(body);
    if (!judged.ok) {
      await tellOfMyNumber(judged.errors[0], requestId, this.options);
      throw unprocessable(judged.errors);
    }
    const { answer } = judged;
    const { journal, log, answerWithinMs } = this.options;
    const record = sha256(`response/${answer.responseId}`);
    const content = sha256(canonicalJson(answer));
    this.turns.refuseCrowd(answer.responseId);
    const sent = this.turns.take(answer.responseId, async () => {
      const known = journal.accepted(record);
      if (known && known.content !== content) throw new RefusedRequestError(409, 'E-VERSION');
      const [item] = await this.options.source.send([
        { itemId: `response/${answer.responseId}/${content.slice(0, 16)}`, origin: { row: 0 }, reading: { answer } },
      ]);
      if (known === undefined && item && settledAs([item]) !== 'refused')
        await journal.append({ entry: 'accepted', record, content });
      return { item, again: known !== undefined };
    });
    const { item, again } = await inTime(sent, answerWithinMs);
    const refusal = item && refusalOf(item);
    if (refusal) {
      log.warn({ requestId, code: refusal }, 'answer refused by the hub');
      throw unprocessable([{ pointer: pointers[refusal] ?? '', code: refusal }]);
    }
    return {
      status: again ? 200 : 202,
      body: { responseId: answer.responseId, receiptId: receiptId(record, content) },
    };
  }
}

/** Why the hub refuses an answer is about the department's own referral and tells nothing of anybody. */
const deliveryReasons: Partial<Record<string, RecordCode>> = {
  DELIVERY_UNKNOWN: 'E-DELIVERY',
  RECALL_UNKNOWN: 'E-DELIVERY',
  DELIVERY_RECALLED: 'E-RECALLED',
};
const pointers: Partial<Record<RecordCode, string>> = {
  'E-DELIVERY': '/deliveryId',
  'E-RECALLED': '/deliveryId',
  'E-STATE': '/action',
};

function refusalOf(item: SettledItem): RecordCode | undefined {
  if (settledAs([item]) !== 'refused' && settledAs([item]) !== 'conflict') return undefined;
  const code = item.fault?.code ?? item.answer.codes[0] ?? 'E-STATE';
  return isRecordCode(code) ? code : (deliveryReasons[code] ?? 'E-STATE');
}
