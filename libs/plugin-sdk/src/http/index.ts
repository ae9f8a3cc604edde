// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** For plugins whose legacy system calls out: a door in the host's listener, refusals in the catalogue's words. */
export type { Door, DoorAnswer, DoorRequest } from './door';
export { doorSource, type DoorSource, type DoorSourceOptions } from './door-source';
export { maxBodyBytes } from './listener';
export { jsonIn, readJson } from './read-json';
export { busy, refusalAnswer, RefusedRequestError, type RefusalOptions, type RefusedField } from './refusal';
