// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { faultsOfLaw } from '../test/small-hub/faults-of-law';
import { isNoticed } from '../test/small-hub/is-noticed';

jest.setTimeout(200_000);

describe('a broken rule of disclosure is noticed', () => {
  it.each(faultsOfLaw)('%s (invariant %i)', async (what, invariant, broken) => {
    expect(await isNoticed(what, invariant, broken)).toBe(true);
  });
});
