// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japanYmd } from '../residents/calendar';
import { kaigoFolders, makeFolders, nextSerial } from './folders';
import { writeKaigoFile, type KaigoFileOptions, type WrittenFile } from './write-kaigo-file';

/** The next file of the 介護 system of this data directory, laid into `in/`. */
export function handOverKaigoFile(
  dataDir: string,
  file: Pick<KaigoFileOptions, 'rows' | 'seed' | 'variants' | 'clock'>,
): Promise<WrittenFile> {
  const folders = kaigoFolders(dataDir);
  makeFolders(folders);
  return writeKaigoFile({ ...file, folder: folders.in, serial: nextSerial(folders, 'KAI', japanYmd(file.clock)) });
}
