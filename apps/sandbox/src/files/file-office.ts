// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What the files between a department's system and the hub's plugin are about: those in come first. */
export type FileKind = 'events' | 'answers' | 'results' | 'statuses' | 'referrals';

/** One answer of a caseworker. */
export interface Answer {
  readonly referralId: string;
  readonly deliveryId: string;
  /** 対応区分. */
  readonly code: string;
  readonly worker: string;
  /** The system's own number of the person, once that one was looked up. */
  readonly person: string;
}

/** A department whose system exchanges files with the hub's plugin. */
export interface FileOffice {
  /** The plugin's name. */
  readonly system: string;
  /** The three letters with which names begin. */
  readonly letters: Readonly<Record<FileKind, string>>;
  readonly extension: 'CSV' | 'DAT';
  /** Who works there, one case after the other. */
  readonly workers: readonly string[];
  /** Values of the data records of a file, by 1-based place; an unreadable one has none. */
  readRecords(kind: FileKind, bytes: Uint8Array): string[][];
  /** Where in a record what the sandbox looks at stands. */
  readonly places: {
    readonly results: { readonly outcome: number; readonly fault: number };
    readonly statuses: { readonly code: number };
    readonly answers: { readonly code: number };
    readonly referrals: {
      readonly referralId: number;
      readonly deliveryId: number;
      /** 取消区分: 1 新規 2 訂正 3 取消. */
      readonly cancel: number;
      /** The system's own number of the person, when the sender knew it. */
      readonly person: number;
    };
  };
  writeAnswers(answers: readonly Answer[], serial: number, now: Date): Uint8Array;
}

export const fileName = ({ letters, extension }: FileOffice, kind: FileKind, serial: number): string =>
  `${letters[kind]}${String(serial).padStart(5, '0')}.${extension}`;

/** The five digits of the name of a file of this kind; undefined for any other name. */
export function serialIn({ letters, extension }: FileOffice, kind: FileKind, name: string): number | undefined {
  const [, digits] = new RegExp(`^${letters[kind]}([0-9]{5})\\.${extension}$`).exec(name) ?? [];
  return digits === undefined ? undefined : Number(digits);
}
