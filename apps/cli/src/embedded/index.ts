// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { prepareDataDirectory } from './data-directory';
export { startEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database';
export { prepareClusterTemplate } from './new-cluster';
export { prepareDirectory } from './prepare-directory';
