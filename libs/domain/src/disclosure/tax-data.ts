// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Party } from './party';
import type { DataCategory } from '../member/data-category';

/** Income and debts, and what is taxed where somebody lives. */
const taxData = ['income_debt', 'housing'] as const satisfies readonly DataCategory[];

/**
 * What of a function's items leaves on a consent and on nothing else: a tax desk's knowledge of somebody's means (地方税法22条,
 * DOMAIN §6). `undefined` = nothing.
 */
export const consentOnlyFrom = ({ functionType }: Pick<Party, 'functionType'>): readonly DataCategory[] | undefined =>
  functionType === 'tax' ? taxData : undefined;
