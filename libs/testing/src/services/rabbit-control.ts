// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** Regular expressions, as RabbitMQ's own permissions: what the name of a queue or exchange must match. `''` permits nothing. */
export interface RabbitRights {
  configure: string;
  write: string;
  read: string;
  /** Routing keys that may be published, by topic exchange. Without an entry an exchange that may be written takes all keys. */
  topicWrite?: Record<string, string>;
}

export interface RabbitQueue {
  name: string;
  type: string;
  messages: number;
  messages_ready: number;
  messages_unacknowledged: number;
  consumers: number;
}

/** How to reach a broker of ours: over AMQP, and with rabbitmqctl. Plain data, so that it passes from process to process. */
export interface RabbitAccess {
  port: number;
  adminPassword: string;
  env: Record<string, string>;
}

export const rabbitBin = '/usr/lib/rabbitmq/bin';
const admin = 'tsunagi';

interface Definitions {
  vhosts: { name: string }[];
  users: { name: string; password: string; tags: string }[];
  permissions: { user: string; vhost: string; configure: string; write: string; read: string }[];
  topic_permissions: { user: string; vhost: string; exchange: string; write: string; read: string }[];
}

/**
 * Virtual hosts, accounts and permissions of a private broker. Changes go to the broker as definitions, which it also loads
 * from `definitionsFile` whenever it starts: so they are there again when its data has been erased.
 */
export class RabbitControl {
  private definitions: Definitions = { vhosts: [], users: [], permissions: [], topic_permissions: [] };

  constructor(
    private readonly access: RabbitAccess,
    private readonly definitionsFile?: string,
  ) {
    if (!definitionsFile) return;
    this.remember(withVhost('/'));
    this.remember({ users: [{ name: admin, password: access.adminPassword, tags: 'administrator' }] });
  }

  adminUrl(vhost: string): string {
    return this.accountUrl(vhost, admin, this.access.adminPassword);
  }

  accountUrl(vhost: string, name: string, password: string): string {
    return `amqp://${encodeURIComponent(name)}:${encodeURIComponent(password)}@127.0.0.1:${this.access.port}/${encodeURIComponent(vhost)}`;
  }

  async createVhost(name: string): Promise<void> {
    await this.apply(withVhost(name));
  }

  async deleteVhost(name: string): Promise<void> {
    const other = (entry: { vhost: string }) => entry.vhost !== name;
    this.definitions.vhosts = this.definitions.vhosts.filter((vhost) => vhost.name !== name);
    this.definitions.permissions = this.definitions.permissions.filter(other);
    this.definitions.topic_permissions = this.definitions.topic_permissions.filter(other);
    this.save();
    await this.rabbitmqctl('delete_vhost', name);
  }

  async addAccount(vhost: string, name: string, password: string, rights: RabbitRights): Promise<string> {
    await this.apply({ users: [{ name, password, tags: '' }], ...withRights(vhost, name, rights) });
    return this.accountUrl(vhost, name, password);
  }

  /** Replaces what the account may do in this virtual host. */
  async setPermissions(vhost: string, name: string, rights: RabbitRights): Promise<void> {
    const gone = (entry: { user: string; vhost: string }) => entry.user === name && entry.vhost === vhost;
    if (this.definitions.topic_permissions.some(gone)) {
      this.definitions.topic_permissions = this.definitions.topic_permissions.filter((entry) => !gone(entry));
      await this.rabbitmqctl('clear_topic_permissions', '-p', vhost, name);
    }
    await this.apply(withRights(vhost, name, rights));
  }

  async listQueues(vhost: string): Promise<RabbitQueue[]> {
    const columns = ['name', 'type', 'messages', 'messages_ready', 'messages_unacknowledged', 'consumers'];
    const json = await this.rabbitmqctl('list_queues', '-p', vhost, '--formatter', 'json', ...columns);
    return JSON.parse(json) as RabbitQueue[];
  }

  /** Any other command, for instance `set_vm_memory_high_watermark 0.000001` to raise a memory alarm. */
  rabbitmqctl(...args: string[]): Promise<string> {
    return this.run(args);
  }

  private async apply(change: Partial<Definitions>): Promise<void> {
    this.remember(change);
    await this.run(['import_definitions'], JSON.stringify(change));
  }

  private remember(change: Partial<Definitions>): void {
    const { vhosts, users, permissions, topic_permissions } = this.definitions;
    this.definitions = {
      vhosts: merge(vhosts, change.vhosts, (entry) => entry.name),
      users: merge(users, change.users, (entry) => entry.name),
      permissions: merge(permissions, change.permissions, (entry) => `${entry.vhost}\0${entry.user}`),
      topic_permissions: merge(
        topic_permissions,
        change.topic_permissions,
        (entry) => `${entry.vhost}\0${entry.user}\0${entry.exchange}`,
      ),
    };
    this.save();
  }

  private save(): void {
    if (this.definitionsFile) writeFileSync(this.definitionsFile, JSON.stringify(this.definitions), { mode: 0o600 });
  }

  private run(args: string[], input = ''): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = execFile(
        `${rabbitBin}/rabbitmqctl`,
        ['-q', ...args],
        { env: this.access.env },
        (error, stdout, stderr) => {
          if (error)
            reject(
              new Error(`rabbitmqctl ${args[0] ?? ''} failed: ${stderr.trim() || stdout.trim() || error.message}`),
            );
          else resolve(stdout);
        },
      );
      child.stdin?.on('error', () => undefined).end(input);
    });
  }
}

const withVhost = (name: string): Partial<Definitions> => ({
  vhosts: [{ name }],
  permissions: [{ user: admin, vhost: name, configure: '.*', write: '.*', read: '.*' }],
});

const withRights = (
  vhost: string,
  user: string,
  { configure, write, read, topicWrite = {} }: RabbitRights,
): Partial<Definitions> => ({
  permissions: [{ user, vhost, configure, write, read }],
  topic_permissions: Object.entries(topicWrite).map(([exchange, keys]) => ({
    user,
    vhost,
    exchange,
    write: keys,
    read: '.*',
  })),
});

/** The later entry of a key wins. */
function merge<T>(before: T[], change: T[] = [], keyOf: (entry: T) => string): T[] {
  return [...new Map([...before, ...change].map((entry) => [keyOf(entry), entry])).values()];
}
