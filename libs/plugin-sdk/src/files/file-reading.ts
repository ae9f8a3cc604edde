// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Reading } from '../plugin/source';
import type { ResultRow } from './result-row';

/** One row of a file. `label` is the sender's own key (外部管理番号), which the result repeats; it stays in this host. */
export type FileRow<Event, Answer> = Reading<Event, Answer> & {
  /** From 1; no number twice. */
  readonly row: number;
  readonly label?: string | undefined;
  /**
   * Name of a record that is the same record in whatever file it comes, at most 100 characters, such as a hash: the hub
   * gives it its first answer again. Within one file a repeat is not sent and counts as a duplicate.
   * @default file and row
   */
  readonly name?: string | undefined;
};

/** What a reader makes of a file: its rows, best read one by one while they are asked for, or a refusal of the whole. */
export type FileReading<Event, Answer, Header> =
  | { readonly ok: true; readonly header: Header; readonly rows: Iterable<FileRow<Event, Answer>> }
  | {
      readonly ok: false;
      /** `E-…`, at most 20 characters. */
      readonly code: string;
      readonly field?: number | undefined;
      /** Where in the file, in bytes from 0, for whoever looks for the place. */
      readonly offset?: number | undefined;
      /** As much of the header as could be read. */
      readonly header?: Header | undefined;
    };

/** What a result file is made of. The same file and answers give the same bytes: no clock. */
export interface FileResult<Header> {
  /** Name of the input. */
  readonly name: string;
  /** Undefined when the reader could not tell. */
  readonly header: Header | undefined;
  /** In the order of the file, each made when it is asked for; a refused file has one, with row 0. */
  readonly rows: Iterable<ResultRow> & { readonly length: number };
}
