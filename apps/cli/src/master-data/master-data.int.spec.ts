// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { migrate, start, type RunningHub } from '@tsunagi/hub';
import { InProcessBroker } from '@tsunagi/messaging';
import { describeWithServices, testServices } from '@tsunagi/testing';
import { run } from '../program';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'master data from the command line', () => {
  let cwd: string;
  let hub: RunningHub;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'cli-'));
    const database = await testServices().postgres.createDatabase('cli');
    drop = () => database.drop();
    const broker = new InProcessBroker();
    const config = {
      databaseUrl: database.url,
      connect: (account: string) => broker.connect(account, 'hub'),
      host: '127.0.0.1',
      port: 0,
      dataDir: join(cwd, 'var'),
      demo: true,
      legal: 'demo' as const,
      keys: join(cwd, 'keys.json'),
      municipalityCode: '990019',
      collectsOrigin: false,
      embedded: false,
      logLevel: 'silent' as const,
      demoPlugins: {},
    };
    await migrate(config);
    hub = await start(config);
  });
  afterAll(async () => {
    await hub?.close();
    await drop?.();
    rmSync(cwd, { recursive: true, force: true });
  });

  const tsunagi = (...line: string[]) => tsunagiWith({ TSUNAGI_PORT: new URL(hub.baseUrl).port }, ...line);

  async function tsunagiWith(env: Record<string, string>, ...line: string[]) {
    const [out, error] = [new PassThrough(), new PassThrough()];
    const code = await run(line, { env, cwd, out, error });
    return { code, out: (out.read() as Buffer | null) ?? Buffer.alloc(0), error: String(error.read() ?? '') };
  }
  const told = async (...line: string[]) => {
    const { code, out, error } = await tsunagi(...line);
    return [code, String(out) + error] as const;
  };
  const inFile = (name: string) => readFileSync(join(cwd, name), 'utf8');

  it('takes back what it has written out, as CSV and as JSON, and nothing changes', async () => {
    for (const format of ['csv', 'json']) {
      const { code, out } = await tsunagi('desk', 'export', '--format', format);
      expect(code).toBe(0);
      writeFileSync(join(cwd, `desks.${format}`), out);
      expect(await told('desk', 'import', `desks.${format}`)).toEqual([
        0,
        '0 件を加え、0 件を直しました（41 件は同じ）。\n',
      ]);
    }
  });

  it('shows first what a file would change, and changes nothing while a row is wrong', async () => {
    const lines = inFile('desks.csv').split('\r\n');
    const changed = lines.map((line) => line.replace('税務課,', '納税課,'));
    writeFileSync(join(cwd, 'changed.csv'), changed.join('\r\n'));
    expect(await told('desk', 'import', 'changed.csv', '--dry-run')).toEqual([
      0,
      expect.stringMatching(/^～ \d+ 行目　9990000139　name\n取り込むと、0 件が加わり、1 件が変わります/),
    ]);
    writeFileSync(join(cwd, 'wrong.csv'), changed.map((line) => line.replace(',other,', ',elsewhere,')).join('\r\n'));
    const [code, text] = await told('desk', 'import', 'wrong.csv');
    expect([code, text]).toEqual([2, expect.stringContaining('/domain: ')]);
    expect(text).toContain('何も変えていません');
    expect((await told('desk', 'import', 'desks.csv'))[1]).toContain('0 件を直しました');
    expect((await told('desk', 'import', 'changed.csv'))[1]).toContain('1 件を直しました');
  });

  it('registers staff and writes the first password to a file of its own only', async () => {
    const add = ['staff', 'add', 'm.hanako', '--name', '見本 花子', '--organization', '見本市'];
    const [refused, why] = await told(...add);
    expect([refused, why]).toEqual([2, expect.stringContaining('--secret-file')]);
    const [code, text] = await told(...add, '--role', 'supervisor', '--from', '2026-04-01', '--secret-file', 'one');
    expect(code).toBe(0);
    const [login, password] = inFile('one').trim().split('\t');
    expect(login).toBe('m.hanako');
    expect(text).not.toContain(password);
    expect(statSync(join(cwd, 'one')).mode & 0o777).toBe(0o600);

    expect((await told(...add, '--secret-file', 'one'))[1]).toContain('新しいファイルを作れません');
    const unknown = [...add.slice(0, -1), 'ない機関', '--secret-file', 'two'];
    expect(await told(...unknown)).toEqual([2, expect.stringContaining('「ない機関」')]);
    expect(existsSync(join(cwd, 'two'))).toBe(false);
  });

  it('registers staff from a file in CP932, one line for each role, and passes over who is there', async () => {
    // 見本市 in CP932
    const city = Buffer.from([0x8c, 0xa9, 0x96, 0x7b, 0x8e, 0x73]);
    const rows = ['caseworker,9940000023', 'supervisor,9960000045'].map((role) =>
      Buffer.concat([Buffer.from('new.member,new,'), city, Buffer.from(`,${role},2026-04-01\r\n`)]),
    );
    const there = Buffer.concat([Buffer.from('m.hanako,x,'), city, Buffer.from(',,,\r\n')]);
    const head = Buffer.from('login,name,organization,role,function,validFrom\r\n');
    writeFileSync(join(cwd, 'staff.csv'), Buffer.concat([head, ...rows, there]));
    const [code, text] = await told('staff', 'import', 'staff.csv', '--secret-file', 'many');
    expect([code, text]).toEqual([1, '1 人を登録し、はじめのパスワードを many に書きました（1 人は登録済み）。\n']);
    expect(inFile('many')).toMatch(/^new\.member\t\S{43}\n$/);
    writeFileSync(join(cwd, 'other.csv'), 'who,name\nx,y\n');
    expect((await told('staff', 'import', 'other.csv', '--secret-file', 'none'))[0]).toBe(2);
  });

  it('opens a hub that has no way in yet, and no other', async () => {
    const empty = await testServices().postgres.createDatabase('empty');
    const line = ['migrate', '--first-client', 'it-staff'];
    const env = { DATABASE_URL: empty.url };
    expect((await told(...line)).at(0)).toBe(2);
    expect((await tsunagiWith(env, ...line, '--secret-file', 'f1')).code).toBe(0);
    expect(inFile('f1')).toMatch(/^it-staff\t\S{43}\n$/);
    const again = await tsunagiWith(env, ...line, '--secret-file', 'f2');
    expect([again.code, String(again.out)]).toEqual([0, expect.stringContaining('もうある')]);
    expect(inFile('f2')).toBe('');
    await empty.drop();
  });

  describe('to check the authorities', () => {
    const by = ['--by', '見本市 法務課', '--on', '2026-11-20'];
    /** The password of this person of the demo, in a file of its own. */
    const as = (login: string) => {
      const { staff } = JSON.parse(inFile('var/demo-access.json')) as { staff: { name: string; password: string }[] };
      writeFileSync(join(cwd, login), `${staff.find((s) => s.name === login)?.password}\n`);
      return ['--as', login, '--password-file', login];
    };
    const listed = async () => {
      const { out } = await tsunagi('authority', 'list', '--json');
      return JSON.parse(String(out)) as { id: string; code: string; purposes: string[]; checkedBy?: string }[];
    };

    it('shows what sets rows of one code apart', async () => {
      const { code, out } = await tsunagi('authority', 'list');
      expect(code).toBe(0);
      const rows = String(out)
        .split('\n')
        .filter((l) => l.includes(' within_purpose '));
      expect(rows).toHaveLength(3);
      for (const purpose of ['相談支援', '支援の調整', '権利擁護'])
        expect(rows.filter((l) => l.includes(`利用目的は${purpose}`))).toHaveLength(1);
    });

    it('takes the person whose duty it is, and writes down who has checked what', async () => {
      const [row, other] = (await listed()).filter((r) => r.code === 'within_purpose');
      const [code, text] = await told('authority', 'check', 'emergency', row!.id, ...by, ...as('privacy_officer'));
      expect([code, text]).toEqual([0, expect.stringContaining('見本市 法務課が2026-11-20に確かめたと記録しました')]);
      const after = await listed();
      const checked = after.filter((r) => r.checkedBy === '見本市 法務課').map((r) => r.id);
      expect(checked).toEqual(after.filter((r) => r.code === 'emergency' || r.id === row!.id).map((r) => r.id));
      expect(checked).not.toContain(other!.id);
    });

    it.each([
      ['IT', 'it_admin'],
      ['who only decides on grounds', 'approver'],
    ])('is not done by %s', async (_, login) => {
      const [code, text] = await told('authority', 'check', 'dv', ...by, ...as(login));
      expect([code, text]).toEqual([2, expect.stringContaining('ROLE_MISSING')]);
      expect((await listed()).find((r) => r.code === 'dv')?.checkedBy).toBeUndefined();
    });

    it('changes nothing while one of the rows is not known', async () => {
      const [code] = await told('authority', 'check', 'dv', 'within_purpose', ...by, ...as('privacy_officer'));
      expect(code).toBe(2);
      expect((await listed()).find((r) => r.code === 'dv')?.checkedBy).toBeUndefined();
    });
  });

  it('makes a client, gives it another secret and switches it off', async () => {
    const grant = async (file: string) => {
      const [id, secret] = inFile(file).trim().split('\t');
      const body = JSON.stringify({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${hub.baseUrl}/api/v1/oauth/token`, { method: 'POST', headers, body })).status;
    };
    const desk = ['--organization', '見本市', '--function', '9940000023', '--role', 'caseworker'];
    expect((await told('client', 'add', 'new-system', ...desk, '--secret-file', 'c1'))[0]).toBe(0);
    expect(await grant('c1')).toBe(200);
    expect((await told('client', 'rotate', 'new-system', '--secret-file', 'c2'))[0]).toBe(0);
    expect([await grant('c1'), await grant('c2')]).toEqual([401, 200]);
    expect(await told('client', 'revoke', 'new-system')).toEqual([0, 'クライアント new-system を止めました。\n']);
    expect(await grant('c2')).toBe(401);
    expect((await told('client', 'revoke', 'nobody'))[0]).toBe(2);
  });
});
