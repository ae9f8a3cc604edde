// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { until } from '@tsunagi/plugin-sdk/testing';
import { besideDepartment } from '../../test/beside-department';
import { deliveryId, referralId } from '../../test/disclosed-referral';
import { anEvent } from '../../test/event-body';
import { anAnswer } from '../../test/response-body';
import { hubMemory } from '../../test/run-kosodate';

describe('what the department’s system brings to the door', () => {
  const beside = besideDepartment();

  describe('events in', () => {
    it('acknowledges an event once the hub has taken it', async () => {
      const { status, body } = await beside.caller.post('events', anEvent());
      expect([status, body]).toEqual([
        202,
        { eventId: 'EV-20261110-0001', receiptId: expect.stringMatching(/^[0-9A-Z]{26}$/) },
      ]);
      expect(beside.submitted()).toMatchObject([
        { source: { system: 'kosodate', key: 'EV-20261110-0001/2' }, to: { domain: 'shogai' } },
      ]);
    });

    it('answers the same again with the first receipt, in whatever order its fields come', async () => {
      const first = await beside.caller.post('events', anEvent());
      const again = await beside.caller.post('events', Object.fromEntries(Object.entries(anEvent()).reverse()));
      expect([again.status, again.body]).toEqual([200, first.body]);
    });

    it('takes a later version, and refuses another content under the same or an older one', async () => {
      await beside.caller.post('events', anEvent({ historyKey: '9' }));
      const later = anEvent({ historyKey: '10', urgency: '2' });
      expect((await beside.caller.post('events', later)).status).toBe(202);
      for (const historyKey of ['10', '9', undefined]) {
        const { status, body } = await beside.caller.post('events', anEvent({ historyKey, urgency: '3' }));
        expect([status, body['code']]).toEqual([409, 'E-VERSION']);
      }
      expect((await beside.caller.post('events', later)).status).toBe(200);
      expect(beside.submitted().map(({ urgency }) => urgency)).toEqual(['normal', 'urgent', 'urgent']);
    });

    it('remembers versions over a restart', async () => {
      await beside.caller.post('events', anEvent({ historyKey: '2' }));
      await beside.run.stop();
      await beside.start();
      const { status } = await beside.caller.post('events', anEvent({ historyKey: '1', urgency: '3' }));
      expect([status, beside.submitted()]).toEqual([409, []]);
    });

    it('takes a later version that says it happened earlier', async () => {
      await beside.caller.post('events', anEvent());
      const earlier = anEvent({ historyKey: '2', occurredAt: '2026-11-09T10:30:00+09:00' });
      expect((await beside.caller.post('events', earlier)).status).toBe(202);
      expect((await beside.caller.post('events', anEvent({ historyKey: '3', urgency: '2' }))).status).toBe(202);
    });

    it('says so when the hub knows of a later content than the journal does: nothing goes by unseen', async () => {
      await beside.caller.post('events', anEvent());
      beside.run.hub.script.answer = () => ({ outcome: 'duplicate' });
      expect((await beside.caller.post('events', anEvent({ historyKey: '2' }))).status).toBe(409);
    });

    it('withdraws a record without reading anything of the person', async () => {
      await beside.caller.post('events', anEvent());
      const withdrawn = anEvent({ modificationSeg: '2', historyKey: '2' });
      expect((await beside.caller.post('events', withdrawn)).status).toBe(202);
      expect(beside.submitted()[1]).toMatchObject({ source: { change: 'ended' }, subject: { items: {} }, others: [] });
    });

    it('takes two of one number at once one after the other', async () => {
      const answers = await Promise.all([
        beside.caller.post('events', anEvent()),
        beside.caller.post('events', anEvent({ urgency: '3' })),
        beside.caller.post('events', anEvent()),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 202, 409]);
    });

    it('asks each department that an event names, and acknowledges when all are answered', async () => {
      const referTo = [
        { domain: '2', reason: '発達の相談。' },
        { domain: '4', reason: '家計の相談。' },
      ];
      expect((await beside.caller.post('events', anEvent({ referTo }))).status).toBe(202);
      expect(beside.submitted().map(({ to }) => to)).toEqual([{ domain: 'shogai' }, { domain: 'konkyu' }]);
    });

    it('sends a 通告 nowhere and says whom to call', async () => {
      const { status, body } = await beside.caller.post('events', anEvent({ eventType: 'tsuukoku' }));
      expect([status, body['code'], beside.run.hub.items]).toEqual([422, 'E-HUB-ONLY', []]);
      expect(body['errors'][0].hint).toContain('000-0000-0110');
    });

    it('keeps nothing of a body with a field for a マイナンバー, and raises the alarm', async () => {
      const { status, body } = await beside.caller.post(
        'events',
        anEvent({ household: [{ MYNUMBER: '123456789018' }] }),
      );
      expect([status, body['code']]).toEqual([422, 'S-MYNUMBER-FIELD']);
      expect(beside.run.hub.items).toMatchObject([
        { type: 'rows.quarantined.v1', body: { row: { code: 'S-MYNUMBER-FIELD' } } },
      ]);
      expect(JSON.stringify([beside.run.hub.items, body])).not.toMatch(/123456789018|見本/);
    });

    it('drops the address of somebody who is not disclosed before it goes anywhere', async () => {
      const homeReturn = { place: '見本県隣町', from: '2026-12-01' };
      await beside.caller.post('events', anEvent({ isNotDisclosed: true, homeReturn }));
      expect(beside.submitted()[0]).toMatchObject({
        subject: { sealed: true },
        source: {
          warnings: [
            { code: 'W-DV-ADDRESS', field: 13 },
            { code: 'W-DV-ADDRESS', field: 17 },
          ],
        },
      });
      expect(JSON.stringify(beside.run.hub.items)).not.toMatch(/見本町|隣町/);
    });

    it('passes on why the hub refuses, by code', async () => {
      await beside.run.stop();
      await beside.start({ answer: () => ({ outcome: 'rejected', codes: ['IDENTITY_MISSING'] }) });
      const { status, body } = await beside.caller.post('events', anEvent());
      expect([status, body['errors']]).toEqual([
        422,
        [expect.objectContaining({ pointer: '/referTo/0', code: 'E-REFUSED', hint: 'ハブの答え：IDENTITY_MISSING' })],
      ]);
    });
  });

  describe('while the hub does not answer', () => {
    beforeEach(async () => {
      await beside.run.stop();
      await beside.start({ config: { answerWithinMs: 100 }, answer: () => undefined });
    });

    it('acknowledges nothing, and takes the same event once the hub is back', async () => {
      const { status, headers } = await beside.caller.post('events', anEvent());
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      beside.run.hub.script.answer = hubMemory();
      beside.run.clock.advance(15_000);
      await until(async () => (await beside.caller.post('events', anEvent())).status === 200);
      expect(new Set(beside.submitted().map(({ source }) => source.contentHash)).size).toBe(1);
    });

    it('acknowledges after a crash what the hub had taken before it', async () => {
      const memory = hubMemory();
      beside.run.hub.script.answer = (item) => {
        memory(item);
        return undefined;
      };
      expect((await beside.caller.post('events', anEvent())).status).toBe(503);
      await beside.run.stop();
      await beside.start({ answer: memory });
      const { status, body } = await beside.caller.post('events', anEvent());
      expect([status, body['receiptId']]).toEqual([200, expect.stringMatching(/^[0-9A-Z]{26}$/)]);
      expect((await beside.caller.post('events', anEvent({ urgency: '3' }))).status).toBe(409);
    });

    it('lets no crowd of requests wait, neither of one record nor of many', async () => {
      const ofOne = await Promise.all(Array.from({ length: 6 }, () => beside.caller.post('events', anEvent())));
      expect(ofOne.map(({ status }) => status)).toEqual(Array(6).fill(503));
      const many = Array.from({ length: 80 }, (_, index) =>
        beside.caller.post('events', anEvent({ eventId: `EV-${index}` })),
      );
      await Promise.all(many);
      beside.run.hub.script.answer = hubMemory();
      await until(
        () => beside.run.hub.items.length >= 64 && beside.run.runner.inHand === 0,
        () => beside.run.clock.advance(15_000),
      );
      const sent = beside.submitted().map(({ source }) => source.key);
      expect(new Set(sent).size).toBeLessThanOrEqual(64);
    });

    it('is not there while the plugin is switched off, and is there again afterwards', async () => {
      await beside.run.runner.stop();
      expect((await beside.caller.post('events', anEvent())).status).toBe(503);
      beside.run.hub.script.answer = hubMemory();
      await beside.run.runner.start();
      expect((await beside.caller.post('events', anEvent())).status).toBe(202);
    });
  });

  describe('answers back', () => {
    it('takes an answer to what was brought, once', async () => {
      const first = await beside.caller.post('responses', anAnswer());
      const again = await beside.caller.post('responses', anAnswer());
      expect([first.status, again.status, again.body]).toEqual([202, 200, first.body]);
      expect(beside.run.hub.items[0]?.body).toMatchObject({
        response: { deliveryId, referralId, code: '20', at: '2026-11-21T09:15:00+09:00', worker: '子育て　一' },
      });
    });

    it('refuses another answer under the same number', async () => {
      await beside.caller.post('responses', anAnswer());
      expect((await beside.caller.post('responses', anAnswer({ action: 'start' }))).status).toBe(409);
      expect(beside.run.hub.items).toHaveLength(1);
    });

    it('passes on a question, a return and the acknowledgement of a recall', async () => {
      await beside.caller.post('responses', anAnswer({ responseId: 'a', action: 'ask', message: '連絡先は。' }));
      await beside.caller.post('responses', anAnswer({ responseId: 'b', action: 'proposeReturn', reasonCode: '102' }));
      await beside.caller.post('responses', anAnswer({ responseId: 'c', action: 'ackCancel' }));
      expect(beside.run.hub.items.map(({ body }) => body)).toMatchObject([
        { response: { code: '45', note: '連絡先は。' } },
        { response: { code: '50', reason: '102' } },
        { acknowledgement: { deliveryId } },
      ]);
    });

    it.each([
      ['DELIVERY_UNKNOWN', 'E-DELIVERY', '/deliveryId'],
      ['DELIVERY_RECALLED', 'E-RECALLED', '/deliveryId'],
      ['NOT_IN_THIS_STATE', 'E-STATE', '/action'],
    ])('says of an answer refused with %s: %s at %s, and may come again', async (given, code, pointer) => {
      await beside.run.stop();
      await beside.start({ answer: () => ({ outcome: 'rejected', codes: [given] }) });
      const { status, body } = await beside.caller.post('responses', anAnswer());
      expect([status, body['errors']]).toEqual([422, [expect.objectContaining({ code, pointer })]]);
      expect((await beside.caller.post('responses', anAnswer({ at: '2026-11-21T10:00:00+09:00' }))).status).toBe(422);
    });
  });
});
