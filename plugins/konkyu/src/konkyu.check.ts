// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding, Sink, Source } from '@tsunagi/plugin-sdk';
import type { KonkyuConfig } from './konkyu.config';

/** Views and tables as source and sink use them, and a registered form behind 同意「1 あり」. */
export async function checkKonkyu(
  { formVersion }: Pick<KonkyuConfig, 'formVersion'>,
  places: readonly Pick<Source<never, never> | Sink, 'check'>[],
): Promise<CheckFinding[]> {
  const findings: CheckFinding[] = [];
  for (const place of places) findings.push(...(await place.check()));
  return [...findings, formFinding(formVersion)];
}

function formFinding(formVersion: string | undefined): CheckFinding {
  const name = '同意書様式の版';
  if (formVersion !== undefined) return { name, ok: true };
  const hint = '承認された様式の版を設定してください。空のままでは「同意あり」が根拠になりません。';
  return { name, ok: false, code: 'FORM_VERSION_MISSING', hint };
}
