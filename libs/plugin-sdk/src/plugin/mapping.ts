// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning, ReferralSubmission, SubmissionSource } from '@tsunagi/contracts';

/** A record that cannot go on: it waits where it came from until a person has looked at it. Never a value. */
export interface RowFault {
  /** `E-…` or `S-…`, at most 20 characters. */
  readonly code: string;
  /** 1-based field of the record layout. */
  readonly field?: number | undefined;
  /** The sender's own name of the record, if it could be read. Only its hash leaves the host. */
  readonly key?: string | undefined;
}

/** What a pure mapping gives back. Warnings (`W-…` with the field's number) go along with the submission. */
export type Mapping<T> =
  | { readonly ok: true; readonly value: T; readonly warnings?: readonly FieldWarning[] | undefined }
  | ({ readonly ok: false } & RowFault);

/** What a mapping says of a submission's origin. The SDK adds plugin, file, row, content hash and warnings. */
export type SubmissionOrigin = Pick<SubmissionSource, 'system' | 'key' | 'change' | 'occurredAt' | 'echo'> & {
  /**
   * SHA-256 of what makes two records equal, as 64 small hexadecimal digits.
   * @default the hash of the whole draft except `occurredAt`
   */
  readonly contentHash?: string | undefined;
};

/** A submission as a mapping makes it. */
export type SubmissionDraft = Omit<ReferralSubmission, 'source'> & { readonly source: SubmissionOrigin };
