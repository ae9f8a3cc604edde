// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Plugin } from '../plugin/define-plugin';
import { errorCode } from '../surroundings/error-code';
import { sdkVersion } from '../version';
import { Bench } from './bench';
import type { Check } from './check';
import { checks } from './checks';
import type { VerifyKit } from './kit';
import { reportOf, type CheckedPromise, type VerifyReport } from './report';

export interface Verified {
  readonly plugin: Plugin;
  readonly kit: VerifyKit;
  /** The folder of the package, where its samples are. */
  readonly root: string;
}

/** Holds a plugin against every promise, one after the other. Needs no hub. Never throws for what the plugin does. */
export async function verifyPlugin(
  verified: Verified,
  onChecked: (checked: CheckedPromise) => void = () => undefined,
): Promise<VerifyReport> {
  const { id: plugin, version } = verified.plugin;
  const found: CheckedPromise[] = [];
  for (const check of checks) {
    const checked = await verifyOne(verified, check);
    onChecked(checked);
    found.push(checked);
  }
  return reportOf({ plugin, version, sdk: sdkVersion }, found);
}

async function verifyOne(verified: Verified, check: Check): Promise<CheckedPromise> {
  const { name, sentence, remedy } = check;
  const findings = await findingsOf(verified, check);
  const failed = findings.length > 0;
  return { name, sentence, outcome: failed ? 'failed' : 'passed', findings, ...(failed && { remedy }) };
}

/** The text of an error may hold a value: its code is all that is told. */
async function findingsOf({ plugin, kit, root }: Verified, check: Check): Promise<readonly string[]> {
  let bench: Bench | undefined;
  try {
    bench = await Bench.open(plugin, kit, root);
    return await check.run(bench);
  } catch (error) {
    return [`途中で止まりました（${errorCode(error, error instanceof Error ? error.name : 'UNKNOWN')}）`];
  } finally {
    await bench?.close();
  }
}

/** What the preset needs of a test runner, such as jest. */
interface TestRunner {
  readonly describe: (name: string, declare: () => void) => void;
  readonly it: (name: string, test: () => Promise<void>, timeoutMs?: number) => void;
}

const runnerIn = (scope: unknown) => scope as TestRunner;

/** A check takes a second or two; a busy machine is slow. */
const testTimeoutMs = 120_000;

/**
 * The same as tests, one for each promise, for a spec of the plugin:
 * `verifyInTests({ plugin, kit, root: join(__dirname, '..') })`.
 * @param runner @default jest's own `describe` and `it`
 */
export function verifyInTests(verified: Verified, runner: TestRunner = runnerIn(globalThis)): void {
  runner.describe(`plugin ${verified.plugin.id} keeps every promise`, () => {
    for (const check of checks) {
      runner.it(
        check.name,
        async () => {
          const { outcome, findings } = await verifyOne(verified, check);
          if (outcome === 'failed') throw new PromiseBrokenError(check, findings);
        },
        testTimeoutMs,
      );
    }
  });
}

export class PromiseBrokenError extends Error {
  readonly code = 'PROMISE_BROKEN';

  constructor({ name, sentence, remedy }: Check, findings: readonly string[]) {
    super([`${name}　${sentence}`, ...findings.map((finding) => `・${finding}`), `→ ${remedy}`].join('\n'));
    this.name = 'PromiseBrokenError';
  }
}
