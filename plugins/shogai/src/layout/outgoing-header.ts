// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseMoment } from '@tsunagi/plugin-sdk/records';
import type { FixedHeader } from '@tsunagi/plugin-sdk';

/** The header of a file of ours. 送信連番 is the number in its name. */
export function outgoingHeader(file: {
  readonly municipality: string;
  readonly madeAt: Date;
  readonly serial: number;
}): Omit<FixedHeader, 'dataKind'> {
  const { day, time } = japaneseMoment(file.madeAt);
  return {
    municipality: file.municipality,
    madeOn: day,
    madeAt: time,
    transmission: String(file.serial).padStart(6, '0'),
  };
}
