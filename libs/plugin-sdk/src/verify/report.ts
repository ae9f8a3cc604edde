// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Check } from './check';

export interface CheckedPromise extends Pick<Check, 'name' | 'sentence'> {
  readonly outcome: 'passed' | 'failed';
  /** Places and codes, never a value. */
  readonly findings: readonly string[];
  /** Of a check that failed. */
  readonly remedy?: string | undefined;
}

/** What became of every check. Holds no value of any record and no moment: the same plugin has the same report. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly plugin: string;
  readonly version: string;
  /** Of the SDK that the suite belongs to. */
  readonly sdk: string;
  readonly passed: number;
  readonly failed: number;
  readonly checks: readonly CheckedPromise[];
}

export function reportOf(
  about: Pick<VerifyReport, 'plugin' | 'version' | 'sdk'>,
  checks: readonly CheckedPromise[],
): VerifyReport {
  const failed = checks.filter(({ outcome }) => outcome === 'failed').length;
  return { ok: failed === 0, ...about, passed: checks.length - failed, failed, checks };
}

/** A list longer than this helps nobody. */
const shownFindings = 20;

/** For people. */
export function reportLines({ plugin, version, sdk, passed, failed, checks }: VerifyReport): string[] {
  return [
    `プラグイン ${plugin} ${version}（SDK ${sdk}）　合格 ${passed}　不合格 ${failed}`,
    '',
    ...checks.flatMap(({ name, sentence, outcome, findings, remedy }) => [
      `${outcome === 'passed' ? '合格　' : '不合格'}　${name}　${sentence}`,
      ...findings.slice(0, shownFindings).map((finding) => `　　　　・${finding}`),
      ...(findings.length > shownFindings ? [`　　　　・ほか ${findings.length - shownFindings} 件`] : []),
      ...(remedy === undefined ? [] : [`　　　　→ ${remedy}`]),
    ]),
  ];
}
