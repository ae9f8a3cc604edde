// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A cable between a courier and a broker that a case can pull: a TCP proxy on a port of its own. */
export class Cable {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private plugged = true;

  private constructor(
    private readonly server: Server,
    private readonly brokerPort: number,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async to(brokerPort: number): Promise<Cable> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Cable(server, brokerPort);
  }

  /** The broker's URL, by way of this cable. */
  through(url: string): string {
    const through = new URL(url);
    through.port = String((this.server.address() as AddressInfo).port);
    return through.href;
  }

  drop(): void {
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
  }

  pull(): void {
    this.plugged = false;
    this.drop();
  }

  plug(): void {
    this.plugged = true;
  }

  /** Nothing comes through any more, and nobody is told. */
  freeze(): void {
    for (const pair of this.pairs) pair.forEach((socket) => socket.pause().unpipe());
  }

  async close(): Promise<void> {
    this.pull();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    if (!this.plugged) return void client.destroy();
    const broker = connect(this.brokerPort, '127.0.0.1');
    const pair = [client, broker] as const;
    this.pairs.add(pair);
    for (const [one, other] of [pair, [broker, client] as const]) {
      one.setNoDelay(true).on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        this.pairs.delete(pair);
      });
      one.pipe(other);
    }
  }
}
