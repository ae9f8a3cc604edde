// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Tokens of what `start` hands to every room. */
export const HUB_CONFIG = Symbol('HUB_CONFIG');
export const HUB_KEYS = Symbol('HUB_KEYS');
/** The hub's broker connection, a `Courier` of libs/messaging. */
export const COURIER = Symbol('COURIER');
