// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

// Writes docs/reference out of the code: OpenAPI, AsyncAPI, JSON Schemas, the page of codes and that of a referral's life. The same sources give the
// same bytes; what is not generated any more goes. CI runs it and refuses a difference.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'oxfmt';
import hub from '@tsunagi/hub';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'docs/reference');
const style = JSON.parse(readFileSync(join(root, '.oxfmtrc.json'), 'utf8'));

async function inStyle(path, value) {
  const { code, errors } = await format(path, JSON.stringify(value), style);
  if (errors.length > 0) throw new Error(`${path} cannot be formatted`);
  return code;
}

const files = await hub.referenceFiles();
for (const [path, content] of Object.entries(files)) {
  const text = typeof content === 'string' ? content : await inStyle(path, content);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
for (const path of readdirSync(folder, { recursive: true })) {
  if (/\.(json|md)$/.test(path) && !Object.hasOwn(files, path)) rmSync(join(folder, path));
}
console.log(`docs/reference: ${Object.keys(files).length} files`);
