// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type CheckFinding, formVersionFinding, type Sink, type Source } from '@tsunagi/plugin-sdk';
import type { KosodateConfig } from './kosodate.config';

/** The call-back and the daily folder as the runtime uses them, and a registered form behind the consent `given`. */
export async function checkKosodate(
  { formVersion }: Pick<KosodateConfig, 'formVersion'>,
  places: readonly Pick<Source<never, never> | Sink, 'check'>[],
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for (const place of places) findings.push(...(await place.check()));
  return [...findings, formVersionFinding(formVersion)];
}
