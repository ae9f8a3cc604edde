// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  canonicalJson,
  type Clock,
  errorCode,
  isRecordCode,
  type Journal,
  type Log,
  type Origin,
  type SettledItem,
  type SourceItem,
} from '@tsunagi/plugin-sdk';
import { type DoorAnswer, type DoorSource, type RefusedField, RefusedRequestError } from '@tsunagi/plugin-sdk/http';
import type { DeskAnswer } from '../answers/response-body';
import { tellOfMyNumber } from '../door/alarm';
import type { Room } from '../door/kosodate.door';
import { inTime, settledAs, type Settled, Turns, unprocessable } from '../door/settle';
import { type EventRules, judgeEvent, type JudgedEvent, type KosodateEvent } from './judge-event';
import { isLaterVersion, laterVersion, receiptId, sha256 } from './record-key';
import { type Request, requestsOf, submissionKey } from './to-submission';

type EventItem = KosodateItem & { readonly reading: { readonly event: Request } };
export type KosodateItem = SourceItem<Request, DeskAnswer>;
export type SoundEvent = Extract<JudgedEvent, { ok: true }>;

/** How the items of an event go to the hub. */
export interface Way {
  /** Name of the item with this key, the n-th of the event: the same on every re-sending of this one. */
  readonly nameOf: (key: string, at: number) => string;
  readonly origin: Origin;
  readonly send: (items: readonly KosodateItem[]) => Promise<readonly SettledItem[]>;
}

/** What became of an event, wherever it came from. */
export interface TakenEvent {
  readonly settled: Settled;
  readonly receiptId: string;
  /** What the hub has refused of it, and for which つなぎ先. */
  readonly refusals: readonly { readonly code: string; readonly domain: string | undefined }[];
}

export interface EventDeskOptions {
  readonly source: DoorSource<Request, DeskAnswer>;
  readonly rules: EventRules;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly answerWithinMs: number;
}

/** Takes events to the hub, from the door and from daily files; which version was taken last is in the journal. */
/**
 * Of two records of one moment the hub takes the one with the higher number for the newer: the one that was made later, by a
 * call or in a file. Seconds since 2020, as the hub's numbers have 31 bits.
 */
export const serialAt = (time: Date): number =>
  Math.min(Math.max(0, Math.floor((time.getTime() - Date.UTC(2020, 0)) / 1000)), 2 ** 31 - 1);

export class EventDesk implements Room {
  readonly scope = 'kosodate:referral:create';
  readonly key = 'eventId';
  private readonly turns = new Turns();
  private lastSerial = 0;

  constructor(private readonly options: EventDeskOptions) {}

  /** 202 once the hub has it, 200 with the first receipt when it had it before; else nothing of it is kept. */
  async take(body: Readonly<Record<string, unknown>>, requestId: string): Promise<DoorAnswer> {
    const { rules, source, answerWithinMs } = this.options;
    const judged = judgeEvent(body, rules);
    if (!judged.ok) {
      await tellOfMyNumber(judged.errors[0], requestId, this.options);
      throw unprocessable(judged.errors);
    }
    this.turns.refuseCrowd(judged.event.eventId);
    const origin = { row: 0, fileSerial: this.nextSerial() };
    const way: Way = { nameOf: (key) => `${key}/${requestId}`, origin, send: (items) => source.send(items) };
    const { settled, refusals, receiptId } = await inTime(this.submit(judged, way), answerWithinMs);
    if (settled === 'conflict') throw new RefusedRequestError(409, 'E-VERSION');
    if (settled === 'refused') throw unprocessable(this.refusalsOf(judged.event, refusals, requestId));
    return { status: settled === 'duplicate' ? 200 : 202, body: { eventId: judged.event.eventId, receiptId } };
  }

  /** Of what comes now, and never twice the same. */
  nextSerial(): number {
    this.lastSerial = Math.max(this.lastSerial + 1, serialAt(this.options.clock.now()));
    return this.lastSerial;
  }

  submit(judged: SoundEvent, way: Way): Promise<TakenEvent> {
    return this.turns.take(judged.event.eventId, () => this.compareAndSend(judged, way));
  }

  /** The items of an event, one for each つなぎ先. */
  itemsOf(
    { event, warnings }: Pick<SoundEvent, 'event' | 'warnings'>,
    { nameOf, origin }: Pick<Way, 'nameOf' | 'origin'>,
    asOf = event.occurredAt,
    change = changeOf(event),
  ): EventItem[] {
    const contentHash = sha256(canonicalJson(event));
    return requestsOf({ event, warnings, change, asOf, contentHash }).map((request, at) => ({
      itemId: nameOf(submissionKey(request), at),
      origin,
      reading: { event: request },
      key: event.eventId,
    }));
  }

  /**
   * The items of a record that a person lets go on, and whom to tell of their answers. Undefined where another version was
   * taken that it may not replace, unless that is what the person has decided on.
   */
  again(
    { event, warnings }: SoundEvent,
    way: Pick<Way, 'nameOf' | 'origin'>,
    override: string | undefined,
  ): { readonly items: EventItem[]; readonly onSettled: (settled: SettledItem) => void } | undefined {
    const { record, content, known, isSame } = this.lookUp(event);
    const decided = override === 'E-VERSION' || override === 'E-DUP-DIFF';
    if (known && !isSame && !decided && !mayReplace(event, known.version)) return undefined;
    const at = laterOf(event.occurredAt, known?.at);
    const items = this.itemsOf({ event, warnings }, way, at, decided && event.registered ? 'changed' : undefined);
    const { journal, log } = this.options;
    return {
      items,
      onSettled: ({ answer: { outcome } }) => {
        // What came meanwhile is the later one.
        if (outcome === 'rejected' || outcome === 'conflict' || journal.accepted(record) !== known) return;
        const version = laterVersion(event.historyKey, known?.version);
        const entry = { entry: 'accepted', record, content, at, ...(version !== undefined && { version }) } as const;
        journal.append(entry).catch((error: unknown) => {
          log.error({ code: errorCode(error, 'JOURNAL_FAILED') }, 'version of a released row not kept');
        });
      },
    };
  }

  private lookUp(event: KosodateEvent) {
    const record = sha256(`event/${event.eventId}`);
    const content = sha256(canonicalJson(event));
    const known = this.options.journal.accepted(record);
    return { record, content, known, isSame: known?.content === content };
  }

  private async compareAndSend({ event, warnings }: SoundEvent, way: Way): Promise<TakenEvent> {
    const { journal } = this.options;
    const { record, content, known, isSame } = this.lookUp(event);
    const taken = { receiptId: receiptId(record, content), refusals: [] };
    if (known && !isSame && !mayReplace(event, known.version)) return { ...taken, settled: 'conflict' };
    const asOf = laterOf(event.occurredAt, known?.at);
    const requests = this.itemsOf({ event, warnings }, way, asOf);
    const items = await way.send(requests);
    const settled = settledAs(items);
    if (settled === 'refused' || settled === 'conflict')
      return { ...taken, settled, refusals: refusedOf(items, requests) };
    // The hub knows more of the record than the journal: it had another content since.
    if (settled === 'duplicate' && known && !isSame) return { ...taken, settled: 'conflict' };
    if (!isSame) {
      const version = event.historyKey ?? known?.version;
      await journal.append({ entry: 'accepted', record, content, at: asOf, ...(version !== undefined && { version }) });
    }
    return { ...taken, settled };
  }

  /** The sender can do nothing about most of what the hub does not take, but whoever can is told. */
  private refusalsOf(
    { registered }: KosodateEvent,
    refusals: TakenEvent['refusals'],
    requestId: string,
  ): readonly [RefusedField, ...RefusedField[]] {
    const [first, ...more] = refusals.map(({ code, domain }): RefusedField => {
      this.options.log.warn({ requestId, code }, 'event refused by the hub');
      const index = registered?.referTo.findIndex((target) => target.domain === domain) ?? -1;
      const pointer = index === -1 ? '' : `/referTo/${index}`;
      return isRecordCode(code) ? { pointer, code } : { pointer, code: 'E-REFUSED', hint: `ハブの答え：${code}` };
    });
    return [first ?? { pointer: '', code: 'E-REFUSED' }, ...more];
  }
}

function refusedOf(items: readonly SettledItem[], requests: readonly EventItem[]): TakenEvent['refusals'] {
  return items
    .filter(({ answer }) => answer.outcome === 'rejected' || answer.outcome === 'conflict')
    .map(({ itemId, answer, fault }) => ({
      code: fault?.code ?? answer.codes[0] ?? 'E-REFUSED',
      domain: requests.find((request) => request.itemId === itemId)?.reading.event.target?.domain,
    }));
}

/** A system that numbers its versions never says "new" twice; of one that does not, the hub knows a second content by it. */
function changeOf({ registered, historyKey }: KosodateEvent): Request['change'] {
  if (!registered) return 'ended';
  return historyKey === undefined ? 'new' : 'changed';
}

/** May another content take the place of the one with this version? A system without versions may withdraw, and no more. */
function mayReplace({ registered, historyKey }: KosodateEvent, version: string | undefined): boolean {
  return isLaterVersion(historyKey, version) || (!registered && historyKey === undefined && version === undefined);
}

/** A correction may say that something happened earlier; it is the newer record all the same. */
function laterOf(one: string, other: string | undefined): string {
  return other !== undefined && Date.parse(other) > Date.parse(one) ? other : one;
}
