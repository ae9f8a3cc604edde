// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Role } from '@tsunagi/domain';
import { hashPassword } from './secrets';
import { newId, type Row, type Tx } from '../platform';

export interface NewMembership {
  readonly role: Role;
  /** Absent = the whole municipality. */
  readonly function?: string | undefined;
  readonly validFrom: string;
  readonly validTo?: string | null | undefined;
}

export interface NewStaff {
  readonly login: string;
  readonly name: string;
  readonly organization: string;
  /** Generated, never typed by anybody. */
  readonly password: string;
  readonly mustChangePassword: boolean;
  readonly memberships: readonly NewMembership[];
}

/** Makes a member of staff with a generated password. */
export async function addStaff(tx: Tx, staff: NewStaff): Promise<string> {
  const id = newId();
  tx.insert('staff', [
    {
      id,
      login: staff.login,
      name: staff.name,
      organization: staff.organization,
      // Where people make their own, an account takes as long as any to be refused, also before its first change.
      password_hash: await hashPassword(staff.password, staff.mustChangePassword ? 'by-person' : 'generated'),
      must_change_password: staff.mustChangePassword,
      active: true,
    },
  ]);
  tx.insert(
    'membership',
    staff.memberships.map((m) => membershipRow(id, m)),
  );
  return id;
}

export const membershipRow = (staff: string, m: NewMembership): Row & { id: string } => ({
  id: newId(),
  staff,
  function: m.function ?? null,
  role: m.role,
  valid_from: m.validFrom,
  valid_to: m.validTo ?? null,
});
