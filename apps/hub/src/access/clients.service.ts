// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { Role } from '@tsunagi/domain';
import { CredentialsRefusedError, NotSignedInError } from './access.errors';
import type { Holding } from './caller';
import { newSecret, hashSecret, secretFits } from './secrets';
import { Clock, Database, type Tx } from '../platform';

export interface Client {
  readonly id: string;
  readonly secretHash: string;
  /** Whose client it is; absent = the municipality's own, for no function. */
  readonly organization?: string;
  readonly plugin?: string;
  readonly functions: readonly string[];
  readonly roles: readonly Role[];
}

/** A revoked client is refused everywhere within this time. */
const rememberMs = 2_000;

/** Machine clients. */
@Injectable()
export class Clients {
  private readonly remembered = new Map<string, { at: number; client: Promise<Client | undefined> }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws {CredentialsRefusedError} for an unknown, switched-off or wrong one alike. */
  async authenticate(id: string, secret: string): Promise<Client> {
    const client = await this.read(id);
    // Compared also when there is no such client, so that time tells nothing.
    const fits = secretFits(secret, client?.secretHash ?? hashSecret(''));
    if (!client || !fits) throw new CredentialsRefusedError('CLIENT_REFUSED');
    return client;
  }

  /** The active client behind a token. @throws {NotSignedInError} */
  async active(id: string): Promise<Client> {
    const now = this.clock.now().getTime();
    const known = this.remembered.get(id);
    const fresh = known && now - known.at < rememberMs ? known : { at: now, client: this.read(id) };
    this.remembered.set(id, fresh);
    fresh.client.catch(() => this.remembered.delete(id));
    const client = await fresh.client;
    if (!client) throw new NotSignedInError();
    return client;
  }

  /** It was changed here: the next token is judged anew. */
  forget(id: string): void {
    this.remembered.delete(id);
  }

  private async read(id: string): Promise<Client | undefined> {
    const [row] = await this.database.query<{
      id: string;
      secret_hash: string;
      organization: string | null;
      plugin: string | null;
      functions: string[];
      roles: string[];
    }>('select id, secret_hash, organization, plugin, functions, roles from client where id = $1 and active', [id]);
    return (
      row && {
        id: row.id,
        secretHash: row.secret_hash,
        functions: row.functions,
        roles: row.roles.flatMap((role) => Role.safeParse(role).data ?? []),
        ...(row.organization !== null && { organization: row.organization }),
        ...(row.plugin !== null && { plugin: row.plugin }),
      }
    );
  }
}

/** A client's roles hold at each of its functions; without functions, for the whole municipality. */
export const holdingsOf = ({ roles, functions }: Pick<Client, 'roles' | 'functions'>): Holding[] =>
  functions.length === 0
    ? roles.map((role) => ({ role }))
    : functions.flatMap((fn) => roles.map((role) => ({ role, function: fn })));

/** Makes a client and returns its secret, which is shown this once. */
export async function addClient(tx: Tx, client: Omit<Client, 'secretHash'>): Promise<string> {
  const secret = newSecret();
  await tx.query(
    'insert into client (id, secret_hash, organization, plugin, functions, roles) values ($1, $2, $3, $4, $5, $6)',
    [client.id, hashSecret(secret), client.organization ?? null, client.plugin ?? null, client.functions, client.roles],
  );
  return secret;
}
