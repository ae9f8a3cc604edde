// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { readAgeRules, type FormOnFile } from './consent-form.rows';
export { Directory, isUnnamed } from './directory.service';
export { Desk, DeskFunction, FunctionOperator, Organization, Route } from './organization.entities';
export { FunctionUnknownError } from './organization.errors';
export {
  AlreadyThereError,
  NothingToAcknowledgeError,
  OtherEmployerError,
  OwnAccountError,
  PeriodOverlapsError,
  PeriodPastError,
  PluginUnknownError,
  ReferenceUnknownError,
} from './master-data.errors';
export { OrganizationsModule } from './organizations.module';
export { type JudgedRoute, type RouteQuestion } from './resolve-route';
export { ageRuleViewOf, functionView, organizationViewOf, pageAfter, routeViewOf } from './views';
