// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { TodoDone, Todos } from '@tsunagi/contracts';
import { useState } from 'react';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { ChoiceGroup, choicesOf, TextField } from '../../parts/fields';
import { Failure } from '../../parts/states';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';

/** What is asked when it is ticked off: who takes it on, or what became of what was taken back. */
export function TickOff(props: { readonly todo: Todos['items'][number]; onClose(): void; onDone(): void }) {
  const { inbox, common } = useTexts();
  const { todo } = props;
  const asksWorker = todo.kind === 'unassigned';
  const asksWhat = todo.kind === 'recall_disposition' || todo.kind === 'stop_using';
  const [worker, setWorker] = useState('');
  const [became, setBecame] = useState<string>();
  const [law, setLaw] = useState('');
  const { send, sending, error } = useSending(async () => {
    const body: TodoDone = {
      ...(asksWorker && { worker: { name: worker } }),
      ...(became && {
        disposition: (became === 'kept' ? { done: became, law } : { done: became }) as NonNullable<
          TodoDone['disposition']
        >,
      }),
    };
    await call(`/todos/${todo.id}/done`, { body });
    props.onDone();
  });
  return (
    <Dialog heading={inbox.tick} onClose={props.onClose}>
      <form className="form" onSubmit={send}>
        <p>{todo.sentence}</p>
        {error !== undefined && <Failure error={error} />}
        {asksWorker && (
          <TextField label={inbox.worker} value={worker} required onChange={(e) => setWorker(e.target.value)} />
        )}
        {asksWhat && (
          <ChoiceGroup
            label={inbox.disposition}
            several={false}
            choices={choicesOf(inbox.dispositions)}
            value={became ? [became] : []}
            onChange={([chosen]) => setBecame(chosen)}
          />
        )}
        {became === 'kept' && (
          <TextField label={inbox.law} value={law} required onChange={(e) => setLaw(e.target.value)} />
        )}
        <div className="row">
          <Button type="submit" look="solid-fill" size="md" disabled={sending}>
            {inbox.tick}
          </Button>
          <Button size="md" onClick={props.onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
