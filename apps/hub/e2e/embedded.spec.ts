// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { journeys } from './journeys/journeys';
import { embeddedTown } from './town/town';

jest.setTimeout(60_000);

describe('on the embedded default (PGlite, in-process broker)', () => {
  journeys(embeddedTown, 'even');
});
