// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { aGroundRow } from '../../test/builders';
import { lackOfReport } from './reporting';

const today = '2026-12-01';
const authorities = [
  aGroundRow({ code: 'child_abuse_request', needs: ['request'] }),
  aGroundRow({ code: 'child_abuse', needs: [] }),
  aGroundRow({ code: 'disability_abuse', needs: [] }),
];
const lack = (said: Parameters<typeof lackOfReport>[0], bornOn?: string) =>
  lackOfReport(said, bornOn, { authorities, today })?.code;

describe('a report by a law', () => {
  it('13条の4: is refused without the request that it answers', () => {
    expect(lack({ statute: 'child_abuse_request' })).toBe('REQUEST_MISSING');
    expect(lack({ statute: 'child_abuse_request', request: { from: '児童相談所', on: today } })).toBeUndefined();
  });

  it('needs none by a law whose row asks for none', () => {
    expect(lack({ statute: 'child_abuse' })).toBeUndefined();
    expect(lack({ statute: 'elder_abuse' })).toBeUndefined();
  });

  it('障害者虐待防止法: is refused of a child, up to the day before the 18th birthday', () => {
    expect(lack({ statute: 'disability_abuse' }, '2008-12-02')).toBe('SUBJECT_UNDER_18');
    expect(lack({ statute: 'disability_abuse' }, '2008-12-01')).toBeUndefined();
  });

  it('is not refused of somebody whose age nobody has said', () => {
    expect(lack({ statute: 'disability_abuse' })).toBeUndefined();
  });

  it('of a child is made by 児童虐待防止法', () => {
    expect(lack({ statute: 'child_abuse' }, '2015-04-02')).toBeUndefined();
  });
});
