// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** `null`: no limit. */
export interface FloodLimits {
  readonly perFile: number | null;
  readonly perHour: number | null;
}

/** New referrals of one plugin, with the batch that is being judged. */
export interface NewReferrals {
  /** By the file they came from; a file that a person has let through is not among them. */
  readonly files: ReadonlyMap<string, number>;
  /** Within this hour. */
  readonly hour: number;
}

export interface Flood {
  readonly reason: 'FLOOD_FILE' | 'FLOOD_HOUR';
  readonly file: string | undefined;
  readonly made: number;
  readonly limit: number;
}

/** More new referrals than a person would expect; undefined: not so. The file is named first, because it says more. */
export function floodOf({ files, hour }: NewReferrals, { perFile, perHour }: FloodLimits): Flood | undefined {
  for (const [file, made] of files)
    if (perFile !== null && made > perFile) return { reason: 'FLOOD_FILE', file, made, limit: perFile };
  return perHour !== null && hour > perHour
    ? { reason: 'FLOOD_HOUR', file: undefined, made: hour, limit: perHour }
    : undefined;
}
