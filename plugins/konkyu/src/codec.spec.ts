// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemAnswer, Reading, SqlRow } from '@tsunagi/plugin-sdk';
import {
  codecRuns,
  type Dice,
  oddlyChanged,
  oddText,
  oddValue,
  type ReaderUnderTrial,
  saidOf,
  tellCodec,
  tryReader,
} from '@tsunagi/plugin-sdk/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anAnswer } from '../test/answer-row';
import { settings as standardSettings } from '../test/consultation-row';
import { ownProfile, ownRow } from '../test/own-view';
import { answerColumns, type AnswerRow } from './answers/answer-row';
import { readAnswer } from './answers/answer-source';
import { toResponse } from './answers/to-response';
import type { ConsultationRow } from './consultations/consultation-row';
import { type ConsultationSettings, toSubmission } from './consultations/to-submission';
import { konkyuPlugin } from './konkyu.plugin';
import { type ConsultationView, standardView, viewOf } from './profiles/consultation-view';
import { profile } from './profiles/profile.schema';
import { toRefusal } from './results/to-refusal';

// One run takes minutes where it is long.
jest.setTimeout(3_600_000);

const [sample = ''] = konkyuPlugin.samples;
const consultations = JSON.parse(readFileSync(join(__dirname, '..', sample), 'utf8')) as SqlRow[];
const now = new Date('2026-11-20T09:00:00+09:00');

const answer: ItemAnswer = { itemId: 'x', outcome: 'rejected', codes: ['E-ROW'] };
const waiting = { itemId: 'x', origin: { row: 1 }, answer };

/** What a driver may give for a column, whatever the office has made of its view. */
const cells: readonly ((dice: Dice) => unknown)[] = [
  () => null,
  () => undefined,
  oddText,
  oddText,
  oddText,
  (dice) => oddValue(dice),
  (dice) => dice.bytes(dice.below(2)),
  (dice) => dice.bytes(0).toString('latin1'),
  (dice) => dice.bytes(1).toString('utf8'),
  (dice) => BigInt(dice.below(2 ** 31)) ** 3n,
  (dice) => new Date(dice.oneOf([Number.NaN, 0, now.getTime()])),
  (dice) => dice.oneOf([Number.NaN, Infinity, -Infinity]),
];

/** Rows with these columns: of any values, and sound ones of which some cells are others. */
function rowsOf(
  columns: readonly string[],
  samples: readonly SqlRow[],
): Pick<ReaderUnderTrial<SqlRow>, 'random' | 'mutated'> {
  const cell = (dice: Dice) => dice.oneOf(cells)(dice);
  const someOf = (dice: Dice) => Object.fromEntries(columns.map((column) => [column, cell(dice)]));
  const changed = (dice: Dice, row: SqlRow, most: number): SqlRow => {
    let spoilt = row;
    for (let left = 1 + dice.below(most); left > 0; left -= 1) {
      const column = dice.oneOf(columns);
      const value = dice.below(3) === 0 ? cell(dice) : oddlyChanged(dice, row[column]);
      spoilt = { ...spoilt, [column]: value };
    }
    // A view of another version has a column more, or one less.
    if (dice.below(40) === 0) return { ...spoilt, [oddText(dice)]: cell(dice) };
    if (dice.below(40) === 0) return Object.fromEntries(Object.entries(spoilt).slice(1));
    return spoilt;
  };
  return {
    // One in eight with texts alone, in the place of a sound row: so that what judges columns is reached.
    random: (dice, n) => {
      if (n % 8 > 0) return someOf(dice);
      const texts = columns.map((column) => [
        column,
        dice.below(4) === 0 ? oddText(dice) : dice.oneOf(samples)[column],
      ]);
      return Object.fromEntries(texts) as SqlRow;
    },
    mutated: (dice) => changed(dice, dice.oneOf(samples), 3),
  };
}

function consultationsIn(
  view: ConsultationView,
  samples: readonly SqlRow[],
  settings: ConsultationSettings,
): ReaderUnderTrial<SqlRow> {
  const toHub = {
    toSubmission: (row: ConsultationRow, override?: string) => toSubmission(row, { ...settings, override }),
    toResponse: () => ({ ok: false, code: 'E-ROW' }) as const,
  };
  return {
    ...rowsOf(view.columns, samples),
    fieldNames: [],
    *read(row) {
      const reading: Reading<ConsultationRow, never> = view.read(row);
      yield* saidOf('konkyu', reading, toHub);
      // A person who lets it go on in spite of its era has judged nothing else of it.
      if ('event' in reading) yield* said(toSubmission(reading.event, { ...settings, override: 'E-ERA' }));
      // The office reads that a row waits, and why: under its own number of the row, whatever that is.
      toRefusal({ row: view.named(row), ...waiting }, now);
    },
  };
}

const said = (mapped: ReturnType<typeof toSubmission>): readonly object[] =>
  mapped.ok ? (mapped.warnings ?? []) : [{ code: mapped.code, field: mapped.field }];

const answers: ReaderUnderTrial<SqlRow> = {
  ...rowsOf(answerColumns, [
    { ...anAnswer() },
    { ...anAnswer({ taio_kbn: '40', kekka_cd: '101', han: '7' }) },
    { ...anAnswer({ taio_kbn: '60', tantosha: null, renraku_bun: null }) },
  ]),
  fieldNames: [],
  read: (row) =>
    saidOf<never, AnswerRow>('konkyu', readAnswer(row), {
      toSubmission: () => ({ ok: false, code: 'E-ROW' }),
      toResponse,
    }),
};

const views: Readonly<Record<string, ReaderUnderTrial<SqlRow>>> = {
  V_HUB_SODAN: consultationsIn(standardView, consultations, standardSettings),
  V_HUB_OTO: answers,
  'a view of another system': consultationsIn(
    viewOf(profile.parse(ownProfile)),
    [ownRow(), ownRow({ sex: 'F', refer_to: 'SHOGAI', agreed: 'N' })],
    { ...standardSettings, eras: new Map(Object.entries(ownProfile.eras)) },
  ),
};

describe('rows that nobody means', () => {
  it.each(Object.keys(views))(
    'of %s: nothing is thrown, none hangs, and all that is said are codes and places',
    (name) => {
      const report = tryReader(views[name]!, codecRuns);
      tellCodec(name, report);
      expect(report.slowestMs).toBeLessThan(5_000);
      // Columns are reached, not the types of their values alone.
      expect(Object.keys(report.said)).toEqual(
        expect.arrayContaining(['sound', 'E-ROW', 'E-CODE', 'E-DATE', 'E-LENGTH', 'E-ATTR']),
      );
    },
  );
});
