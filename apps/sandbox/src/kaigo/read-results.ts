// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readEnvelope } from '@tsunagi/legacy';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What came back in `out/`, counted: 結果 by code from the result files, 状態コード from the status files. */
export interface KaigoOutcome {
  readonly resultFiles: readonly string[];
  /** 結果 10, 11, 12 … → number of rows. */
  readonly results: Readonly<Record<string, number>>;
  /** エラーコード → number of rows, those that wait (90) and refused files (91) only. */
  readonly faults: Readonly<Record<string, number>>;
  /** 状態コード → number of records. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** 1-based fields of Z115 and Z112 behind kind and number. */
const resultField = { outcome: 5, fault: 6 };
const statusField = { code: 7 };

export function readKaigoOutcome(outFolder: string): KaigoOutcome {
  const names = readdirSync(outFolder).sort();
  const resultFiles = names.filter((name) => /^KAE[0-9]{5}\.CSV$/.test(name));
  const results = resultFiles.flatMap((name) => dataRecords(join(outFolder, name)));
  const statuses = names
    .filter((name) => /^KAO[0-9]{5}\.CSV$/.test(name))
    .flatMap((name) => dataRecords(join(outFolder, name)));
  const waiting = results.filter((fields) => /^9[01]$/.test(fields[resultField.outcome - 1] ?? ''));
  return {
    resultFiles,
    results: countBy(results, resultField.outcome),
    faults: countBy(waiting, resultField.fault),
    statuses: countBy(statuses, statusField.code),
  };
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
