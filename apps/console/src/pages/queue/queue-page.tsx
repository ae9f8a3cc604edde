// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import '../../look/queue.css';
import { Bulk } from './bulk';
import { FilterForm } from './filter-form';
import { useLiveList } from './live-list';
import { asked, type Filters } from './filters';
import { addressOf, useFilters } from './query';
import { Rows } from './rows';
import { Views } from './views';
import { searchOf } from '../../api/call';
import { useSession } from '../../api/session';
import { Button } from '../../parts/button';
import { useKey } from '../../parts/keys';
import { Page } from '../../parts/page';
import { useReveal } from '../../parts/reveal';
import { Answered, Empty, Failure } from '../../parts/states';
import { useTexts } from '../../texts';

export default function QueuePage() {
  const { frame, queue } = useTexts();
  const { actingFor } = useSession();
  const [filters, change] = useFilters();
  const { q: _, ...kept } = asked(filters);
  const href = (encoding: string) => `/api/v1/referrals/export${searchOf({ ...kept, encoding })}`;
  return (
    <Page
      title={frame.pages.queue}
      lead={queue.lead}
      actions={
        <>
          <a className="dads-button" data-type="outline" data-size="sm" href={href('utf-8-bom')} download>
            {queue.csv}
          </a>
          <a className="dads-button" data-type="text" data-size="sm" href={href('cp932')} download>
            {queue.csvOld}
          </a>
        </>
      }
    >
      <Views filters={filters} />
      <FilterForm key={filters.q} filters={filters} onChange={change} />
      <List key={`${actingFor} ${addressOf(filters)}`} filters={filters} />
    </Page>
  );
}

function List({ filters }: { readonly filters: Filters }) {
  const { queue, common } = useTexts();
  const list = useLiveList(filters);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const reveal = useReveal('referrals');
  const mayAsk = list.hasNextPage && !list.isFetching && !list.isFetchNextPageError;
  const waiting = list.fresh > 0 || list.outdated;
  useKey('r', queue.keys.fresh, () => waiting && void list.show());
  const select = (id: string, on: boolean) =>
    setSelected((before) => new Set(on ? [...before, id] : [...before].filter((other) => other !== id)));
  return (
    <div className="stack">
      <div role="status">
        {waiting && (
          <p className="fresh row no-print">
            <strong>{list.fresh > 0 ? queue.fresh(list.fresh) : queue.outdated}</strong>
            <Button look="solid-fill" onClick={() => void list.show()}>
              {queue.showFresh}
            </Button>
          </p>
        )}
      </div>
      <Bulk
        items={list.rows.filter(({ id }) => selected.has(id))}
        onReveal={reveal.ask}
        onClear={() => setSelected(new Set())}
        onDone={() => {
          setSelected(new Set());
          void list.show();
        }}
      />
      <Answered of={list}>
        {() =>
          list.rows.length === 0 ? (
            <Empty>{queue.none}</Empty>
          ) : (
            <>
              <Rows
                rows={list.rows}
                address={addressOf(asked(filters))}
                hasMore={list.hasNextPage}
                more={mayAsk ? () => void list.fetchNextPage() : undefined}
                selected={selected}
                nameOf={reveal.nameOf}
                onSelect={select}
              />
              <p className="dim">
                {queue.shown(list.rows.length)}
                {!list.hasNextPage && ` ${queue.end}`}
              </p>
              {list.isFetchNextPageError && <Failure error={list.error} again={() => void list.fetchNextPage()} />}
              {list.isFetchingNextPage && <p className="dim">{common.loading}…</p>}
            </>
          )
        }
      </Answered>
      {reveal.dialog}
    </div>
  );
}
