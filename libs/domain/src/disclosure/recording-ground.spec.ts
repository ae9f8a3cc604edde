// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { groundAlarm, missingFacts, rowForGround } from './recording-ground';
import { aGround, aGroundRow, anApproval, aQuestion, houkatsu, now } from '../../test/builders';
import { lastMomentOfDay } from '../calendar/business-calendar';

const emergency = aGroundRow();

describe('what a desk may record instead of a consent', () => {
  it('rests on a row in force for this kind, this purpose and these two', () => {
    expect(rowForGround('emergency', aQuestion(), [emergency])).toEqual(emergency);
  });

  it('is nothing that the kind does not know, or that speaks of other bodies', () => {
    expect(rowForGround('emergency', aQuestion({ kind: 'handback' }), [emergency])).toBe('GROUND_NOT_OF_THIS_KIND');
    expect(rowForGround('yotaikyo', aQuestion(), [emergency])).toBe('GROUND_NOT_OF_THIS_KIND');
    const elsewhere = aGroundRow({ senders: ['private'] });
    expect(houkatsu.bodyKind).not.toBe('private');
    expect(rowForGround('emergency', aQuestion(), [elsewhere])).toBe('GROUND_NOT_OF_THIS_KIND');
  });

  it('is nothing on a row that is off, or outside of a declared disaster', () => {
    expect(rowForGround('emergency', aQuestion(), [])).toBe('AUTHORITY_OFF');
    const disaster = aGroundRow({ code: 'disaster', windows: [] });
    expect(rowForGround('disaster', aQuestion(), [disaster])).toBe('AUTHORITY_OFF');
    const window = { from: '2026-11-19T00:00:00+09:00', until: '2026-11-22T00:00:00+09:00' };
    const declared = { ...disaster, windows: [window] };
    expect(rowForGround('disaster', aQuestion(), [disaster, declared])).toEqual(declared);
  });

  it('says all that its row asks for', () => {
    const row = aGroundRow({ needs: ['law', 'article', 'why_no_consent'] });
    expect(missingFacts(row, ['reason', 'article', 'why_no_consent'])).toEqual(['law']);
    expect(missingFacts(row, ['law', 'article', 'why_no_consent'])).toEqual([]);
  });
});

describe('the end of it', () => {
  const recorded = Date.parse(aGround().recordedAt);
  const hour = 3_600_000;
  const after = (hours: number) => new Date(recorded + hours * hour);

  it('is announced a day before the 72 hours of an emergency are over', () => {
    expect(groundAlarm(aGround(), emergency, after(0))).toEqual(after(48));
    expect(groundAlarm(aGround(), emergency, after(71))?.getTime()).toBe(after(71).getTime() + 1);
    expect(groundAlarm(aGround(), emergency, after(72))).toBeUndefined();
  });

  it('is announced for the rest when some items were approved, and a week before the day for these', () => {
    const until = '2026-12-20';
    const decided = anApproval({ categories: ['identity'] });
    expect(groundAlarm(aGround({ decided, until }), emergency, after(1))).toEqual(after(48));
    const whole = aGround({ categories: ['identity'], decided, until });
    expect(groundAlarm(whole, emergency, after(1))).toEqual(new Date(lastMomentOfDay(until) - 7 * 24 * hour));
  });

  it('is announced of nothing that has been refused, or waits for its approval', () => {
    const refused = aGround({ decided: anApproval({ outcome: 'refused', categories: [] }) });
    expect(groundAlarm(refused, emergency, now)).toBeUndefined();
    expect(groundAlarm(aGround(), { hours: undefined }, now)).toBeUndefined();
  });
});
