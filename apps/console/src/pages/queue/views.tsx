// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ViewList } from '@tsunagi/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Filters } from './filters';
import { addressOf, kept } from './query';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { Button } from '../../parts/button';
import { useOwnDesks } from '../../parts/desks';
import { Dialog } from '../../parts/dialog';
import { SelectField, TextField } from '../../parts/fields';
import { Failure, Lacking } from '../../parts/states';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';

/** How one looks at the list: all, what waits for one's desk, what is one's desk's, what stands still, and what a desk has saved for itself. Each with how many. */
export function Views({ filters }: { readonly filters: Filters }) {
  const { queue, common } = useTexts();
  const desks = useOwnDesks();
  const [saving, setSaving] = useState(false);
  const named = useQuery({
    queryKey: ['queue', 'views', 'named'],
    queryFn: ({ signal }) => call<ViewList>('/views', { signal }),
  });
  const counted = useQuery({
    queryKey: ['queue', 'views', 'counted'],
    queryFn: ({ signal }) => call<ViewList>('/views', { signal, query: { counts: 'true' } }),
  });
  // To count takes a while: the tabs do not wait for it, so that none moves away under a hand.
  const data = counted.data ?? named.data;
  const here = addressOf(kept(filters) as Filters);
  const tab = (name: string, query: Filters, count?: string) => {
    const address = addressOf(query);
    return (
      <li key={address}>
        <Link to={`/queue?${address}`} aria-current={address === here ? 'page' : undefined}>
          {name}
          {count !== undefined && <span className="views__count">{count}</span>}
        </Link>
      </li>
    );
  };
  const own = data?.items.find(({ id, query }) => id !== undefined && addressOf(query as Filters) === here);
  return (
    <nav aria-label={queue.views} className="no-print">
      <ul className="views">
        {tab(queue.allOf, {})}
        {desks.length > 0 && tab(queue.mine, { waiting: 'me' })}
        {desks.map((desk) => tab(desks.length === 1 ? queue.myDesk : desk.name, { function: desk.id }))}
        {data?.items.map(({ code, name, query, count, more }) =>
          tab(
            code === undefined ? name : queue.viewNames[code],
            query as Filters,
            count === undefined ? undefined : common.countOf(count, more === true),
          ),
        )}
        {data === undefined && (
          <li>
            <Lacking of={{ ...named, error: named.error && counted.error }} what={common.lists.views} />
          </li>
        )}
        <li>
          <Button look="text" onClick={() => setSaving(true)}>
            {queue.saveView}
          </Button>
        </li>
        {own?.id !== undefined && <DeleteView key={own.id} id={own.id} version={own.version} />}
      </ul>
      {data !== undefined && counted.error !== null && <Lacking of={counted} what={common.lists.counts} />}
      {saving && <SaveView filters={filters} onClose={() => setSaving(false)} />}
    </nav>
  );
}

function DeleteView({ id, version }: { readonly id: string; readonly version: number | undefined }) {
  const { queue } = useTexts();
  const queries = useQueryClient();
  const { send, sending, error } = useSending(async () => {
    await call(`/views/${id}`, { method: 'DELETE', ...(version !== undefined && { ifMatch: version }) });
    await queries.invalidateQueries({ queryKey: ['queue', 'views'] });
  });
  return (
    <li>
      <Button look="text" disabled={sending} onClick={() => send()}>
        {queue.deleteView}
      </Button>
      {error !== undefined && <Failure error={error} />}
    </li>
  );
}

function SaveView({ filters, onClose }: { readonly filters: Filters; onClose(): void }) {
  const { queue, common } = useTexts();
  const { caller } = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [desk, setDesk] = useState('');
  const { send, sending, error } = useSending(async () => {
    await call('/views', { body: { name, query: kept(filters), ...(desk !== '' && { function: desk }) } });
    await queries.invalidateQueries({ queryKey: ['queue', 'views'] });
    onClose();
  });
  return (
    <Dialog heading={queue.saveView} onClose={onClose}>
      <form className="form" onSubmit={send}>
        {error !== undefined && <Failure error={error} />}
        <TextField
          label={queue.viewName}
          hint={queue.viewNameHint}
          value={name}
          maxLength={40}
          required
          onChange={(e) => setName(e.target.value)}
        />
        {caller.functions.length > 0 && (
          <SelectField
            label={queue.shareWith}
            empty={queue.onlyMe}
            value={desk}
            choices={caller.functions.map(({ id, name: of }) => ({ value: id, name: of }))}
            onChange={(e) => setDesk(e.target.value)}
          />
        )}
        <div>
          <Button type="submit" look="solid-fill" size="md" disabled={sending}>
            {common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
