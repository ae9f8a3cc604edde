// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Size and time of change, by which a file that is still being written is known. */
export interface FileLook {
  readonly name: string;
  readonly size: number;
  readonly changedMs: number;
}

/** Tells which files look the same in two polls running. */
export class SettledFiles {
  private before = new Map<string, FileLook>();

  /** The files of this poll that looked the same in the one before, by name. */
  next(seen: readonly FileLook[]): string[] {
    const settled = seen.filter((file) => {
      const last = this.before.get(file.name);
      return last !== undefined && last.size === file.size && last.changedMs === file.changedMs;
    });
    this.before = new Map(seen.map((file) => [file.name, file]));
    return settled.map(({ name }) => name).sort();
  }
}
