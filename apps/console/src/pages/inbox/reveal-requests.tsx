// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RevealRequest, RevealRequests as Requests } from '@tsunagi/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { Section } from '../../parts/page';
import { Failure } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Names of protected persons that a colleague asks to see: a second person says yes or no. Nothing is shown while nobody asks. */
export function RevealRequests() {
  const { inbox } = useTexts();
  const { revealPurposeNames } = useNames();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>();
  const asked = useQuery({
    queryKey: ['todos', 'reveal-requests'],
    queryFn: ({ signal }) => call<Requests>('/reveal-requests', { signal }),
  });
  const waiting = asked.data?.items.filter(({ state, mine }) => state === 'waiting' && !mine) ?? [];
  if (waiting.length === 0 && error === undefined && !asked.error) return null;
  const decide = (request: RevealRequest, what: 'approve' | 'refuse') =>
    void call(`/reveal-requests/${request.id}/${what}`, { method: 'POST' })
      .then(() => setError(undefined), setError)
      .finally(() => void queries.invalidateQueries({ queryKey: ['todos'] }));
  return (
    <Section heading={inbox.reveals}>
      <p className="dim">{inbox.revealsHint}</p>
      {error !== undefined && <Failure error={error} />}
      {asked.error && <Failure error={asked.error} again={() => void asked.refetch()} />}
      <ul className="todos">
        {waiting.map((request) => (
          <li key={request.id} className="todo">
            <div className="grow">
              <p>
                <Link to={`/referrals/${request.referralId}`}>
                  {request.askedBy} – {revealPurposeNames[request.purpose]}
                </Link>
              </p>
              <p>{request.reason}</p>
              <p className="dim">
                <Moment at={request.askedAt} />
              </p>
            </div>
            <Button onClick={() => decide(request, 'approve')}>{inbox.approve}</Button>
            <Button onClick={() => decide(request, 'refuse')}>{inbox.refuse}</Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
