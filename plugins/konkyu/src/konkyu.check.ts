// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type CheckFinding, formVersionFinding, type Sink, type Source } from '@tsunagi/plugin-sdk';
import type { KonkyuConfig } from './konkyu.config';

/** Views and tables as source and sink use them, and a registered form behind 同意「1 あり」. */
export async function checkKonkyu(
  { formVersion }: Pick<KonkyuConfig, 'formVersion'>,
  places: readonly Pick<Source<never, never> | Sink, 'check'>[],
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for (const place of places) findings.push(...(await place.check()));
  return [...findings, formVersionFinding(formVersion)];
}
