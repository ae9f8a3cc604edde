// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { inGroups, uuidToCode } from '@tsunagi/text';
import { herItems, holdsNone } from '../../test/her-matters';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';
import { Directory } from '../organizations';

const fact = '毎月の支払いが遅れている。〔隣の方によると、借りている〕本人は困っている。';

describeWithServices(['postgres'], 'a つなぐシート', () => {
  let desks: ManyDesks;
  let hogo: Api;
  let kosodate: Api;
  beforeAll(async () => {
    desks = await manyDesks({ hogo: { channel: 'paper' } });
    ({ hogo, kosodate } = desks.at);
  });
  afterAll(() => desks?.close());

  const items = {
    identity: { name: '見本　花子', kana: 'ミホン　ハナコ', birthDate: '1950-04-01', sex: 'female' },
    contact: { address: '架空市一丁目' },
    concern: { boxes: ['income_work'] },
    narrative: { fact },
  };
  const subject = (over: object = {}) => ({ ref: 'subject', role: 'subject', identifiers: [], items, ...over });
  const send = async (to: 'hogo' | 'shogai' | 'konkyu', over: object = {}) =>
    (await desks.send(kosodate, 'referral', to, { subject: subject(), ...over })).body.id as string;
  const allow = (id: string, to: string, categories: readonly string[] = ['identity', 'concern', 'narrative']) =>
    desks.consent(kosodate, id, { recipients: [{ domain: to }], categories } as never);
  const onPaper = async () => {
    const id = await send('hogo');
    const consent = await allow(id, 'hogo');
    return { id, consent };
  };
  const print = (who: Api, id: string, query = '') => who('GET', `/referrals/${id}/sheet${query}`);
  const printed = async (who: Api, id: string): Promise<string> => {
    const { status, body } = await print(who, id);
    expect([status, typeof body]).toEqual([200, 'string']);
    return body as string;
  };
  const refusalOf = async (who: Api, id: string, query?: string) => {
    const { status, body } = await print(who, id, query);
    return [status, body.code];
  };
  const prints = (id: string) =>
    desks.under.rows<{ way: string; desk: string; categories: string[] }>(
      `select way, recipient_function as desk, members->0->'categories' as categories from disclosure where referral = $1 and way = 'print' order by at, id`,
      [id],
    );

  it('is a page without a script that loads nothing from elsewhere', async () => {
    const { id } = await onPaper();
    const { body, headers } = await print(kosodate, id);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).not.toMatch(/<script|style=|https?:\/\/(?!www\.w3\.org\/2000\/svg)|<img|<iframe/);
  });

  it('holds what is permitted and nothing else, whoever of the two desks prints it', async () => {
    const { id } = await onPaper();
    const bySender = await printed(kosodate, id);
    await hogo('GET', `/sheets/${uuidToCode(id)}`);
    for (const page of [bySender, await printed(hogo, id)]) {
      for (const there of [
        '見本　花子',
        'ミホン　ハナコ',
        '1950年4月1日',
        '女',
        '収入・仕事',
        '毎月の支払いが遅れている。',
      ])
        expect(page).toContain(there);
      expect(page).toContain('〔…〕本人は困っている。');
      for (const absent of ['架空市一丁目', '隣の方', 'undefined', '[object']) expect(page).not.toContain(absent);
    }
  });

  it('has the code as text and as QR, and nobody in it', async () => {
    const { id } = await onPaper();
    const page = await printed(kosodate, id);
    const code = uuidToCode(id);
    expect((await desks.view(kosodate, id)).body.sheetCode).toBe(code);
    expect(page).toContain(`<span class="code">${inGroups(code)}</span>`);
    expect(page).toMatch(/<svg [^>]*aria-label="このシートのコード [0-9A-Z-]+"/);
  });

  it('is a line of the ledger of the desk that printed it, once a day, and of the audit each time', async () => {
    const { id } = await onPaper();
    expect(await prints(id)).toEqual([]);
    await printed(kosodate, id);
    await printed(kosodate, id);
    await hogo('GET', `/sheets/${uuidToCode(id)}`);
    await printed(hogo, id);
    const categories = ['identity', 'concern', 'narrative'];
    expect(await prints(id)).toEqual([
      { way: 'print', desk: desks.functions.kosodate, categories },
      { way: 'print', desk: desks.functions.hogo, categories },
    ]);
    const audited = await desks.under.rows(
      `select action from audit_entry where object = $1 and action = 'referral.printed'`,
      [id],
    );
    expect(audited).toHaveLength(3);
  });

  it('is printed by nobody before it may leave, and by nobody else', async () => {
    const id = await send('hogo');
    expect(await refusalOf(kosodate, id)).toEqual([409, 'NOTHING_TO_PRINT']);
    await allow(id, 'hogo');
    expect(await refusalOf(desks.at.shogai, id)).toEqual([404, 'NOT_FOUND']);
    expect(await refusalOf(hogo, id)).toEqual([409, 'NOTHING_TO_PRINT']);
    expect(await refusalOf(await desks.as('coordinator'), id)).toEqual([409, 'NOTHING_TO_PRINT']);
    expect((await kosodate('HEAD', `/referrals/${id}/sheet`)).status).toBe(404);
    expect(await prints(id)).toEqual([]);
  });

  it('is printed no more once the consent is withdrawn, by either desk', async () => {
    const { id, consent } = await onPaper();
    await hogo('GET', `/sheets/${uuidToCode(id)}`);
    await printed(hogo, id);
    await kosodate('POST', `/consents/${consent}/withdraw`, {});
    expect(await refusalOf(kosodate, id)).toEqual([409, 'NOTHING_TO_PRINT']);
    expect(await refusalOf(hogo, id)).toEqual([409, 'NOTHING_TO_PRINT']);
  });

  it('of what goes to a screen is for the desk that has opened it; its sender learns nothing from it', async () => {
    const id = await send('shogai');
    await allow(id, 'shogai');
    expect(await refusalOf(desks.at.shogai, id)).toEqual([409, 'NOTHING_TO_PRINT']);
    await desks.act(desks.at.shogai, id, 'receive');
    expect(await printed(desks.at.shogai, id)).toContain('見本　花子');
    expect(await refusalOf(kosodate, id)).toEqual([409, 'NOTHING_TO_PRINT']);
  });

  it('that is printed from a screen opens the answer form, and has nothing arrive by that', async () => {
    const id = await send('shogai');
    await allow(id, 'shogai');
    const opened = await desks.at.shogai('GET', `/sheets/${uuidToCode(id)}`);
    expect([opened.status, opened.body.referral.state]).toEqual([200, 'sent']);
    expect(opened.body.referral.members).toBeUndefined();
    expect(Object.keys(opened.body.forms)).toContain('receive');
  });

  it('opens the form of the answer: what can be done, and the fields for it', async () => {
    const { id } = await onPaper();
    const { body } = await hogo('GET', `/sheets/${inGroups(uuidToCode(id)).toLowerCase()}`);
    const possible = body.actions.filter((a: { possible: boolean }) => a.possible);
    expect(Object.keys(body.forms)).toEqual(possible.map((a: { action: string }) => a.action));
    expect(Object.keys(body.forms.accept.properties)).toEqual(expect.arrayContaining(['worker', 'personMatched']));
    expect((await desks.act(hogo, id, 'accept', { worker: { name: '試験　次郎' }, personMatched: true })).status).toBe(
      200,
    );
  });

  it('says that a code was mistyped, whether or not there is such a referral', async () => {
    const { id } = await onPaper();
    const code = uuidToCode(id);
    const exchanged = code.slice(0, 24) + (code[25] ?? '') + (code[24] ?? '') + code.slice(26);
    const wrong = code.slice(0, 12) + (code[12] === '7' ? '8' : '7') + code.slice(13);
    for (const typed of [code[24] === code[25] ? wrong : exchanged, wrong, code.slice(0, 20), 'what'])
      for (const who of [hogo, desks.at.shogai]) {
        const { status, body } = await who('GET', `/sheets/${typed}`);
        expect([status, body.code, body.detail]).toEqual([422, 'CODE_MISTYPED', expect.stringContaining('写し間違い')]);
      }
    expect((await desks.view(kosodate, id)).body.state).toBe('sent');
  });

  describe('that the person carries', () => {
    it('begins with a page in plain Japanese; any other has none', async () => {
      const id = await send('shogai', { channel: 'carried_by_person' });
      const page = await printed(kosodate, id);
      expect(page).toContain('この かみを もって いって ください');
      expect(page.indexOf('この かみを もって いって')).toBeLessThan(page.indexOf('見本　花子'));
      expect(await printed(kosodate, (await onPaper()).id)).not.toContain('もって いって');
    });

    it('is not there for the desk, before the person is', async () => {
      const id = await send('shogai', { channel: 'carried_by_person' });
      expect(await refusalOf(desks.at.shogai, id)).toEqual([404, 'NOT_FOUND']);
    });
  });

  it('S14: shows nothing of where a protected person is, of no text that waits, and no desk that gives the town away', async () => {
    const [named] = await desks.under.rows<{ name: string }>(
      'update desk_function set gives_town_away = true where id = $1 returning name',
      [desks.functions.kosodate],
    );
    await desks.under.hub.app.get(Directory).refresh();
    try {
      const hers = { ...herItems, narrative: { fact: '秘町の家を出た。' } };
      const everything = ['identity', 'contact', 'contact_wishes', 'concern', 'education', 'narrative'];
      const id = await send('hogo', { subject: subject({ sealed: true, items: hers }) });
      await allow(id, 'hogo', everything);
      await hogo('GET', `/sheets/${uuidToCode(id)}`);
      for (const who of [kosodate, hogo]) {
        const page = await printed(who, id);
        expect(page).toContain('秘匿の方です');
        expect(page).toContain('（非公開の窓口）');
        expect(page).not.toContain(named?.name);
        expect(page).not.toContain('経過の記述');
        holdsNone(page);
      }
    } finally {
      await desks.under.rows('update desk_function set gives_town_away = false where id = $1', [
        desks.functions.kosodate,
      ]);
      await desks.under.hub.app.get(Directory).refresh();
    }
  });

  it('is no PDF where no browser is set up for it, and then nothing was printed', async () => {
    const { id } = await onPaper();
    expect(await refusalOf(kosodate, id, '?format=pdf')).toEqual([503, 'PDF_UNAVAILABLE']);
    expect(await prints(id)).toEqual([]);
  });
});
