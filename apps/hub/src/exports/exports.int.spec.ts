// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ExportedList } from '@tsunagi/contracts';
import { describeWithServices } from '@tsunagi/testing';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import type { Api } from '../../test/sign-in';
import { csvText, readCsv } from '../platform';

const list: ExportedList = {
  list: 'exceptions',
  columns: ['月', '件数'],
  rows: [['2026-11', '3']],
  encoding: 'utf-8-bom',
};
const anId = '01900000-0000-7000-8000-123456789018';

describeWithServices(['postgres'], 'a list of the console as a file', () => {
  let under: HubUnderTest;
  let officer: Api;
  let cookie: string;

  beforeAll(async () => {
    under = await hubUnderTest();
    officer = await under.as({ role: 'privacy_officer' });
    cookie = await under.cookie(under.access.staff.find((s) => s.role === 'privacy_officer')!.name);
  });
  afterAll(() => under?.close());

  const written = () =>
    under.rows<object>(
      `select actor, object_kind, object, details from audit_entry where action = 'list.exported' order by at, id`,
    );
  const asBytes = async (body: Partial<ExportedList>) =>
    under
      .http()
      .post('/api/v1/exports')
      .set('cookie', cookie)
      .set('tsunagi-request', '1')
      .send({ ...list, ...body })
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
  const rowsOf = async (body: Partial<ExportedList>) => readCsv(csvText((await asBytes(body)).body));

  it.each<[string, object, number, string]>([
    ['a list that no screen has', { list: '見本　花子' }, 422, 'INVALID'],
    ['more than 5,000 rows', { rows: Array.from({ length: 5_001 }, () => ['', '']) }, 422, 'INVALID'],
    ['more than 60 columns', { columns: Array.from({ length: 61 }, () => '') }, 422, 'INVALID'],
    ['a row that has more cells than there are columns', { rows: [['2026-11', '3', '4']] }, 422, 'INVALID'],
    ['an encoding that nobody reads', { encoding: 'utf-16' }, 422, 'INVALID'],
    ['more than 1 MiB', { rows: [['a'.repeat(1024 * 1024), '']] }, 413, 'BODY_TOO_LARGE'],
    ['a マイナンバー', { rows: [['1234-5678-9018', '']] }, 422, 'SUBMISSION_REJECTED'],
    ['a マイナンバー beside an id', { rows: [[`${anId} 123456789018`, '']] }, 422, 'SUBMISSION_REJECTED'],
  ])('is refused with %s, and leaves no line', async (_, wrong, status, code) => {
    const refused = await officer('POST', '/exports', { ...list, ...wrong });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect(await written()).toEqual([]);
  });

  it('is a person’s: a program has no screen', async () => {
    const client = await under.as({ client: under.access.clients[0]!.id });
    expect((await client('POST', '/exports', list)).body.code).toBe('ROLE_MISSING');
    expect(await written()).toEqual([]);
  });

  it('says what it was sent, in UTF-8 with BOM, under the name of the list and the day', async () => {
    const { body, headers, status } = await asBytes({});
    expect([status, headers['content-type'], headers['tsunagi-loss']]).toEqual([
      200,
      'text/csv; charset=utf-8',
      undefined,
    ]);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="tsunagi-exceptions-\d{4}-\d\d-\d\d\.csv"$/);
    expect(body.subarray(0, 3)).toEqual(Buffer.from('\ufeff'));
    expect(readCsv(csvText(body))).toEqual([['月', '件数'], ...list.rows]);
  });

  it('counts what CP932 cannot hold, in a header and after the last row', async () => {
    const { body, headers } = await asBytes({ rows: [['𠮷野', '🏠 見本']], encoding: 'cp932' });
    expect([headers['content-type'], headers['tsunagi-loss']]).toEqual(['text/csv; charset=shift_jis', '2']);
    expect(readCsv(csvText(body)).slice(1)).toEqual([
      ['〓野', '〓 見本'],
      ['# CP932 で書けない文字 2 字を「〓」にしました。'],
    ]);
  });

  it.each(['=1+1', '+81', '-cmd', '@here', '\tx'])(
    'takes the power from a text that is a formula: %j',
    async (text) => {
      expect(await rowsOf({ columns: [text, ''], rows: [[text, '1']] })).toEqual([
        [`'${text}`, ''],
        [`'${text}`, '1'],
      ]);
    },
  );

  it('may hold an id in a text, whatever its digits', async () => {
    expect((await rowsOf({ rows: [[`staff:${anId}`, `referral ${anId}`]] }))[1]).toEqual([
      `staff:${anId}`,
      `referral ${anId}`,
    ]);
  });

  it('is written down: who, which list, how many rows, and nothing that was in it', async () => {
    const before = (await written()).length;
    await officer('POST', '/exports', { ...list, encoding: 'cp932' });
    const lines = (await written()).slice(before);
    expect(lines).toEqual([
      {
        actor: expect.stringMatching(/^staff:/),
        object_kind: 'list',
        object: 'exceptions',
        details: { count: 1, encoding: 'cp932' },
      },
    ]);
    const { items } = (await officer('GET', '/audit?group=exported')).body;
    expect(items[0]).toMatchObject({ action: 'list.exported', object: 'exceptions' });
  });
});
