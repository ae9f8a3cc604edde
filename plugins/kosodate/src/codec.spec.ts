// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { canonicalJson } from '@tsunagi/plugin-sdk';
import { readJson, refusalAnswer, RefusedRequestError, type RefusedField } from '@tsunagi/plugin-sdk/http';
import {
  type CodecUnderTrial,
  codecRuns,
  type Dice,
  oddJson,
  oddlyChanged,
  oddText,
  saidOf,
  tellCodec,
  tryCodec,
} from '@tsunagi/plugin-sdk/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anEvent, aSubject } from '../test/event-body';
import { anAnswer } from '../test/response-body';
import { type DeskAnswer, judgeResponse } from './answers/response-body';
import { toResponse } from './answers/to-response';
import { eventFields, fieldNumber } from './intake/event-body';
import { judgeEvent } from './intake/judge-event';
import { readDailyFile } from './intake/read-daily-file';
import { sha256 } from './intake/record-key';
import { type Request, requestsOf, toSubmission } from './intake/to-submission';
import { checkFile } from './kosodate.check-file';
import { toRefusal } from './status/to-status';

// One run takes minutes where it is long.
jest.setTimeout(3_600_000);

type Body = Readonly<Record<string, unknown>>;
const rules = { municipality: '990019', childAbuseContact: '見本市こども家庭センター 000-0000-0110' };
const settings = { functionCode: '9910000031', formVersion: 'C-2026-1' };
const now = new Date('2026-11-20T09:00:00+09:00');
const sampleOf = (name: string) => readFileSync(join(__dirname, '../samples', name));

const toHub = { toSubmission: (request: Request) => toSubmission(request, settings), toResponse };

function* judgedEvent(body: Body, row: number): Generator<object> {
  const judged = judgeEvent(body, rules);
  if (!judged.ok) return yield* refusals(body, judged.errors);
  const { event, warnings } = judged;
  const about = { event, warnings, change: 'changed', asOf: event.occurredAt } as const;
  for (const request of requestsOf({ ...about, contentHash: sha256(canonicalJson(event)) }))
    yield* saidOf('kosodate', { event: request }, toHub, row);
}

function* judgedAnswer(body: Body): Generator<object> {
  const judged = judgeResponse(body);
  if (!judged.ok) return yield* refusals(body, judged.errors);
  yield* saidOf<Request, DeskAnswer>('kosodate', { answer: judged.answer }, toHub);
}

class ValueToldError extends Error {}

/** Each by code; where it is must be a place of this very body, and how to mend it a sentence of ours. */
function* refusals(body: Body, errors: readonly RefusedField[]): Generator<object> {
  for (const { pointer, code, hint } of errors) {
    if (!leadsInto(body, pointer)) throw new ValueToldError('pointer');
    if (hint !== undefined && hint !== `通告は電話が先です。すぐに電話してください：${rules.childAbuseContact}`)
      throw new ValueToldError('hint');
    yield { code, field: fieldNumber(pointer) };
  }
}

/** What is missing is not there: of a place only the last step may lead nowhere, and it then has one of our names. */
function leadsInto(body: Body, pointer: string): boolean {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let inner: unknown = body;
  for (const [at, step] of steps.entries()) {
    if (typeof inner !== 'object' || inner === null) return false;
    if (!Object.hasOwn(inner, step)) return at === steps.length - 1 && /^[a-z][A-Za-z]{1,30}$/.test(step);
    inner = (inner as Body)[step];
  }
  return pointer === '' || pointer.startsWith('/');
}

/** A body as it comes through the door, up to the hub or to the words in which it is refused. */
const comingIn = (judge: (body: Body) => Iterable<object>) =>
  function* (bytes: Uint8Array): Generator<object> {
    yield* checkFile(bytes, 'body.json', rules).findings;
    let body: Body;
    try {
      body = readJson({ headers: { 'content-type': 'application/json' }, body: Buffer.from(bytes) });
    } catch (error) {
      if (!(error instanceof RefusedRequestError)) throw error;
      yield { code: (refusalAnswer(error, 'trial').body as { readonly code: string }).code };
      return;
    }
    yield* judge(body);
  };

const events: readonly Body[] = [
  JSON.parse(sampleOf('event.json').toString()) as Body,
  anEvent(),
  anEvent({ modificationSeg: '2', historyKey: '2' }),
  anEvent({ eventType: 'support_plan' }),
  anEvent({ isNotDisclosed: true, homeReturn: { place: '見本県隣町', from: '2026-12-01', to: '2027-03-31' } }),
  anEvent({ subject: aSubject({ dateOfBirth: null, dateOfBirthText: '令和5年2月29日' }), expectedDate: '2027-04-01' }),
];
const answers: readonly Body[] = [
  JSON.parse(sampleOf('response.json').toString()) as Body,
  anAnswer(),
  anAnswer({ action: 'ackCancel' }),
  anAnswer({ action: 'complete', outcomeCode: '101', message: '終わりました。\nよろしく。', version: 3 }),
];

/** Bodies with a thing or three changed, mostly in the values, now and then in how they are written. */
function changed(dice: Dice, bodies: readonly Body[]): Buffer {
  let body: unknown = dice.oneOf(bodies);
  for (let left = dice.below(4); left > 0; left -= 1) body = oddlyChanged(dice, body);
  return oddJson(dice, body);
}
const json = (bodies: readonly Body[], field: string) => ({
  fieldNames: eventFields,
  samples: bodies.map((body) => Buffer.from(JSON.stringify(body))),
  framed: (record: Uint8Array) =>
    Buffer.from(JSON.stringify({ ...bodies[0], [field]: Buffer.from(record).toString('latin1') })),
  changed: (dice: Dice) => changed(dice, bodies),
});

const csvOf = (rows: readonly (readonly string[])[]) =>
  Buffer.from(rows.map((row) => `${row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join(''));
const cellsOf = (body: Body) =>
  eventFields.map((name) => {
    const [group, member] = name.split('.');
    const value = member === undefined ? body[name] : (body[group ?? ''] as Body | undefined)?.[member];
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  });
const daily = events.map(cellsOf);

/** Columns of no event, or under another's name; cells with other texts, and with JSON that nobody writes. */
function changedTable(dice: Dice): Buffer {
  const lists = new Set(['household', 'homeReturn', 'concerns', 'consent', 'referTo']);
  const header = eventFields.map((name) =>
    dice.below(400) === 0
      ? dice.oneOf(['__proto__', 'subject.__proto__', 'constructor', 'subject', oddText(dice)])
      : name,
  );
  const rows = daily.map((cells) =>
    cells.map((cell, at) => {
      if (dice.below(40) > 0) return cell;
      if (!lists.has(eventFields[at] ?? '') || dice.below(4) === 0) return oddText(dice);
      return oddJson(dice, oddlyChanged(dice, cell === '' ? [] : JSON.parse(cell))).toString('utf8');
    }),
  );
  return csvOf([header, ...rows]);
}

const codecs: Readonly<Record<string, CodecUnderTrial>> = {
  'daily CSV': {
    fieldNames: eventFields,
    samples: [sampleOf('events.csv'), csvOf([eventFields, ...daily]), Buffer.from('\ufeffeventId,urgency\na,1')],
    framed: (record) =>
      Buffer.concat([
        Buffer.from('eventId,eventType,subject.name,referTo\r\n'),
        Buffer.from(Buffer.from(record).toString('latin1')),
      ]),
    changed: changedTable,
    *read(bytes) {
      const reading = readDailyFile(bytes);
      if (!reading.ok) yield { code: reading.code };
      else
        for (const row of reading.rows) {
          if (row.ok) yield* judgedEvent(row.body, row.row);
          else yield* saidOf('kosodate', { quarantined: { ...row, key: row.eventId } }, toHub, row.row);
          if (row.eventId !== undefined) toRefusal({ eventId: row.eventId, code: 'E-ROW', field: 1 }, now);
        }
      yield* checkFile(bytes, 'events.csv', rules).findings;
    },
  },
  'JSON of an event': { ...json(events, 'municipalityIdentityKey'), read: comingIn((body) => judgedEvent(body, 1)) },
  'JSON of an answer': { ...json(answers, 'message'), read: comingIn(judgedAnswer) },
};
const reached: Readonly<Record<string, readonly string[]>> = {
  'daily CSV': ['E-UTF8', 'E-CSV', 'E-JSON', 'E-UNKNOWN', 'S-MYNUMBER', 'W-DV-ADDRESS'],
  'JSON of an event': ['E-JSON', 'E-UNKNOWN', 'S-MYNUMBER-FIELD', 'S-MYNUMBER', 'W-NONCALENDAR', 'W-DV-ADDRESS'],
  'JSON of an answer': ['E-JSON', 'E-UNKNOWN', 'E-ID', 'S-MYNUMBER-FIELD', 'S-MYNUMBER'],
};

describe('what nobody means, as the system of the こども家庭センター may bring it', () => {
  it.each(Object.keys(codecs))(
    '%s: nothing is thrown, none hangs, and all that is said are codes and places',
    (kind) => {
      const report = tryCodec(codecs[kind]!, codecRuns);
      tellCodec(kind, report);
      expect(report.slowestMs).toBeLessThan(5_000);
      // Values are reached, not their frames alone.
      expect(Object.keys(report.said)).toEqual(
        expect.arrayContaining(['sound', 'E-ATTR', 'E-CODE', 'E-DATE', 'E-LENGTH', ...reached[kind]!]),
      );
    },
  );
});
