// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FakeClock, type PluginRun, type TemporaryFolder, temporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { secrets } from '../test/department';
import { hubMemory, runKosodate } from '../test/run-kosodate';
import { actions } from './answers/response-body';
import { eventFields, eventTypes } from './intake/event-body';
import { kosodateConfig } from './kosodate.config';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const ways = ['a signature', 'a token'];
const examples = [...readme.matchAll(/```bash\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, script = '', said = ''], index) => [ways[index], script, said] as const,
);

describe('the README of the kosodate plugin', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  beforeEach(async () => {
    folder = await temporaryFolder();
    run = await runKosodate(folder.path, 'http://127.0.0.1:9/hub', {
      answer: hubMemory(),
      clock: new FakeClock(new Date()),
    });
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  it('has an example of each way to come in', () => {
    expect(examples).toHaveLength(2);
  });

  it.each(examples)('says how to call with %s', async (_, script, said) => {
    const env = {
      PATH: process.env['PATH'],
      HUB: run.url,
      SIGNATURE_SECRET: secrets['kosodate-signature'],
      CLIENT_SECRET: secrets['kosodate-client'],
    };
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: root, env });
    expect(stdout.replace(/"receiptId":"[0-9A-Z]{26}"/, '"receiptId":"…"')).toBe(said);
    expect(run.hub.items).toHaveLength(1);
  });

  it.each([
    ...Object.keys(kosodateConfig.shape),
    ...eventTypes,
    ...eventFields.map((field) => field.replace('subject.', '')),
    ...Object.keys(actions),
  ])('speaks of %s', (name) => {
    expect(readme).toContain(name);
  });
});
