// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const root = join(__dirname, '../../..');

export interface ComposeService {
  image: string;
  build?: string;
  command?: string[];
  user?: string;
  environment: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  networks: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}
export interface ComposeFile {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
}

/** docker-compose.yml with `${NAME}`, `${NAME:-default}` and `${NAME:?why}` filled in as compose does it. */
export function readComposeFile(variables: Readonly<Record<string, string>>): ComposeFile {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const filled = text.replace(/\$\{([A-Z0-9_]+)(?:(:-|:\?)([^}]*))?\}/g, (_, name: string, how?: string, more = '') => {
    const value = variables[name];
    if (value !== undefined && value !== '') return value;
    if (how === ':-') return more;
    throw new Error(`${name} is given by nobody`);
  });
  return parse(filled, { merge: true }) as ComposeFile;
}
