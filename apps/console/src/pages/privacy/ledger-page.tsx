// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Page } from '../../parts/page';
import { useTexts } from '../../texts';

export default function LedgerPage() {
  const { frame } = useTexts();
  return <Page title={frame.pages.ledger}>{null}</Page>;
}
