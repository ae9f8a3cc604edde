// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readEnvelope } from '@tsunagi/legacy';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileName, type KaigoFolders, usedSerials } from './folders';

/**
 * What came back in `out/` and what was answered, counted: 結果 from the result files, 状態コード from the status files,
 * 取消区分 from the files with referrals, 対応区分 from the system's own answers.
 */
export interface KaigoOutcome {
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

/** 1-based fields of Z115, Z112, Z113 and Z114 behind kind and number. */
const resultField = { outcome: 5, fault: 6 };
const statusField = { code: 7 };
const referralField = { cancel: 5 };
const answerField = { code: 5 };

export function readKaigoOutcome(folders: KaigoFolders): KaigoOutcome {
  const { out } = folders;
  const ofAnswers = new Set(usedSerials(folders, 'KAS').map((serial) => fileName('KAE', serial)));
  const all = namesIn(out, 'KAE');
  const resultFiles = all.filter((name) => !ofAnswers.has(name));
  const results = resultFiles.flatMap((name) => dataRecords(join(out, name)));
  const ofThose = all.filter((name) => ofAnswers.has(name)).flatMap((name) => dataRecords(join(out, name)));
  const recordsOf = (kind: string, places: readonly string[]) =>
    places.flatMap((place) => namesIn(place, kind).flatMap((name) => dataRecords(join(place, name))));
  return {
    resultFiles,
    results: countBy(results, resultField.outcome),
    faults: countBy(results.filter(waits), resultField.fault),
    statuses: countBy(recordsOf('KAO', [out]), statusField.code),
    received: countBy(recordsOf('KAR', [out]), referralField.cancel),
    answers: countBy(recordsOf('KAS', [folders.in, folders.processing, folders.done, folders.error]), answerField.code),
    answerFaults: countBy(ofThose.filter(waits), resultField.fault),
  };
}

const waits = (fields: readonly string[]) => /^9[01]$/.test(fields[resultField.outcome - 1] ?? '');

function namesIn(place: string, kind: string): string[] {
  const form = new RegExp(`^${kind}[0-9]{5}\\.CSV$`);
  return readdirSync(place)
    .filter((name) => form.test(name))
    .sort();
}

function dataRecords(path: string): string[][] {
  const envelope = readEnvelope(readFileSync(path), { dataKind: 'Z11' });
  return envelope.ok ? [...envelope.rows].map(({ fields }) => fields.map(({ text }) => text)) : [];
}

function countBy(records: readonly string[][], field: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const record of records) {
    const code = record[field - 1] || '-';
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
