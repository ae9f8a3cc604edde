// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Intake } from '../plugin/source';
import { FakeClock } from '../testing';
import { sqlViewSource, type SqlViewSourceOptions } from './sql-view-source';
import type { CountedRows, LegacyDatabase, LegacyView, PagePlace, SqlRow } from './legacy-database';

interface Row {
  readonly renban: number | null;
  readonly koshin_dt: string | null;
  readonly text: string;
  readonly kubun?: string | null;
}

/** Reads as a database does that keeps the promises of the adapter. */
class ViewDouble implements LegacyDatabase {
  rows: Row[] = [];

  read(view: LegacyView, place: PagePlace, limit: number): Promise<readonly SqlRow[]> {
    const wanted = ({ koshin_dt: time, renban, kubun }: Row) => {
      if (view.onlyWith === 'kubun' && !kubun?.trim()) return false;
      if (place.from === 'start') return true;
      if (place.from === 'number') return renban === Number(place.number);
      // What is compared with NULL is never true.
      if (time === null) return false;
      if (place.from === 'time') return time >= place.at;
      if (time > place.at) return true;
      return place.from === 'row' && time === place.at && renban !== null && renban > Number(place.number);
    };
    // NULL comes last.
    const order = ({ koshin_dt: time, renban }: Row) => `${time ?? '~'} ${String(renban ?? '~').padStart(9, '0')}`;
    const found = this.rows.filter(wanted).sort((a, b) => (order(a) < order(b) ? -1 : 1));
    const asText = ({ renban, ...row }: Row) => ({ ...row, renban: renban === null ? null : String(renban) });
    return Promise.resolve(found.slice(0, limit).map(asText));
  }

  tryRead({ name }: LegacyView): Promise<void> {
    if (name !== 'missing') return Promise.resolve();
    return Promise.reject(Object.assign(new Error('no view'), { code: '42P01' }));
  }

  insertIfAbsent(): Promise<void> {
    return Promise.reject(new Error('reads only'));
  }

  tryInsert(): Promise<void> {
    return Promise.reject(new Error('reads only'));
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
      database: view,
      view: 'v_hub_sodan',
      columns: ['renban', 'koshin_dt', 'text'],
      read: (row) => ({ event: row }),
      clock,
      ...more,
    });
  it('counts the rows of a day by their numbers, or says that it cannot', async () => {
    const asked: unknown[] = [];
    const counting = Object.assign(view, {
      count: (...[rows, from, until]: [CountedRows, string, string]) => {
        asked.push(rows, from, until);
        return Promise.resolve<number | undefined>(asked.length > 3 ? undefined : 4);
      },
    });
    const options = { database: counting, onlyWith: 'kubun', holds: 'answers' } as const;
    expect(await source(options).countDay?.('2026-12-31')).toEqual([{ what: 'answers', count: 4 }]);
    expect(asked).toEqual([
      { name: 'v_hub_sodan', at: 'koshin_dt', number: 'renban', onlyWith: 'kubun' },
      '2026-12-31 00:00:00.000000',
      '2027-01-01 00:00:00.000000',
    ]);
    expect(await source(options).countDay?.('2026-12-31')).toEqual([{ what: 'answers' }]);
    expect(await source({ database: new ViewDouble() }).countDay?.('2026-12-31')).toEqual([{ what: 'events' }]);
  });

  it('reads a waiting row again as long as it is the same row, and sends it under its new name', async () => {
    view.rows = [{ renban: 7, koshin_dt: time('10:00:00'), text: 'a' }];
    const one = source();
    const names: string[] = [];
    await one.poll({ ...intake(), send: async (items) => void names.push(...[...items].map((i) => i.itemId)) });
    const released: { itemId: string; row: number }[] = [];
    const to = {
      send: ({ itemId, origin }: { itemId: string; origin: { row: number } }) =>
        void released.push({ itemId, row: origin.row }),
    };
    const waiting = { itemId: names[0] ?? '', as: 'again#1', row: 7 };
    expect(await one.release?.(waiting, to)).toBeUndefined();
    expect(released).toEqual([{ itemId: 'again#1', row: 7 }]);
    view.rows = [{ renban: 7, koshin_dt: time('10:30:00'), text: 'a' }];
    expect(await one.release?.(waiting, to)).toBe('ROW_CHANGED');
    view.rows = [];
    expect(await one.release?.(waiting, to)).toBe('ROW_GONE');
    expect(released).toHaveLength(1);
  });

  const intake = (more: { checkpoint?: string; asked?: boolean } = {}): Intake<SqlRow, never> => ({
    checkpoint: more.checkpoint,
    asked: more.asked ?? false,
    signal: new AbortController().signal,
    fileTaken: () => undefined,
    failpoint: () => undefined,
    send: (items, options) => {
      if (failing) return Promise.reject(new Error('stopped'));
      const all = [...items];
      const renbans = all.map(({ itemId }) => itemId.split('/')[0]!);
      sent.push({ renbans, checkpoint: options?.checkpoint && JSON.parse(options.checkpoint) });
      for (const { itemId, origin } of all) {
        options?.onSettled?.({ itemId, origin, answer: { itemId, outcome: 'accepted', codes: [] } });
      }
      return Promise.resolve();
    },
  });
  const renbans = () => sent.map((batch) => batch.renbans);

  describe('is tried with a file of its rows', () => {
    const rows: SqlRow[] = [
      { renban: '10', koshin_dt: time('10:00:00'), text: 'b', kubun: '1' },
      { renban: '7', koshin_dt: time('11:00:00'), text: 'c', kubun: '1' },
      { renban: '9', koshin_dt: time('10:00:00'), text: 'a', kubun: '1' },
      { renban: '8', koshin_dt: time('09:00:00'), text: 'for nobody', kubun: ' ' },
      { renban: null, koshin_dt: null, text: 'd', kubun: '1' },
    ];
    const exporting = { readExport: () => ({ ok: true, rows }) as const, onlyWith: 'kubun' };
    const file = (name = 'V_HUB_SODAN.csv') => ({ name, bytes: new Uint8Array() });
    const tried = async (one: ReturnType<typeof source>, name?: string) => {
      const asked: [row: number, text: unknown][] = [];
      const results = await one.dryRun?.(file(name), {
        send: (items, options) => {
          for (const { itemId, origin, reading } of items) {
            asked.push([origin.row, 'event' in reading && reading.event['text']]);
            options?.onSettled?.({ itemId, origin, answer: { itemId, outcome: 'accepted', codes: [] } });
          }
          return Promise.resolve();
        },
      });
      return { asked, rows: results?.map(({ row }) => row) };
    };

    it('in the order of the view, those that ask for something, by their places in the file', async () => {
      expect(await tried(source(exporting))).toEqual({
        asked: [
          [3, 'a'],
          [1, 'b'],
          [2, 'c'],
          [5, 'd'],
        ],
        rows: [1, 2, 3, 5],
      });
    });

    it('and goes on as if it had not been: the same rows are sent, from the same place', async () => {
      view.rows = [{ renban: 9, koshin_dt: time('10:00:00'), text: 'a', kubun: '1' }];
      const [one, other] = [source(exporting), source(exporting)];
      await tried(one);
      await one.poll(intake());
      await tried(one);
      await one.poll(intake());
      const after = sent.splice(0);
      await other.poll(intake());
      await other.poll(intake());
      expect(after).toEqual(sent);
      expect(after).toHaveLength(1);
    });

    it.each(['V_HUB_SODAN.csv', 'v_hub_sodan_202611201200.CSV', 'v_hub_sodan-1.json'])('%s', async (name) => {
      expect((await tried(source({ ...exporting, view: 'legacy.v_hub_sodan' }), name)).rows).toHaveLength(4);
    });

    it.each(['V_HUB_SODAN.txt', 'V_HUB_SODANS.csv', 'V_HUB_OTO.csv', 'v_hub_sodan'])('but not %s', async (name) => {
      expect((await tried(source(exporting), name)).rows).toBeUndefined();
    });

    it('that holds none, and refuses it whole', async () => {
      const refusing = source({ readExport: () => ({ ok: false, code: 'E-CSV' }) });
      expect(await refusing.dryRun?.(file(), intake())).toEqual([{ row: 0, outcome: 'refused', code: 'E-CSV' }]);
      expect(sent).toEqual([]);
    });
  });

  it('sends rows in their order with the watermark they complete', async () => {
    view.rows = [
      { renban: 2, koshin_dt: time('10:00:01'), text: 'b' },
      { renban: 1, koshin_dt: time('10:00:01'), text: 'a' },
      { renban: 3, koshin_dt: time('09:00:00'), text: 'c' },
    ];
    await source().poll(intake());
    expect(sent).toEqual([{ renbans: ['3', '1', '2'], checkpoint: { at: time('10:00:01'), no: '2' } }]);
  });

  it('lets the hub try every row while a person has yet to confirm, and moves on only when they are taken', async () => {
    view.rows = Array.from({ length: 5 }, (_, n) => ({ renban: n + 1, koshin_dt: time(`10:00:0${n}`), text: 'a' }));
    const polled = source({ pageSize: 2 });
    const tried: string[] = [];
    const confirming: Intake<SqlRow, never> = {
      ...intake(),
      send: (items, options) => {
        // All was tried once, and a person has looked.
        if (options?.tryable?.trial !== 'goes_on') return intake().send(items, options);
        tried.push(...[...items].map(({ itemId }) => itemId.split('/')[0]!));
        options.tryable.onTried();
        return Promise.resolve();
      },
    };
    await polled.poll(confirming);
    expect(tried).toEqual(['1', '2', '3', '4', '5']);
    expect(sent.map(({ renbans, checkpoint }) => [renbans, checkpoint])).toEqual([
      [['1', '2'], { at: time('10:00:01'), no: '2' }],
      [['3', '4'], { at: time('10:00:03'), no: '4' }],
      [['5'], { at: time('10:00:04'), no: '5' }],
    ]);
  });

  it('sets no watermark behind rows that were only tried, when a person confirms in the middle', async () => {
    view.rows = Array.from({ length: 4 }, (_, n) => ({ renban: n + 1, koshin_dt: time(`10:00:0${n}`), text: 'a' }));
    const polled = source({ pageSize: 2 });
    let first = true;
    await polled.poll({
      ...intake(),
      send: (items, options) => {
        if (!first) return intake().send(items, options);
        first = false;
        options?.tryable?.onTried();
        return Promise.resolve();
      },
    });
    expect(sent.map(({ renbans, checkpoint }) => [renbans, checkpoint])).toEqual([
      [['3', '4'], undefined],
      [['1', '2'], { at: time('10:00:01'), no: '2' }],
      [['3', '4'], { at: time('10:00:03'), no: '4' }],
    ]);
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

  describe('after too many rows', () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ renban: n + 1, koshin_dt: time('10:00:00'), text: 'x' }));
    const paused = { code: 'TOO_MANY_ROWS', pausedSince: clock.now() };
    const pausing = () => source({ pageSize: 10, pauseAfter: 10 });
    /** As the hub has it, and gives it to the next host. */
    const committed = () => intake({ checkpoint: JSON.stringify(sent.at(-1)?.checkpoint) });
    const asked = { asked: true } as const;

    it('pauses until a person asks for the next pass', async () => {
      view.rows = rows(25);
      const polled = pausing();
      expect(await polled.poll(intake())).toEqual(paused);
      expect(await polled.poll(intake())).toEqual(paused);
      expect(renbans().flat()).toHaveLength(10);
      expect(await polled.poll(intake(asked))).toEqual(paused);
      expect(new Set(renbans().flat()).size).toBe(20);
      expect(await polled.poll(intake(asked))).toEqual({});
      expect(new Set(renbans().flat()).size).toBe(25);
    });

    it('pauses after a restart as before', async () => {
      view.rows = rows(25);
      await pausing().poll(intake());
      const restarted = pausing();
      expect(await restarted.poll(committed())).toEqual(paused);
      expect(renbans().flat()).toHaveLength(10);
    });

    it('goes on after a restart from where it paused: what it read then is not counted again', async () => {
      view.rows = rows(25);
      await pausing().poll(intake());
      const restarted = pausing();
      expect(await restarted.poll({ ...committed(), ...asked })).toEqual(paused);
      expect(new Set(renbans().flat()).size).toBe(20);
    });

    it('does not pause again by a restart when a person has let it go on, though nothing new has come since', async () => {
      view.rows = rows(10);
      const polled = pausing();
      expect(await polled.poll(intake())).toEqual(paused);
      expect(await polled.poll(intake(asked))).toEqual({});
      expect(await pausing().poll(committed())).toEqual({});
    });

    it('is not kept from going on by what fails behind it', async () => {
      view.rows = rows(25);
      const polled = pausing();
      await polled.poll(intake());
      failing = true;
      await expect(polled.poll(intake(asked))).rejects.toThrow();
      failing = false;
      expect(await polled.poll(intake())).toEqual(paused);
      expect(new Set(renbans().flat()).size).toBe(20);
    });
  });

  it('is not led into the future by a row dated there', async () => {
    const polled = source();
    view.rows = [{ renban: 1, koshin_dt: '2099-01-01 00:00:00.000000', text: 'a' }];
    await polled.poll(intake());
    view.rows.push({ renban: 2, koshin_dt: time('12:00:05'), text: 'b' });
    await polled.poll(intake());
    expect(renbans()).toEqual([['1'], ['2']]);
  });

  it('does not even read rows that are not for the hub', async () => {
    view.rows = [
      { renban: 1, koshin_dt: time('10:00:00'), text: 'a', kubun: null },
      { renban: 2, koshin_dt: time('10:00:01'), text: 'b', kubun: ' ' },
      { renban: 3, koshin_dt: time('10:00:02'), text: 'c', kubun: '1' },
    ];
    await source({ onlyWith: 'kubun' }).poll(intake());
    expect(renbans()).toEqual([['3']]);
  });

  describe('that keeps no order', () => {
    const unplaced: Row[] = [
      { renban: null, koshin_dt: time('10:00:00'), text: 'no number' },
      { renban: null, koshin_dt: time('10:00:00'), text: 'no number either' },
      { renban: 7, koshin_dt: 'infinity', text: 'no time' },
      { renban: 8, koshin_dt: null, text: 'no time at all' },
    ];

    it('sends its rows once and makes no watermark of them', async () => {
      view.rows = [{ renban: 1, koshin_dt: time('10:00:00'), text: 'a' }, ...unplaced];
      const polled = source();
      await polled.poll(intake());
      await polled.poll(intake());
      expect(sent).toEqual([
        { renbans: ['1', 'null', 'null', '7', '8'], checkpoint: { at: time('10:00:00'), no: '1' } },
      ]);
    });

    it('makes no watermark of a time that a calendar does not have, and goes on', async () => {
      view.rows = [{ renban: 1, koshin_dt: '0000-00-00 00:00:00.000000', text: 'no time' }];
      const polled = source();
      await polled.poll(intake());
      await polled.poll(intake());
      expect(sent).toEqual([{ renbans: ['1'], checkpoint: undefined }]);
      const stored = JSON.stringify({ at: '0000-00-00 00:00:00.000000', no: '1' });
      await source().poll(intake({ checkpoint: stored }));
      expect(renbans()).toEqual([['1'], ['1']]);
    });

    it('does not keep those that stand behind from being read, though a page may end between two', async () => {
      view.rows = [...unplaced, { renban: 1, koshin_dt: time('10:00:01'), text: 'a' }];
      await source({ pageSize: 1 }).poll(intake());
      expect(renbans()).toEqual([['null'], ['1'], ['7']]);
    });

    it('names such a row by no number of another', async () => {
      const rows: number[] = [];
      view.rows = [...unplaced, { renban: 3_000_000_000, koshin_dt: time('10:00:02'), text: 'a' }];
      const outlet = intake();
      await source().poll({
        ...outlet,
        send: (items) => Promise.resolve(void rows.push(...[...items].map(({ origin }) => origin.row))),
      });
      expect(rows.toSorted()).toEqual([0, 0, 0, 7, 8]);
    });
  });

  it('tells what became of rows before the watermark moves on, and tells it again after a failure', async () => {
    view.rows = [{ renban: 1, koshin_dt: time('10:00:00'), text: 'a' }];
    const told: unknown[] = [];
    let away = true;
    const polled = source({
      onAnswered: (answered) => {
        told.push(answered.map(({ row, answer }) => [row['text'], answer.outcome]));
        return away ? Promise.reject(new Error('away')) : Promise.resolve();
      },
    });
    await expect(polled.poll(intake())).rejects.toThrow('away');
    away = false;
    await polled.poll(intake());
    await polled.poll(intake());
    expect(told).toEqual([[['a', 'accepted']], [['a', 'accepted']]]);
  });

  it('says in its check what keeps it from the view', async () => {
    expect(await source({ view: 'missing' }).check()).toEqual([
      { name: 'ビュー missing', ok: false, code: '42P01', hint: expect.any(String) },
    ]);
    expect(await source().check()).toEqual([{ name: 'ビュー v_hub_sodan', ok: true }]);
  });

  it.each<Partial<SqlViewSourceOptions<SqlRow, never>>>([
    { changedAt: 'koshin_dt; DROP TABLE x' },
    { number: 'renban, password' },
    { onlyWith: "kubun) OR TRIM('x'" },
    { view: 'v_hub_sodan, passwords' },
    { columns: ['text', '(SELECT password)'] },
  ])('lets no other text into a statement than plain names (%j)', (names) => {
    expect(() => source(names)).toThrow(expect.objectContaining({ code: 'SQL_NAME' }));
  });
});
