// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** 通報・通告 is delivered in the hub only and refused on every plugin path. */
export class HubOnlyError extends Error {
  readonly code = 'E-HUB-ONLY';

  constructor() {
    super('a notification is delivered in the hub only');
    this.name = 'HubOnlyError';
  }
}
