// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mariadbOffices } from './office-on-mariadb';
import { postgresOffices } from './office-on-postgres';
import type { Product } from './office-server';

/** What holds on one holds on the other: the suites run on each. */
export const products: readonly Product[] = [postgresOffices, mariadbOffices];
