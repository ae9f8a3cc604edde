// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type CheckFinding, formVersionFinding, type Sink, type Source } from '@tsunagi/plugin-sdk';
import type { EventFormat } from './profiles/event-format';
import type { ShogaiConfig } from './shogai.config';

/** The folders as source and sink use them, and a registered form behind every 同意「1 あり」 that a file may say. */
export async function checkShogai(
  { formVersion }: Pick<ShogaiConfig, 'formVersion'>,
  formats: readonly Pick<EventFormat, 'asserts' | 'formVersion'>[],
  folders: Pick<Source<never, never> | Sink, 'check'>,
): Promise<CheckFinding[]> {
  const needed = formats.filter(({ asserts }) => asserts).map((format) => format.formVersion ?? formVersion);
  const found = needed.includes(undefined) ? undefined : needed[0];
  return [...(await folders.check()), ...(needed.length === 0 ? [] : [formVersionFinding(found)])];
}
