// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Shows that .dependency-cruiser.cjs bites: builds a small copy of the tree with one forbidden import after the other, and
// fails when one of them is not reported, or when an allowed one is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const packages = {
  'libs/domain': 'domain',
  'libs/text': 'text',
  'libs/legacy': 'legacy',
  'libs/contracts': 'contracts',
  'libs/messaging': 'messaging',
  'libs/plugin-sdk': 'plugin-sdk',
  'libs/testing': 'testing',
  'plugins/kaigo': 'plugin-kaigo',
  'plugins/konkyu': 'plugin-konkyu',
  'apps/hub': 'hub',
  'apps/plugin-host': 'plugin-host',
  'apps/console': 'console',
  'apps/sandbox': 'sandbox',
  'apps/cli': 'cli',
};

/** File, what it imports, and the rule that must report it. */
const forbidden = [
  ['libs/domain/src/a.ts', 'node:fs', 'pure-libs-domain'],
  ['libs/domain/src/b.ts', '@tsunagi/contracts', 'arrow-libs-domain'],
  ['libs/domain/src/c.ts', 'typeorm', 'pure-libs-domain'],
  ['libs/text/src/a.ts', 'zod', 'pure-libs-text'],
  ['libs/legacy/src/a.ts', '@tsunagi/domain', 'arrow-libs-legacy'],
  ['libs/contracts/src/a.ts', '@tsunagi/text', 'arrow-libs-contracts'],
  ['libs/messaging/src/a.ts', '@tsunagi/hub', 'arrow-libs-messaging'],
  ['libs/plugin-sdk/src/a.ts', '@tsunagi/messaging', 'arrow-libs-plugin-sdk'],
  ['libs/testing/src/a.ts', '@tsunagi/plugin-sdk', 'arrow-libs-testing'],
  ['plugins/kaigo/src/a.ts', '@tsunagi/hub', 'arrow-plugins-any'],
  ['plugins/kaigo/src/b.ts', '@tsunagi/plugin-konkyu', 'arrow-plugins-any'],
  ['plugins/kaigo/src/c.ts', '@tsunagi/domain', 'arrow-plugins-any'],
  ['plugins/kaigo/src/d.ts', 'typeorm', 'plugins-know-one-library'],
  ['plugins/kaigo/test/e.spec.ts', '@tsunagi/hub', 'arrow-plugins-any-specs'],
  ['apps/plugin-host/src/a.ts', '@tsunagi/plugin-kaigo', 'arrow-apps-plugin-host'],
  ['apps/hub/src/a.ts', '@tsunagi/plugin-sdk', 'arrow-apps-hub'],
  ['apps/hub/src/people/a.ts', '../consents/inner', 'rooms-by-their-door'],
  ['apps/hub/src/people/b.ts', '../../../../libs/domain/src/index', 'packages-by-their-door'],
  ['apps/hub/src/people/c.ts', '@tsunagi/testing', 'testing-from-specs-only'],
  ['apps/hub/src/people/d.ts', 'jest', 'listed-dependencies-only'],
  ['apps/hub/src/people/e.ts', './not-there', 'resolvable'],
  ['apps/hub/src/circle/one.ts', './two', 'no-circles'],
  ['apps/console/src/a.ts', '@tsunagi/domain', 'arrow-apps-console'],
  ['apps/console/src/b.ts', '@tsunagi/contracts', 'console-takes-types'],
  ['apps/sandbox/src/a.ts', '@tsunagi/plugin-sdk', 'arrow-apps-sandbox'],
  ['apps/cli/src/a.ts', '@tsunagi/plugin-kaigo', 'arrow-apps-cli'],
];

const allowed = [
  ['libs/domain/src/ok.ts', 'zod'],
  ['libs/domain/src/ok.spec.ts', '@tsunagi/testing'],
  ['libs/legacy/src/ok.ts', 'iconv-lite'],
  ['libs/legacy/src/ok2.ts', '@tsunagi/text'],
  ['plugins/kaigo/src/ok.ts', '@tsunagi/plugin-sdk'],
  ['plugins/kaigo/src/ok2.ts', './ok'],
  ['plugins/kaigo/test/ok.spec.ts', '@tsunagi/testing'],
  ['apps/hub/src/people/ok.ts', '../consents'],
  ['apps/hub/src/people/ok2.ts', 'node:fs'],
  ['apps/hub/e2e/ok.spec.ts', '@tsunagi/cli'],
  ['apps/cli/src/ok.ts', '@tsunagi/hub'],
  ['apps/cli/src/ok2.ts', '@tsunagi/messaging'],
];

const tree = mkdtempSync(join(tmpdir(), 'tsunagi-arrows-'));
try {
  buildTree();
  const seen = cruise();
  for (const [file, target, rule] of forbidden) {
    assert(seen.includes(`${rule} ${file}`), `${file} importing ${target} is not reported by ${rule}`);
  }
  for (const [file, target] of allowed) {
    const reports = seen.filter((report) => report.endsWith(` ${file}`));
    assert.deepEqual(reports, [], `${file} importing ${target} is allowed`);
  }
  console.log(`${forbidden.length} forbidden imports reported, ${allowed.length} allowed ones not.`);
} finally {
  rmSync(tree, { recursive: true, force: true });
}

function buildTree() {
  write(
    'package.json',
    JSON.stringify({ name: 'arrows', private: true, workspaces: ['libs/*', 'plugins/*', 'apps/*'] }),
  );
  mkdirSync(join(tree, 'node_modules/@tsunagi'), { recursive: true });
  for (const [path, name] of Object.entries(packages)) {
    const dependencies = { zod: '*', 'iconv-lite': '*', typeorm: '*' };
    const exports = { '.': { source: './src/index.ts', default: './dist/index.js' } };
    write(`${path}/package.json`, JSON.stringify({ name: `@tsunagi/${name}`, exports, dependencies }));
    write(`${path}/src/index.ts`, 'export const value = 1;\n');
    symlinkSync(join(tree, path), join(tree, 'node_modules/@tsunagi', name));
  }
  for (const name of ['zod', 'iconv-lite', 'typeorm', 'jest'])
    symlinkSync(join(root, 'node_modules', name), join(tree, 'node_modules', name));
  for (const file of ['index', 'inner']) write(`apps/hub/src/consents/${file}.ts`, 'export const value = 1;\n');
  write('apps/hub/src/circle/two.ts', "export * from './one';\n");
  for (const [file, target] of [...forbidden, ...allowed])
    write(file, `import * as it from '${target}';\nexport { it };\n`);
}

/** What is reported, as `rule file`. */
function cruise() {
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.cjs');
  const args = [depcruise, 'apps', 'libs', 'plugins', '--config', config, '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  assert(stdout, `dependency-cruiser said nothing: ${stderr}`);
  return JSON.parse(stdout).summary.violations.map(({ rule, from }) => `${rule.name} ${from}`);
}

function write(file, text) {
  const path = join(tree, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
