// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export { audit, type AuditEntry } from './audit';
export { SettledLines } from './settled-lines';
