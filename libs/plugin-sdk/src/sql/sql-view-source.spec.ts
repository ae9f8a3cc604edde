// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Intake } from '../plugin/source';
import { FakeClock } from '../testing';
import { sqlViewSource, type SqlViewSourceOptions } from './sql-view-source';
import type { SqlClient, SqlRow, SqlValue } from './sql-client';

interface Row {
  readonly renban: number;
  readonly koshin_dt: string;
  readonly text: string;
}

/** Understands the three conditions the source asks with, as PostgreSQL would. */
class ViewDouble implements SqlClient {
  rows: Row[] = [];
  queries = 0;

  query(sql: string, params: readonly SqlValue[]): Promise<readonly SqlRow[]> {
    this.queries += 1;
    if (sql.includes('missing')) return Promise.reject(Object.assign(new Error('no view'), { code: '42P01' }));
    const limit = Number(/LIMIT (\d+)$/.exec(sql)?.[1]);
    const [at, no] = [String(params[0] ?? ''), BigInt(String(params[1] ?? 0))];
    const wanted = (row: Row) => {
      if (sql.includes('1 = 0')) return false;
      if (sql.includes('1 = 1')) return true;
      const time = row.koshin_dt;
      return sql.includes('>=') ? time >= at : time > at || (time === at && BigInt(row.renban) > no);
    };
    const found = this.rows
      .filter(wanted)
      .sort((a, b) => (a.koshin_dt === b.koshin_dt ? a.renban - b.renban : a.koshin_dt < b.koshin_dt ? -1 : 1));
    return Promise.resolve(found.slice(0, limit).map((row) => ({ ...row, renban: String(row.renban) })));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const time = (clockTime: string) => `2026-11-20 ${clockTime}.000000`;

describe('polling a view', () => {
  let view: ViewDouble;
  let sent: { renbans: string[]; checkpoint: unknown }[];
  let failing: boolean;
  const clock = new FakeClock('2026-11-20T12:00:00+09:00');
  beforeEach(() => {
    view = new ViewDouble();
    sent = [];
    failing = false;
  });

  const source = (more: Partial<SqlViewSourceOptions<SqlRow, never>> = {}) =>
    sqlViewSource<SqlRow>({
      name: 'sodan',
      client: view,
      view: 'v_hub_sodan',
      columns: ['renban', 'koshin_dt', 'text'],
      read: (row) => ({ event: row }),
      clock,
      ...more,
    });
  const intake = (more: { checkpoint?: string; asked?: boolean } = {}): Intake<SqlRow, never> => ({
    checkpoint: more.checkpoint,
    asked: more.asked ?? false,
    signal: new AbortController().signal,
    failpoint: () => undefined,
    send: (items, options) => {
      if (failing) return Promise.reject(new Error('stopped'));
      const renbans = [...items].map(({ itemId }) => itemId.split('/')[0]!);
      sent.push({ renbans, checkpoint: options?.checkpoint && JSON.parse(options.checkpoint) });
      return Promise.resolve();
    },
  });
  const renbans = () => sent.map((batch) => batch.renbans);

  it('sends rows in their order with the watermark they complete', async () => {
    view.rows = [
      { renban: 2, koshin_dt: time('10:00:01'), text: 'b' },
      { renban: 1, koshin_dt: time('10:00:01'), text: 'a' },
      { renban: 3, koshin_dt: time('09:00:00'), text: 'c' },
    ];
    await source().poll(intake());
    expect(sent).toEqual([{ renbans: ['3', '1', '2'], checkpoint: { at: time('10:00:01'), no: '2' } }]);
  });

  it('does not move on when the rows were not answered', async () => {
    view.rows = [{ renban: 1, koshin_dt: time('10:00:00'), text: 'a' }];
    const polled = source();
    failing = true;
    await expect(polled.poll(intake())).rejects.toThrow();
    failing = false;
    await polled.poll(intake());
    expect(renbans()).toEqual([['1']]);
  });

  it('finds a row that was committed late with an older time, within ten minutes, and not before', async () => {
    const polled = source();
    view.rows = [{ renban: 1, koshin_dt: time('10:00:00'), text: 'a' }];
    await polled.poll(intake());
    view.rows.push({ renban: 2, koshin_dt: time('09:50:00'), text: 'late' });
    view.rows.push({ renban: 3, koshin_dt: time('09:49:59'), text: 'too late' });
    await polled.poll(intake());
    expect(renbans()).toEqual([['1'], ['2']]);
    expect(sent[1]!.checkpoint).toEqual({ at: time('10:00:00'), no: '1' });
  });

  it('does not send unchanged rows of the overlap again, changed ones it does, changed back too', async () => {
    const polled = source();
    view.rows = [{ renban: 1, koshin_dt: time('10:00:00'), text: 'a' }];
    await polled.poll(intake());
    await polled.poll(intake());
    view.rows = [{ renban: 1, koshin_dt: time('10:01:00'), text: 'b' }];
    await polled.poll(intake());
    view.rows = [{ renban: 1, koshin_dt: time('10:02:00'), text: 'a' }];
    await polled.poll(intake());
    await polled.poll(intake());
    expect(renbans()).toEqual([['1'], ['1'], ['1']]);
  });

  it('begins at the committed watermark after a restart, with the overlap', async () => {
    view.rows = [
      { renban: 1, koshin_dt: time('09:00:00'), text: 'old' },
      { renban: 2, koshin_dt: time('09:55:00'), text: 'overlap' },
      { renban: 3, koshin_dt: time('10:05:00'), text: 'new' },
    ];
    await source().poll(intake({ checkpoint: JSON.stringify({ at: time('10:00:00'), no: '9' }) }));
    expect(renbans()).toEqual([['2', '3']]);
  });

  it('reads on page by page, also when thousands of rows have one time', async () => {
    view.rows = Array.from({ length: 25 }, (_, index) => ({
      renban: index + 1,
      koshin_dt: time('10:00:00'),
      text: 'x',
    }));
    await source({ pageSize: 10 }).poll(intake());
    expect(renbans().map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(new Set(renbans().flat()).size).toBe(25);
  });

  it('pauses after too many rows until a person asks for the next pass', async () => {
    view.rows = Array.from({ length: 25 }, (_, index) => ({
      renban: index + 1,
      koshin_dt: time('10:00:00'),
      text: 'x',
    }));
    const polled = source({ pageSize: 10, pauseAfter: 10 });
    expect(await polled.poll(intake())).toEqual({ code: 'TOO_MANY_ROWS' });
    expect(await polled.poll(intake())).toEqual({ code: 'TOO_MANY_ROWS' });
    expect(renbans().flat()).toHaveLength(10);
    await polled.poll(intake({ asked: true }));
    expect(renbans().flat()).toHaveLength(20);
  });

  it('is not led into the future by a row dated there', async () => {
    const polled = source();
    view.rows = [{ renban: 1, koshin_dt: '2099-01-01 00:00:00.000000', text: 'a' }];
    await polled.poll(intake());
    view.rows.push({ renban: 2, koshin_dt: time('12:00:05'), text: 'b' });
    await polled.poll(intake());
    expect(renbans()).toEqual([['1'], ['2']]);
  });

  it('says in its check what keeps it from the view', async () => {
    expect(await source({ view: 'missing' }).check()).toEqual([
      { name: 'ビュー missing', ok: false, code: '42P01', hint: expect.any(String) },
    ]);
    expect(await source().check()).toEqual([{ name: 'ビュー v_hub_sodan', ok: true }]);
  });

  it('lets no other text into a statement than plain names', () => {
    expect(() => source({ changedAt: 'koshin_dt; DROP TABLE x' })).toThrow(
      expect.objectContaining({ code: 'SQL_NAME' }),
    );
  });
});
