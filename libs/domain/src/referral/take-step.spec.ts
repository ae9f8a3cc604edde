// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Actor } from './referral.transitions';
import { ReferralNotThereError, StepRefusedError } from './referral.errors';
import type { ReferralState } from './referral.states';
import { actionFacts } from './referral.actions';
import { livedOn, possibleActions, takeStep, type ReferralInLife, type Step } from './take-step';
import { aReferralInLife } from '../../test/builders';
import { fullFacts } from '../../test/full-facts';
import { DomainError } from '../errors/domain.error';

/** The state reached, or the code of the refusal. */
function outcome(referral: ReferralInLife, step: Step): string {
  try {
    return takeStep(referral, step).to;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
const by = <A extends keyof typeof fullFacts>(actor: Actor, action: A, facts: object = fullFacts[action]) =>
  ({ action, by: actor, facts }) as Step;
const told = { personInformed: fullFacts.send.personInformed };

describe('sending a referral', () => {
  const send = { ...by('sender', 'send'), permitted: true, meetingKnown: true };

  it('is done from a draft and from 根拠待ち once a decision permits it', () => {
    expect(outcome(aReferralInLife('draft'), send)).toBe('sent');
    expect(outcome(aReferralInLife('awaiting_authority'), send)).toBe('sent');
  });

  it('is refused without a decision that permits it', () => {
    expect(outcome(aReferralInLife('draft'), { ...send, permitted: false })).toBe('AUTHORITY_MISSING');
    expect(outcome(aReferralInLife('draft'), by('sender', 'send'))).toBe('AUTHORITY_MISSING');
  });

  it('is refused where no consent would help, and says so', () => {
    expect(outcome(aReferralInLife('draft'), { ...send, permitted: false, denied: true })).toBe('NOT_TO_THERE');
  });

  it('is refused while nobody knows how they meet', () => {
    expect(outcome(aReferralInLife('draft'), { ...send, meetingKnown: false })).toBe('MEETING_UNKNOWN');
  });

  it('is refused when the person was not told and nobody wrote down why not', () => {
    const silent = { ...send, facts: {} };
    expect(outcome(aReferralInLife('draft'), silent)).toBe('PERSON_NOT_INFORMED');
    const excused = { ...send, facts: { notInformed: { reason: '意識がない', by: '2026-12-01' } } };
    expect(outcome(aReferralInLife('draft'), excused)).toBe('sent');
  });

  it('is not excused without a reason, but where the person is told when that is safe', () => {
    const later = { ...send, facts: { notInformed: { by: '2026-12-01' } } };
    expect(outcome(aReferralInLife('draft'), later)).toBe('PERSON_NOT_INFORMED');
    expect(outcome(aReferralInLife('draft'), { ...later, whenSafe: true })).toBe('sent');
    expect(outcome(aReferralInLife('draft'), { ...send, facts: {}, whenSafe: true })).toBe('PERSON_NOT_INFORMED');
  });

  it('takes the registered form of a record for having told the person', () => {
    expect(outcome(aReferralInLife('draft'), { ...send, facts: {}, fromRecord: true })).toBe('sent');
  });

  it('is done by the hub when the consent arrives', () => {
    const core = { action: 'send', by: 'core', facts: {}, permitted: true, meetingKnown: true } as const;
    expect(outcome(aReferralInLife('awaiting_authority'), core)).toBe('sent');
  });

  it('is not the recipient’s step, and not possible twice', () => {
    expect(outcome(aReferralInLife('draft'), { ...send, by: 'recipient' })).toBe('NOT_YOUR_STEP');
    expect(outcome(aReferralInLife('sent'), send)).toBe('STATE_NOT_THERE');
  });
});

describe('opening what came with conditions', () => {
  const open = { ...by('recipient', 'receive'), permitted: true, conditional: true } as const;

  it('is refused until the recipient says that it will keep to them', () => {
    expect(outcome(aReferralInLife('sent'), { ...open, facts: {} })).toBe('CONDITIONS_UNACKNOWLEDGED');
    expect(outcome(aReferralInLife('sent'), { ...open, facts: { conditionsAcknowledged: true } })).toBe('received');
  });

  it('asks for nothing where there are none', () => {
    expect(outcome(aReferralInLife('sent'), { ...open, conditional: false, facts: {} })).toBe('received');
  });

  it('is refused for want of a permit first: it tells nothing of what would be asked', () => {
    expect(outcome(aReferralInLife('sent'), { ...open, permitted: false, facts: {} })).toBe('AUTHORITY_MISSING');
  });
});

describe('declining', () => {
  it('ends a referral that waits, when it is said which part and the person was told', () => {
    expect(outcome(aReferralInLife('awaiting_authority'), by('sender', 'decline'))).toBe('declined');
    expect(outcome(aReferralInLife('awaiting_authority'), by('sender', 'decline', told))).toBe('SAID_TO_WHOM_MISSING');
    expect(outcome(aReferralInLife('awaiting_authority'), by('sender', 'decline', { part: '連絡先' }))).toBe(
      'PERSON_NOT_INFORMED',
    );
  });
});

describe('taking a referral (引受)', () => {
  it('is the recipient’s step, with a worker named', () => {
    expect(outcome(aReferralInLife('received'), by('recipient', 'accept'))).toBe('accepted');
    expect(outcome(aReferralInLife('received'), by('recipient', 'accept', { personMatched: true }))).toBe(
      'WORKER_MISSING',
    );
    expect(outcome(aReferralInLife('received'), by('sender', 'accept'))).toBe('NOT_YOUR_STEP');
  });

  it.each<ReferralState>(['draft', 'sent', 'questioned', 'accepted', 'withdrawn'])('is not possible in %s', (state) => {
    expect(outcome(aReferralInLife(state), by('recipient', 'accept'))).toBe('STATE_NOT_THERE');
  });
});

describe('asking (照会)', () => {
  it('goes from 到着 to 照会中 and back with the answer', () => {
    expect(outcome(aReferralInLife('received'), by('recipient', 'ask'))).toBe('questioned');
    const answer = { ...by('sender', 'answer'), permitted: true };
    expect(outcome(aReferralInLife('questioned'), answer)).toBe('received');
    expect(outcome(aReferralInLife('questioned'), { ...answer, permitted: false })).toBe('AUTHORITY_MISSING');
    expect(outcome(aReferralInLife('questioned'), by('recipient', 'answer'))).toBe('NOT_YOUR_STEP');
  });
});

describe('beginning (対応中)', () => {
  const start = (facts: object) => outcome(aReferralInLife('accepted'), by('recipient', 'start', facts));
  const attempt = (on: string, how: string, visit = false) => ({ on, how, visit });

  it('needs a first contact', () => {
    expect(start({ firstContact: { on: '2026-11-20', how: '電話' } })).toBe('in_progress');
    expect(start({})).toBe('CONTACT_MISSING');
  });

  it('or three attempts on different days and ways, one of them a visit', () => {
    const three = [attempt('2026-11-16', '電話'), attempt('2026-11-17', '電話'), attempt('2026-11-18', '訪問', true)];
    expect(start({ attempts: three })).toBe('in_progress');
    expect(start({ attempts: three.slice(1) })).toBe('CONTACT_MISSING');
    expect(start({ attempts: three.map((a) => ({ ...a, on: '2026-11-16' })) })).toBe('CONTACT_MISSING');
    expect(start({ attempts: three.map((a) => ({ ...a, visit: false })) })).toBe('CONTACT_MISSING');
    expect(start({ attempts: three.map((a) => ({ ...a, how: '訪問' })) })).toBe('CONTACT_MISSING');
  });
});

describe('proposing a return (差戻しの申出)', () => {
  const propose = (reasons: string[], more: object = {}, over: Partial<ReferralInLife> = {}) =>
    outcome(
      aReferralInLife('received', over),
      by('recipient_supervisor', 'propose-return', { reasons, whoTellsPerson: '見本 一郎', ...more }),
    );

  it.each<ReferralState>(['received', 'questioned', 'accepted', 'in_progress', 'on_hold'])(
    'is possible in %s',
    (state) => {
      const step = by('recipient_supervisor', 'propose-return', { reasons: ['901'] });
      expect(outcome(aReferralInLife(state), step)).toBe('return_proposed');
    },
  );

  it('is the supervisor’s step, not the worker’s', () => {
    expect(outcome(aReferralInLife('received'), by('recipient', 'propose-return'))).toBe('NOT_YOUR_STEP');
  });

  it('needs a reason', () => {
    expect(propose([])).toBe('REASON_MISSING');
  });

  it.each(['103', '104'])('is refused for %s, which is no return, also among others', (reason) => {
    expect(propose([reason])).toBe('REASON_IS_NO_RETURN');
    expect(propose(['901', reason])).toBe('REASON_IS_NO_RETURN');
  });

  it('for missing information (301) presupposes that the desk asked', () => {
    expect(propose(['301'])).toBe('ASK_FIRST');
    expect(propose(['301'], {}, { hasQuestioned: true })).toBe('return_proposed');
  });

  it('as out of scope (101) names the fitting desk, or says that it is unknown', () => {
    expect(propose(['101'])).toBe('FITTING_DESK_MISSING');
    expect(propose(['101'], { fitting: 'unknown' })).toBe('return_proposed');
    expect(propose(['101'], { fitting: { domain: 'shogai' } })).toBe('return_proposed');
  });

  it('as out of the area (102) names the municipality', () => {
    expect(propose(['102'])).toBe('FITTING_DESK_MISSING');
    expect(propose(['102'], { municipality: '隣町' })).toBe('return_proposed');
  });

  it('from a record is not refused for what a record has no field for', () => {
    const step = { ...by('recipient_supervisor', 'propose-return', { reasons: ['101', '102'] }), fromRecord: true };
    expect(outcome(aReferralInLife('received'), step)).toBe('return_proposed');
  });
});

describe('a return that was proposed', () => {
  const proposed = (over: Partial<ReferralInLife> = {}) =>
    aReferralInLife('return_proposed', { stateBefore: 'accepted', proposedReasons: ['901'], ...over });

  it('goes back after a talk with names, when it is said what each keeps doing and the person was told', () => {
    const facts = fullFacts['agree-return'];
    expect(outcome(proposed(), by('sender', 'agree-return'))).toBe('returned');
    for (const actor of ['coordinator', 'municipality'] as const)
      expect(outcome(proposed(), by(actor, 'agree-return'))).toBe('returned');
    expect(outcome(proposed(), by('coordinator_of_recipient', 'agree-return'))).toBe('NOT_YOUR_STEP');
    const without = (name: string) => Object.fromEntries(Object.entries(facts).filter(([key]) => key !== name));
    expect(outcome(proposed(), by('sender', 'agree-return', without('talk')))).toBe('TALK_MISSING');
    expect(outcome(proposed(), by('sender', 'agree-return', without('keepsDoing')))).toBe('KEEPS_DOING_MISSING');
    expect(outcome(proposed(), by('sender', 'agree-return', without('notInformed')))).toBe('PERSON_NOT_INFORMED');
  });

  it('is not for the recipient to agree to', () => {
    expect(outcome(proposed(), by('recipient', 'agree-return'))).toBe('NOT_YOUR_STEP');
  });

  it('S3: does not go back a second time in one journey', () => {
    expect(outcome(proposed({ returnsInJourney: 1 }), by('sender', 'agree-return'))).toBe('SECOND_RETURN');
  });

  it('is taken back to the state before', () => {
    expect(outcome(proposed(), by('recipient', 'resume'))).toBe('accepted');
    expect(outcome(proposed({ stateBefore: undefined }), by('recipient', 'resume'))).toBe('STATE_NOT_THERE');
  });

  it('ends declined only when the person did not want it (201)', () => {
    expect(outcome(proposed({ proposedReasons: ['201'] }), by('sender', 'decline'))).toBe('declined');
    expect(outcome(proposed(), by('sender', 'decline'))).toBe('STATE_NOT_THERE');
    const unasked = { ...fullFacts.decline, asked: undefined };
    expect(outcome(proposed({ proposedReasons: ['201'] }), by('sender', 'decline', unasked))).toBe('PERSON_NOT_ASKED');
  });

  it('is closed only as a duplicate (105)', () => {
    expect(outcome(proposed({ proposedReasons: ['105'] }), by('sender', 'close'))).toBe('closed');
    expect(outcome(proposed(), by('sender', 'close'))).toBe('STATE_NOT_THERE');
  });
});

describe('reporting the result', () => {
  it('needs an outcome code and the person told', () => {
    const inProgress = aReferralInLife('in_progress');
    expect(outcome(inProgress, by('recipient', 'complete'))).toBe('completed');
    expect(outcome(inProgress, by('recipient', 'complete', told))).toBe('OUTCOME_MISSING');
    expect(outcome(inProgress, by('recipient', 'complete', { outcome: '011' }))).toBe('PERSON_NOT_INFORMED');
    const fromRecord = { ...by('recipient', 'complete', { outcome: '011' }), fromRecord: true };
    expect(outcome(inProgress, fromRecord)).toBe('completed');
  });

  it('is not possible before the first contact', () => {
    expect(outcome(aReferralInLife('accepted'), by('recipient', 'complete'))).toBe('STATE_NOT_THERE');
  });

  it('may be sent back once', () => {
    const sendBack = { ...by('sender', 'send-back'), permitted: true };
    expect(outcome(aReferralInLife('completed'), sendBack)).toBe('in_progress');
    expect(outcome(aReferralInLife('completed'), { ...sendBack, permitted: false })).toBe('AUTHORITY_MISSING');
    expect(outcome(aReferralInLife('completed', { sentBack: true }), by('sender', 'send-back'))).toBe(
      'SENT_BACK_ALREADY',
    );
  });
});

describe('when the consent is withdrawn', () => {
  const revoke = { action: 'revoke', by: 'core', facts: {} } as const;

  it.each<ReferralState>(['sent', 'received', 'questioned'])('a referral in %s is revoked', (state) => {
    expect(outcome(aReferralInLife(state), revoke)).toBe('revoked');
  });

  it.each<ReferralState>(['accepted', 'in_progress', 'completed', 'returned'])('S7: one in %s is not', (state) => {
    expect(outcome(aReferralInLife(state), revoke)).toBe('STATE_NOT_THERE');
  });

  it.each<ReferralState>(['return_proposed', 'on_hold', 'coordinating'])(
    'one in %s is revoked when it was never accepted, and not when it was',
    (state) => {
      expect(outcome(aReferralInLife(state, { stateBefore: 'received' }), revoke)).toBe('revoked');
      expect(outcome(aReferralInLife(state, { stateBefore: 'accepted' }), revoke)).toBe('ACCEPTED_ALREADY');
      expect(outcome(aReferralInLife(state, { stateBefore: 'on_hold', everAccepted: true }), revoke)).toBe(
        'ACCEPTED_ALREADY',
      );
    },
  );

  it('is no step of a person', () => {
    expect(outcome(aReferralInLife('sent'), { ...revoke, by: 'sender' })).toBe('NOT_YOUR_STEP');
  });
});

describe('taking a referral back', () => {
  it.each<ReferralState>(['draft', 'awaiting_authority', 'sent', 'received', 'questioned'])(
    'is possible for the sender in %s',
    (state) => {
      expect(outcome(aReferralInLife(state), by('sender', 'withdraw'))).toBe('withdrawn');
    },
  );

  describe('once it was accepted', () => {
    const asked = (state: ReferralState) => {
      const referral = aReferralInLife(state);
      return livedOn(referral, takeStep(referral, by('sender', 'withdraw')));
    };

    it.each(['accepted', 'in_progress', 'on_hold'] as const)(
      'asks the recipient when it is %s, who agrees',
      (state) => {
        expect(outcome(aReferralInLife(state), by('sender', 'withdraw'))).toBe(state);
        expect(outcome(aReferralInLife(state), by('recipient', 'withdraw'))).toBe('WITHDRAWAL_NOT_ASKED');
        expect(outcome(asked(state), by('recipient', 'withdraw'))).toBe('withdrawn');
      },
    );

    it('stands as long as the recipient goes on, and is answered by what it reports or proposes', () => {
      const begun = livedOn(asked('accepted'), takeStep(asked('accepted'), by('recipient', 'start')));
      expect(begun.withdrawalAsked).toBe(true);
      for (const step of [by('recipient', 'complete'), by('recipient_supervisor', 'propose-return')])
        expect(livedOn(begun, takeStep({ ...begun, hasQuestioned: true }, step)).withdrawalAsked).toBe(false);
    });

    it('is not possible when there is a result', () => {
      expect(outcome(aReferralInLife('completed'), by('sender', 'withdraw'))).toBe('STATE_NOT_THERE');
    });

    it('is for a sender that was not told of it as before: nothing moves, and no refusal tells', () => {
      for (const state of ['accepted', 'completed'] as const) {
        const { to, arrow } = takeStep({ ...aReferralInLife(state), toldState: 'sent' }, by('sender', 'withdraw'));
        expect([to, arrow.to]).toEqual([state, 'same']);
      }
    });
  });
});

describe('redirecting', () => {
  const redirect = (state: ReferralState, actor: Actor, hops: number, facts: object = fullFacts.redirect) =>
    outcome(aReferralInLife(state, { hops }), by(actor, 'redirect', facts));

  it('goes over two hops at the most; what the desks agree on at the table has no limit', () => {
    expect(redirect('returned', 'sender', 1)).toBe('redirected');
    expect(redirect('returned', 'sender', 2)).toBe('HOP_LIMIT');
    expect(redirect('return_proposed', 'coordinator', 2)).toBe('HOP_LIMIT');
    expect(redirect('coordinating', 'coordinator', 2)).toBe('redirected');
  });

  it('names where it goes, and the person is told', () => {
    expect(redirect('returned', 'sender', 0, told)).toBe('TARGET_MISSING');
    expect(redirect('returned', 'sender', 0, { to: 'unknown' })).toBe('PERSON_NOT_INFORMED');
  });

  it('R2: is not for a coordinator whose own desk gives it back', () => {
    expect(redirect('return_proposed', 'coordinator_of_recipient', 0)).toBe('NOT_YOUR_STEP');
    expect(redirect('coordinating', 'coordinator_of_recipient', 0)).toBe('redirected');
  });
});

describe('a talk between the desks', () => {
  const talked = fullFacts.redirect;

  it('begins when it is said what each keeps doing, or by the hub itself', () => {
    expect(outcome(aReferralInLife('sent'), by('coordinator', 'coordinate'))).toBe('coordinating');
    expect(outcome(aReferralInLife('sent'), by('coordinator', 'coordinate', {}))).toBe('KEEPS_DOING_MISSING');
    expect(outcome(aReferralInLife('returned'), by('core', 'coordinate', {}))).toBe('coordinating');
    expect(outcome(aReferralInLife('sent'), by('sender', 'coordinate'))).toBe('NOT_YOUR_STEP');
  });

  it.each(['accept', 'redirect', 'close'] as const)('ends with %s, with both desks, and who keeps what', (action) => {
    const facts = { ...fullFacts[action], ...talked };
    const without = (name: string) => ({ ...facts, [name]: undefined });
    const ends = { accept: 'accepted', redirect: 'redirected', close: 'closed' }[action];
    expect(outcome(aReferralInLife('coordinating'), by('coordinator', action, facts))).toBe(ends);
    expect(outcome(aReferralInLife('coordinating'), by('coordinator', action, without('talk')))).toBe('TALK_MISSING');
    expect(outcome(aReferralInLife('coordinating'), by('coordinator', action, without('keepsDoing')))).toBe(
      'KEEPS_DOING_MISSING',
    );
    expect(outcome(aReferralInLife('coordinating'), by('recipient', action, facts))).toBe('NOT_YOUR_STEP');
  });
});

describe('holding', () => {
  const on = '2026-11-20';
  const hold = (wakeOn: string | undefined, over: Partial<ReferralInLife> = {}, more: object = {}) =>
    outcome(aReferralInLife('in_progress', over), {
      ...by('recipient', 'hold', { reason: '入院中', ...(wakeOn !== undefined && { wakeOn }), ...more }),
      on,
    });

  it('needs a wake date within sixty days, and goes back to where it was', () => {
    expect(hold('2027-01-19')).toBe('on_hold');
    expect(hold(undefined)).toBe('WAKE_DATE_MISSING');
    expect(hold('2027-01-20')).toBe('WAKE_DATE_OUT_OF_RANGE');
    expect(hold(on)).toBe('WAKE_DATE_OUT_OF_RANGE');
    expect(
      outcome(aReferralInLife('on_hold', { stateBefore: 'in_progress' }), { action: 'wake', by: 'core', facts: {} }),
    ).toBe('in_progress');
  });

  it('is prolonged by another sixty days, each time with a reason', () => {
    const held = { state: 'on_hold', stateBefore: 'accepted' } as const;
    expect(hold('2027-01-19', held)).toBe('on_hold');
    expect(hold('2027-01-20', held)).toBe('WAKE_DATE_OUT_OF_RANGE');
  });

  it('for want of capacity (103) ends after fourteen days, and is not prolonged', () => {
    const full = { code: '103' };
    expect(hold('2026-12-04', {}, full)).toBe('on_hold');
    expect(hold('2026-12-05', {}, full)).toBe('WAKE_DATE_OUT_OF_RANGE');
    const step = { ...by('recipient', 'hold', { reason: '満員', wakeOn: '2026-12-01', ...full }), on };
    const received = aReferralInLife('received');
    const held = livedOn(received, takeStep(received, step));
    expect(held).toMatchObject({ state: 'on_hold', stateBefore: 'received', waitsUntil: '2026-12-04' });
    expect(hold('2026-12-10', held)).toBe('WAKE_DATE_OUT_OF_RANGE');
    expect(hold('2026-12-04', held)).toBe('on_hold');
  });

  it('for want of capacity is not begun anew either: until somebody takes it, it has fourteen days', () => {
    const full = { reason: '満員', wakeOn: '2026-12-04', code: '103' };
    const heldFrom = (state: ReferralState) => {
      const before = aReferralInLife(state);
      return livedOn(before, takeStep(before, { ...by('recipient', 'hold', full), on }));
    };
    const woken = (held: ReferralInLife) => livedOn(held, takeStep(held, { action: 'wake', by: 'core', facts: {} }));
    const again = (from: ReferralInLife, wakeOn: string, code?: string) =>
      outcome(from, {
        ...by('recipient', 'hold', { reason: '満員', wakeOn, ...(code && { code }) }),
        on: '2026-12-03',
      });
    for (const state of ['received', 'accepted', 'in_progress'] as const) {
      const once = woken(heldFrom(state));
      expect(once).toMatchObject({ state, shortOfCapacity: false, waitsUntil: '2026-12-04' });
      expect(again(once, '2026-12-05', '103')).toBe('WAKE_DATE_OUT_OF_RANGE');
      expect(again(once, '2026-12-04', '103')).toBe('on_hold');
      // Another reason has days of its own.
      expect(again(once, '2027-01-30')).toBe('on_hold');
    }
    const once = woken(heldFrom('received'));
    const taken = livedOn(
      once,
      takeStep(once, by('recipient', 'accept', { worker: { name: '相談 次郎' }, personMatched: true })),
    );
    expect(again(taken, '2026-12-17', '103')).toBe('on_hold');
  });

  it('waits for capacity as soon as somebody says so, also in the middle of another pause', () => {
    const held = aReferralInLife('on_hold', { stateBefore: 'received' });
    const full = { reason: '満員', wakeOn: '2026-12-01', code: '103' };
    expect(livedOn(held, takeStep(held, { ...by('recipient', 'hold', full), on }))).toMatchObject({
      shortOfCapacity: true,
      waitsUntil: '2026-12-04',
    });
  });
});

describe('what a reason rests on', () => {
  const propose = (facts: object) =>
    outcome(
      aReferralInLife('received'),
      by('recipient_supervisor', 'propose-return', { whoTellsPerson: '見本 一郎', ...facts }),
    );
  const tries = ['2026-11-16', '2026-11-17', '2026-11-18'].map((on, n) => ({
    on,
    how: ['電話', '手紙', '訪問'][n],
    visit: n === 2,
  }));

  it.each([
    ['105', { duplicateOf: '01900000-0000-7000-8000-000000000001' }, 'DUPLICATE_MISSING'],
    ['201', { asked: fullFacts.decline.asked }, 'PERSON_NOT_ASKED'],
    ['202', { attempts: tries }, 'ATTEMPTS_MISSING'],
    ['203', { diedOn: '2026-11-01' }, 'REASON_DATE_MISSING'],
    ['204', { movedOn: '2026-11-01' }, 'REASON_DATE_MISSING'],
    ['205', { admittedOn: '2026-11-01' }, 'REASON_DATE_MISSING'],
  ])('is said with %s', (reason, shown, refused) => {
    expect(propose({ reasons: [reason] })).toBe(refused);
    expect(propose({ reasons: [reason], ...shown })).toBe('return_proposed');
  });

  it('of one reason does not stand for another', () => {
    expect(propose({ reasons: ['203', '205'], diedOn: '2026-11-01' })).toBe('REASON_DATE_MISSING');
    expect(propose({ reasons: ['202'], attempts: tries.slice(1) })).toBe('ATTEMPTS_MISSING');
  });

  it('has no field in a record', () => {
    const step = { ...by('recipient_supervisor', 'propose-return', { reasons: ['105', '202'] }), fromRecord: true };
    expect(outcome(aReferralInLife('received'), step)).toBe('return_proposed');
  });
});

describe('an outcome', () => {
  const complete = (facts: object, fromRecord = false) =>
    outcome(aReferralInLife('in_progress'), { ...by('recipient', 'complete', { ...told, ...facts }), fromRecord });

  it('013 is a referral of its own, so it says to whom (R12)', () => {
    expect(complete({ outcome: '013' })).toBe('TARGET_MISSING');
    expect(complete({ outcome: '013', referredTo: { domain: 'shogai' } })).toBe('completed');
    expect(complete({ outcome: '013' }, true)).toBe('completed');
  });

  it('023 says what was not there (R7)', () => {
    expect(complete({ outcome: '023' })).toBe('NEED_MISSING');
    expect(complete({ outcome: '023', need: '飲酒する人の居場所' })).toBe('completed');
    expect(complete({ outcome: '023' }, true)).toBe('completed');
  });
});

describe('following up', () => {
  const on = '2026-08-31';
  const step = (facts: object) => ({ ...by('sender', 'follow-up', facts), on });
  const begun = (series: string) => {
    const completed = aReferralInLife('completed');
    return livedOn(completed, takeStep(completed, step({ series })));
  };

  it('begins with a series that the sender chooses', () => {
    expect(outcome(aReferralInLife('completed'), step({}))).toBe('SERIES_MISSING');
    expect(begun('thirty_days')).toMatchObject({ state: 'follow_up', followUps: ['2026-09-30'] });
    expect(begun('one_three_six_months').followUps).toEqual(['2026-09-30', '2026-11-30', '2027-02-28']);
  });

  it('records each result, and closes only after the last', () => {
    let referral = begun('one_three_six_months');
    for (const result of ['holds', 'weak', 'not_reached']) {
      expect(outcome(referral, by('sender', 'close'))).toBe('FOLLOW_UP_LEFT');
      expect(outcome(referral, step({}))).toBe('RESULT_MISSING');
      referral = livedOn(referral, takeStep(referral, step({ result })));
      expect(referral.state).toBe('follow_up');
    }
    expect(outcome(referral, by('lead', 'close'))).toBe('closed');
  });

  it('ends when it is broken: the person is told, and it begins anew', () => {
    const referral = begun('one_three_six_months');
    expect(outcome(referral, step({ result: 'broken' }))).toBe('PERSON_NOT_INFORMED');
    const broken = livedOn(referral, takeStep(referral, step({ result: 'broken', ...told })));
    expect(broken.followUps).toEqual([]);
    expect(outcome(broken, by('sender', 'reopen'))).toBe('closed');
  });
});

describe('即日', () => {
  const sameDay = (over: Partial<ReferralInLife> = {}) => aReferralInLife('draft', { urgency: 'same_day', ...over });
  const send = (facts: object) => ({ ...by('sender', 'send', facts), permitted: true, meetingKnown: true });

  it('does not leave before the sender has telephoned, not by itself either', () => {
    expect(outcome(sameDay(), send(told))).toBe('PHONE_FIRST');
    expect(outcome(sameDay(), send(fullFacts.send))).toBe('sent');
    const core = { action: 'send', by: 'core', facts: {}, permitted: true, meetingKnown: true } as const;
    expect(outcome(sameDay(), core)).toBe('PHONE_FIRST');
    expect(outcome(sameDay({ phoned: true }), core)).toBe('sent');
    expect(outcome(aReferralInLife('draft', { urgency: 'urgent' }), send(told))).toBe('sent');
  });

  it('is telephoned for each referral by itself', () => {
    const returned = aReferralInLife('returned', { urgency: 'same_day', phoned: false });
    const facts = { ...fullFacts.redirect, phoned: fullFacts.send.phoned };
    expect(livedOn(returned, takeStep(returned, by('sender', 'redirect', facts))).phoned).toBe(false);
    const draft = sameDay({ phoned: false });
    const edit = by('sender', 'edit', { phoned: fullFacts.send.phoned });
    expect(livedOn(draft, takeStep(draft, edit)).phoned).toBe(true);
  });

  it('is confirmed by a person there, when a call was announced', () => {
    const sent = aReferralInLife('sent', { urgency: 'same_day', phoned: true });
    const confirmed = livedOn(sent, takeStep(sent, by('recipient', 'confirm-phone')));
    expect(confirmed).toMatchObject({ state: 'sent', phoneConfirmed: true });
    expect(outcome({ ...sent, phoned: false }, by('recipient', 'confirm-phone'))).toBe('PHONE_NOT_ANNOUNCED');
    expect(outcome(sent, { ...by('recipient', 'confirm-phone'), byMachine: true })).toBe('NOT_YOUR_STEP');
    expect(outcome(sent, by('sender', 'confirm-phone'))).toBe('NOT_YOUR_STEP');
  });
});

describe('telling the person (R11)', () => {
  it('is owed until it is done, by the side that promised it', () => {
    const proposed = aReferralInLife('return_proposed', { proposedReasons: ['901'] });
    const returned = livedOn(proposed, takeStep(proposed, by('sender', 'agree-return')));
    expect(returned).toMatchObject({ senderInformsBy: '2026-12-01' });
    expect(returned.recipientInformsBy).toBeUndefined();
    const theirs = livedOn(returned, takeStep(returned, by('recipient', 'inform')));
    expect(theirs.senderInformsBy).toBe('2026-12-01');
    expect(livedOn(returned, takeStep(returned, by('sender', 'inform'))).senderInformsBy).toBeUndefined();
  });

  it('cannot be put off once more by saying so', () => {
    const later = { notInformed: { reason: '入院中', by: '2026-12-01' } };
    expect(actionFacts.inform.safeParse(later).success).toBe(false);
  });
});

describe('after a refusal', () => {
  it('the person is asked again within six months', () => {
    const decline = (askAgainOn: string) =>
      outcome(aReferralInLife('awaiting_authority'), {
        ...by('sender', 'decline', { ...fullFacts.decline, askAgainOn }),
        on: '2026-08-31',
      });
    expect(decline('2027-02-28')).toBe('declined');
    expect(decline('2027-03-01')).toBe('ASK_AGAIN_OUT_OF_RANGE');
    expect(decline('2026-08-31')).toBe('ASK_AGAIN_OUT_OF_RANGE');
  });
});

describe('beside its life', () => {
  it('what says nothing is refused', () => {
    expect(outcome(aReferralInLife('draft'), by('sender', 'edit', {}))).toBe('NOTHING_SAID');
    expect(outcome(aReferralInLife('received'), by('sender', 'supplement', { others: [] }))).toBe('NOTHING_SAID');
  });

  it('nothing is edited that has left', () => {
    expect(outcome(aReferralInLife('awaiting_authority'), by('sender', 'edit'))).toBe('awaiting_authority');
    expect(outcome(aReferralInLife('sent'), by('sender', 'edit'))).toBe('STATE_NOT_THERE');
  });

  it.each<ReferralState>(['declined', 'closed', 'withdrawn'])('%s is reopened without moving', (state) => {
    expect(outcome(aReferralInLife(state), by('sender', 'reopen'))).toBe(state);
    expect(outcome(aReferralInLife(state), by('sender', 'reopen', { reason: '再び' }))).toBe('PERSON_NOT_INFORMED');
  });

  it('what was revoked, redirected or entered in error is not, nor a result that waits to be accepted', () => {
    for (const state of ['completed', 'revoked', 'redirected', 'entered_in_error'] as const)
      expect(outcome(aReferralInLife(state), by('sender', 'reopen'))).toBe('STATE_NOT_THERE');
  });
});

describe('a refusal', () => {
  it('is known by its code and holds no value of the record', () => {
    expect(() => takeStep(aReferralInLife('closed'), by('sender', 'withdraw'))).toThrow(ReferralNotThereError);
    expect(() => takeStep(aReferralInLife('received'), by('sender', 'accept'))).toThrow(StepRefusedError);
    expect(() => takeStep(aReferralInLife('received'), by('recipient', 'accept', { note: '見本 花子' }))).toThrow(
      expect.objectContaining({ message: 'the step is refused: WORKER_MISSING', name: 'StepRefusedError' }),
    );
  });
});

describe('by its kind', () => {
  it('a 通報・通告 knows no way back: neither a question nor a return', () => {
    for (const action of ['ask', 'propose-return'] as const) {
      const actor = action === 'ask' ? 'recipient' : 'recipient_supervisor';
      const reported = aReferralInLife('received', { kind: 'notification' });
      expect(outcome(reported, by(actor, action))).toBe('NOT_OF_THIS_KIND');
      expect(outcome(aReferralInLife('received'), by(actor, action, { ...fullFacts[action] }))).not.toBe(
        'NOT_OF_THIS_KIND',
      );
    }
  });

  it('a 通報・通告 leaves without the person being told', () => {
    const send = { action: 'send', by: 'sender', facts: {}, permitted: true, meetingKnown: true } as const;
    expect(outcome(aReferralInLife('draft', { kind: 'notification' }), send)).toBe('sent');
    expect(outcome(aReferralInLife('draft', { kind: 'inquiry' }), send)).toBe('PERSON_NOT_INFORMED');
  });

  it('a 権利擁護の要請 is taken with the date of its answer, never by silence', () => {
    const worker = { worker: { name: '見本 二郎' }, personMatched: true };
    const asked = aReferralInLife('received', { kind: 'protection' });
    expect(outcome(asked, by('recipient', 'accept', worker))).toBe('DATE_OF_ANSWER_MISSING');
    expect(outcome(asked, by('recipient', 'accept', { ...worker, nextContactOn: '2026-12-04' }))).toBe('accepted');
    expect(outcome(aReferralInLife('received'), by('recipient', 'accept', worker))).toBe('accepted');
  });

  it('the actions offered are those that it knows', () => {
    const offered = possibleActions(aReferralInLife('received', { kind: 'notification' }), ['recipient']).map(
      (a) => a.action,
    );
    expect(offered).toContain('accept');
    expect(offered).not.toContain('ask');
  });
});
