// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Check } from '../check';
import { configDescribed } from './config';
import { recalledHeld, redeliveredOnce, reorderedSettled } from './deliveries';
import { crashHarmless, disableSafe } from './failures';
import { anyBytes, duplicateOnce, mappingIdempotent, samplesRoundTrip } from './intake';
import { noValuesTold } from './no-values';
import { notCarriedTrue } from './not-carried';
import { charactersKept, datesTrue, gaijiKept, myNumberStopped, sameNamesApart, sealedHidden } from './persons';

/** The promises of a plugin, in the order in which its author meets them. */
export const checks: readonly Check[] = [
  configDescribed,
  samplesRoundTrip,
  mappingIdempotent,
  anyBytes,
  noValuesTold,
  gaijiKept,
  charactersKept,
  datesTrue,
  sameNamesApart,
  sealedHidden,
  myNumberStopped,
  duplicateOnce,
  reorderedSettled,
  redeliveredOnce,
  recalledHeld,
  crashHarmless,
  disableSafe,
  notCarriedTrue,
];
