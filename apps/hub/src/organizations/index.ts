// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { Directory } from './directory.service';
export { Desk, DeskFunction, Organization, Route } from './organization.entities';
export { FunctionUnknownError } from './organization.errors';
export { OrganizationsModule } from './organizations.module';
export type { RouteQuestion } from './resolve-route';
