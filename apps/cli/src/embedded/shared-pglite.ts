// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

type StreamOptions = Parameters<PGlite['execProtocolRawStream']>[1];

/** First bytes of the messages that open a pipeline of the extended protocol, up to its Sync: P B D E C H. */
const pipelineTypes = new Set([0x50, 0x42, 0x44, 0x45, 0x43, 0x48]);
const syncType = 0x53;
const syncMessage = Uint8Array.of(syncType, 0, 0, 0, 4);
const checkpointMessage = Buffer.from('Q\0\0\0\x0fCHECKPOINT\0', 'latin1');

/**
 * PGlite behind several connections. The socket server passes messages on one by one and keeps other clients away only
 * while `isInTransaction()`. Between Parse and Sync it would let them in, and the unnamed statement of one client would be
 * bound by another: seen with parameters of some megabytes, as wrong results without an error. So a pipeline counts, too.
 */
export class SharedPGlite extends PGlite {
  #pipelineOpen = false;

  constructor(
    options: PGliteOptions,
    /** The backend ended within a query: nothing can be asked of it any more. */
    private readonly onDead: (error: unknown) => void,
  ) {
    super(options);
  }

  override isInTransaction(): boolean {
    return this.#pipelineOpen || super.isInTransaction();
  }

  override async execProtocolRawStream(message: Uint8Array, options: StreamOptions): Promise<void> {
    this.#notePipeline(message[0]);
    try {
      await super.execProtocolRawStream(message, options);
    } catch (error) {
      this.onDead(error);
      throw error;
    }
  }

  /** The socket server rolls back with this when a client is gone; what the client left open comes first. */
  override async exec(...parameters: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    if (this.#pipelineOpen) {
      await this.runExclusive(() => this.execProtocolRawStream(syncMessage, { onRawData: () => undefined }));
    }
    return super.exec(...parameters);
  }

  /** Without a postmaster nothing else makes checkpoints, and the log would grow until the end. */
  async checkpoint(): Promise<void> {
    await this.runExclusive(async () => {
      if (this.isInTransaction()) return;
      await this.execProtocolRawStream(checkpointMessage, { onRawData: () => undefined });
    });
  }

  #notePipeline(type: number | undefined): void {
    if (type === undefined) return;
    if (pipelineTypes.has(type)) this.#pipelineOpen = true;
    if (type === syncType) this.#pipelineOpen = false;
  }
}
