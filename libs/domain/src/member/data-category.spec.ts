// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dataCategories } from './data-category';

describe('提供項目', () => {
  it('stand in the order of the mask that legacy systems read', () => {
    const numbered = dataCategories.map((category, i) => `${i + 1} ${category}`);
    expect(numbered).toEqual([
      '1 identity',
      '2 contact',
      '3 contact_wishes',
      '4 household_outline',
      '5 household',
      '6 concern',
      '7 wishes',
      '8 care_level',
      '9 disability',
      '10 health',
      '11 income_debt',
      '12 public_assistance',
      '13 employment',
      '14 housing',
      '15 education',
      '16 child_rearing',
      '17 service_use',
      '18 abuse',
      '19 criminal',
      '20 narrative',
      '21 origin',
    ]);
  });
});
