// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FunctionOutline } from '@tsunagi/contracts';
import { fearedIn, protectedIn, type ReferralKind } from '@tsunagi/domain';
import { protectionOf } from './protection';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** In what a desk is named: beside whom, and to whom. */
export interface Naming {
  readonly persons: readonly string[];
  /** Before whom nothing tells of a danger that comes from them. @default nobody */
  readonly feared?: readonly string[];
  /** The functions of whoever reads it; `all` = one of those who coordinate or oversee, who must find every desk. */
  readonly own: readonly string[] | 'all';
}

/** Beside those who are in a referral, the subject first. */
export const besideReferral = (kind: ReferralKind, persons: readonly string[]): Pick<Naming, 'persons' | 'feared'> => ({
  persons,
  feared: fearedIn(kind, persons),
});

/** How a desk is named there. */
export type NameBeside = (desk: string, naming: Naming) => FunctionOutline;

/**
 * S14: beside somebody who is protected nobody but its own people reads the name of a desk that gives the town away, wherever it
 * would be named.
 *
 * @param named what is going to be named: of persons beside whom no desk tells anything nobody asks whether they are protected
 */
export async function namesBeside(
  tx: Pick<Tx, 'query'>,
  directory: Directory,
  named: readonly { readonly desks: readonly (string | undefined)[]; readonly persons: readonly string[] }[],
): Promise<NameBeside> {
  const telling = named.filter(({ desks }) => desks.some((d) => d !== undefined && directory.givesTownAway(d)));
  const protection = await protectionOf(tx, [...new Set(telling.flatMap((n) => n.persons))]);
  return (desk, { persons, feared = [], own }) =>
    directory.outline(desk, {
      hideTown: own !== 'all' && !own.includes(desk) && protectedIn(persons, feared, protection).size > 0,
    });
}
