// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { encodeCp932 } from '@tsunagi/plugin-sdk';
import { runPlugin, temporaryLegacyFolder } from '@tsunagi/plugin-sdk/testing';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kaigoConfig } from './kaigo.config';
import { kaigoPlugin } from './kaigo.plugin';
import { profile } from './profiles/profile.schema';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
const block = (kind: string) => new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
const name = 'SODAN_1_20261129.CSV';

describe('the profile in the README of the kaigo plugin', () => {
  const file = encodeCp932(block('csv').replaceAll('\n', '\r\n'), 'README');
  const profiles = ['standard', JSON.parse(block('json')) as unknown];

  it('is one, and its file is sound', () => {
    const checked = kaigoPlugin.checkFile?.(file, name, { folder: 'x', functionCode: 'K', profiles });
    expect(checked).toEqual({ outcome: 'sound', rows: 2, findings: [] });
  });

  it('makes two referrals of it, one with consent and one without', async () => {
    const folder = await temporaryLegacyFolder();
    const run = await runPlugin(kaigoPlugin, { config: { folder: folder.path, functionCode: 'K', profiles } });
    try {
      writeFileSync(join(folder.path, 'in', `${name}.tmp`), file);
      renameSync(join(folder.path, 'in', `${name}.tmp`), join(folder.path, 'in', name));
      await run.until(() => run.hub.items.length === 2);
      expect(run.hub.items.map(({ body }) => 'submission' in body && body.submission)).toMatchObject([
        {
          source: { key: 'sodan:00990010/26-0001', change: 'new' },
          to: { domain: 'konkyu' },
          asserted: { code: '1', formVersion: 'K-2026-1' },
          subject: {
            items: {
              identity: { name: '見本　花子', kana: 'ミホン ハナコ', birthDate: '1940-01-05', sex: 'female' },
              care_level: { level: '22' },
              narrative: { fact: '家賃滞納あり。' },
            },
          },
        },
        { source: { key: 'sodan:00990010/26-0002', change: 'changed' }, asserted: { code: '3' } },
      ]);
    } finally {
      await run.stop();
      await folder.remove();
    }
  });

  it.each([
    ...Object.keys(kaigoConfig.shape),
    ...Object.keys(profile.shape),
    ...Object.keys(profile.shape.fields.shape),
    ...Object.keys(profile.shape.fixed.def.innerType.shape),
  ])('is explained: %s', (setting) => {
    expect(readme).toContain(`\`${setting}\``);
  });
});
