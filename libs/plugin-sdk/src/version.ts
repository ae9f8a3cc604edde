// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Version of this SDK, which a plugin's `sdk` range is held against. */
export const sdkVersion = '0.1.0';
