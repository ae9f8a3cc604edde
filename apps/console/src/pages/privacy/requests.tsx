// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DisclosureRequest, DisclosureRequestList } from '@tsunagi/contracts';
import { useState } from 'react';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { choicesOf, SelectField, TextField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Section } from '../../parts/page';
import { Answered, Empty, Failure } from '../../parts/states';
import { Day } from '../../parts/time';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';

/** Who has asked for a ledger, what was answered, and the answer that is still owed. */
export function Requests({ onOpen }: { onOpen(request: DisclosureRequest): void }) {
  const { privacy } = useTexts();
  const [answering, setAnswering] = useState<DisclosureRequest>();
  const requests = useQuery({
    queryKey: ['disclosure-requests'],
    queryFn: ({ signal }) => call<DisclosureRequestList>('/disclosure-requests', { signal }),
  });
  return (
    <Section heading={privacy.requests}>
      <Answered of={requests}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{privacy.noRequests}</Empty>
          ) : (
            <ListTable list="disclosure-requests" label={privacy.requests}>
              <table className="grid">
                <caption className="dads-u-visually-hidden">{privacy.requests}</caption>
                <thead>
                  <tr>
                    <th scope="col">{privacy.requestOn}</th>
                    <th scope="col">{privacy.askedBy}</th>
                    <th scope="col">{privacy.identity}</th>
                    <th scope="col">{privacy.answered}</th>
                    <th scope="col">{privacy.show}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((request) => (
                    <tr key={request.id}>
                      <th scope="row">
                        <Day on={request.askedOn} />
                      </th>
                      <td>{privacy.askedByNames[request.askedBy]}</td>
                      <td>{privacy.identityNames[request.identity]}</td>
                      <td>
                        {request.answer ? (
                          <>
                            {privacy.outcomes[request.answer.outcome]} <Day on={request.answer.on} />
                          </>
                        ) : (
                          <>
                            {privacy.notAnswered}{' '}
                            <Button onClick={() => setAnswering(request)}>{privacy.answerIt}</Button>
                          </>
                        )}
                      </td>
                      <td>
                        <Button look="text" onClick={() => onOpen(request)}>
                          {privacy.openLedger}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ListTable>
          )
        }
      </Answered>
      {answering && <Answer request={answering} onClose={() => setAnswering(undefined)} />}
    </Section>
  );
}

function Answer({ request, onClose }: { readonly request: DisclosureRequest; onClose(): void }) {
  const { privacy, common } = useTexts();
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState('');
  const [on, setOn] = useState('');
  const [reason, setReason] = useState('');
  const { send, sending, error } = useSending(async () => {
    await call(`/disclosure-requests/${request.id}/answer`, {
      body: { outcome, on, ...(outcome !== 'given' && { reason }) },
      ifMatch: request.version,
    });
    await queries.invalidateQueries({ queryKey: ['disclosure-requests'] });
    void queries.invalidateQueries({ queryKey: ['todos'] });
    onClose();
  });
  return (
    <Dialog heading={privacy.answerIt} onClose={onClose}>
      <form className="form" onSubmit={send}>
        {error !== undefined && <Failure error={error} />}
        <SelectField
          label={privacy.outcome}
          required
          value={outcome}
          choices={choicesOf(privacy.outcomes)}
          onChange={(e) => setOutcome(e.target.value)}
        />
        <TextField label={privacy.decidedOn} type="date" required value={on} onChange={(e) => setOn(e.target.value)} />
        {outcome !== '' && outcome !== 'given' && (
          <SelectField
            label={privacy.reason}
            required
            value={reason}
            choices={choicesOf(privacy.reasons)}
            onChange={(e) => setReason(e.target.value)}
          />
        )}
        <div className="row">
          <Button type="submit" look="solid-fill" size="md" disabled={sending}>
            {privacy.answerIt}
          </Button>
          <Button size="md" onClick={onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
