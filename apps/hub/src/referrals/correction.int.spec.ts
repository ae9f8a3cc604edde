// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { aSubmission } from '../../test/submissions';
import { aMember, twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'the same key again', () => {
  let desks: TwoDesks;
  let next = 1;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const matter = () => {
    const n = String(next++).padStart(4, '0');
    return (name: string, day: string, more: Parameters<typeof aSubmission>[0] = {}) =>
      aSubmission({
        key: `00990010/C-${n}`,
        insured: `000055${n}`,
        change: 'changed',
        items: { identity: { name }, concern: { boxes: ['housing'] }, care_level: { level: '22' } },
        occurredAt: `2026-11-${day}T00:00:00+09:00`,
        ...more,
      });
  };
  const sent = async () => (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
  const supplemented = async () => (await desks.konkyu.takeNext('referral.supplemented.v1')).data as Sent;
  const nameIn = (message: Sent) => message.referral.subject.items.identity?.name;
  const kinds = async (referral: string) =>
    (
      await desks.under.rows<{ kind: string }>(
        `select kind from delivery where referral = $1 and kind <> 'status' order by seq`,
        [referral],
      )
    ).map((d) => d.kind);

  it('corrects what has arrived by a delivery of its own, there and back, and the state does not move', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    const first = await sent();
    await desks.respond(first.deliveryId, '20', { worker: '試験　太郎' });
    expect(await desks.submit(row('見本　乙', '02'))).toMatchObject({ outcome: 'accepted', referralId });
    const second = await supplemented();
    expect([second.referral.referralId, nameIn(second)]).toEqual([referralId, '見本　乙']);
    expect(second.deliveryId).not.toBe(first.deliveryId);
    expect(await desks.submit(row('見本　甲', '03'))).toMatchObject({ outcome: 'accepted', referralId });
    expect(nameIn(await supplemented())).toBe('見本　甲');
    expect((await desks.view(desks.recipient, referralId)).state).toBe('accepted');
    expect((await desks.view(desks.recipient, referralId)).members[0].items.identity.name).toBe('見本　甲');
    expect(await desks.respond(second.deliveryId, '30')).toMatchObject({ outcome: 'accepted', referralId });
  });

  it('takes the place of what waits, there and back, and what was said last is what leaves', async () => {
    const row = matter();
    const unsaid = { asserted: { code: '9' as const, on: '2026-11-01' } };
    const { referralId } = await desks.submit(row('見本　甲', '01', unsaid));
    for (const [name, day] of [
      ['見本　乙', '02'],
      ['見本　甲', '03'],
    ] as const) {
      expect(await desks.submit(row(name, day, unsaid))).toMatchObject({ outcome: 'held', referralId });
      expect((await desks.view(desks.sender, referralId)).members[0].items.identity.name).toBe(name);
    }
    await desks.consent(await desks.personOf(referralId));
    const first = await sent();
    expect([first.referral.referralId, nameIn(first)]).toEqual([referralId, '見本　甲']);
    expect(await kinds(referralId)).toEqual(['referral']);
  });

  it('is a duplicate when nothing changed, or when it is older than what is known', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　乙', '05'));
    await sent();
    expect((await desks.submit(row('見本　甲', '04'))).outcome).toBe('duplicate');
    expect((await desks.submit(row('見本　乙', '06'))).outcome).toBe('duplicate');
    expect(await kinds(referralId)).toEqual(['referral']);
  });

  it('is built anew under the same delivery as long as nobody was told to write it', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    const old = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    await desks.submit(row('見本　乙', '02'));
    expect(await desks.konkyu.mayWrite(old.deliveryId)).toBe(false);
    const anew = await sent();
    expect([anew.deliveryId, nameIn(anew)]).toEqual([old.deliveryId, '見本　乙']);
    expect(await kinds(referralId)).toEqual(['referral']);
  });

  it('sends nothing when only what stays behind has changed', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    await sent();
    const items = {
      identity: { name: '見本　甲' },
      concern: { boxes: ['housing' as const] },
      care_level: { level: '23' },
    };
    expect(await desks.submit(row('', '02', { items }))).toMatchObject({ outcome: 'accepted', referralId });
    expect(await kinds(referralId)).toEqual(['referral']);
    expect((await desks.view(desks.sender, referralId)).members[0].items.care_level.level).toBe('23');
  });

  it('names the sender’s worker, who is corrected like the rest, and stays out of the audit', async () => {
    const row = matter();
    const by = (name: string) => ({ acting: { name } });
    const { referralId } = await desks.submit(row('見本　甲', '01', by('相談員　一')));
    expect((await sent()).referral.fromWorker).toBe('相談員　一');
    await desks.submit(row('見本　甲', '02', by('相談員　二')));
    const second = await supplemented();
    expect([second.referral.referralId, second.referral.fromWorker]).toEqual([referralId, '相談員　二']);
    await desks.respond(second.deliveryId, '10');
    for (const who of [desks.sender, desks.recipient])
      expect((await desks.view(who, referralId)).fromWorker).toBe('相談員　二');
    await desks.submit(row('見本　甲', '03'));
    expect((await supplemented()).referral.fromWorker).toBeUndefined();
    for (const table of ['referral', 'referral_event', 'audit_entry'])
      expect(await desks.under.rows(`select 1 from ${table} t where t::text like '%相談員%'`)).toEqual([]);
  });

  it('brings the recipient’s own number of the person, once its answer has said it; never that of another system', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    const first = await sent();
    expect(first.referral.subject.identifiers).toEqual([]);
    const identifiers = [
      { system: 'konkyu', value: 'SD-0099' },
      { system: 'shogai', value: '9999999999' },
    ];
    await desks.respond(first.deliveryId, '20', { worker: '試験　太郎', identifiers });
    await desks.submit(row('見本　乙', '02'));
    expect((await supplemented()).referral.subject.identifiers).toEqual([{ system: 'konkyu', value: 'SD-0099' }]);
    // It is the recipient's: its sender does not learn it.
    expect(JSON.stringify(await desks.view(desks.sender, referralId))).not.toContain('SD-0099');
  });

  it('waits with the correction when the basis is gone, and sends it when there is one again', async () => {
    const row = matter();
    const asserted = { asserted: { code: '9' as const, on: '2026-11-01' } };
    const { referralId } = await desks.submit(row('見本　甲', '01', asserted));
    const person = await desks.personOf(referralId);
    const consent = await desks.consent(person);
    await sent();
    await desks.under.rows(`update consent set scope = jsonb_set(scope, '{until}', '"2026-01-02"') where id = $1`, [
      consent,
    ]);
    expect(await desks.submit(row('見本　乙', '02', asserted))).toMatchObject({
      outcome: 'held',
      codes: ['CONSENT_EXPIRED'],
      referralId,
    });
    await desks.consent(person);
    expect(nameIn(await supplemented())).toBe('見本　乙');
  });

  it('brings the thing itself, and no correction of it, to a system that never had it', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    await desks.under.rows(
      `update delivery set state = 'parked', error = 'MESSAGE_TOO_LARGE', claim = null where id = $1`,
      [deliveryId],
    );
    await desks.submit(row('見本　乙', '02'));
    const anew = await sent();
    expect([anew.deliveryId, nameIn(anew)]).toEqual([deliveryId, '見本　乙']);
    expect(await kinds(referralId)).toEqual(['referral']);
  });

  it.each(['TABLE_MISSING', 'MAYBE_WRITTEN'])(
    'brings the thing itself again where its host could not write it and never will; not where nobody knows: %s',
    async (code) => {
      const row = matter();
      const { referralId } = await desks.submit(row('見本　甲', '01'));
      const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
      expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
      await desks.konkyu.receipt(deliveryId, 'failed', { code, retryable: false });
      const parked = `select 1 from delivery where id = $1 and state = 'parked'`;
      await waitFor(async () => (await desks.under.rows(parked, [deliveryId])).length > 0, {
        what: 'it to be given up',
      });
      await desks.submit(row('見本　乙', '02'));
      const [type, kept] =
        code === 'MAYBE_WRITTEN'
          ? (['referral.supplemented.v1', ['referral', 'supplement']] as const)
          : (['referral.sent.v1', ['referral']] as const);
      expect(nameIn((await desks.konkyu.takeNext(type, referralId)).data as Sent)).toBe('見本　乙');
      expect(await kinds(referralId)).toEqual(kept);
      await waitFor(
        async () => {
          const lines = await desks.under.rows<{ state: string; gone: boolean }>(
            `select state, go_at is not null as gone from disclosure where referral = $1 and members <> '[]' order by at, id`,
            [referralId],
          );
          return lines.at(-1)?.state === 'written' && lines.every((l) => l.gone);
        },
        { what: 'the ledger to say that it has gone' },
      );
    },
  );

  it('does not restart the waiting for an authority', async () => {
    const row = matter();
    const asserted = { asserted: { code: '9' as const, on: '2026-11-01' } };
    const { referralId } = await desks.submit(row('見本　甲', '01', asserted));
    await desks.under.rows(
      `update referral set state_at = state_at - interval '10 days', told_at = told_at - interval '10 days', clock_at = clock_at - interval '10 days' where id = $1`,
      [referralId],
    );
    const since = async () => (await desks.view(desks.sender, referralId)).stateAt;
    const before = await since();
    expect(await desks.submit(row('見本　乙', '02', asserted))).toMatchObject({ outcome: 'held', referralId });
    expect(await since()).toBe(before);
  });

  it('is another matter when it asks another desk: nothing changes, and the sender is told', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    await sent();
    expect(await desks.submit(row('見本　甲', '02', { to: { domain: 'shogai' } }))).toMatchObject({
      outcome: 'conflict',
      codes: ['OTHER_MATTER'],
      referralId,
    });
    const todos = (await desks.sender('GET', '/todos')).body.items;
    expect(todos).toContainEqual(expect.objectContaining({ kind: 'support_ended', referralId }));
  });

  it('keeps the person of a record without numbers, so that a consent given in between goes on counting', async () => {
    const client = await desks.under.as({ client: desks.functions.kaigo });
    const post = (name: string, day: string) => {
      const { source, ...rest } = withoutConsent({ key: 'NO-NUMBER', occurredAt: `2026-11-${day}T00:00:00+09:00` });
      const subject = { ref: 'x', role: 'subject', identifiers: [], items: { identity: { name } } };
      const { system, key, occurredAt } = source;
      const body = { ...rest, subject, source: { system, key, occurredAt } };
      return client('POST', '/referrals', body, { 'idempotency-key': randomUUID() });
    };
    const first = await post('見本　甲', '01');
    expect(first.body.outcome).toBe('held');
    const person = await desks.personOf(first.body.id);
    expect((await post('見本　乙', '02')).body).toMatchObject({ outcome: 'held', id: first.body.id });
    expect(await desks.personOf(first.body.id)).toBe(person);
    await desks.consent(person);
    expect(nameIn(await sent())).toBe('見本　乙');
  });

  it('goes on meaning the same member, whichever place the member has in the new record', async () => {
    const [one, two] = [
      aMember('0000554401'),
      { ...aMember('0000554402'), items: { identity: { name: '見本　二郎' } } },
    ];
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01', { others: [one, two] }));
    await sent();
    const before = await desks.personOf(referralId, 'member-2');
    await desks.submit(row('見本　甲', '02', { others: [two] }));
    expect(await desks.personOf(referralId, 'member-2')).toBe(before);
  });

  it('is seen at once by a desk that works in the hub, which is told; and stands in the ledger', async () => {
    const row = matter();
    const to = { to: { domain: 'shogai' as const } };
    const { referralId } = await desks.submit(row('見本　甲', '01', to));
    const web = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    expect((await desks.act(web, referralId, 'receive')).status).toBe(200);
    await desks.submit(row('見本　乙', '02', to));
    expect((await desks.view(web, referralId)).members[0].items.identity.name).toBe('見本　乙');
    expect((await web('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'see_correction', referralId, tickable: true }),
    );
    const ledger = (await desks.sender('GET', `/persons/${await desks.personOf(referralId)}/disclosures`)).body.items;
    expect(ledger.filter((l: any) => l.members.length > 0).map((l: any) => l.state)).toEqual(['written', 'written']);
  });

  it('stays with its sender when the desk has given it back, or had it by mistake', async () => {
    const web = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.shogai });
    const givesBack = async (referral: string) => {
      await desks.act(supervisor, referral, 'propose-return', { reasons: ['901'], whoTellsPerson: '試験　月' });
      return desks.act(desks.sender, referral, 'agree-return', {
        talk: { on: '2026-11-01', names: ['見本　花', '試験　月'] },
        keepsDoing: { sender: '見守り', recipient: '連絡を受ける' },
        personInformed: { by: '見本　花', at: '2026-11-01T09:00:00+09:00', how: '電話' },
      });
    };
    const isMisdirected = (referral: string) =>
      desks.act(desks.sender, referral, 'misdirected', { what: 'wrong_desk', reason: '試験' });
    for (const end of [givesBack, isMisdirected]) {
      const row = matter();
      const to = { to: { domain: 'shogai' as const } };
      const { referralId } = await desks.submit(row('見本　甲', '01', to));
      await desks.act(web, referralId, 'receive');
      const ended = await end(referralId);
      expect([ended.status, ended.body.code]).toEqual([200, undefined]);
      expect(await desks.submit(row('見本　乙', '02', to))).toMatchObject({ outcome: 'accepted', referralId });
      expect(JSON.stringify(await desks.view(web, referralId))).not.toContain('見本　乙');
      expect(await kinds(referralId)).not.toContain('supplement');
      const { items } = (await web('GET', '/todos?kind=see_correction')).body;
      expect(items.map((t: { referralId: string }) => t.referralId)).not.toContain(referralId);
    }
  });
});
