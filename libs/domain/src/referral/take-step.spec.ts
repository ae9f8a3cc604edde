// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Actor } from './referral.transitions';
import { ReferralNotThereError, StepRefusedError } from './referral.errors';
import type { ReferralState } from './referral.states';
import { possibleActions, takeStep, type ReferralInLife, type Step } from './take-step';
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
const told = fullFacts.send;

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

  it('is refused while nobody knows how they meet', () => {
    expect(outcome(aReferralInLife('draft'), { ...send, meetingKnown: false })).toBe('MEETING_UNKNOWN');
  });

  it('is refused when the person was not told and nobody wrote down why not', () => {
    const silent = { ...send, facts: {} };
    expect(outcome(aReferralInLife('draft'), silent)).toBe('PERSON_NOT_INFORMED');
    const excused = { ...send, facts: { notInformed: { reason: '意識がない', by: '2026-12-01' } } };
    expect(outcome(aReferralInLife('draft'), excused)).toBe('sent');
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
    expect(outcome(aReferralInLife('questioned'), by('sender', 'answer'))).toBe('received');
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
    expect(outcome(aReferralInLife('completed'), by('sender', 'send-back'))).toBe('in_progress');
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

  it('is not possible once it was accepted', () => {
    expect(outcome(aReferralInLife('accepted'), by('sender', 'withdraw'))).toBe('STATE_NOT_THERE');
  });
});

describe('redirecting', () => {
  const redirect = (hops: number, permitted = true) =>
    outcome(aReferralInLife('returned', { hops }), {
      action: 'redirect',
      by: 'sender',
      facts: told,
      permitted,
    });

  it('needs a fresh decision and goes over two hops at the most', () => {
    expect(redirect(0)).toBe('redirected');
    expect(redirect(1)).toBe('redirected');
    expect(redirect(2)).toBe('HOP_LIMIT');
    expect(redirect(0, false)).toBe('AUTHORITY_MISSING');
  });
});

describe('holding', () => {
  it('needs a wake date and goes back to where it was', () => {
    expect(outcome(aReferralInLife('in_progress'), by('recipient', 'hold'))).toBe('on_hold');
    expect(outcome(aReferralInLife('in_progress'), by('recipient', 'hold', { reason: '入院' }))).toBe(
      'WAKE_DATE_MISSING',
    );
    expect(
      outcome(aReferralInLife('on_hold', { stateBefore: 'in_progress' }), { action: 'wake', by: 'core', facts: {} }),
    ).toBe('in_progress');
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
    const offered = possibleActions('received', ['recipient'], 'notification').map((a) => a.action);
    expect(offered).toContain('accept');
    expect(offered).not.toContain('ask');
  });
});
