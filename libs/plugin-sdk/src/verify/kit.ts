// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../surroundings/clock';
import { temporaryLegacyFolder } from '../testing/temporary-folder';

/** A file with its name; of a place without files, a record under a name of its own. */
export interface KitFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A synthetic person whom the suite sends through the plugin. */
export interface KitPerson {
  /** From 1; numbers and keys of the legacy system may be made from it. */
  readonly number: number;
  /** May hold 外字 as U+E000–U+E757: {@link cp932AsItStands} writes them as F040–F9FC. */
  readonly name: string;
  /** Full-width katakana. */
  readonly kana: string;
  /**
   * `YYYY-MM-DD`; undefined: 不詳, as the legacy system writes it. May be a day that no calendar has, as somebody may have
   * typed it: {@link eraAsItStands} writes it by era.
   */
  readonly birthDate: string | undefined;
  /** For whatever text field the record has. Full-width characters. */
  readonly note: string;
}

/** The plugin at work, for a legacy system that calls it. */
export interface AtWork {
  /** Of the listener with its door, such as `http://127.0.0.1:40001`; empty: it does not listen. */
  readonly url: string;
  /** What time it is for the plugin. */
  readonly clock: Pick<Clock, 'now'>;
}

/** A stand-in for the legacy system: the place that the plugin reads from and writes into. */
export interface Office {
  /** Settings that lead here. */
  readonly config: unknown;
  /** @default none */
  readonly secrets?: Readonly<Record<string, string>> | undefined;
  /** Leaves an input as the legacy system would; resolves when a call has been answered. */
  bring(input: KitFile, plugin: AtWork): Promise<void>;
  /** Everything that the plugin has written here, each thing under a name of its own. */
  written(): Promise<readonly KitFile[]>;
  /** Leaves a record made of these bytes, the worst the legacy system may have. Only for a plugin that reads no files. */
  bringJunk?(bytes: Uint8Array, plugin: AtWork): Promise<void>;
  close(): Promise<void>;
}

/** What the suite has to know of a plugin beside its declaration. A package exports it as `./verify`. */
export interface VerifyKit {
  /** A new, empty place each time. */
  readonly office: () => Promise<Office>;
  /** One input with a record for each of these persons, each asking for another department, as the legacy system writes it. */
  readonly input: (people: readonly KitPerson[]) => KitFile;
}

/** Says that this is a kit, and checks its type. */
export function defineKit(kit: VerifyKit): VerifyKit {
  return kit;
}

/** The place of a plugin that works on five folders; `settings` are all others. */
export function folderOffice(settings: Readonly<Record<string, unknown>> = {}): VerifyKit['office'] {
  return async () => {
    const folder = await temporaryLegacyFolder();
    const at = (...path: string[]) => join(folder.path, ...path);
    await mkdir(at('brought'));
    return {
      config: { folder: folder.path, ...settings },
      bring: async ({ name, bytes }) => {
        await writeFile(at('brought', name), bytes);
        await rename(at('brought', name), at('in', name));
      },
      written: async () => {
        const names = (await readdir(at('out'))).filter((name) => !name.endsWith('.tmp')).sort();
        return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(at('out', name)) })));
      },
      close: () => folder.remove(),
    };
  };
}
