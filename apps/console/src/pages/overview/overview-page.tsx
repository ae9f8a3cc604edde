// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { Flows } from '@tsunagi/contracts';
import { useSearchParams } from 'react-router';
import '../../look/overview.css';
import { FlowPicture } from './flow-picture';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { SelectField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Page, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Day } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** The months of the last year and the fiscal years (April–March) they lie in, newest first. */
function periods(now: Date): string[] {
  const months = Array.from({ length: 12 }, (_, back) => {
    const month = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1));
    return month.toISOString().slice(0, 7);
  });
  const fiscal = months.map((month) => Number(month.slice(0, 4)) - (Number(month.slice(5)) < 4 ? 1 : 0));
  return [...months, ...new Set(fiscal.map(String))];
}

export default function OverviewPage() {
  const { frame, overview, common } = useTexts();
  const [search, setSearch] = useSearchParams();
  const all = periods(new Date());
  const period = all.includes(search.get('period') ?? '') ? search.get('period')! : all[0]!;
  const flows = useQuery({
    queryKey: ['reports', 'flows', period],
    queryFn: ({ signal }) =>
      call<Flows>('/reports/flows', {
        signal,
        query: period.includes('-') ? { month: period } : { fiscalYear: period },
      }),
  });
  return (
    <Page
      title={frame.pages.overview}
      lead={overview.lead}
      actions={<Button onClick={() => print()}>{common.print}</Button>}
    >
      <div className="form no-print">
        <SelectField
          label={overview.period}
          value={period}
          choices={all.map((value) => ({
            value,
            name: value.includes('-') ? value : `${value} ${overview.fiscalYear}`,
          }))}
          onChange={(e) => setSearch({ period: e.target.value })}
        />
      </div>
      <Answered of={flows}>{(data) => <Shown of={data} />}</Answered>
    </Page>
  );
}

type Cell = string | number | undefined;

/** Of this place nothing is said, not even that there is anybody. */
const unsaid = '0+';

function Shown({ of }: { readonly of: Flows }) {
  const { overview } = useTexts();
  const { authorityNames, channelNames, domainNames, kindNames, outcomeNames } = useNames();
  const { sent, accepted, outcomes, turned, failures, waiting } = of;
  // Of eight fields there are 64 ways, and few are ever gone. What is hidden may be none, and is shown.
  const crossed = sent.flows.filter(({ count }) => count !== 0);
  // A line says that somebody went there.
  const drawn = crossed.filter(({ count }) => count !== unsaid);
  return (
    <div className="stack" data-gap="large">
      <p>
        <Day on={of.from} /> – <Day on={of.until} /> {of.function && overview.ofDesk(of.function.name)}
      </p>
      <Section heading={overview.flows}>
        {crossed.length === 0 ? (
          <Empty>{overview.nothing}</Empty>
        ) : (
          <>
            {drawn.length > 0 && <FlowPicture flows={drawn} />}
            <Counts
              caption={overview.flows}
              heads={[overview.from, overview.to, overview.count]}
              rows={crossed.map(({ from, to, count }) => [domainNames[from], domainNames[to], count])}
              total={sent.total}
            />
          </>
        )}
      </Section>
      <div className="tables">
        <Section heading={overview.kinds}>
          <Counts
            caption={overview.kinds}
            heads={[overview.what, overview.count]}
            rows={sent.kinds.map(({ kind, count }) => [kindNames[kind], count])}
            total={sent.total}
          />
        </Section>
        <Section heading={overview.channels}>
          <Counts
            caption={overview.channels}
            heads={[overview.what, overview.count]}
            rows={sent.channels.map(({ channel, count }) => [channelNames[channel], count])}
            total={sent.total}
          />
        </Section>
        <Section heading={overview.bases}>
          <Counts
            caption={overview.bases}
            heads={[overview.what, overview.count]}
            rows={sent.bases.map(({ basis, count }) => [authorityNames[basis], count])}
            total={sent.total}
          />
        </Section>
        <Section heading={overview.outcomes}>
          <Counts
            caption={overview.outcomes}
            heads={[overview.outcome, overview.count]}
            rows={outcomes.rows.map(({ outcome, count }) => [outcomeNames[outcome], count])}
            total={outcomes.total}
          />
        </Section>
        <Section heading={overview.turned}>
          <Counts
            caption={overview.turned}
            heads={[overview.what, overview.count]}
            rows={turned.map(({ what, count }) => [overview.turnedNames[what], count])}
          />
        </Section>
        {failures && (
          <Section heading={overview.failures}>
            <Counts
              caption={overview.failures}
              heads={[overview.what, overview.count]}
              rows={(['pingPong', 'dumping', 'hoarding'] as const).map((what) => [
                overview.failureNames[what],
                failures[what],
              ])}
            />
          </Section>
        )}
      </div>
      <Section heading={overview.accepted}>
        <p className="dim">{overview.acceptedHint}</p>
        <Counts
          caption={overview.accepted}
          heads={[overview.to, overview.count, overview.median, overview.ninetieth]}
          rows={accepted.rows.map(({ to, count, median, ninetieth }) => [domainNames[to], count, median, ninetieth])}
          total={accepted.total}
        />
      </Section>
      {waiting && (
        <Section heading={overview.waiting}>
          <Counts
            caption={overview.waiting}
            heads={[overview.reason, overview.count, overview.since]}
            rows={waiting.rows.map(({ sentence, count, since }) => [sentence, count, since])}
            total={waiting.total}
          />
        </Section>
      )}
      <p className="dim">{overview.about}</p>
    </div>
  );
}

function Counts(props: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total?: Cell;
}) {
  const { overview } = useTexts();
  const first = props.heads.indexOf(overview.count);
  // Where none may be said, the hub names no reason either.
  if (props.total !== undefined && props.total !== 0 && props.rows.every((cells) => cells[first] === unsaid))
    return <p>{overview.onlyTotal(String(props.total))}</p>;
  if (props.rows.length === 0) return <Empty>{overview.nothing}</Empty>;
  return (
    <ListTable list="overview" label={props.caption}>
      <table className="grid">
        <caption className="dads-u-visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            {props.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((cells, n) => (
            <tr key={n}>
              {cells.map((cell, i) =>
                i < first ? (
                  <th key={i} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={i} className="number">
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {props.total !== undefined && (
          <tfoot>
            <tr>
              <th scope="row" colSpan={first}>
                {overview.total}
              </th>
              <td className="number">{props.total}</td>
            </tr>
          </tfoot>
        )}
      </table>
    </ListTable>
  );
}
