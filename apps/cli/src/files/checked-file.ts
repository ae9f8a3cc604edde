// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FileCheck } from '@tsunagi/plugin-sdk';

/** What a plugin found in a file; each finding with what it means and what to do. */
export interface CheckedFile extends FileCheck {
  readonly kind: string;
  readonly file: string;
  readonly findings: readonly (FileCheck['findings'][number] & {
    readonly sentence: string;
    /** Absent where the sentence itself asks for it. */
    readonly remedy?: string;
  })[];
}
