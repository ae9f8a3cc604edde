// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import '../../look/machines.css';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ClientSecret, ClientView } from '@tsunagi/contracts';
import { useState, type FormEvent } from 'react';
import { Told, useDoing } from './told';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { useDeskNames, useDesks } from '../../parts/desks';
import { Dialog } from '../../parts/dialog';
import { choicesOf, ChoiceGroup, SelectField, TextField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Page } from '../../parts/page';
import { Answered, Empty, Failure, Lacking } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Listed<T> {
  readonly items: readonly T[];
  readonly next?: string;
}
type Asking = { readonly what: 'rotate' | 'revoke'; readonly client: ClientView };

/** Everything of a short list. */
async function all<T>(path: string): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Listed<T> = await call<Listed<T>>(path, { query: { cursor } });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

/** Machines that speak with the hub, and their secrets. */
export default function ClientsPage() {
  const { frame, machines, common } = useTexts();
  const { clients: words } = machines;
  const queries = useQueryClient();
  const { said, busy, act } = useDoing();
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState<Asking>();
  /** In the memory of this page alone, until it is closed. */
  const [made, setMade] = useState<ClientSecret>();
  const clients = useInfiniteQuery({
    queryKey: ['clients'],
    queryFn: ({ pageParam }) => call<Listed<ClientView>>('/clients', { query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const desks = useDesks();
  const renew = () => queries.invalidateQueries({ queryKey: ['clients'] });
  const doIt = async ({ what, client }: Asking) => {
    setAsking(undefined);
    await act(what, async () => {
      const answer = await call<ClientSecret | ClientView>(`/clients/${client.id}/${what}`, {
        method: 'POST',
        ifMatch: client.version,
      }).finally(renew);
      if (!('secret' in answer)) return { done: words.revokedDone(client.id) };
      setMade(answer);
      return undefined;
    });
  };
  return (
    <Page
      title={frame.pages.clients}
      lead={words.lead}
      actions={
        <Button look="solid-fill" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
    >
      <Told said={said} />
      <Answered of={{ data: clients.data, error: clients.error, refetch: clients.refetch }}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty>{words.empty}</Empty>;
          return (
            <>
              <Lacking of={desks} what={common.lists.deskNames} />
              <Clients {...{ items, busy: busy !== undefined }} onAsk={(what, client) => setAsking({ what, client })} />
              {clients.hasNextPage && (
                <div>
                  <Button onClick={() => void clients.fetchNextPage()} disabled={clients.isFetchingNextPage}>
                    {common.more}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
      {adding && (
        <Adding
          onClose={() => setAdding(false)}
          onMade={(secret) => {
            setAdding(false);
            setMade(secret);
            void renew();
          }}
        />
      )}
      {asking && (
        <Dialog
          heading={asking.what === 'rotate' ? words.rotateOf(asking.client.id) : words.revokeOf(asking.client.id)}
          onClose={() => setAsking(undefined)}
        >
          <p>{asking.what === 'rotate' ? words.rotateLead : words.revokeLead}</p>
          <div className="row" data-end>
            <Button onClick={() => setAsking(undefined)}>{common.cancel}</Button>
            <Button look="solid-fill" onClick={() => void doIt(asking)}>
              {asking.what === 'rotate' ? words.rotate : words.revoke}
            </Button>
          </div>
        </Dialog>
      )}
      {made && <Secret {...made} onClose={() => setMade(undefined)} />}
    </Page>
  );
}

function Clients(props: {
  readonly items: readonly ClientView[];
  readonly busy: boolean;
  onAsk(what: Asking['what'], client: ClientView): void;
}) {
  const { frame, machines, common } = useTexts();
  const names = useNames();
  const { clients: words } = machines;
  const nameOf = useDeskNames();
  return (
    <ListTable list="clients" label={frame.pages.clients}>
      <table className="grid" aria-label={frame.pages.clients}>
        <thead>
          <tr>
            {[words.id, words.state, words.plugin, words.functions, words.roles].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {props.items.map((client) => (
            <tr key={client.id} data-gone={client.active ? undefined : ''}>
              <th scope="row" className="id">
                {client.id}
              </th>
              <td>
                <Chip color={client.active ? 'green' : 'gray'}>{client.active ? words.active : words.revoked}</Chip>
              </td>
              <td className="id">{client.plugin}</td>
              <td>{client.functions.length === 0 ? words.whole : client.functions.map(nameOf).join(common.comma)}</td>
              <td>{client.roles.map((role) => names.roleNames[role]).join(common.comma)}</td>
              <td>
                {client.active && (
                  <div className="row">
                    <Button
                      size="xs"
                      disabled={props.busy}
                      aria-label={words.rotateOf(client.id)}
                      onClick={() => props.onAsk('rotate', client)}
                    >
                      {words.rotate}…
                    </Button>
                    <Button
                      size="xs"
                      disabled={props.busy}
                      aria-label={words.revokeOf(client.id)}
                      onClick={() => props.onAsk('revoke', client)}
                    >
                      {words.revoke}…
                    </Button>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}

function Adding(props: { onClose(): void; onMade(secret: ClientSecret): void }) {
  const { machines, common } = useTexts();
  const names = useNames();
  const { clients: words } = machines;
  const desks = useDesks();
  const organizations = useQuery({ queryKey: ['organizations'], queryFn: () => all<Named>('/organizations') });
  const [id, setId] = useState('');
  const [plugin, setPlugin] = useState('');
  const [organization, setOrganization] = useState('');
  const [functions, setFunctions] = useState<string[]>([]);
  const [roles, setRoles] = useState<string[]>([]);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const at = (pointer: string) => (error instanceof ProblemError ? error.at(pointer) : undefined);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setSending(true);
    setError(undefined);
    try {
      const body = {
        ...{ id, functions, roles },
        ...(plugin !== '' && { plugin }),
        ...(organization !== '' && { organization }),
      };
      props.onMade(await call<ClientSecret>('/clients', { body }));
    } catch (problem) {
      setError(problem);
      setSending(false);
    }
  };
  return (
    <Dialog heading={words.add} onClose={props.onClose}>
      <form className="form" onSubmit={(event) => void send(event)}>
        {error !== undefined && <Failure error={error} />}
        <TextField
          label={words.id}
          hint={words.idHint}
          error={at('/id')}
          value={id}
          onChange={(e) => setId(e.target.value)}
          maxLength={60}
          required
        />
        <TextField
          label={words.plugin}
          hint={words.pluginHint}
          error={at('/plugin')}
          value={plugin}
          onChange={(e) => setPlugin(e.target.value)}
          maxLength={30}
        />
        <ChoiceGroup
          label={words.roles}
          error={at('/roles')}
          choices={choicesOf(names.roleNames)}
          several
          value={roles}
          onChange={setRoles}
        />
        <SelectField
          label={words.organization}
          hint={words.organizationHint}
          error={at('/organization')}
          value={organization}
          choices={(organizations.data ?? []).map(({ id: value, name }) => ({ value, name }))}
          onChange={(e) => setOrganization(e.target.value)}
        />
        <Lacking of={organizations} what={common.lists.organizations} />
        <ChoiceGroup
          label={words.functions}
          hint={words.functionsHint}
          error={at('/functions')}
          choices={(desks.data ?? []).map(({ id: value, name }) => ({ value, name }))}
          several
          value={functions}
          onChange={setFunctions}
        />
        <Lacking of={desks} what={common.lists.desks} />
        <div className="row" data-end>
          <Button onClick={props.onClose}>{common.cancel}</Button>
          {/* None chosen means all desks: nobody says that before they have seen them. */}
          <Button type="submit" look="solid-fill" disabled={sending || desks.data === undefined}>
            {words.add}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Shown once: whoever closes it has kept it. */
function Secret({ id, secret, onClose }: ClientSecret & { onClose(): void }) {
  const { machines } = useTexts();
  const { clients: words } = machines;
  const [copied, setCopied] = useState(false);
  return (
    <Dialog heading={words.secretOf(id)} {...{ onClose }} mustAnswer>
      <Banner kind="warning" heading={words.secretOnce} />
      <p className="secret">
        <code>{secret}</code>
      </p>
      <div className="row" data-end>
        <span role="status">{copied && words.copied}</span>
        {'clipboard' in navigator && (
          <Button onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
            {words.copy}
          </Button>
        )}
        <Button look="solid-fill" onClick={onClose}>
          {words.keptIt}
        </Button>
      </div>
    </Dialog>
  );
}
