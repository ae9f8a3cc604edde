// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What settings of a plugin have in common that say how another system writes its records. */
export * from './file-name';
export * from './profile-settings';
export * from './read-code';
