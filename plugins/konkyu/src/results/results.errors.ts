// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** A status came back without the keys that this plugin sent along, so nobody could say whose record it is about. */
export class EchoMissingError extends Error {
  readonly code = 'E-ECHO';

  constructor() {
    super('the status does not carry the keys of a konkyu record');
    this.name = 'EchoMissingError';
  }
}
