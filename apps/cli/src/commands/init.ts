// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { resolve } from 'node:path';
import { CliError } from '../cli.error';
import { newPassword } from '../init/hashed-passwords';
import { planInit, type InitForm } from '../init/init-plan';
import { refuseWhatIsThere, writePlan, type Owner } from '../init/write-plan';
import { loadLocal } from '../plugins/local-plugin';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { fill, initTexts } from '../texts';
import type { Command } from './command';

export interface InitOptions {
  readonly dir: string;
  readonly for: InitForm;
  readonly database?: string;
  readonly broker?: string;
}

/** Whoever has no user of one's own on this machine: as root nobody's files would be root's, and no container runs as root. */
const containerUser: Owner = { uid: 10_001, gid: 10_001 };
const places = {
  compose: { database: 'postgres:5432', broker: 'rabbitmq:5672' },
  systemd: { database: '127.0.0.1:5432', broker: '127.0.0.1:5672' },
};

/**
 * Makes what a site has of its own: passwords, the broker's accounts, the roles of the database, the keys. Says what to do
 * next, and never a secret. What is there already stays as it is (2).
 */
export const init: Command<[InitOptions]> = async ({ terminal, settings, cwd }, options) => {
  const dir = resolve(cwd, options.dir);
  const form = options.for;
  const { plugins } = settings;
  const { accepted } = await loadLocal(plugins);
  const asRoot = process.getuid?.() === 0;
  const user: Owner = asRoot ? containerUser : { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
  const plan = planInit(
    {
      form,
      dir,
      plugins,
      withFiles: accepted.filter(({ checkFile }) => checkFile !== undefined).map(({ id }) => id),
      called: accepted.filter(({ listens }) => listens).map(({ id }) => id),
      databaseAt: place('--database', options.database ?? places[form].database),
      brokerAt: place('--broker', options.broker ?? places[form].broker),
      runAs: `${user.uid}:${user.gid}`,
    },
    newPassword,
  );
  refuseWhatIsThere(dir, plan);
  const { loadKeys } = await import('@tsunagi/hub');
  writePlan(dir, plan, (path) => loadKeys(path, true), form === 'compose' && asRoot ? user : undefined);

  const files = [...plan.files.map(({ path }) => path), plan.keys];
  const next = initTexts.next[form].map((line) =>
    fill(line, { dir, first: plugins[0] ?? '', plugins: plugins.join(' ') }),
  );
  show(terminal, { ok: true, form, dir, plugins, files, next }, () => [
    fill(initTexts.done, { dir }),
    ...files.map((path) => `  ${path}`),
    '',
    initTexts.nextHead,
    ...next.map((line, index) => `  ${index + 1}. ${line}`),
    '',
    initTexts.backup,
  ]);
  return exitCodes.ok;
};

function place(option: string, text: string): string {
  if (/^([0-9A-Za-z.-]+|\[[0-9A-Fa-f:]+\]):[0-9]{1,5}$/.test(text)) return text;
  throw new CliError('OPTION_INVALID', { option, hint: initTexts.placeHint });
}
