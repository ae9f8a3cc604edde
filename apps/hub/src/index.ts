// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import 'reflect-metadata';

export { csvText, readCsv } from './platform';
export { defaultTimings, type HubConfig, type HubTimings } from './hub.config';
export { migrationNames } from './hub.schema';
export { Clock, loadKeys, StartRefusedError } from './platform';
export { referenceFiles } from './reference-files';
export { firstClient, migrate, start, type RunningHub, type StartOptions } from './start';
