// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { startEmbeddedDatabase, type EmbeddedDatabase } from './embedded';
export { run, type Surroundings } from './program';
export { startEmbedded } from './start/start-embedded';
export { startOnServices, type ServiceParts } from './start/start-on-services';
export type { Started, StartEvents } from './start/started';
