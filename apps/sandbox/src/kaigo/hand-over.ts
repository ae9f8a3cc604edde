// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { foldersOf, makeFolders, nextSerial } from '../files/folders';
import { japanYmd } from '../residents/calendar';
import { kaigoOffice } from './kaigo-office';
import type { WrittenFile } from '../files/write-file';
import { writeKaigoFile, type KaigoFileOptions } from './write-kaigo-file';

/** The next file of the 介護 system of this data directory, laid into `in/`. */
export function handOverKaigoFile(
  dataDir: string,
  file: Pick<KaigoFileOptions, 'rows' | 'seed' | 'variants' | 'clock'>,
): Promise<WrittenFile> {
  const folders = foldersOf(dataDir, kaigoOffice);
  makeFolders(folders);
  return writeKaigoFile({
    ...file,
    folder: folders.in,
    serial: nextSerial(folders, kaigoOffice, 'events', japanYmd(file.clock)),
  });
}
