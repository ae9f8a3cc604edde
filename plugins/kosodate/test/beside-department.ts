// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type PluginRun, type TemporaryFolder, temporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { Department } from './department';
import { Caller, hubMemory, runKosodate } from './run-kosodate';

type Options = Parameters<typeof runKosodate>[2];

/** The plugin in a host, beside the department's system and a hub that remembers. */
export interface BesideDepartment {
  readonly folder: TemporaryFolder;
  readonly department: Department;
  readonly run: PluginRun;
  readonly caller: Caller;
  /** Starts another one in the same folder; the one before has to be stopped. */
  start(options?: Options): Promise<void>;
  submitted(): ReturnType<typeof submittedTo>;
}

/** For each test of a description anew. */
export function besideDepartment(): BesideDepartment {
  let folder: TemporaryFolder;
  let department: Department;
  let run: PluginRun;
  let caller: Caller;
  const start = async (options: Options = {}) => {
    run = await runKosodate(folder.path, department.url, { answer: hubMemory(), ...options });
    caller = new Caller(run);
  };
  beforeEach(async () => {
    folder = await temporaryFolder();
    department = await Department.open();
    await start();
  });
  afterEach(async () => {
    await run.stop();
    await department.close();
    await folder.remove();
  });
  return {
    get folder() {
      return folder;
    },
    get department() {
      return department;
    },
    get run() {
      return run;
    },
    get caller() {
      return caller;
    },
    start,
    submitted: () => submittedTo(run),
  };
}

const submittedTo = ({ hub }: PluginRun) =>
  hub.items.flatMap(({ body }) => ('submission' in body ? [body.submission] : []));
