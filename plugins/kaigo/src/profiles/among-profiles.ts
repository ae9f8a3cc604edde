// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { beginningOf, type ProfileFault } from '@tsunagi/plugin-sdk/profiles';
import type { Profile } from './profile.schema';
import { lifeProfile, type ShippedName, shippedNames } from './shipped';

/** The hub's own kinds of file, whether they are read or not. */
const ownBeginnings = ['KAI', 'KAS'];
/** Names of our own sources, beside those of what ships. */
const taken = new Set<string>([...shippedNames, 'folder', 'answers']);

/** Whose file a name means must be plain, and no two systems may have one name. */
export function* faultsAmongProfiles(profiles: readonly (ShippedName | Profile)[]): Generator<ProfileFault> {
  const names = new Set<string>();
  const beginnings = [...ownBeginnings];
  for (const [at, one] of profiles.entries()) {
    const isShipped = typeof one === 'string';
    const inIt = (setting: string) => (isShipped ? [at] : [at, setting]);
    const name = isShipped ? one : one.name;
    if (names.has(name) || (!isShipped && taken.has(name)))
      yield { path: inIt('name'), message: 'この名前はもう使われています' };
    names.add(name);
    if (name === 'standard') continue;
    const beginning = beginningOf((isShipped ? lifeProfile : one).fileName);
    // What is no name at all is said of the name itself.
    if (beginning === '') continue;
    if (beginnings.some((other) => other.startsWith(beginning) || beginning.startsWith(other)))
      yield { path: inIt('fileName'), message: 'ほかの種類のファイルと名前の初めが同じです' };
    beginnings.push(beginning);
  }
}
