// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { seatOf } from './held-conference';

describe('whoever names a held conference', () => {
  const isMultiAgency = (desk: string) => desk === 'takikan';
  const ofMunicipality = { holdings: [{ role: 'coordinator' as const }], functions: [] };
  const ofContractor = {
    holdings: [{ role: 'coordinator' as const, entrusted: true as const }],
    functions: ['takikan'],
  };

  it('sat there as 多機関協働 where that is the desk acted for', () => {
    expect(seatOf(ofMunicipality, 'takikan', isMultiAgency)).toEqual({ desk: 'takikan' });
  });

  it('sat there as the municipality otherwise', () => {
    expect(seatOf(ofMunicipality, undefined, isMultiAgency)).toEqual({});
    expect(seatOf(ofMunicipality, 'kaigo', isMultiAgency)).toEqual({});
  });

  it('is never the municipality as a contractor, whatever desk is acted for', () => {
    expect(seatOf(ofContractor, undefined, isMultiAgency)).toEqual({ desk: 'takikan' });
    expect(seatOf({ ...ofContractor, functions: ['konkyu'] }, undefined, isMultiAgency)).toBeUndefined();
  });
});
