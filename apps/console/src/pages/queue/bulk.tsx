// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { Actions, QueueItem } from '@tsunagi/contracts';
import { useEffect, useState } from 'react';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { TextField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Failure, Loading } from '../../parts/states';
import { useTexts } from '../../texts';

/** What needs nothing that is said of one alone. */
type BulkAction = 'receive' | 'resume' | 'inform' | 'withdraw';
const undoSeconds = 8;

interface Result {
  readonly item: QueueItem;
  readonly problem?: string;
}

/** One step for all that were selected, as they were when it was asked for: a preview, a window to undo, a result for each. */
export function Bulk(props: {
  readonly items: readonly QueueItem[];
  /** No more can be selected. */
  readonly isFull: boolean;
  onReveal(ids: string[]): void;
  onClear(): void;
  onDone(): void;
}) {
  const { queue, persons } = useTexts();
  const [action, setAction] = useState<BulkAction>();
  const [frozen, setFrozen] = useState<readonly QueueItem[]>([]);
  if (props.items.length === 0) return null;
  return (
    <div className="bulk row no-print" role="group" aria-label={queue.bulk}>
      <span>{queue.selected(props.items.length)}</span>
      <span role="status">{props.isFull && queue.selectedMost(props.items.length)}</span>
      {(Object.keys(queue.bulkActions) as BulkAction[]).map((name) => (
        <Button
          key={name}
          onClick={() => {
            setFrozen(props.items);
            setAction(name);
          }}
        >
          {queue.bulkActions[name]}
        </Button>
      ))}
      <Button onClick={() => props.onReveal(props.items.map(({ id }) => id))}>{persons.reveal}</Button>
      <Button look="text" onClick={props.onClear}>
        {queue.unselect}
      </Button>
      {action && (
        <Doing
          action={action}
          items={frozen}
          onClose={(done) => {
            setAction(undefined);
            if (done) props.onDone();
          }}
        />
      )}
    </div>
  );
}

function Doing({
  action,
  items,
  onClose,
}: {
  readonly action: BulkAction;
  readonly items: readonly QueueItem[];
  onClose(done: boolean): void;
}) {
  const { queue, referral, common } = useTexts();
  const queries = useQueryClient();
  const name = queue.bulkActions[action];
  const [possible, setPossible] = useState<readonly (readonly [QueueItem, number])[]>();
  const [typed, setTyped] = useState({ by: '', how: '', reason: '' });
  const [left, setLeft] = useState<number>();
  const [results, setResults] = useState<readonly Result[]>();
  const [failed, setFailed] = useState<unknown>();

  const ask = () => {
    setFailed(undefined);
    Promise.all(items.map(async (item) => [item, await call<Actions>(`/referrals/${item.id}/actions`)] as const))
      .then((asked) =>
        setPossible(
          asked.flatMap(([item, { actions, version }]) =>
            actions.some((a) => a.action === action && a.possible) ? [[item, version] as const] : [],
          ),
        ),
      )
      .catch(setFailed);
  };
  useEffect(ask, []);

  const body = () => {
    if (action === 'withdraw') return { reason: typed.reason };
    if (action === 'inform') return { personInformed: { by: typed.by, how: typed.how, at: new Date().toISOString() } };
    return {};
  };
  const run = async () => {
    setLeft(undefined);
    const done: Result[] = [];
    // One after the other: each is judged by itself.
    for (const [item, version] of possible ?? []) {
      try {
        await call(`/referrals/${item.id}/${action}`, { body: body(), ifMatch: version });
        done.push({ item });
      } catch (error) {
        done.push({ item, problem: error instanceof ProblemError ? error.problem.title : common.unreachable });
      }
      setResults([...done]);
    }
    for (const key of ['queue', 'todos', 'referral']) void queries.invalidateQueries({ queryKey: [key] });
  };
  useEffect(() => {
    if (left === undefined) return;
    const timer = setTimeout(() => (left <= 1 ? void run() : setLeft(left - 1)), 1_000);
    return () => clearTimeout(timer);
  }, [left]);

  return (
    <Dialog
      heading={queue.bulkAsk(name, possible?.length ?? items.length)}
      onClose={() => onClose(results !== undefined)}
    >
      {failed !== undefined && <Failure error={failed} again={ask} />}
      {!results && (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            setLeft(undoSeconds);
          }}
        >
          <p>{queue.bulkFrozen}</p>
          {possible && possible.length < items.length && (
            <Banner kind="warning" heading={queue.bulkCannot(items.length - possible.length)} />
          )}
          {!possible && failed === undefined && <Loading />}
          {possible && (
            <ul>
              {possible.map(([{ id, from, to }]) => (
                <li key={id}>{referral.fromTo(from.name, to?.name ?? referral.nobodyYet)}</li>
              ))}
            </ul>
          )}
          {action === 'withdraw' && (
            <TextField
              label={referral.fields.withdrawReason}
              required
              value={typed.reason}
              onChange={(e) => setTyped({ ...typed, reason: e.target.value })}
            />
          )}
          {action === 'inform' && (
            <>
              <TextField
                label={referral.fields['personInformed/by']}
                required
                value={typed.by}
                onChange={(e) => setTyped({ ...typed, by: e.target.value })}
              />
              <TextField
                label={referral.fields['personInformed/how']}
                required
                value={typed.how}
                onChange={(e) => setTyped({ ...typed, how: e.target.value })}
              />
            </>
          )}
          {left === undefined ? (
            <div className="row">
              <Button type="submit" look="solid-fill" size="md" disabled={!possible || possible.length === 0}>
                {name}
              </Button>
              <Button size="md" onClick={() => onClose(false)}>
                {common.cancel}
              </Button>
            </div>
          ) : (
            <div className="row" role="status">
              <span>{queue.bulkUndo(left)}</span>
              <Button size="md" look="solid-fill" onClick={() => setLeft(undefined)}>
                {queue.bulkStop}
              </Button>
              <Button size="md" onClick={() => void run()}>
                {queue.bulkNow}
              </Button>
            </div>
          )}
        </form>
      )}
      {results && (
        <ListTable list="bulk-results" label={queue.bulkResults}>
          <table className="grid">
            <caption>{queue.bulkResults}</caption>
            <thead>
              <tr>
                <th scope="col">{queue.bulkRow}</th>
                <th scope="col">{queue.bulkOutcome}</th>
              </tr>
            </thead>
            <tbody>
              {results.map(({ item, problem }) => (
                <tr key={item.id}>
                  <th scope="row">{referral.fromTo(item.from.name, item.to?.name ?? referral.nobodyYet)}</th>
                  <td className={problem ? 'late' : undefined}>{problem ?? queue.bulkOk}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListTable>
      )}
    </Dialog>
  );
}
