// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(300_000);

const tsunagi = join(__dirname, '../../bin/tsunagi.js');
const kaigo = join(__dirname, '../../../../plugins/kaigo');

describe('tsunagi start, embedded', () => {
  let cwd: string;
  let env: NodeJS.ProcessEnv;
  let running: ChildProcess | undefined;
  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'start-'));
    const { DATABASE_URL: _database, AMQP_URL: _broker, ...rest } = process.env;
    env = { ...rest, TSUNAGI_PORT: String(await freePort()) };
  });
  // One that is left running would take the port of all that come after.
  afterEach(() => running?.kill('SIGKILL'));
  afterAll(() => {
    rmSync(cwd, { recursive: true });
  });

  const command = (...argv: string[]) =>
    spawnSync(process.execPath, [tsunagi, ...argv], { cwd, env, encoding: 'utf8' });

  async function start(...argv: string[]): Promise<{ child: ChildProcess; lines: () => string[] }> {
    const child = spawn(process.execPath, [tsunagi, 'start', ...argv], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    running = child;
    let text = '';
    child.stdout?.on('data', (chunk) => (text += String(chunk)));
    await waitFor(() => text.includes('"ok"') || text.includes('Ctrl+C') || child.exitCode !== null, {
      what: 'the end of the start',
      timeoutMs: 180_000,
    });
    return { child, lines: () => text.split('\n') };
  }

  /** A file that nobody has brought yet: first tried, then brought. */
  async function dryRunThenReal() {
    const elsewhere = join(cwd, 'elsewhere');
    const written = spawnSync(
      process.execPath,
      [tsunagi, 'sandbox', 'write', '--rows', '12', '--seed', '7', '--bad', 'E-DATE:3', '--json'],
      { cwd, env: { ...env, TSUNAGI_DATA_DIR: elsewhere }, encoding: 'utf8' },
    );
    // A name of its own: the systems of the demo go on working, and their files get results whenever they come.
    const name = 'KAI55555.CSV';
    const path = join(elsewhere, name);
    renameSync((JSON.parse(written.stdout) as { path: string }).path, path);
    const folder = join(cwd, 'var/sandbox/kaigo');
    const result = join(folder, 'out', name.replace('KAI', 'KAE'));
    const crossing = command('plugin', 'dry-run', 'kaigo', '--file', path, '--json');
    expect(existsSync(result)).toBe(false);

    renameSync(path, join(folder, 'in', name));
    const bytes = await waitFor(() => existsSync(result) && readFileSync(result, 'latin1'), {
      what: 'the result',
      // A host asks the hub about every file that lies there before it.
      timeoutMs: 60_000,
    });
    const records = bytes.split('\r\n').map((line) => line.split(','));
    return { crossing, kept: records.filter((r) => r[6] === '90').map((r) => [r[4], r[7]]) };
  }

  async function stop(child: ChildProcess): Promise<number | null> {
    if (child.exitCode !== null) return child.exitCode;
    const exit = once(child, 'exit') as Promise<[number | null]>;
    child.kill('SIGTERM');
    return (await exit)[0];
  }

  it('lets the demo cross, says what became of it and closes in order', async () => {
    const { child, lines } = await start('--json');
    const line = lines().find((text) => text.includes('"ok"')) ?? '';
    const { summary, baseUrl } = JSON.parse(line);
    expect(summary).toMatchObject({
      complete: true,
      files: [{ rows: 9 }, { rows: 5 }],
      quarantined: { 'E-CD-HOKENSHA': 1, 'E-ERA': 2 },
      otherRows: { '14': 1 },
    });
    expect(countOf(summary.crossed)).toBe(11);
    expect(countOf(summary.waiting)).toBe(5);
    expect(summary.konkyu).toMatchObject({ received: { '1': 6 }, consultations: { '-': 1, '1': 3 } });
    expect(summary.kaigo.received).toEqual({ '1': 2 });
    expect(summary.shogai.received).toEqual({ '1': 2 });
    expect(summary.kosodate).toMatchObject({ events: 3, received: { '1': 1 } });
    expect((await fetch(`${baseUrl}/health/ready`)).status).toBe(200);
    expect(statSync(join(cwd, 'var/demo-access.json')).mode & 0o777).toBe(0o600);
    for (const secret of ['konkyu-database-url', 'kosodate-signature', 'kosodate-callback'])
      expect(statSync(join(cwd, 'var/secrets', secret)).mode & 0o777).toBe(0o600);

    const second = command('start');
    expect([second.status, second.stderr]).toEqual([2, expect.stringContaining(`プロセス ${child.pid}`)]);
    expect(command('plugin', 'list').status).toBe(0);
    const well = command('doctor');
    expect([well.status, well.stdout.match(/^[△×].*/gm)]).toEqual([0, null]);
    expect(well.stdout).toContain('○ プラグイン kaigo');
    // A folder that somebody has moved away: the plugin's own check sees it, where it runs.
    const [folder, away] = [join(cwd, 'var/sandbox/kaigo/error'), join(cwd, 'var/sandbox/kaigo-error')];
    renameSync(folder, away);
    const ill = command('doctor');
    renameSync(away, folder);
    expect([ill.status, ill.stdout]).toEqual([
      2,
      expect.stringMatching(/^× プラグイン kaigo　点検に合格しません：.*error/m),
    ]);

    expect(await stop(child)).toBe(0);
    expect(readdirSync(join(cwd, 'var'))).not.toContain('embedded.lock');
  });

  it('goes on where it was, and shows no password in a pipe', async () => {
    const { child, lines } = await start();
    const text = lines().join('\n');
    expect(text).toContain('自立相談支援機関の受付表に 6 件');
    const { staff } = JSON.parse(readFileSync(join(cwd, 'var/demo-access.json'), 'utf8'));
    for (const { password } of staff) expect(text).not.toContain(password);
    expect(await stop(child)).toBe(0);
  });

  it('says of a file beforehand what becomes of it afterwards', async () => {
    const { child } = await start('--json');
    const { crossing, kept } = await dryRunThenReal();
    expect(crossing.status).toBe(1);
    expect(JSON.parse(crossing.stdout)).toMatchObject({ outcomes: { quarantined: 1 }, questions: 1 });
    // 行番号 and エラーコード of what waits are those of the real result.
    const waits = JSON.parse(crossing.stdout).rows.filter((row: { outcome: string }) => row.outcome === 'quarantined');
    expect(waits.map((row: { row: number; codes: string[] }) => [String(row.row), ...row.codes])).toEqual(kept);
    expect(await stop(child)).toBe(0);
  });

  it('reads files of another system as a profile in the settings describes them, without a restart', async () => {
    const { child } = await start('--json');
    const said = (...argv: string[]): Record<string, unknown> => {
      const { status, stdout } = command(...argv, '--json');
      return { ...(JSON.parse(stdout) as Record<string, unknown>), status };
    };
    const settingsFile = join(cwd, 'kaigo.json');
    const config = said('plugin', 'config', 'kaigo')['config'] as object;
    const settings = (profiles: unknown[]) => writeFileSync(settingsFile, JSON.stringify({ ...config, profiles }));
    const life = JSON.parse(readFileSync(join(kaigo, 'src/profiles/life.json'), 'utf8')) as Record<string, unknown>;
    const refused = (profile: object) => {
      settings([{ ...life, name: 'other', ...profile }]);
      const { status, stderr, stdout } = command('plugin', 'config', 'kaigo', '--file', settingsFile);
      return { status, said: stdout + stderr };
    };
    // By the schema that the hub has, and by the plugin's own rules about how settings go together.
    for (const [profile, place] of [
      [{ encoding: 'sjis' }, '/profiles/0/encoding'],
      [{ fixed: { insurer: '00990010' } }, '/profiles/0/fixed/insurer'],
    ] as const)
      expect(refused(profile)).toEqual({ status: 2, said: expect.stringContaining(place) });
    settings(['standard', 'life']);
    expect(said('plugin', 'config', 'kaigo', '--file', settingsFile)).toMatchObject({ status: 0, given: true });
    expect(said('plugin', 'check', 'kaigo')).toMatchObject({ status: 0 });

    const name = 'SERVICE_USER_INFO_0001_20261120.csv';
    const sample = join(kaigo, 'samples', name);
    expect(said('check-file', 'kaigo', sample)).toMatchObject({ status: 0, rows: 2, outcome: 'sound' });
    expect(said('plugin', 'dry-run', 'kaigo', '--file', sample)).toMatchObject({
      status: 0,
      outcomes: { no_referral: 2 },
    });
    const folder = join(cwd, 'var/sandbox/kaigo');
    copyFileSync(sample, join(folder, 'in', `${name}.tmp`));
    renameSync(join(folder, 'in', `${name}.tmp`), join(folder, 'in', name));
    const result = join(folder, 'out', `KAE_${name.toUpperCase()}`);
    const bytes = await waitFor(() => existsSync(result) && readFileSync(result, 'latin1'), {
      what: 'the result',
      timeoutMs: 60_000,
    });
    const records = bytes.split('\r\n').map((line) => line.split(','));
    expect(records.slice(1, 3).map((r) => [r[5], r[6]])).toEqual([
      ['LIFE-0001', '14'],
      ['LIFE-0002', '14'],
    ]);
    expect(await stop(child)).toBe(0);
  });

  it('puts its clock forward, keeps it so, and goes on working', async () => {
    const clock = (...argv: string[]) => {
      const { status, stdout } = command('sandbox', 'clock', ...argv, '--json');
      expect(status).toBe(0);
      return JSON.parse(stdout) as { aheadSeconds: number };
    };
    const { child } = await start('--json');
    expect(clock('show').aheadSeconds).toBe(0);
    expect(clock('advance', '20d').aheadSeconds).toBe(20 * 86_400);
    expect(command('plugin', 'list').status).toBe(0);
    expect(await stop(child)).toBe(0);

    const { child: again } = await start('--json');
    expect(clock('show').aheadSeconds).toBe(20 * 86_400);
    expect(await stop(again)).toBe(0);
  });

  it('is refused when its port is taken, and leaves no way into a demo that nobody reaches', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const dataDir = join(cwd, 'no-port');
    const { status, stdout, stderr } = spawnSync(process.execPath, [tsunagi, 'start'], {
      cwd,
      env: { ...env, TSUNAGI_DATA_DIR: dataDir, TSUNAGI_PORT: String(port) },
      encoding: 'utf8',
    });
    other.close();
    expect([status, stderr]).toEqual([2, expect.stringMatching(`^ポート ${port} は.+TSUNAGI_PORT.+。\n`)]);
    expect(stdout).not.toContain('http://');
    expect(existsSync(join(dataDir, 'demo-access.json'))).toBe(false);
  });

  it('starts empty with the demo switched off', async () => {
    env = { ...env, TSUNAGI_DEMO: 'off', TSUNAGI_DATA_DIR: join(cwd, 'empty') };
    const { child, lines } = await start('--json');
    expect(JSON.parse(lines().find((text) => text.includes('"ok"')) ?? '{}').summary).toBeUndefined();
    expect(existsSync(join(cwd, 'empty/sandbox'))).toBe(false);
    expect(existsSync(join(cwd, 'empty/demo-access.json'))).toBe(false);
    expect(await stop(child)).toBe(0);
  });
});

const countOf = (ways: { count: number }[]) => ways.reduce((sum, { count }) => sum + count, 0);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
