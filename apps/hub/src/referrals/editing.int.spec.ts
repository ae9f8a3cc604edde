// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { aLife, today, told, type Life } from '../../test/a-life';
import { aMember, withoutConsent, type Sent } from '../../test/two-desks';

describeWithServices(['postgres'], 'what is written of a referral while it lives', () => {
  let life: Life;
  beforeAll(async () => {
    life = await aLife();
  });
  afterAll(() => life?.close());

  describe('editing', () => {
    it('takes no number of a system that is named like the マイナンバー', async () => {
      const { referralId } = await life.desks.submit(withoutConsent());
      const subject = { ...aMember('0000440309'), ref: 'subject', role: 'subject' };
      const named = { ...subject, identifiers: [{ system: 'mynumber', value: '1' }] };
      for (const action of ['edit', 'supplement'])
        expect(
          (await life.desks.act(life.desks.sender, referralId, action, { subject: named })).body.errors[0].code,
        ).toBe('S-MYNUMBER');
    });

    it('dates what was written without a date by the day on which it came, and keeps that day', async () => {
      const writtenOn = async (referral: string) =>
        (await life.desks.view(life.desks.sender, referral)).members[0].items.narrative.writtenOn;
      const narrative = { fact: '家賃滞納あり。' };
      const items = { identity: { name: '見本　花代' }, narrative };
      const { referralId } = await life.desks.submit(withoutConsent({ items }));
      expect(await writtenOn(referralId)).toBe(today);
      const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
      const dated = { ...subject, items: { ...items, narrative: { ...narrative, writtenOn: '2026-11-01' } } };
      await life.done(life.desks.sender, referralId, 'edit', { subject: dated });
      await life.done(life.desks.sender, referralId, 'supplement', {
        subject: { ...subject, items: { concern: { boxes: ['care'] } } },
      });
      expect(await writtenOn(referralId)).toBe('2026-11-01');
      await life.done(life.desks.sender, referralId, 'edit', { subject });
      expect(await writtenOn(referralId)).toBe(today);
    });

    it('makes no item of a text that is not there', async () => {
      const items = { identity: { name: '見本　花代' }, narrative: {} };
      const { referralId } = await life.desks.submit(withoutConsent({ items }));
      expect((await life.desks.view(life.desks.sender, referralId)).members[0].items.narrative).toEqual({});
      const rows = await life.desks.under.rows<{ members: { present: string[] }[] }>(
        'select members from referral where id = $1',
        [referralId],
      );
      expect(rows[0]?.members[0]?.present).toEqual(['identity']);
    });

    it('completes a draft, which then is sent', async () => {
      const { referralId } = await life.desks.submit(withoutConsent({ to: { domain: 'chiiki' } }));
      expect(await life.refused(life.desks.sender, referralId, 'edit', {})).toBe('NOTHING_SAID');
      const subject = { ref: 'subject', role: 'subject', identifiers: [], items: { concern: { boxes: ['care'] } } };
      expect(await life.refused(life.desks.sender, referralId, 'edit', { subject })).toBe('SUBMISSION_REJECTED');
      const named = { ...subject, items: { ...subject.items, identity: { name: '見本　花代' } } };
      await life.done(life.desks.sender, referralId, 'edit', { to: { domain: 'konkyu' }, subject: named });
      const view = await life.desks.view(life.desks.sender, referralId);
      expect(view).toMatchObject({ state: 'draft', to: { domain: 'konkyu' } });
      expect(view.members[0].items).toEqual(named.items);
      expect(JSON.stringify(await life.timelineOf(life.desks.sender, referralId))).not.toContain('花代');
      expect((await life.done(life.desks.sender, referralId, 'send', told)).state).toBe('awaiting_authority');
    });

    it('of what waits lets it leave where the new desk is permitted', async () => {
      const { referralId } = await life.desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      await life.desks.consent(await life.desks.personOf(referralId));
      expect(await life.stateOf(referralId)).toBe('awaiting_authority');
      expect((await life.done(life.desks.sender, referralId, 'edit', { to: { domain: 'konkyu' } })).state).toBe('sent');
      await life.desks.konkyu.takeNext('referral.sent.v1', referralId);
      await waitFor(async () => (await life.stateOf(referralId)) === 'received', { what: 'its arrival' });
      expect(await life.refused(life.desks.sender, referralId, 'edit', { urgency: 'urgent' })).toBe('STATE_NOT_THERE');
    });

    it('of what waits asks for what holds it now: a call, or the end of another one', async () => {
      const insured = '0000440301';
      const { referralId } = await life.desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
      await life.desks.consent(await life.desks.personOf(referralId));
      const same = { to: { domain: 'konkyu' }, urgency: 'same_day' };
      expect((await life.done(life.desks.sender, referralId, 'edit', same)).state).toBe('awaiting_authority');
      expect(await life.todosOf(life.desks.sender, referralId)).toEqual(['complete_draft']);
      await life.done(life.desks.sender, referralId, 'edit', { to: { domain: 'hogo' }, urgency: 'normal' });
      expect(await life.todosOf(life.desks.sender, referralId)).toEqual(['authority_needed']);

      await life.desks.submit(withoutConsent({ insured }));
      await life.done(life.desks.sender, referralId, 'edit', { to: { domain: 'konkyu' } });
      expect(await life.stateOf(referralId)).toBe('awaiting_authority');
      expect(await life.todosOf(life.desks.sender, referralId)).toEqual(['twin_open']);
    });

    it('of what waits finds a desk anew when its record leads to none any more', async () => {
      const record = { key: '00990010/KAI-440303', insured: '0000440303' };
      const at = (day: string) => `2026-11-${day}T00:00:00+09:00`;
      const { referralId } = await life.desks.submit(withoutConsent({ ...record, occurredAt: at('01') }));
      expect(await life.todosOf(life.desks.sender, referralId)).toEqual(['authority_needed']);
      const elsewhere = { ...record, change: 'changed', to: { domain: 'chiiki' }, occurredAt: at('02') } as const;
      const replaced = await life.desks.submit(withoutConsent(elsewhere));
      expect([replaced.referralId, replaced.outcome]).toEqual([referralId, 'unrouted']);
      expect(await life.todosOf(life.desks.sender, referralId)).toEqual(['find_recipient']);
      expect(await life.todosOf(life.coordinator, referralId)).toEqual(['find_recipient']);
      await life.done(life.desks.sender, referralId, 'edit', { to: { domain: 'konkyu' } });
      expect(await life.todosOf(life.desks.sender, referralId)).toEqual(['authority_needed']);
    });

    it('names nobody twice', async () => {
      const insured = '0000440304';
      const numbered = (ref: string) => ({
        ...aMember(insured),
        ref,
        identifiers: [{ system: 'kaigo', value: `00990010-${insured}` }],
      });
      const { referralId } = await life.desks.submit(withoutConsent({ insured }));
      for (const others of [[numbered('son')], [aMember('0000440305'), { ...aMember('0000440305'), ref: 'again' }]]) {
        const { status, body } = await life.desks.act(life.desks.sender, referralId, 'edit', { others });
        expect([status, body.errors[0]]).toEqual([
          422,
          expect.objectContaining({ code: 'MEMBER_TWICE', pointer: '/others' }),
        ]);
      }
      expect((await life.desks.view(life.desks.sender, referralId)).persons).toHaveLength(1);
    });

    it('keeps who is in it, and knows somebody new by a number of the desk’s own system', async () => {
      const { referralId } = await life.desks.submit(withoutConsent());
      const person = await life.desks.personOf(referralId);
      const son = {
        ref: 'x',
        role: 'child',
        identifiers: [{ system: 'kaigo', value: '00990010-9900000001' }],
        items: { identity: { name: '見本　一郎' } },
      };
      await life.done(life.desks.sender, referralId, 'edit', { others: [son] });
      expect(await life.desks.personOf(referralId)).toBe(person);
      const { persons } = await life.desks.view(life.desks.sender, referralId);
      expect(persons).toHaveLength(2);
      const other = await life.desks.submit(withoutConsent());
      await life.done(life.desks.sender, other.referralId, 'edit', { others: [{ ...son, ref: 'y' }] });
      expect((await life.desks.view(life.desks.sender, other.referralId)).persons[1].person).toBe(persons[1].person);
    });
  });

  describe('supplementing', () => {
    const newNumber = (telephone: string) => ({
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { contact: { telephone } } },
    });

    it('brings what a decision permits to the recipient, and to others who have the old value', async () => {
      const insured = '0000009950';
      const recipients = [{ domain: 'konkyu' }, { domain: 'shogai' }];
      const referral = await life.arrived(recipients, { insured });
      const { referralId: other } = await life.desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
      const shogai = await life.as('caseworker', life.desks.functions.shogai);
      await life.done(shogai, other, 'receive');
      expect(await life.refused(life.desks.sender, referral, 'supplement', {})).toBe('NOTHING_SAID');
      await life.done(life.desks.sender, referral, 'supplement', newNumber('0990000000'));
      const { referral: brought } = (await life.desks.konkyu.takeNext('referral.supplemented.v1', referral))
        .data as Sent;
      expect(brought.subject.items.contact).toEqual({ telephone: '0990000000' });
      expect((await life.desks.view(shogai, other)).members[0].items.contact).toEqual({ telephone: '0990000000' });
      expect(await life.todosOf(shogai, other)).toContain('see_correction');
      expect(await life.stateOf(referral)).toBe('received');
    });

    it('leaves behind what nobody has permitted', async () => {
      const referral = await life.arrived();
      const items = { care_level: { level: '23' } };
      const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
      await life.done(life.desks.sender, referral, 'supplement', { subject });
      await life.done(life.desks.sender, referral, 'supplement', newNumber('0990000001'));
      const { referral: brought } = (await life.desks.konkyu.takeNext('referral.supplemented.v1', referral))
        .data as Sent;
      expect(Object.keys(brought.subject.items)).not.toContain('care_level');
    });

    it('of the recipient is a note, read as far as the feedback goes', async () => {
      const referral = await life.arrived();
      const items = await life.desks.act(life.desks.recipient, referral, 'supplement', newNumber('0990000002'));
      expect([items.status, items.body.errors[0].code]).toEqual([422, 'ITEMS_OF_RECIPIENT']);
      await life.done(life.desks.recipient, referral, 'supplement', { note: '電話番号が違っていた。' });
      expect((await life.timelineOf(life.desks.recipient, referral)).at(-1)?.note).toEqual({
        note: '電話番号が違っていた。',
      });
      expect(JSON.stringify(await life.timelineOf(life.desks.sender, referral))).not.toContain('違っていた');
    });
  });
});
