// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ReferralKind } from '../codes/vocabulary';
import { aParty, houkatsu, jiritsu, uuid } from '../../test/builders';
import {
  channelFor,
  kindRules,
  lacksOf,
  multiAgency,
  staysUntil,
  townDesk,
  whyNotBetween,
  whyNotRegarding,
  type Regarded,
  type SaidFacts,
} from './kinds';

const takikan = aParty({ function: uuid(4), functionType: multiAgency, domain: 'takikan', bodyKind: 'agency' });
const town = aParty({ functionType: townDesk, domain: 'konkyu', bodyKind: 'agency' });
const prefecture = aParty({ bodyKind: 'public_body', receives: ['prefecture'] });
const abuseDesk = aParty({ bodyKind: 'agency', receives: ['notification', 'protection'] });
const between = (kind: ReferralKind, from = houkatsu, to = jiritsu) => whyNotBetween(kind, from, to) ?? 'goes';

const told = { by: '見本 一郎', at: '2026-11-20T10:00:00+09:00', how: '来所' };
const supportRequest: SaidFacts = {
  personInformed: told,
  asked: '家計のことを一緒に考えてほしい',
  howTheyMeet: 'person_visits',
  keepsDoing: '週一回の訪問',
  nextContactOn: '2026-11-27',
};
const lacks = (kind: ReferralKind, said: SaidFacts) => lacksOf(kind, said).map((l) => l.code);

describe('each kind of referral', () => {
  it('has a basis, a way and a source', () => {
    for (const kind of ReferralKind.options) {
      const { bases, channels, source } = kindRules[kind];
      expect([kind, bases.length > 0, channels.length > 0, source.startsWith('[')]).toEqual([kind, true, true, true]);
    }
  });

  it('asks for consent where this product does: つなぎ, 支援依頼, 都道府県への提供', () => {
    const onlyConsent = ReferralKind.options.filter((k) => !kindRules[k].bases.some((b) => b !== 'consent'));
    expect(onlyConsent).toEqual(['referral', 'support_request', 'prefecture']);
  });

  it('is seen by those who oversee, but for 通報・通告', () => {
    const hidden = ReferralKind.options.filter((k) => kindRules[k].seenBy === 'both_functions');
    expect(hidden).toEqual(['notification']);
  });
});

describe('who sends to whom', () => {
  it('a つなぎ goes between any two', () => {
    expect(between('referral')).toBe('goes');
  });

  it.each(['support_request', 'advice'] as const)('%s goes to 多機関協働 only', (kind) => {
    expect(between(kind)).toBe('KIND_NOT_TO_THERE');
    expect(between(kind, houkatsu, takikan)).toBe('goes');
  });

  it('a handback comes from 多機関協働 only', () => {
    expect(between('handback')).toBe('KIND_NOT_FROM_HERE');
    expect(between('handback', takikan, jiritsu)).toBe('goes');
  });

  it('an inquiry is asked by 多機関協働, and answered to it', () => {
    expect(between('inquiry')).toBe('KIND_NOT_FROM_HERE');
    expect(between('inquiry', takikan, jiritsu)).toBe('goes');
    expect(between('inquiry', jiritsu, takikan)).toBe('goes');
  });

  it('a town without 福祉事務所 provides to the function of the prefecture that is flagged for it', () => {
    expect(between('prefecture', houkatsu, prefecture)).toBe('KIND_NOT_FROM_HERE');
    expect(between('prefecture', town, prefecture)).toBe('goes');
    expect(between('prefecture', town, { ...prefecture, receives: [] })).toBe('KIND_NOT_TO_THERE');
    expect(between('prefecture', town, { ...prefecture, bodyKind: 'private' })).toBe('KIND_NOT_TO_THERE');
  });

  it('a notification goes from anybody to a flagged function only, an unflagged one of the same type included', () => {
    expect(between('notification', houkatsu, abuseDesk)).toBe('goes');
    expect(between('notification', houkatsu, { ...abuseDesk, receives: ['protection'] })).toBe('KIND_NOT_TO_THERE');
    expect(between('notification', houkatsu, { ...abuseDesk, receives: undefined })).toBe('KIND_NOT_TO_THERE');
  });

  it('protection is asked of the municipality itself', () => {
    expect(between('protection', houkatsu, abuseDesk)).toBe('goes');
    expect(between('protection', houkatsu, { ...abuseDesk, bodyKind: 'contractor' })).toBe('KIND_NOT_TO_THERE');
  });
});

describe('what must be said', () => {
  it('nothing beyond the ordinary for a つなぎ', () => {
    expect(lacks('referral', {})).toEqual([]);
  });

  it('a support request without what the sender keeps doing is 丸投げ', () => {
    expect(lacks('support_request', { ...supportRequest, keepsDoing: undefined })).toEqual(['KEEPS_DOING_MISSING']);
    expect(lacks('support_request', {})[0]).toBe('KEEPS_DOING_MISSING');
    expect(lacks('support_request', supportRequest)).toEqual([]);
  });

  it.each([
    ['personInformed', 'PERSON_NOT_INFORMED'],
    ['asked', 'ASKED_MISSING'],
    ['howTheyMeet', 'MEETING_UNKNOWN'],
    ['nextContactOn', 'NEXT_CONTACT_MISSING'],
  ] as const)('a support request says %s', (fact, code) => {
    expect(lacks('support_request', { ...supportRequest, [fact]: undefined })).toEqual([code]);
  });

  it('whoever is anxious is accompanied, or all three meet', () => {
    const anxious = (howTheyMeet: SaidFacts['howTheyMeet']) =>
      lacks('support_request', { ...supportRequest, anxious: true, howTheyMeet });
    expect(anxious('person_visits')).toEqual(['ACCOMPANY_MISSING']);
    expect(anxious('contact_permitted')).toEqual(['ACCOMPANY_MISSING']);
    expect(anxious('accompanied')).toEqual([]);
    expect(anxious('three_way')).toEqual([]);
  });

  it('a notification is telephoned first, and names its law', () => {
    expect(lacks('notification', {})).toEqual(['PHONE_FIRST', 'STATUTE_MISSING']);
    expect(lacks('notification', { phoned: { whom: '当直' }, statute: 'elder_abuse' })).toEqual([]);
  });

  it('a handback was agreed in the conference; an inquiry and an advice ask something; a town stays in contact', () => {
    expect(lacks('handback', { keepsDoing: '見守り', personInformed: told })).toEqual(['AGREEMENT_MISSING']);
    expect(lacks('inquiry', {})).toEqual(['QUESTION_MISSING']);
    expect(lacks('advice', {})).toEqual(['QUESTION_MISSING']);
    expect(lacks('prefecture', {})).toEqual(['KEEPS_DOING_MISSING', 'NEXT_CONTACT_MISSING']);
  });
});

describe('the way to the recipient', () => {
  it('is the wanted one where the kind allows it', () => {
    expect(channelFor('referral', 'plugin')).toBe('plugin');
    expect(channelFor('referral', 'carried_by_person')).toBe('carried_by_person');
  });

  it.each(['plugin', 'web', 'paper', 'carried_by_person'] as const)(
    'of a notification is the hub alone, though the recipient’s is %s',
    (wanted) => {
      expect(channelFor('notification', wanted)).toBe('hub_only');
    },
  );

  it('of an advice is the web desk', () => {
    expect(channelFor('advice', 'plugin')).toBe('web');
    for (const kind of ReferralKind.options) expect(channelFor(kind, 'plugin', 'hub_only')).toBe('hub_only');
  });
});

describe('what one refers to', () => {
  const asked: Regarded = {
    kind: 'inquiry',
    fromFunction: takikan.function,
    toFunction: jiritsu.function,
    inHand: true,
  };
  const regarding = (kind: ReferralKind, from: typeof takikan, regarded?: Regarded, to = takikan.function) =>
    whyNotRegarding({ kind, from, to }, regarded) ?? 'goes';

  it('an inquiry is asked out of nothing by 多機関協働 only; everybody else answers one', () => {
    expect(regarding('inquiry', takikan, undefined, jiritsu.function)).toBe('goes');
    expect(regarding('inquiry', jiritsu)).toBe('INQUIRY_MISSING');
    expect(regarding('inquiry', jiritsu, asked)).toBe('goes');
  });

  it('is answered by the desk that was asked, to the desk that asked, once it has arrived', () => {
    expect(regarding('inquiry', houkatsu, asked)).toBe('REGARDING_UNKNOWN');
    expect(regarding('inquiry', jiritsu, asked, houkatsu.function)).toBe('REGARDING_UNKNOWN');
    expect(regarding('inquiry', jiritsu, { ...asked, inHand: false })).toBe('REGARDING_UNKNOWN');
    expect(regarding('inquiry', jiritsu, { ...asked, kind: 'referral' })).toBe('REGARDING_UNKNOWN');
  });

  it('a report says which inquiry it answers, toward the desk that asked', () => {
    expect(regarding('notification', jiritsu, asked)).toBe('goes');
    expect(regarding('notification', jiritsu)).toBe('goes');
    expect(regarding('notification', jiritsu, asked, houkatsu.function)).toBe('REGARDING_UNKNOWN');
    expect(regarding('notification', houkatsu, asked)).toBe('REGARDING_UNKNOWN');
    expect(regarding('notification', jiritsu, { ...asked, kind: 'referral' })).toBe('REGARDING_UNKNOWN');
  });

  it('a support request grows out of the own desk’s advice only', () => {
    const advice: Regarded = { ...asked, kind: 'advice', fromFunction: houkatsu.function };
    expect(regarding('support_request', houkatsu, advice)).toBe('goes');
    expect(regarding('support_request', jiritsu, advice)).toBe('REGARDING_UNKNOWN');
    expect(regarding('referral', houkatsu, advice)).toBe('REGARDING_UNKNOWN');
    expect(regarding('support_request', houkatsu)).toBe('goes');
  });
});

describe('R10: until when it stays on the sender’s list', () => {
  it('is the confirmation of a report, the 引受 of 福祉事務所, and nothing of its own for others', () => {
    expect(staysUntil('notification', 'welfare_office')).toBe('received');
    expect(staysUntil('referral', 'welfare_office')).toBe('accepted');
    expect(staysUntil('referral', 'self_reliance_support')).toBeUndefined();
  });
});
