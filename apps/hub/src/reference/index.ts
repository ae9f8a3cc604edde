// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { authoritiesPage } from './authorities-page';
export { asyncApi } from './asyncapi';
export { codeGroups } from './code-groups';
export { codesPage } from './codes-page';
export type { Json } from './json';
export { lifePage } from './life-page';
export { openApi } from './openapi';
export { ReferenceModule } from './reference.module';
export { controllersOf } from './routes';
export { schemaFiles } from './schema-files';
export { version } from './texts';
