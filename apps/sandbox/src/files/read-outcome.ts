// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countOf } from '../caseworkers/counts';
import { type FileKind, fileName, type FileOffice, serialIn } from './file-office';
import { type Folders, usedSerials } from './folders';

/**
 * What came back in `out/` and what was answered, counted: 結果 from the result files, 状態コード from the status files,
 * 取消区分 from the files with referrals, 対応区分 from the system's own answers.
 */
export interface FileOutcome {
  /** Of the exports; those of answers are not among them. */
  readonly resultFiles: readonly string[];
  /** 結果 10, 11, 12 … → number of rows. */
  readonly results: Readonly<Record<string, number>>;
  /** エラーコード → number of rows, those that wait (90) and refused files (91) only. */
  readonly faults: Readonly<Record<string, number>>;
  /** 状態コード → number of records. */
  readonly statuses: Readonly<Record<string, number>>;
  /** 取消区分 1, 2, 3 → number of records. */
  readonly received: Readonly<Record<string, number>>;
  /** 対応区分 → number of answers handed over. */
  readonly answers: Readonly<Record<string, number>>;
  /** エラーコード → number of answers that wait or were refused. */
  readonly answerFaults: Readonly<Record<string, number>>;
}

export function readFileOutcome(office: FileOffice, folders: Folders): FileOutcome {
  const { out } = folders;
  const { places } = office;
  const ofAnswers = new Set(
    usedSerials(folders, office, 'answers').map((serial) => fileName(office, 'results', serial)),
  );
  const recordsOf = (kind: FileKind, paths: readonly string[]) =>
    paths.flatMap((path) => office.readRecords(kind, readFileSync(path)));
  const filesIn = (kind: FileKind, ...folder: readonly string[]) =>
    folder.flatMap((place) => namesIn(place, office, kind).map((name) => join(place, name)));
  const all = namesIn(out, office, 'results');
  const resultFiles = all.filter((name) => !ofAnswers.has(name));
  const resultsOf = (names: readonly string[]) =>
    recordsOf(
      'results',
      names.map((name) => join(out, name)),
    );
  const results = resultsOf(resultFiles);
  const ofThose = resultsOf(all.filter((name) => ofAnswers.has(name)));
  const waits = (values: readonly string[]) => /^9[01]$/.test(values[places.results.outcome - 1] ?? '');
  const handedOver = filesIn('answers', folders.in, folders.processing, folders.done, folders.error);
  return {
    resultFiles,
    results: countBy(results, places.results.outcome),
    faults: countBy(results.filter(waits), places.results.fault),
    statuses: countBy(recordsOf('statuses', filesIn('statuses', out)), places.statuses.code),
    received: countBy(recordsOf('referrals', filesIn('referrals', out)), places.referrals.cancel),
    answers: countBy(recordsOf('answers', handedOver), places.answers.code),
    answerFaults: countBy(ofThose.filter(waits), places.results.fault),
  };
}

function namesIn(place: string, office: FileOffice, kind: FileKind): string[] {
  return readdirSync(place)
    .filter((name) => serialIn(office, kind, name) !== undefined)
    .sort();
}

const countBy = (records: readonly string[][], place: number) =>
  countOf(records.map((record) => record[place - 1] || '-'));
