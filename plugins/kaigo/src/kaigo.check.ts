// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type CheckFinding, formVersionFinding, type Sink, type Source } from '@tsunagi/plugin-sdk';
import type { KaigoConfig } from './kaigo.config';

/** The folders as source and sink use them, and a registered form behind 同意「1 あり」. */
export async function checkKaigo(
  { formVersion }: Pick<KaigoConfig, 'formVersion'>,
  folders: Pick<Source<never, never> | Sink, 'check'>,
): Promise<CheckFinding[]> {
  return [...(await folders.check()), formVersionFinding(formVersion)];
}
