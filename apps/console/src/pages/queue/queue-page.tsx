// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect } from 'react';
import '../../look/queue.css';
import { Bulk } from './bulk';
import { FilterForm } from './filter-form';
import { useLiveList } from './live-list';
import { asked, type Filters } from './filters';
import { keepOrder, useListName } from './order';
import { addressOf, idOf, useFilters } from './query';
import { Rows } from './rows';
import { mostSelected, useSelectedItems, useSelection, withSelected } from './selection';
import { Views } from './views';
import { fileOf } from '../../api/call';
import { useSession } from '../../api/session';
import { Button } from '../../parts/button';
import { CsvButtons } from '../../parts/csv-buttons';
import { useKey } from '../../parts/keys';
import { Page } from '../../parts/page';
import { useReveal } from '../../parts/reveal';
import { Answered, Empty, Failure, Lacking } from '../../parts/states';
import { useTexts } from '../../texts';

export default function QueuePage() {
  const { frame, queue } = useTexts();
  const { actingFor } = useSession();
  const [filters, change] = useFilters();
  const { q, ...others } = asked(filters);
  return (
    <Page
      title={frame.pages.queue}
      lead={queue.lead}
      actions={
        <CsvButtons
          label={queue.caption}
          file={(encoding) =>
            // What is no number is none of the list's either: the hub says so.
            fileOf('/referrals/export', { query: { ...others, ...(q && { q: idOf(q) ?? q }), encoding } })
          }
        />
      }
    >
      <Views filters={filters} />
      <FilterForm filters={filters} onChange={change} />
      <List key={`${actingFor} ${addressOf(filters)}`} filters={filters} />
    </Page>
  );
}

function List({ filters }: { readonly filters: Filters }) {
  const { queue, common } = useTexts();
  const list = useLiveList(filters);
  const { ids, select, clear } = useSelection();
  const { items: selected, others } = useSelectedItems(ids, list.rows, list.data !== undefined);
  const name = useListName(filters);
  const reveal = useReveal('referrals');
  const mayAsk = list.hasNextPage && !list.isFetching && !list.isFetchNextPageError;
  const waiting = list.fresh > 0 || list.outdated;
  useKey('r', queue.keys.fresh, () => waiting && void list.show());
  useEffect(() => {
    if (list.data) keepOrder(name, { ids: list.rows.map(({ id }) => id), next: list.data.pages.at(-1)?.next });
  }, [list.data, name]);
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
        items={selected}
        isFull={ids.length === mostSelected}
        onReveal={reveal.ask}
        onClear={clear}
        onDone={() => {
          clear();
          void list.show();
        }}
      />
      <Lacking of={others} what={common.lists.selected} />
      <Answered of={list}>
        {() =>
          list.rows.length === 0 ? (
            <Empty>{queue.none}</Empty>
          ) : (
            <>
              <Rows
                rows={list.rows}
                address={withSelected(new URLSearchParams(addressOf(filters)), ids).toString()}
                hasMore={list.hasNextPage}
                more={mayAsk ? () => void list.fetchNextPage() : undefined}
                selected={new Set(ids)}
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
