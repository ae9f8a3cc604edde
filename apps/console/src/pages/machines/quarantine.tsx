// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ReleasedRow, WaitingPage, WaitingRow } from '@tsunagi/contracts';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { useRenewed } from './plugin-switch';
import { ReasonDialog } from './reason-dialog';
import { Told, type Said } from './told';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { CheckBox, SelectField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Section } from '../../parts/page';
import { Remedy } from '../../parts/remedy';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

interface Became {
  readonly name: string;
  readonly done: boolean;
  readonly says: string;
}
type Deciding = 'release' | 'close';

/** Rows that wait where they came from: where and why, and what somebody decides of several at once. */
export function Quarantine({ plugin }: { readonly plugin: string }) {
  const { machines, common } = useTexts();
  const { quarantine: words } = machines;
  const queries = useQueryClient();
  const renewed = useRenewed(plugin);
  const [code, setCode] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deciding, setDeciding] = useState<Deciding>();
  const [progress, setProgress] = useState<readonly [done: number, all: number]>();
  const [became, setBecame] = useState<readonly Became[]>([]);
  const [said, setSaid] = useState<Said>();
  const queryKey = ['plugins', plugin, 'quarantine', code];
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      call<WaitingPage>(`/plugins/${plugin}/quarantine`, {
        query: { ...(code !== '' && { code }), ...(pageParam !== undefined && { cursor: pageParam }) },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const { hash } = useLocation();
  const lead = useRef<HTMLParagraphElement>(null);
  const ready = pages.data !== undefined;
  // Whoever comes from the list for these rows begins here.
  useEffect(() => {
    if (ready && hash === '#quarantine') lead.current?.focus();
  }, [ready, hash]);
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const selected = rows.filter(({ id }) => chosen.has(id));
  const nameOf = ({ file, row }: WaitingRow) =>
    words.rowName(file?.slice(0, 8) ?? '', row === 0 ? words.wholeFile : words.rowNumber(row)).trim();

  /** One after the other: each has a result of its own, and one that fails stops none. */
  const decide = async (how: Deciding, of: readonly WaitingRow[], reason?: string) => {
    setDeciding(undefined);
    setSaid(undefined);
    setBecame([]);
    const results: Became[] = [];
    for (const row of of) {
      setProgress([results.length, of.length]);
      try {
        const { state, says, remedy } = await call<ReleasedRow>(`/plugins/${plugin}/quarantine/${row.id}/${how}`, {
          ...(how === 'close' ? { body: { reason } } : { method: 'POST' }),
        });
        results.push({
          name: nameOf(row),
          done: state !== 'waiting',
          says: [says, remedy].filter(Boolean).join(''),
        });
      } catch (error) {
        const says = error instanceof ProblemError ? [error.problem.title, error.problem.detail] : [common.unreachable];
        results.push({ name: nameOf(row), done: false, says: says.filter(Boolean).join(' ') });
      }
    }
    setProgress(undefined);
    setBecame(results);
    setChosen(new Set());
    const done = results.filter((r) => r.done).length;
    setSaid({ done: words.finished(done, of.length), kind: done === of.length ? 'success' : 'warning' });
    await queries.invalidateQueries({ queryKey: ['plugins', plugin, 'quarantine'] });
    await renewed();
  };
  const codes = [...new Set([...rows.map((row) => row.code), ...(code === '' ? [] : [code])])].sort();
  return (
    <Section heading={words.heading}>
      <p className="dim" id="quarantine" ref={lead} tabIndex={-1}>
        {words.lead}
      </p>
      <Told said={said}>
        <ListTable list="quarantine-results" label={words.result}>
          <table className="grid" aria-label={words.result}>
            <thead>
              <tr>
                {[words.row, machines.dryRun.outcome, machines.dryRun.says].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {became.map(({ name, done, says }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className={done ? undefined : 'late'}>{done ? common.done : common.notDone}</td>
                  <td>
                    <Remedy>{says}</Remedy>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListTable>
      </Told>
      {progress && <p role="status">{words.working(...progress)}</p>}
      <Answered of={{ data: pages.data, error: pages.error, refetch: pages.refetch }}>
        {() =>
          rows.length === 0 && code === '' ? (
            <Empty>{words.empty}</Empty>
          ) : (
            <>
              <div className="row no-print">
                <Button
                  onClick={() => setDeciding('release')}
                  disabled={progress !== undefined || !selected.some((row) => row.release)}
                >
                  {words.release(selected.length)}…
                </Button>
                <Button onClick={() => setDeciding('close')} disabled={progress !== undefined || selected.length === 0}>
                  {words.close(selected.length)}…
                </Button>
              </div>
              <div className="form">
                <SelectField
                  label={words.byCode}
                  value={code}
                  empty={words.allCodes}
                  choices={codes.map((value) => ({ value, name: value }))}
                  onChange={(e) => {
                    setCode(e.target.value);
                    setChosen(new Set());
                  }}
                />
              </div>
              <Rows {...{ rows, chosen, setChosen, nameOf }} more={pages.hasNextPage} />
              {pages.hasNextPage && (
                <div>
                  <Button onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
                    {common.more}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Answered>
      {deciding === 'release' && (
        <Dialog heading={words.releaseHeading} onClose={() => setDeciding(undefined)}>
          <p>{words.releaseLead}</p>
          <Preview rows={selected.filter((row) => row.release)} {...{ nameOf }} />
          {selected.some((row) => !row.release) && (
            <p className="soon">{words.skipped(selected.filter((row) => !row.release).length)}</p>
          )}
          <div className="row" data-end>
            <Button onClick={() => setDeciding(undefined)}>{common.cancel}</Button>
            <Button
              look="solid-fill"
              onClick={() =>
                void decide(
                  'release',
                  selected.filter((row) => row.release),
                )
              }
            >
              {words.confirmRelease(selected.filter((row) => row.release).length)}
            </Button>
          </div>
        </Dialog>
      )}
      {deciding === 'close' && (
        <ReasonDialog
          heading={words.closeHeading}
          lead={words.closeLead}
          confirm={words.confirmClose(selected.length)}
          onClose={() => setDeciding(undefined)}
          onReason={(reason) => void decide('close', selected, reason)}
        >
          <Preview rows={selected} {...{ nameOf }} />
        </ReasonDialog>
      )}
    </Section>
  );
}

function Preview(props: { readonly rows: readonly WaitingRow[]; nameOf(row: WaitingRow): string }) {
  return (
    <ul>
      {props.rows.map((row) => (
        <li key={row.id}>
          {props.nameOf(row)} {row.release?.override ?? row.says}
        </li>
      ))}
    </ul>
  );
}

function Rows(props: {
  readonly rows: readonly WaitingRow[];
  readonly chosen: ReadonlySet<string>;
  setChosen(chosen: ReadonlySet<string>): void;
  nameOf(row: WaitingRow): string;
  readonly more: boolean;
}) {
  const { machines } = useTexts();
  const { quarantine: words } = machines;
  const { rows, chosen, setChosen, nameOf } = props;
  const all = rows.every(({ id }) => chosen.has(id));
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <ListTable list="quarantine" label={words.heading} more={props.more}>
      <table className="grid" aria-label={words.heading}>
        <thead>
          <tr>
            <th scope="col">
              <CheckBox
                label={<span className="dads-u-visually-hidden">{words.chooseAll}</span>}
                checked={all && rows.length > 0}
                onChange={(e) => setChosen(new Set(e.target.checked ? rows.map(({ id }) => id) : []))}
              />
            </th>
            <th scope="col">{words.file}</th>
            <th scope="col">{words.row}</th>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.why}</th>
            <th scope="col">{words.since}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} aria-selected={chosen.has(row.id) || undefined}>
              <td>
                <CheckBox
                  label={<span className="dads-u-visually-hidden">{words.choose(nameOf(row))}</span>}
                  checked={chosen.has(row.id)}
                  onChange={(e) => toggle(row.id, e.target.checked)}
                />
              </td>
              <td>
                <span className="id" title={row.file}>
                  {row.file?.slice(0, 8) ?? '-'}
                </span>
                {row.source !== undefined && <span className="dim"> {row.source}</span>}
              </td>
              <th scope="row">{row.row === 0 ? words.wholeFile : words.rowNumber(row.row)}</th>
              <td>{row.field ?? '-'}</td>
              <td>
                <span className="id">{row.code}</span> {row.says}
                {row.remedy !== undefined && (
                  <p>
                    <Remedy>{row.remedy}</Remedy>
                  </p>
                )}
                <p className="dim">{row.release ? row.release.override : words.cannotRelease}</p>
              </td>
              <td>
                <Moment at={row.since} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}
