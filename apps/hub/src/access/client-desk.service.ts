// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { AuditAction, ClientQuery, ClientSecret, ClientView, NewClient } from '@tsunagi/contracts';
import { japaneseDay, overlaps, Role } from '@tsunagi/domain';
import type { Caller } from './caller';
import { addClient, Clients } from './clients.service';
import { hashSecret, newSecret } from './secrets';
import { audit } from '../audit';
import { AlreadyThereError, Directory, OtherEmployerError, ReferenceUnknownError } from '../organizations';
import { changeAt, Clock, Database, isUniqueViolation, NotFoundError, type Tx } from '../platform';

interface ClientRow {
  readonly id: string;
  readonly organization: string | null;
  readonly plugin: string | null;
  readonly functions: string[];
  readonly roles: string[];
  readonly active: boolean;
  readonly version: number;
}
const columns = 'id, organization, plugin, functions, roles, active, version';
const defaultLimit = 200;

/** Machine clients as IT of the municipality sees them. A secret is shown once, when it is made. */
@Injectable()
export class ClientDesk {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly clients: Clients,
    private readonly clock: Clock,
  ) {}

  async list({ cursor, limit = defaultLimit }: ClientQuery): Promise<{ items: ClientView[]; next?: string }> {
    const rows = await this.database.query<ClientRow>(
      `select ${columns} from client where ($1::text is null or id > $1) order by id limit $2`,
      [cursor ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(clientView);
    const last = items.at(-1);
    return { items, ...(rows.length > limit && last && { next: last.id }) };
  }

  async add(caller: Caller, client: NewClient): Promise<ClientSecret> {
    const { id, organization, plugin, functions, roles } = client;
    if (organization !== undefined && !this.directory.organizations().some((o) => o.id === organization))
      throw new ReferenceUnknownError('/organization');
    if (functions.length === 0 && !roles.every((role) => this.directory.holdsForAll(role, organization)))
      throw new OtherEmployerError();
    const fromNow = { validFrom: japaneseDay(this.clock.now()) };
    functions.forEach((desk, n) => {
      if (!this.directory.find(desk)) throw new ReferenceUnknownError(`/functions/${n}`);
      const theirs = this.directory.operators(desk).filter((o) => o.organization === organization);
      if (!theirs.some((o) => overlaps(o, fromNow))) throw new OtherEmployerError();
    });
    try {
      const secret = await this.database.transaction(async (tx) => {
        const made = await addClient(tx, {
          id,
          functions,
          roles,
          ...(organization !== undefined && { organization }),
          ...(plugin !== undefined && { plugin }),
        });
        this.note(tx, caller, 'client.created', id, { functions, roles, plugin: plugin ?? null });
        return made;
      });
      return { id, secret };
    } catch (error) {
      throw isUniqueViolation(error) ? new AlreadyThereError() : error;
    }
  }

  /** A new secret; the old one fits no more. Tokens that are out count for their quarter of an hour. */
  async rotate(caller: Caller, id: string, version: number): Promise<ClientSecret> {
    const secret = newSecret();
    await this.database.transaction(async (tx) => {
      const [active] = await tx.query('select 1 from client where id = $1 and active', [id]);
      if (!active) throw new NotFoundError();
      await changeAt(tx, 'client', id, version, { secret_hash: hashSecret(secret) });
      this.note(tx, caller, 'client.rotated', id, {});
    });
    return { id, secret };
  }

  /** Refused from now on, tokens that are out as well. For good: whoever needs one again gets another. */
  async revoke(caller: Caller, id: string, version: number): Promise<ClientView> {
    const row = await this.database.transaction(async (tx) => {
      await changeAt(tx, 'client', id, version, { active: false });
      this.note(tx, caller, 'client.revoked', id, {});
      const [after] = await tx.query<ClientRow>(`select ${columns} from client where id = $1`, [id]);
      return after;
    });
    this.clients.forget(id);
    if (!row) throw new NotFoundError();
    return clientView(row);
  }

  private note(tx: Tx, caller: Caller, action: AuditAction, object: string, details: object): void {
    const { actor, acting } = caller;
    audit(tx, {
      actor,
      function: acting,
      action,
      objectKind: 'client',
      object,
      details: { ...details },
      at: this.clock.now(),
    });
  }
}

const clientView = (row: ClientRow): ClientView => ({
  id: row.id,
  ...(row.organization !== null && { organization: row.organization }),
  ...(row.plugin !== null && { plugin: row.plugin }),
  functions: row.functions,
  roles: row.roles.flatMap((role) => Role.safeParse(role).data ?? []),
  active: row.active,
  version: row.version,
});
