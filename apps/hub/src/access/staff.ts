// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Role } from '@tsunagi/domain';
import { hashPassword } from './secrets';
import { newId, type Tx } from '../platform';

export interface NewStaff {
  readonly login: string;
  readonly name: string;
  readonly password: string;
  /** Role and functions; no function = the whole municipality. */
  readonly memberships: readonly { readonly role: Role; readonly function?: string }[];
  readonly validFrom: string;
}

/** Makes a member of staff with a generated password. */
export async function addStaff(tx: Tx, staff: NewStaff): Promise<string> {
  const id = newId();
  tx.insert('staff', [
    {
      id,
      login: staff.login,
      name: staff.name,
      password_hash: await hashPassword(staff.password, 'generated'),
      active: true,
    },
  ]);
  tx.insert(
    'membership',
    staff.memberships.map((m) => ({
      staff: id,
      function: m.function ?? null,
      role: m.role,
      valid_from: staff.validFrom,
      valid_to: null,
    })),
  );
  return id;
}
