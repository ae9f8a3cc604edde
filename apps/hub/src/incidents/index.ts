// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { IncidentsModule } from './incidents.module';
export { Incidents, type OpenStep } from './incidents.service';
export { affectedBy, openIncidents, readIncidentRules, type Affected } from './opening';
