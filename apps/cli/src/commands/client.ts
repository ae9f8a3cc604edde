// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { clientList, clientSecret, clientView } from '@tsunagi/contracts';
import { CliError } from '../cli.error';
import type { HubClient } from '../http/hub-client';
import { all, namesOf } from '../master-data/hub-lists';
import { secretPlace, type SecretPlace } from '../master-data/secret-place';
import { signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { clientTexts, fill } from '../texts';
import type { Command, CommandContext } from './command';

const path = '/api/v1/clients';

export interface ClientOptions {
  readonly organization?: string;
  readonly plugin?: string;
  readonly function?: readonly string[];
  readonly role?: readonly string[];
  readonly secretFile?: string;
}

export const addClient: Command<[string, ClientOptions]> = (context, id, options) =>
  withSecret(context, options.secretFile, async (hub) => {
    const names = await namesOf(hub);
    const body = {
      id,
      functions: (options.function ?? []).map(names.desk),
      roles: options.role ?? [],
      ...(options.organization !== undefined && { organization: names.organization(options.organization) }),
      ...(options.plugin !== undefined && { plugin: options.plugin }),
    };
    return hub.post(path, body, clientSecret);
  });

export const rotateClient: Command<[string, { readonly secretFile?: string }]> = (context, id, { secretFile }) =>
  withSecret(context, secretFile, async (hub) =>
    hub.post(`${path}/${encodeURIComponent(id)}/rotate`, {}, clientSecret, await versionOf(hub, id)),
  );

export const revokeClient: Command<[string]> = async (context, id) => {
  const hub = await signInForIt(context);
  const view = await hub.post(`${path}/${encodeURIComponent(id)}/revoke`, {}, clientView, await versionOf(hub, id));
  show(context.terminal, view, () => [fill(clientTexts.revoked, { id })]);
  return exitCodes.ok;
};

async function versionOf(hub: HubClient, id: string): Promise<number> {
  const found = (await all(hub, path, clientList)).find((c) => c.id === id);
  if (!found) throw new CliError('NAME_UNKNOWN', { name: id });
  return found.version;
}

async function withSecret(
  context: CommandContext,
  file: string | undefined,
  make: (hub: HubClient) => Promise<{ id: string; secret: string }>,
): Promise<ExitCode> {
  const hub = await signInForIt(context);
  const place: SecretPlace = secretPlace(context, file);
  try {
    const { id, secret } = await make(hub);
    const lines = place.keep(id, secret);
    show(context.terminal, { ok: true, id }, () => [fill(clientTexts.made, { id }), ...lines]);
    return exitCodes.ok;
  } finally {
    place.close();
  }
}
