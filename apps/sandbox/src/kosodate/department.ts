// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Arrived, DepartmentFile, type DepartmentMemory } from './memory';
import { signatureOf } from './signature';

export interface DepartmentOptions {
  /** Where it remembers, such as `<dataDir>/sandbox/kosodate/department.json`. */
  readonly memory: string;
  /** With which the hub's plugin signs its calls. */
  readonly callbackSecret: string;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** @default any that is free */
  readonly port?: number;
  /** @default the real time */
  readonly clock?: () => Date;
}

/** The system of the こども家庭センター: it is called by the hub's plugin, takes in what comes, and keeps ids and codes of it. */
export class KosodateDepartment {
  readonly #file: DepartmentFile;

  private constructor(
    private readonly options: DepartmentOptions,
    private readonly server: Server,
  ) {
    this.#file = new DepartmentFile(options.memory);
  }

  static async open(options: DepartmentOptions): Promise<KosodateDepartment> {
    const server = createServer((request, response) => {
      void department
        .hear(request)
        .catch((): Said => ({ status: 400 }))
        .then(({ status, body = {} }) => {
          response.writeHead(status, { 'Content-Type': 'application/json' });
          response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
        });
    });
    const department = new KosodateDepartment(options, server);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
    await once(server, 'listening');
    return department;
  }

  /** The hub's plugin calls below this. */
  get callbackUrl(): string {
    const { address, port } = this.server.address() as AddressInfo;
    return `http://${address}:${port}/hub`;
  }

  get memory(): DepartmentMemory {
    return this.#file.memory;
  }

  remember(changes: Partial<DepartmentMemory>): void {
    this.#file.remember(changes);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async hear(request: IncomingMessage): Promise<Said> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    if (!this.isFromTheHub(request, text)) return { status: 401 };
    if (request.method === 'HEAD') return { status: 204 };
    const body = JSON.parse(text) as Record<string, unknown>;
    if (request.method === 'POST' && request.url === '/hub/referrals') return this.takeReferral(body);
    if (request.method === 'PUT' && /^\/hub\/referrals\/[^/]+\/status$/.test(request.url ?? ''))
      return this.takeStatus(body);
    return { status: 404 };
  }

  private isFromTheHub({ method = '', url = '', headers }: IncomingMessage, body: string): boolean {
    const timestamp = String(headers['tsunagi-timestamp']);
    const now = (this.options.clock?.() ?? new Date()).getTime() / 1000;
    const { callbackSecret } = this.options;
    return (
      Math.abs(now - Number(timestamp)) <= 300 &&
      headers['tsunagi-signature'] === signatureOf(callbackSecret, { method, path: url, body, timestamp })
    );
  }

  /** Once for each 配送ID and 取消区分; what is known already is said to be. */
  private takeReferral({ deliveryId, referralId, cancel }: Record<string, unknown>): Said {
    if (typeof deliveryId !== 'string' || typeof referralId !== 'string' || !isCancel(cancel)) return { status: 422 };
    const name = `${deliveryId}/${cancel}`;
    const { arrived, known } = this.memory;
    if (known.includes(name)) return { status: 409, body: { deliveryId } };
    this.remember({ arrived: [...arrived, { deliveryId, referralId, cancel }], known: [...known, name] });
    return { status: 201, body: { deliveryId } };
  }

  private takeStatus({ eventId, status, domain }: Record<string, unknown>): Said {
    if (typeof eventId !== 'string' || typeof status !== 'string') return { status: 422 };
    const heard = { eventId, status, domain: typeof domain === 'string' ? domain : null };
    this.remember({ statuses: [...this.memory.statuses, heard] });
    return { status: 204 };
  }
}

interface Said {
  readonly status: number;
  readonly body?: object;
}

const isCancel = (text: unknown): text is Arrived['cancel'] => text === '1' || text === '2' || text === '3';
