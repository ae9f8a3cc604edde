// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsultationSettings } from '../src/consultations/to-submission';

export const settings: ConsultationSettings = {
  functionCode: '9900000041',
  formVersion: 'J-2026-1',
  gaiji: new Map(),
  shigoto: {},
  jukyo: {},
};

export { wholeRow as aConsultation } from '../src/verify/kit-rows';
