// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { chosen, pairs, pick, roles, rolesFrom, type RoleInPlay } from './choose';
export { conferenceSteps, type GroundCode, type StepAtConference } from './deeds-of-law';
export { edgesAfter } from './edges';
export { isOfLife, openings, openingsOfLife, sequences, type Move, type MoveOfLife } from './moves';
export { InvariantBroken, play, Tally } from './play';
export { factsOf, saidOf } from './step-facts';
export type {
  Desk,
  Done,
  Municipality,
  Seen,
  SeenEvent,
  SeenReferral,
  SeenTodo,
  SeenUnit,
  SeenAgenda,
  Shown,
  Word,
  World,
} from './seen';
export type { Broken, Invariant } from './watch';
