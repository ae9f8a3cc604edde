// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { decideFeedback } from './decide-feedback';
import { feedbackCovers } from './feedback';
import {
  aConsent,
  anAssertion,
  aGround,
  aGroundRow,
  anAuthority,
  aRefusal,
  aSitting,
  aSittingRow,
  dayIn,
  daysAgo,
  houkatsu,
  jiritsu,
  now,
  shogai,
  uuid,
} from '../../test/builders';
import type { Consent, Refusal } from '../consent/consent.schema';

const subject = aConsent().person;
const question = {
  now,
  kind: 'referral',
  purpose: 'consultation',
  sender: houkatsu,
  recipient: jiritsu,
  person: subject,
  authorities: [anAuthority()],
} as const;
const feedback = (consents: Consent[], refusals: Refusal[] = []) =>
  decideFeedback({ ...question, permit: { authority: 'consent' }, consents, refusals }).feedback;

describe('what may flow back to the sender', () => {
  it.each(['none', 'state', 'state+note'] as const)('is %s when the scope of the consent says so', (scope) => {
    expect(feedback([aConsent({ scope: { feedback: scope } })])).toBe(scope);
  });

  it('is the most that any standing consent permits', () => {
    const consents = [aConsent(), aConsent({ id: uuid(207), scope: { feedback: 'state+note' } })];
    expect(feedback(consents)).toBe('state+note');
  });

  it('goes on with a renewed consent, although the referral went out on the old one', () => {
    const old = aConsent({ scope: { until: dayIn(-1) }, supersededBy: uuid(207) });
    expect(feedback([old, aConsent({ id: uuid(207) })])).toBe('state');
  });

  it('is nothing from a consent of somebody else, or toward another desk', () => {
    expect(feedback([aConsent({ person: uuid(199) })])).toBe('none');
    expect(feedback([aConsent({ scope: { recipients: [{ function: shogai.function }] } })])).toBe('none');
  });

  it.each([
    ['was withdrawn', aConsent({ status: 'withdrawn', withdrawnAt: daysAgo(1) })],
    ['has expired', aConsent({ scope: { until: dayIn(-1) } })],
    ['was superseded', aConsent({ supersededBy: uuid(9) })],
    ['shuts the recipient out', aConsent({ exclusions: [jiritsu.function] })],
  ])('is nothing once the consent %s', (_, consent) => {
    expect(feedback([consent])).toBe('none');
  });

  it('falls back to what the remaining consent permits when the wider one is withdrawn', () => {
    const consents = [aConsent(), aConsent({ id: uuid(207), status: 'withdrawn', scope: { feedback: 'state+note' } })];
    expect(feedback(consents)).toBe('state');
  });

  describe('on an assertion', () => {
    it('is what the form says, for 30 days', () => {
      expect(feedback([anAssertion({ grantedAt: daysAgo(29) })])).toBe('state');
      expect(feedback([anAssertion({ grantedAt: daysAgo(30) })])).toBe('none');
    });

    it('goes on when a person has confirmed it', () => {
      expect(feedback([anAssertion({ grantedAt: daysAgo(60), confirmedAt: daysAgo(40) })])).toBe('state');
    });

    it('is nothing once a person recorded a withdrawal toward this recipient, at whichever function', () => {
      for (const givenTo of [houkatsu.function, shogai.function]) {
        const withdrawn = aConsent({ id: uuid(208), givenTo, status: 'withdrawn' });
        expect(feedback([anAssertion(), withdrawn])).toBe('none');
      }
    });

    it('is silenced by a written consent that wants nothing to flow back', () => {
      expect(feedback([anAssertion(), aConsent({ id: uuid(208), scope: { feedback: 'none' } })])).toBe('none');
    });

    it('is not touched by the withdrawal of another person', () => {
      expect(feedback([anAssertion(), aConsent({ person: uuid(199), status: 'withdrawn' })])).toBe('state');
    });
  });

  it('is nothing once the person has refused everything after the consent', () => {
    expect(feedback([aConsent()], [aRefusal()])).toBe('none');
    expect(feedback([aConsent()], [aRefusal({ at: daysAgo(11) })])).toBe('state');
    expect(feedback([aConsent()], [aRefusal({ categories: ['contact'] })])).toBe('state');
  });

  describe('within the purpose', () => {
    const within = { ...question, kind: 'inquiry', permit: { authority: 'within_purpose' }, refusals: [] } as const;

    it('is the state, whatever becomes of consents', () => {
      const consents = [aConsent({ status: 'withdrawn' })];
      expect(decideFeedback({ ...within, consents })).toEqual({ feedback: 'state', consents: [] });
    });

    it.each([
      ['is off or has ended', []],
      ['no longer names this kind', [anAuthority({ kinds: ['protection'] })]],
      ['no longer names this purpose', [anAuthority({ purposes: ['coordination'] })]],
      ['no longer names such bodies', [anAuthority({ recipients: ['agency'] })]],
      ['no longer lets the name out', [anAuthority({ categories: ['concern'] })]],
    ])('is nothing once the row %s', (_, authorities) => {
      expect(decideFeedback({ ...within, authorities, consents: [] }).feedback).toBe('none');
    });

    it('is nothing once the recipient does not hold the purpose any more', () => {
      const recipient = { ...jiritsu, purposes: [] };
      expect(decideFeedback({ ...within, recipient, consents: [] }).feedback).toBe('none');
    });

    it('is more when a consent says so', () => {
      const consents = [aConsent({ scope: { feedback: 'state+note' } })];
      expect(decideFeedback({ ...within, consents }).feedback).toBe('state+note');
    });

    it('counts only for what went out on it', () => {
      const permit = { authority: 'consent' } as const;
      expect(decideFeedback({ ...within, permit, consents: [] }).feedback).toBe('none');
    });
  });

  describe('on what was recorded without a consent', () => {
    const asked = { ...question, referral: uuid(701), consents: [], refusals: [] };
    const emergency = {
      ...asked,
      permit: { authority: 'emergency' },
      authorities: [aGroundRow()],
      grounds: [aGround()],
    } as const;
    const row = aGroundRow({ id: uuid(505), code: 'law', approval: 'none', hours: undefined, feedback: 'state' });
    const law = {
      ...asked,
      permit: { authority: 'law' },
      authorities: [row],
      grounds: [aGround({ row: row.id, code: 'law' })],
    } as const;

    it('in an emergency is 到着 and nothing after it', () => {
      expect(decideFeedback(emergency)).toEqual({ feedback: 'none', consents: [], arrival: true });
    });

    it('is more once the person consents', () => {
      expect(decideFeedback({ ...emergency, consents: [aConsent()] })).toMatchObject({
        feedback: 'state',
        arrival: true,
      });
    });

    it('is not even 到着 once the 72 hours are over', () => {
      const later = new Date(now.getTime() + 71 * 3_600_000);
      expect(decideFeedback({ ...emergency, now: later })).toEqual({ feedback: 'none', consents: [] });
    });

    it('on another ground is what its row says, while it counts', () => {
      expect(decideFeedback(law)).toEqual({ feedback: 'state', consents: [] });
      expect(decideFeedback({ ...law, authorities: [] }).feedback).toBe('none');
      expect(decideFeedback({ ...law, referral: uuid(702) }).feedback).toBe('none');
    });

    it('is nothing from a ground that names only what its row does not list', () => {
      const grounds = [aGround({ row: row.id, code: 'law', categories: ['narrative'] })];
      const narrow = aGroundRow({ ...row, categories: ['identity'] });
      expect(decideFeedback({ ...law, authorities: [narrow], grounds }).feedback).toBe('none');
    });

    it('from a sitting is 到着, until it ends', () => {
      const sitting = {
        ...asked,
        kind: 'inquiry',
        permit: { authority: 'shien_kaigi' },
        conference: uuid(901),
        sittings: [aSitting()],
        authorities: [aSittingRow()],
      } as const;
      expect(decideFeedback(sitting)).toEqual({ feedback: 'none', consents: [], arrival: true });
      expect(decideFeedback({ ...sitting, sittings: [] })).toEqual({ feedback: 'none', consents: [] });
    });
  });

  it('is nothing from or to a function whose contract has ended', () => {
    for (const ended of [{ sender: { ...houkatsu, closed: true } }, { recipient: { ...jiritsu, closed: true } }]) {
      const permit = { authority: 'within_purpose' } as const;
      const asked = { ...question, ...ended, permit, consents: [aConsent()], refusals: [] };
      expect(decideFeedback(asked)).toEqual({ feedback: 'none', consents: [] });
    }
  });

  it('of a 通報・通告 is nothing: its arrival is told apart from any scope', () => {
    const permit = { authority: 'elder_abuse' } as const;
    const consents = [aConsent({ scope: { feedback: 'state+note' } })];
    const asked = { ...question, kind: 'notification', permit, consents, refusals: [] } as const;
    expect(decideFeedback(asked).feedback).toBe('none');
  });

  it('of a 権利擁護の要請 is at least the state: never silence', () => {
    const permit = { authority: 'consent' } as const;
    const asked = { ...question, kind: 'protection', permit, refusals: [] } as const;
    expect(decideFeedback({ ...asked, consents: [aConsent({ scope: { feedback: 'none' } })] }).feedback).toBe('state');
    const more = [aConsent({ scope: { feedback: 'state+note' } })];
    expect(decideFeedback({ ...asked, consents: more }).feedback).toBe('state+note');
  });

  it('of an advice is the answer itself: nobody is in it', () => {
    const permit = { authority: 'person_free' } as const;
    const asked = { ...question, kind: 'advice', permit, consents: [], refusals: [] } as const;
    expect(decideFeedback(asked).feedback).toBe('state+note');
  });

  it('of what the person carried is what the person permits, and nothing without', () => {
    const permit = { authority: 'to_person' } as const;
    const asked = { ...question, permit, refusals: [] } as const;
    expect(decideFeedback({ ...asked, consents: [] }).feedback).toBe('none');
    expect(decideFeedback({ ...asked, consents: [aConsent()] }).feedback).toBe('state');
  });

  it('names the consents that say so', () => {
    const asked = { ...question, permit: { authority: 'consent' } as const, refusals: [] };
    expect(decideFeedback({ ...asked, consents: [aConsent()] }).consents).toEqual([aConsent().id]);
  });

  it('covers what was once to flow back unless it has become less', () => {
    expect([feedbackCovers('state', 'state+note'), feedbackCovers('none', 'state')]).toEqual([false, false]);
    expect([feedbackCovers('state', 'state'), feedbackCovers('state+note', 'state')]).toEqual([true, true]);
  });
});
