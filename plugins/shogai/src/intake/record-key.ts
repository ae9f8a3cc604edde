// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** What the system knows its own record by; it travels as `source.echo` and comes back in every status. */
export interface RecordKey {
  readonly municipality: string;
  readonly recipient: string;
  /** 宛名番号. Only ever comes back as it came: a mistyped one would take two persons for one. */
  readonly resident?: string | undefined;
  readonly externalNumber: string;
}

const echo = z.tuple([z.string().max(6), z.string().max(10), z.string().max(15), z.string().max(20)]);

export function writeEcho({ municipality, recipient, resident = '', externalNumber }: RecordKey): string {
  return JSON.stringify([municipality, recipient, resident, externalNumber]);
}

/** `undefined` for anything that {@link writeEcho} did not write. */
export function readEcho(text: string | undefined): (RecordKey & { readonly resident: string }) | undefined {
  try {
    const [municipality, recipient, resident, externalNumber] = echo.parse(JSON.parse(text ?? ''));
    return { municipality, recipient, resident, externalNumber };
  } catch {
    return undefined;
  }
}

/** 外部管理番号 is unique per municipality. */
export function submissionKey({
  municipality,
  externalNumber,
}: Pick<RecordKey, 'municipality' | 'externalNumber'>): string {
  return `${municipality}/${externalNumber}`;
}
