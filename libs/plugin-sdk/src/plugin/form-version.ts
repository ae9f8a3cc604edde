// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding } from '@tsunagi/contracts';

/** For a plugin's check: is there a registered form behind 同意「1 あり」? */
export function formVersionFinding(formVersion: string | undefined): CheckFinding {
  const name = '同意書様式の版';
  if (formVersion !== undefined) return { name, ok: true };
  const hint = '承認された様式の版を設定してください。空のままでは「同意あり」が根拠になりません。';
  return { name, ok: false, code: 'FORM_VERSION_MISSING', hint };
}
