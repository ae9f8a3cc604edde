// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { stat, statfs } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DoctorFinding } from '@tsunagi/contracts';
import type { Courier } from '@tsunagi/messaging';
import { findingsOf, type DatabaseSeen } from './findings';
import type { HubConfig } from '../hub.config';
import { migrationNames } from '../hub.schema';
import { COURIER, Database, HUB_CONFIG, Readiness } from '../platform';
import { PluginDesk } from '../plugins';

interface Asked {
  version: string;
  fsync: string;
  commit: string;
  ms: string;
}

/** Looks at what a running hub needs, and changes nothing. */
@Injectable()
export class Doctor {
  constructor(
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(COURIER) private readonly courier: Courier,
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly plugins: PluginDesk,
  ) {}

  async look(): Promise<DoctorFinding[]> {
    const { keys, dataDir, legal, demo } = this.config;
    const database = await this.askDatabase().catch(() => undefined);
    return findingsOf({
      missing: this.readiness.missing,
      database,
      brokerConnected: this.courier.connected,
      keysMode: await modeOf(keys),
      dataMode: await modeOf(dataDir),
      free: await freeAt(dataDir),
      ...{ legal, demo },
      plugins: database ? await this.plugins.list() : [],
    });
  }

  private async askDatabase(): Promise<DatabaseSeen | undefined> {
    const before = Date.now();
    const [row] = await this.database.query<Asked>(
      `select current_setting('server_version') as version, current_setting('fsync') as fsync,
         current_setting('synchronous_commit') as commit, extract(epoch from clock_timestamp()) * 1000 as ms`,
    );
    const middle = (before + Date.now()) / 2;
    const applied = (await this.database.query<{ name: string }>('select name from hub_migration')).map((m) => m.name);
    if (!row) return undefined;
    return {
      version: row.version,
      embedded: this.config.embedded,
      forgetful: [
        ...(row.fsync === 'off' ? ['fsync=off'] : []),
        ...(row.commit === 'off' ? ['synchronous_commit=off'] : []),
      ],
      pending: migrationNames.filter((name) => !applied.includes(name)).length,
      unknown: applied.filter((name) => !migrationNames.includes(name)).length,
      aheadMs: Number(row.ms) - middle,
    };
  }
}

const modeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mode }) => mode & 0o777,
    () => undefined,
  );

const freeAt = (path: string): Promise<number | undefined> =>
  statfs(path).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
