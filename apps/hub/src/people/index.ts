// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export {
  addIdentifiers,
  areOne,
  diedAmong,
  saysDeath,
  findOrMakePersons,
  haveMoved,
  identifiersOf,
  keyOf,
  knownAs,
  lockingPersons,
  lockPersons,
  mergedInto,
  personsByIdentifier,
  withMerged,
} from './people';
export { isThere } from './is-there';
export { besideReferral, namesBeside, type NameBeside } from './names-beside';
export { knownToAs, meantBy, withMeant, type Meant } from './known-as';
export { excludedFrom } from './excluded';
export {
  endangerEachOther,
  isEndangered,
  isProtectedSql,
  protectionOf,
  sealedAmong,
  sealStands,
  writeSeals,
  type NewSeal,
} from './protection';
export { tookPart } from './took-part';
