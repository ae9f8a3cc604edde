// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { uuidToBase32 } from '@tsunagi/plugin-sdk';
import { type PluginRun, type TemporaryFolder, temporaryFolder, until } from '@tsunagi/plugin-sdk/testing';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Department } from '../test/department';
import {
  aReferral,
  claim,
  deliveryId,
  recallId,
  recalling,
  referralId,
  supplementId,
} from '../test/disclosed-referral';
import { anEvent } from '../test/event-body';
import { anAnswer } from '../test/response-body';
import { Caller, hubMemory, runKosodate, settings } from '../test/run-kosodate';
import { writeEcho } from './intake/record-key';
import { kosodatePlugin } from './kosodate.plugin';
import { readSecrets } from './kosodate.secrets';
import { statusFields } from './status/to-status';

describe('the kosodate plugin beside the department’s system', () => {
  let folder: TemporaryFolder;
  let department: Department;
  let run: PluginRun;
  let caller: Caller;
  const start = async (options: Parameters<typeof runKosodate>[2] = {}) => {
    run = await runKosodate(folder.path, department.url, { answer: hubMemory(), ...options });
    caller = new Caller(run);
  };
  const submitted = () => run.hub.items.flatMap(({ body }) => ('submission' in body ? [body.submission] : []));

  beforeEach(async () => {
    folder = await temporaryFolder();
    department = await Department.open();
    await start();
  });
  afterEach(async () => {
    await run.stop();
    await department.close();
    await folder.remove();
  });

  describe('events in', () => {
    it('acknowledges an event once the hub has taken it', async () => {
      const { status, body } = await caller.post('events', anEvent());
      expect([status, body]).toEqual([
        202,
        { eventId: 'EV-20261110-0001', receiptId: expect.stringMatching(/^[0-9A-Z]{26}$/) },
      ]);
      expect(submitted()).toMatchObject([
        { source: { system: 'kosodate', key: 'EV-20261110-0001/2' }, to: { domain: 'shogai' } },
      ]);
    });

    it('answers the same again with the first receipt, in whatever order its fields come', async () => {
      const first = await caller.post('events', anEvent());
      const again = await caller.post('events', Object.fromEntries(Object.entries(anEvent()).reverse()));
      expect([again.status, again.body]).toEqual([200, first.body]);
    });

    it('takes a later version, and refuses another content under the same or an older one', async () => {
      await caller.post('events', anEvent({ historyKey: '9' }));
      const later = anEvent({ historyKey: '10', urgency: '2' });
      expect((await caller.post('events', later)).status).toBe(202);
      for (const historyKey of ['10', '9', undefined]) {
        const { status, body } = await caller.post('events', anEvent({ historyKey, urgency: '3' }));
        expect([status, body['code']]).toEqual([409, 'E-VERSION']);
      }
      expect((await caller.post('events', later)).status).toBe(200);
      expect(submitted().map(({ urgency }) => urgency)).toEqual(['normal', 'urgent', 'urgent']);
    });

    it('remembers versions over a restart', async () => {
      await caller.post('events', anEvent({ historyKey: '2' }));
      await run.stop();
      await start();
      const { status } = await caller.post('events', anEvent({ historyKey: '1', urgency: '3' }));
      expect([status, submitted()]).toEqual([409, []]);
    });

    it('takes a later version that says it happened earlier', async () => {
      await caller.post('events', anEvent());
      const earlier = anEvent({ historyKey: '2', occurredAt: '2026-11-09T10:30:00+09:00' });
      expect((await caller.post('events', earlier)).status).toBe(202);
      expect((await caller.post('events', anEvent({ historyKey: '3', urgency: '2' }))).status).toBe(202);
    });

    it('says so when the hub knows of a later content than the journal does: nothing goes by unseen', async () => {
      await caller.post('events', anEvent());
      run.hub.script.answer = () => ({ outcome: 'duplicate' });
      expect((await caller.post('events', anEvent({ historyKey: '2' }))).status).toBe(409);
    });

    it('withdraws a record without reading anything of the person', async () => {
      await caller.post('events', anEvent());
      const withdrawn = anEvent({ modificationSeg: '2', historyKey: '2' });
      expect((await caller.post('events', withdrawn)).status).toBe(202);
      expect(submitted()[1]).toMatchObject({ source: { change: 'ended' }, subject: { items: {} }, others: [] });
    });

    it('takes two of one number at once one after the other', async () => {
      const answers = await Promise.all([
        caller.post('events', anEvent()),
        caller.post('events', anEvent({ urgency: '3' })),
        caller.post('events', anEvent()),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 202, 409]);
    });

    it('asks each department that an event names, and acknowledges when all are answered', async () => {
      const referTo = [
        { domain: '2', reason: '発達の相談。' },
        { domain: '4', reason: '家計の相談。' },
      ];
      expect((await caller.post('events', anEvent({ referTo }))).status).toBe(202);
      expect(submitted().map(({ to }) => to)).toEqual([{ domain: 'shogai' }, { domain: 'konkyu' }]);
    });

    it('sends a 通告 nowhere and says whom to call', async () => {
      const { status, body } = await caller.post('events', anEvent({ eventType: 'tsuukoku' }));
      expect([status, body['code'], run.hub.items]).toEqual([422, 'E-HUB-ONLY', []]);
      expect(body['errors'][0].hint).toContain('000-0000-0110');
    });

    it('keeps nothing of a body with a field for a マイナンバー, and raises the alarm', async () => {
      const { status, body } = await caller.post('events', anEvent({ household: [{ MYNUMBER: '123456789018' }] }));
      expect([status, body['code']]).toEqual([422, 'S-MYNUMBER-FIELD']);
      expect(run.hub.items).toMatchObject([
        { type: 'rows.quarantined.v1', body: { row: { code: 'S-MYNUMBER-FIELD' } } },
      ]);
      expect(JSON.stringify([run.hub.items, body])).not.toMatch(/123456789018|見本/);
    });

    it('drops the address of somebody who is not disclosed before it goes anywhere', async () => {
      const homeReturn = { place: '見本県隣町', from: '2026-12-01' };
      await caller.post('events', anEvent({ isNotDisclosed: true, homeReturn }));
      expect(submitted()[0]).toMatchObject({
        subject: { sealed: true },
        source: {
          warnings: [
            { code: 'W-DV-ADDRESS', field: 13 },
            { code: 'W-DV-ADDRESS', field: 17 },
          ],
        },
      });
      expect(JSON.stringify(run.hub.items)).not.toMatch(/見本町|隣町/);
    });

    it('passes on why the hub refuses, by code', async () => {
      await run.stop();
      await start({ answer: () => ({ outcome: 'rejected', codes: ['IDENTITY_MISSING'] }) });
      const { status, body } = await caller.post('events', anEvent());
      expect([status, body['errors']]).toEqual([
        422,
        [expect.objectContaining({ pointer: '/referTo/0', code: 'E-REFUSED', hint: 'ハブの答え：IDENTITY_MISSING' })],
      ]);
    });
  });

  describe('while the hub does not answer', () => {
    beforeEach(async () => {
      await run.stop();
      await start({ config: { answerWithinMs: 100 }, answer: () => undefined });
    });

    it('acknowledges nothing, and takes the same event once the hub is back', async () => {
      const { status, headers } = await caller.post('events', anEvent());
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      run.hub.script.answer = hubMemory();
      run.clock.advance(15_000);
      await until(async () => (await caller.post('events', anEvent())).status === 200);
      expect(new Set(submitted().map(({ source }) => source.contentHash)).size).toBe(1);
    });

    it('acknowledges after a crash what the hub had taken before it', async () => {
      const memory = hubMemory();
      run.hub.script.answer = (item) => {
        memory(item);
        return undefined;
      };
      expect((await caller.post('events', anEvent())).status).toBe(503);
      await run.stop();
      await start({ answer: memory });
      const { status, body } = await caller.post('events', anEvent());
      expect([status, body['receiptId']]).toEqual([200, expect.stringMatching(/^[0-9A-Z]{26}$/)]);
      expect((await caller.post('events', anEvent({ urgency: '3' }))).status).toBe(409);
    });

    it('lets no crowd of requests wait, neither of one record nor of many', async () => {
      const ofOne = await Promise.all(Array.from({ length: 6 }, () => caller.post('events', anEvent())));
      expect(ofOne.map(({ status }) => status)).toEqual(Array(6).fill(503));
      const many = Array.from({ length: 80 }, (_, index) => caller.post('events', anEvent({ eventId: `EV-${index}` })));
      await Promise.all(many);
      run.hub.script.answer = hubMemory();
      await until(
        () => run.hub.items.length >= 64 && run.runner.inHand === 0,
        () => run.clock.advance(15_000),
      );
      const sent = submitted().map(({ source }) => source.key);
      expect(new Set(sent).size).toBeLessThanOrEqual(64);
    });

    it('is not there while the plugin is switched off, and is there again afterwards', async () => {
      await run.runner.stop();
      expect((await caller.post('events', anEvent())).status).toBe(503);
      run.hub.script.answer = hubMemory();
      await run.runner.start();
      expect((await caller.post('events', anEvent())).status).toBe(202);
    });
  });

  describe('referrals in', () => {
    const bring = (changes: Parameters<typeof aReferral>[0] = {}) => {
      const referral = aReferral(changes);
      return run.hub.deliver('referral.sent.v1', { deliveryId: referral.deliveryId, claim, referral });
    };

    it('brings a referral, its supplement and its recall, once each', async () => {
      for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
        await run.hub.deliver('referral.sent.v1', { deliveryId, claim: again, referral: aReferral() });
      await run.hub.deliver('referral.supplemented.v1', {
        deliveryId: supplementId,
        claim,
        referral: aReferral({ deliveryId: supplementId }),
      });
      await run.hub.deliver('referral.recalled.v1', recalling().recall);
      expect(department.bodies('/hub/referrals')).toMatchObject([
        { deliveryId: uuidToBase32(deliveryId), cancel: '1', subject: { name: '見本　花子' } },
        { deliveryId: uuidToBase32(supplementId), cancel: '2', referralId: uuidToBase32(referralId) },
        { deliveryId: uuidToBase32(deliveryId), cancel: '3' },
      ]);
      expect(department.bodies('/hub/referrals')[2]).not.toHaveProperty('subject');
      expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(Array(4).fill('delivered'));
      expect(department.calls.map(({ headers }) => headers['idempotency-key'])).toEqual(
        [deliveryId, supplementId, recallId].map(uuidToBase32),
      );
    });

    it.each([
      [
        '409 of the same delivery: it has it already',
        { status: 409, body: { deliveryId: uuidToBase32(deliveryId) } },
        { outcome: 'delivered' },
      ],
      [
        '409 of another',
        { status: 409, body: { deliveryId: uuidToBase32(supplementId) } },
        { outcome: 'failed', code: 'HTTP_409', retryable: false },
      ],
      ['422: it is parked', { status: 422 }, { outcome: 'failed', code: 'HTTP_422', retryable: false }],
      ['401: it is parked', { status: 401 }, { outcome: 'failed', code: 'HTTP_401', retryable: false }],
      [
        'a redirect: nobody follows it',
        { status: 307, headers: { Location: 'http://127.0.0.1:9/' } },
        { outcome: 'failed', code: 'HTTP_307', retryable: false },
      ],
      ['503: it is tried again', { status: 503 }, { outcome: 'failed', code: 'HTTP_503', retryable: true }],
      ['429: it is tried again', { status: 429 }, { outcome: 'failed', code: 'HTTP_429', retryable: true }],
      ['nothing in time: it is tried again', undefined, { outcome: 'failed', code: 'TIMEOUT', retryable: true }],
    ])('takes %s', async (_, reply, receipt) => {
      department.reply = () => reply;
      await bring();
      expect(run.hub.receipts).toMatchObject([receipt]);
    });

    it('refuses a notification: that is for the hub only', async () => {
      await bring({ kind: 'notification' });
      expect([run.hub.receipts[0], department.calls]).toMatchObject([{ outcome: 'failed', code: 'E-HUB-ONLY' }, []]);
    });

    it('finds out once that nobody is there, and fails the others of the batch for the moment', async () => {
      department.reply = () => undefined;
      const ids = [deliveryId, supplementId, recallId];
      await Promise.all(ids.map((id) => bring({ deliveryId: id })));
      expect(run.hub.receipts.map(({ code }) => code)).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
      expect(department.calls).toHaveLength(1);
    });
  });

  describe('answers back', () => {
    it('takes an answer to what was brought, once', async () => {
      const first = await caller.post('responses', anAnswer());
      const again = await caller.post('responses', anAnswer());
      expect([first.status, again.status, again.body]).toEqual([202, 200, first.body]);
      expect(run.hub.items[0]?.body).toMatchObject({
        response: { deliveryId, referralId, code: '20', at: '2026-11-21T09:15:00+09:00', worker: '子育て　一' },
      });
    });

    it('refuses another answer under the same number', async () => {
      await caller.post('responses', anAnswer());
      expect((await caller.post('responses', anAnswer({ action: 'start' }))).status).toBe(409);
      expect(run.hub.items).toHaveLength(1);
    });

    it('passes on a question, a return and the acknowledgement of a recall', async () => {
      await caller.post('responses', anAnswer({ responseId: 'a', action: 'ask', message: '連絡先は。' }));
      await caller.post('responses', anAnswer({ responseId: 'b', action: 'proposeReturn', reasonCode: '102' }));
      await caller.post('responses', anAnswer({ responseId: 'c', action: 'ackCancel' }));
      expect(run.hub.items.map(({ body }) => body)).toMatchObject([
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
      await run.stop();
      await start({ answer: () => ({ outcome: 'rejected', codes: [given] }) });
      const { status, body } = await caller.post('responses', anAnswer());
      expect([status, body['errors']]).toEqual([422, [expect.objectContaining({ code, pointer })]]);
      expect((await caller.post('responses', anAnswer({ at: '2026-11-21T10:00:00+09:00' }))).status).toBe(422);
    });
  });

  describe('status out', () => {
    const echo = writeEcho({ eventId: 'EV-20261110-0001', domain: '2', isNotDisclosed: false });
    const status = { referralId, code: '20' as const, at: '2026-11-20T10:00:00+09:00', echo };

    it('puts every state of its own requests, once', async () => {
      for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
        await run.hub.deliver('referral.status.v1', { deliveryId, claim: again, ...status });
      expect(department.calls).toMatchObject([{ method: 'PUT', path: '/hub/referrals/EV-20261110-0001/status' }]);
      expect(department.calls[0]?.body).toMatchObject({ eventId: 'EV-20261110-0001', status: '20', domain: '2' });
      expect(run.hub.receipts.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']);
    });

    it('leaves the system alone for as long as it asks, and comes back then', async () => {
      department.reply = () => ({ status: 503, headers: { 'Retry-After': '120' } });
      await run.hub.deliver('referral.status.v1', { deliveryId, claim, ...status });
      department.reply = () => ({ status: 204 });
      const again = '019a9f00-0000-7000-8000-0000000000c2';
      await run.hub.deliver('referral.status.v1', { deliveryId, claim: again, ...status });
      run.clock.advance(120_000);
      const last = '019a9f00-0000-7000-8000-0000000000c3';
      await run.hub.deliver('referral.status.v1', { deliveryId, claim: last, ...status });
      expect(run.hub.receipts).toMatchObject([
        { outcome: 'failed', code: 'HTTP_503', retryable: true },
        { outcome: 'failed', code: 'RETRY_AFTER', retryable: true },
        { outcome: 'delivered' },
      ]);
      expect(department.calls).toHaveLength(2);
    });

    describe('with a file of the day', () => {
      const fileOf = (day: string) => join(folder.path, 'bulk', 'kosodate', day);
      const startWithFiles = async (clock?: PluginRun['clock']) => {
        await mkdir(join(folder.path, 'bulk'), { recursive: true });
        await start({ config: { statusFolder: join(folder.path, 'bulk') }, ...(clock && { clock }) });
      };
      beforeEach(async () => {
        await run.stop();
        await startWithFiles();
      });

      it('writes each state of a day into it once, taken or not, and marks it when the day is over', async () => {
        department.reply = () => ({ status: 503 });
        for (const again of [claim, '019a9f00-0000-7000-8000-0000000000c2'])
          await run.hub.deliver('referral.status.v1', { deliveryId, claim: again, ...status });
        department.reply = () => ({ status: 204 });
        const note = { code: '40' as const, note: '=1+1、"済"' };
        await run.hub.deliver('referral.status.v1', { deliveryId: supplementId, claim, ...status, ...note });
        await expect(readdir(fileOf('20261120'))).rejects.toMatchObject({ code: 'ENOENT' });
        const { clock } = run;
        await run.stop();
        await startWithFiles(clock);
        clock.advance(15 * 3_600_000 + 300_000);
        await run.until(async () => (await readdir(fileOf('20261120')).catch(() => [] as string[])).includes('.done'));
        const text = await readFile(join(fileOf('20261120'), 'status.csv'), 'utf8');
        const [header, ...rows] = text.trimEnd().split('\r\n');
        expect(header).toBe(statusFields.map((name) => `"${name}"`).join(','));
        expect(rows.map((row) => row.split(',')[2])).toEqual(['"20"', '"40"']);
        expect(rows[1]).toContain('"\'=1+1、""済"""');
        expect(await readdir(fileOf('20261120'))).toEqual(['.done', 'status.csv']);
        const statuses = async (day: string) =>
          (await run.runner.countDay(day)).filter(({ what }) => what === 'statuses').map(({ count }) => count);
        expect([await statuses('2026-11-20'), await statuses('2026-11-21')]).toEqual([[2], [0]]);
        await rm(join(fileOf('20261120'), 'status.csv'));
        expect(await statuses('2026-11-20')).toEqual([0]);
      });

      it('is all of a day that can be counted: the system keeps no list of calls', async () => {
        expect(await run.runner.countDay('2026-11-20')).toEqual([
          { what: 'events', source: 'door' },
          { what: 'answers', source: 'door' },
          { what: 'statuses', source: 'status-days', count: 0 },
          { what: 'referrals' },
        ]);
        await run.stop();
        await start({ config: {} });
        const counts = await run.runner.countDay('2026-11-20');
        expect(counts.map(({ what, count }) => [what, count])).toEqual(
          ['events', 'answers', 'referrals', 'statuses'].map((what) => [what, undefined]),
        );
      });

      it('is fit to be enabled only when the folder can be written', async () => {
        expect((await run.check()).every(({ ok }) => ok)).toBe(true);
        await rm(join(folder.path, 'bulk'), { recursive: true });
        expect((await run.check()).filter(({ ok }) => !ok)).toMatchObject([{ code: 'ENOENT' }]);
      });
    });

    it('does not guess whose record a status without keys is about', async () => {
      await run.hub.deliver('referral.status.v1', { deliveryId, claim, ...status, echo: 'x' });
      expect(run.hub.receipts).toMatchObject([{ outcome: 'failed', code: 'E-ECHO', retryable: false }]);
    });
  });

  describe('the daily file', () => {
    const dayFolder = () => join(folder.path, 'bulk', 'kosodate', '20261119');
    const header =
      'eventId,eventType,modificationSeg,occurredAt,municipalityCode,municipalityIdentityKey,subject.role,subject.name,subject.dateOfBirth,isNotDisclosed,referTo,historyKey';
    const row = (eventId: string, birth = '2023-10-02', key = '1') =>
      `${eventId},sodan,1,2026-11-18T10:00:00+09:00,990019,A-1,child,見本　太郎,${birth},false,"[{""domain"":""2"",""reason"":""相談。""}]",${key}`;
    const bring = async (name: string, lines: string[], { done = true } = {}) => {
      await mkdir(dayFolder(), { recursive: true });
      await writeFile(join(dayFolder(), name), [header, ...lines].join('\r\n'));
      if (done) await writeFile(join(dayFolder(), '.done'), '');
    };
    const restart = async () => {
      await run.stop();
      await start({ config: { bulkFolder: join(folder.path, 'bulk') } });
    };
    beforeEach(async () => {
      await mkdir(dayFolder(), { recursive: true });
      await restart();
    });

    it('is read once it is marked as done, row by row, and told to the hub as the nightly one', async () => {
      await bring('events.csv', [row('EV-1'), row('EV-2')]);
      await run.until(() => submitted().length === 2);
      expect(submitted().map(({ source }) => [source.key, source.row, source.file?.length])).toEqual([
        ['EV-1/2', 1, 64],
        ['EV-2/2', 2, 64],
      ]);
      expect(run.runner.lastFileAt).toBeInstanceOf(Date);
    });

    it('waits for its mark', async () => {
      await bring('events.csv', [row('EV-1')], { done: false });
      for (let pass = 0; pass < 5; pass += 1) {
        run.clock.advance(1000);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(run.hub.items).toEqual([]);
      await writeFile(join(dayFolder(), '.done'), '');
      await run.until(() => submitted().length === 1);
    });

    it('brings nothing twice: neither what the webhook brought, nor a file whose bytes are known, also after a restart', async () => {
      const body = {
        eventId: 'EV-1',
        eventType: 'sodan',
        modificationSeg: '1',
        occurredAt: '2026-11-18T10:00:00+09:00',
      };
      const person = {
        municipalityCode: '990019',
        municipalityIdentityKey: 'A-1',
        isNotDisclosed: false,
        historyKey: '1',
      };
      const subject = { role: 'child', name: '見本　太郎', dateOfBirth: '2023-10-02' };
      const referTo = [{ domain: '2', reason: '相談。' }];
      expect((await caller.post('events', { ...body, ...person, subject, referTo })).status).toBe(202);
      await bring('events.csv', [row('EV-1')]);
      await run.until(() => submitted().length === 2);
      expect(new Set(submitted().map(({ source }) => source.contentHash)).size).toBe(1);
      await bring('again.csv', [row('EV-1')]);
      await utimes(join(dayFolder(), 'events.csv'), new Date(), new Date());
      await restart();
      await bring('more.csv', [row('EV-9')]);
      await run.until(() => submitted().some(({ source }) => source.key === 'EV-9/2'));
      expect(submitted()).toHaveLength(1);
    });

    it('is as old as it was written, whenever and however often it is read', async () => {
      await bring('events.csv', [row('EV-1')], { done: false });
      const written = new Date(run.clock.now().getTime() - 3_600_000);
      await utimes(join(dayFolder(), 'events.csv'), written, written);
      await writeFile(join(dayFolder(), '.done'), '');
      await run.until(() => submitted().length === 1);
      expect(submitted()[0]?.source.fileSerial).toBe((written.getTime() - Date.UTC(2020, 0)) / 1000);
    });

    it('gives way to a later version that comes through the door, of the same moment', async () => {
      await bring('events.csv', [row('EV-0'), row('EV-1')]);
      await run.until(() => submitted().length === 2);
      const person = { municipalityCode: '990019', municipalityIdentityKey: 'A-1', isNotDisclosed: false };
      const event = {
        eventId: 'EV-1',
        eventType: 'sodan',
        modificationSeg: '1',
        occurredAt: '2026-11-18T10:00:00+09:00',
      };
      const changed = { subject: { role: 'child', name: '見本　次郎', dateOfBirth: '2023-10-02' }, historyKey: '2' };
      const referTo = [{ domain: '2', reason: '相談。' }];
      expect((await caller.post('events', { ...event, ...person, ...changed, referTo })).status).toBe(202);
    });

    it('lets the others proceed when a row waits, and tells the system 90 without a value', async () => {
      await bring('events.csv', [row('EV-1', '2023-02-29'), row('EV-2'), row('EV-2', '2023-10-03'), row('EV-3', 'x')]);
      await run.until(() => department.calls.length === 3);
      expect(submitted().map(({ source }) => source.key)).toEqual(['EV-2/2']);
      const told = (eventId: string) => department.bodies(`/hub/referrals/${eventId}/status`);
      expect(told('EV-1')).toMatchObject([
        { status: '90', referralId: null, message: 'E-DATE（10 subject.dateOfBirth）' },
      ]);
      expect(told('EV-2')).toMatchObject([{ status: '90', message: 'E-VERSION（23 historyKey）' }]);
      const rows = run.hub.items.flatMap(({ body }) =>
        'row' in body ? [[body.row.row, body.row.code, body.row.field]] : [],
      );
      expect(rows.sort()).toEqual([
        [1, 'E-DATE', 10],
        [3, 'E-VERSION', 23],
        [4, 'E-DATE', 10],
      ]);
    });

    it('is taken up again when the system cannot be told', async () => {
      department.reply = () => ({ status: 503 });
      await bring('events.csv', [row('EV-1', '2023-02-29')]);
      await run.until(() => run.runner.code === 'HTTP_503');
      department.reply = () => ({ status: 204 });
      await run.until(() => run.runner.code === undefined);
      expect(department.bodies('/hub/referrals/EV-1/status').length).toBeGreaterThan(1);
    });

    describe('counted for the day on which it was written', () => {
      const written = new Date('2026-11-19T23:59:00+09:00');
      const put = async (folderName: string, name: string, text: string | Buffer, at = written) => {
        const of = join(folder.path, 'bulk', 'kosodate', folderName);
        await mkdir(of, { recursive: true });
        await writeFile(join(of, name), text);
        await utimes(join(of, name), at, at);
      };
      const fileOf = (...lines: string[]) => [header, ...lines].join('\r\n');
      const files = async (day = '2026-11-19') =>
        (await run.runner.countDay(day)).filter(({ source }) => source === 'daily');
      const hashOf = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

      it('has each of its rows, under the name by which the hub has taken them', async () => {
        const twice = row('EV-2').replace('}]"', '},{""domain"":""1"",""reason"":""相談。""}]"');
        const text = fileOf(row('EV-1'), twice, row('EV-1', '2023-10-03'), row('EV-3', '2023-02-29'));
        await put('20261119', 'events.csv', text);
        await writeFile(join(dayFolder(), '.done'), '');
        await run.until(() => department.calls.length === 2);
        const [counted, ...others] = await files();
        expect([counted, others]).toEqual([{ what: 'events', source: 'daily', items: hashOf(text), count: 4 }, []]);
        const known = new Set(run.hub.items.map(({ itemId }) => itemId));
        const named = [...known].filter((itemId) => /^[0-9a-f]{64}\/[0-9]+$/.test(itemId));
        expect(named.sort()).toEqual([1, 2, 3, 4].map((n) => `${counted!.items}/${n}`));
      });

      it('is told though it was never read, for want of its mark: nothing of it has reached the hub', async () => {
        const text = fileOf(row('EV-1'), row('EV-2'));
        await put('20261118', 'late.csv', text);
        expect([await files(), run.hub.items]).toEqual([
          [{ what: 'events', source: 'daily', items: hashOf(text), count: 2 }],
          [],
        ]);
      });

      it('is one refusal where it is refused whole', async () => {
        const bytes = Buffer.from([0x83, 0x7e]);
        await put('20261119', 'events.csv', bytes);
        await writeFile(join(dayFolder(), '.done'), '');
        await run.until(() => run.hub.items.length === 1);
        expect(run.hub.items.map(({ itemId }) => itemId)).toEqual([`${hashOf(bytes)}/0`]);
        expect(await files()).toEqual([{ what: 'events', source: 'daily', items: hashOf(bytes), count: 1 }]);
      });

      it('is one file under whatever names, none of another day, and no link', async () => {
        const text = fileOf(row('EV-1'));
        await put('20261118', 'a.csv', text);
        await put('20261119', 'b.csv', text);
        await put('20261119', 'next.csv', fileOf(row('EV-9')), new Date('2026-11-20T00:00:00+09:00'));
        await put('20261119', 'notes.txt', text);
        await symlink(join(dayFolder(), 'next.csv'), join(dayFolder(), 'link.csv'));
        expect((await files()).map(({ items }) => items)).toEqual([hashOf(text)]);
        expect((await files('2026-11-20')).map(({ count }) => count)).toEqual([1]);
        expect(await files('2026-11-18')).toEqual([]);
      });
    });

    describe('when a person lets a row of it be read again', () => {
      const fileOf = (name: string) =>
        createHash('sha256')
          .update(readFileSync(join(dayFolder(), name)))
          .digest('hex');
      const release = (file: string, row: number, more: { itemId?: string; time?: number; override?: string } = {}) => {
        const { itemId = `${file}/${row}`, time = 1, override } = more;
        return run.runner.release({ source: 'daily', itemId, as: `${itemId}#${time}`, file, row, override });
      };
      const rows = () => run.hub.items.flatMap(({ itemId, body }) => ('row' in body ? [[itemId, body.row.code]] : []));
      const both = (eventId: string) => row(eventId).replace('[{', '[{""domain"":""1"",""reason"":""相談。""},{');
      const memory = hubMemory();
      const refusing = (key: string) => (item: { type: string; body: object }) =>
        JSON.stringify(item.body).includes(`"key":"${key}"`)
          ? { outcome: 'rejected' as const, codes: ['ROUTE_MISSING'] }
          : memory(item);

      it('what the hub had not taken goes again, and what it had is answered from its record', async () => {
        run.hub.script.answer = refusing('EV-1/1');
        await bring('events.csv', [both('EV-1')]);
        await run.until(() => department.calls.length === 1);
        const file = fileOf('events.csv');
        run.hub.script.answer = memory;
        expect(await release(file, 1)).toBeUndefined();
        await run.until(() => run.hub.items.length === 4);
        expect(run.hub.items.map(({ itemId }) => itemId)).toEqual([
          `${file}/1`,
          `EV-1/2/${file}/1`,
          `${file}/1#1`,
          `EV-1/2/${file}/1`,
        ]);
        // Its version is remembered, one line after the other: from then on another content under it is none.
        const journal = join(folder.path, '.tsunagi', 'journal.jsonl');
        await run.until(async () => (await readFile(journal, 'utf8')).includes('"accepted"'));
        expect((await caller.post('events', anEvent({ eventId: 'EV-7' }))).status).toBe(202);
        const { body } = await caller.post('events', anEvent({ eventId: 'EV-1', historyKey: '1' }));
        expect(body['code']).toBe('E-VERSION');
      });

      it('one of several things that it asks for goes alone', async () => {
        run.hub.script.answer = refusing('EV-1/2');
        await bring('events.csv', [both('EV-1')]);
        await run.until(() => department.calls.length === 1);
        const file = fileOf('events.csv');
        run.hub.script.answer = memory;
        await release(file, 1, { itemId: `EV-1/2/${file}/1` });
        await run.until(() => run.hub.items.length === 3);
        expect(run.hub.items[2]).toMatchObject({ itemId: `EV-1/2/${file}/1#1`, body: { submission: { to: {} } } });
      });

      it('it waits on while it is wrong, known by its sender’s name', async () => {
        await bring('events.csv', [row('EV-1', '2023-02-29')]);
        await run.until(() => department.calls.length === 1);
        const file = fileOf('events.csv');
        await release(file, 1);
        await run.until(() => rows().length === 2);
        expect(rows()).toEqual([
          [`${file}/1`, 'E-DATE'],
          [`${file}/1#1`, 'E-DATE'],
        ]);
        const hashes = run.hub.items.map(({ body }) => ('row' in body ? body.row.keyHash : undefined));
        expect(new Set(hashes)).toEqual(new Set([createHash('sha256').update('EV-1').digest('hex')]));
      });

      it('in spite of its version it changes what there is, and later versions go on from there', async () => {
        await bring('events.csv', [row('EV-1'), row('EV-1', '2023-10-03')]);
        await run.until(() => department.calls.length === 1);
        const file = fileOf('events.csv');
        await release(file, 2);
        await run.until(() => rows().length === 2);
        expect(rows()[1]).toEqual([`${file}/2#1`, 'E-VERSION']);
        await release(file, 2, { time: 2, override: 'E-VERSION' });
        await run.until(() => submitted().length === 2);
        expect(submitted()[1]).toMatchObject({
          source: { key: 'EV-1/2', change: 'changed' },
          subject: { items: { identity: { birthDate: '2023-10-03' } } },
        });
        const later = anEvent({ eventId: 'EV-1', historyKey: '2' });
        expect((await caller.post('events', later)).status).toBe(202);
        // Nor does an older row replace it by itself.
        await release(file, 1, { time: 3 });
        await run.until(() => rows().some(([itemId]) => itemId === `${file}/1#3`));
        expect(rows().at(-1)).toEqual([`${file}/1#3`, 'E-VERSION']);
      });

      it('its municipality is the one of the settings, where somebody has looked at it', async () => {
        await bring('events.csv', [row('EV-1').replace('990019', '990010')]);
        await run.until(() => department.calls.length === 1);
        await release(fileOf('events.csv'), 1, { override: 'E-CD-MUNI' });
        await run.until(() => submitted().length === 1);
        expect(rows().map(([, code]) => code)).toEqual(['E-CD-MUNI']);
      });

      it('it is gone with its file, and a row that never was is none', async () => {
        await bring('events.csv', [row('EV-1', '2023-02-29')]);
        await run.until(() => department.calls.length === 1);
        const file = fileOf('events.csv');
        expect(await release(file, 2)).toBe('ROW_GONE');
        await writeFile(join(dayFolder(), 'events.csv'), `${header}\r\n${row('EV-1')}`);
        expect(await release(file, 1)).toBe('ROW_GONE');
      });
    });

    it.each([
      ['in another encoding', Buffer.from([0x83, 0x7e, 0x83, 0x7b]), 'E-UTF8'],
      ['with an open quote', Buffer.from(`${header}\r\n"EV-1`), 'E-CSV'],
      ['with a column twice', Buffer.from('eventId,eventId\r\na,b'), 'E-CSV'],
    ])('is refused as a whole %s', async (_, bytes, code) => {
      await writeFile(join(dayFolder(), 'events.csv'), bytes);
      await writeFile(join(dayFolder(), '.done'), '');
      await run.until(() => run.hub.items.length > 0);
      expect(run.hub.items).toMatchObject([{ type: 'rows.quarantined.v1', body: { row: { row: 0, code } } }]);
    });

    it('with a column for a マイナンバー gives nothing of any row away', async () => {
      await mkdir(dayFolder(), { recursive: true });
      await writeFile(join(dayFolder(), 'events.csv'), `eventId,myNumber\r\nEV-1,123456789018`);
      await writeFile(join(dayFolder(), '.done'), '');
      await run.until(() => run.hub.items.length > 0);
      expect(run.hub.items).toMatchObject([{ body: { row: { row: 1, code: 'S-MYNUMBER-FIELD' } } }]);
    });
  });

  describe('its check', () => {
    it('passes with a system that answers, a folder and a form version', async () => {
      expect(await run.check()).toMatchObject([
        { name: '折り返し先', ok: true },
        { name: '同意書様式の版', ok: true },
      ]);
      expect(department.calls).toEqual([]);
    });

    it('says what is missing', async () => {
      await department.close();
      await run.stop();
      await start({ config: { bulkFolder: join(folder.path, 'nowhere'), formVersion: undefined } });
      const findings = (await run.check()).map(({ code }) => code);
      expect(findings).toEqual(['ECONNREFUSED', 'ENOENT', 'FORM_VERSION_MISSING']);
      await rm(join(folder.path, 'nowhere'), { recursive: true, force: true });
    });
  });
});

describe('the settings of the kosodate plugin', () => {
  const plain = settings('https://kosodate.example.lg.jp/hub', { callbackPlainHttp: undefined });
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(plain).filter(([name]) => !names.includes(name)));

  it('need one way to prove who calls', () => {
    expect(kosodatePlugin.config.safeParse(without('clientSecret')).success).toBe(true);
    expect(kosodatePlugin.config.safeParse(without('signatureSecret')).success).toBe(true);
    expect(kosodatePlugin.config.safeParse(without('clientSecret', 'signatureSecret')).success).toBe(false);
  });

  it.each([
    ['an unknown setting', { colour: 'red' }],
    ['the check digit of an insurer', { municipality: '990010' }],
    ['a call-back without TLS', { callbackUrl: 'http://kosodate.example.lg.jp/hub' }],
    ['a call-back with a query', { callbackUrl: 'https://kosodate.example.lg.jp/hub?a=b' }],
    ['a call-back with a password', { callbackUrl: 'https://a:b@kosodate.example.lg.jp/hub' }],
    ['a call-back that is a file', { callbackUrl: 'file:///etc/passwd' }],
    ['the secret itself', { callbackSecret: 'secret' }],
    ['nobody to call for a 通告', { childAbuseContact: '' }],
  ])('are refused with %s', (_, change) => {
    expect(kosodatePlugin.config.safeParse({ ...plain, ...change }).success).toBe(false);
  });

  it('are all described, in Japanese', () => {
    const { properties = {} } = z.toJSONSchema(kosodatePlugin.config, { io: 'input' }) as {
      properties?: Record<string, { description?: string }>;
    };
    for (const { description } of Object.values(properties)) expect(description).toMatch(/[ぁ-ん]/);
  });

  it('do not go together with a secret that could be guessed', async () => {
    const read = (secret: string) => readSecrets({ read: () => Promise.resolve(secret) }, plain);
    await expect(read('a'.repeat(31))).rejects.toMatchObject({ code: 'SECRET_TOO_SHORT' });
    await expect(read('a'.repeat(32))).resolves.toBeDefined();
  });
});
