// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeCp932 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';

/** How the files of one system are called: `KAR00001.CSV`. */
export interface FileNames {
  /** The first two letters; the third tells the kind. */
  readonly system: 'KA' | 'SH';
  readonly extension: 'CSV' | 'DAT';
}

/** The files that a system and its plugin exchange, as the department's staff would see them. */
export abstract class FileDesk {
  private serial = 10_000;
  /** Another range: `KAI00001` and `KAS00001` would share the name of their results. */
  private answerSerial = 50_000;

  protected constructor(
    private readonly folder: string,
    private readonly names: FileNames,
  ) {}

  /** Values of the data records of a file, without kind and number. */
  abstract records(bytes: Uint8Array): string[][];

  /** Written aside, then renamed. */
  protected dropBytes(bytes: Uint8Array, name: string): string {
    writeFileSync(join(this.folder, 'in', `${name}.tmp`), bytes);
    renameSync(join(this.folder, 'in', `${name}.tmp`), join(this.folder, 'in', name));
    return name;
  }

  protected nextName(kind: 'I' | 'G' | 'S'): { name: string; serial: number } {
    const serial = kind === 'S' ? ++this.answerSerial : ++this.serial;
    return { name: `${this.names.system}${kind}${serial}.${this.names.extension}`, serial };
  }

  /** The bytes of the result file of an input. */
  resultBytes(input: string): Promise<Buffer> {
    const name = `${this.names.system}E${input.slice(3)}`;
    return waitFor(() => readFileSync(join(this.folder, 'out', name)), {
      what: `the result file ${name}`,
      timeoutMs: 30_000,
    });
  }

  /** Data records of the result file, without kind and number. */
  async result(input: string): Promise<string[][]> {
    return this.records(await this.resultBytes(input));
  }

  /** The bytes of the file of this kind that holds this text. */
  fileWith(prefix: string, text: string): Promise<Buffer> {
    const read = () => this.outFiles(prefix).map((name) => readFileSync(join(this.folder, 'out', name)));
    return waitFor(() => read().find((bytes) => bytes.includes(text)), {
      what: `a ${prefix} file with ${text}`,
      timeoutMs: 30_000,
    });
  }

  /** Every record of every file of this kind in `out/`, oldest first. */
  protected written(prefix: string): { name: string; values: string[] }[] {
    return this.outFiles(prefix).flatMap((name) =>
      this.records(readFileSync(join(this.folder, 'out', name))).map((values) => ({ name, values })),
    );
  }

  /** Everything that lies in `out/`, as one text. */
  everythingOut(): string {
    const { system } = this.names;
    return ['O', 'E', 'R']
      .flatMap((kind) => this.outFiles(system + kind))
      .map((name) => decodeCp932(readFileSync(join(this.folder, 'out', name))).text)
      .join('\n');
  }

  files(place: 'in' | 'processing' | 'done' | 'error' | 'out'): string[] {
    return readdirSync(join(this.folder, place)).sort();
  }

  holds(place: 'done' | 'out', name: string, bytes: Uint8Array): boolean {
    return readFileSync(this.path(place, name)).equals(bytes);
  }

  path(place: 'done' | 'out', name: string): string {
    return join(this.folder, place, name);
  }

  private outFiles(prefix: string): string[] {
    return this.files('out').filter((name) => name.startsWith(prefix) && name.endsWith(`.${this.names.extension}`));
  }
}
