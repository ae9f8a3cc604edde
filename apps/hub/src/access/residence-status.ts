// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { may } from '@tsunagi/domain';
import type { Caller } from './caller';
import { residenceStatusAt, ResidenceStatusTextError } from '../platform';

/**
 * What goes as it is written waits for nobody: what speaks of a 在留資格 is written by whoever may clear it at the desk that
 * writes it.
 *
 * @throws {ResidenceStatusTextError}
 */
export function refuseResidenceStatus(caller: Caller, desk: string | undefined, written: object): void {
  if (may(caller, 'texts.clear', desk)) return;
  const found = residenceStatusAt(written);
  if (found !== undefined) throw new ResidenceStatusTextError(found);
}
