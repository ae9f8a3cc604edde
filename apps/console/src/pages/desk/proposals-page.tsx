// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery } from '@tanstack/react-query';
import type { ProposalPage } from '@tsunagi/contracts';
import { Link } from 'react-router';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { ListTable } from '../../parts/list-table';
import { Page } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** What waits to be written into the desk's own system, the oldest first; nobody is named before it is opened. */
export const useProposals = () =>
  useInfiniteQuery({
    // Approving and declining are to-dos: what is said of those is said of these.
    queryKey: ['todos', 'proposals'],
    // Nobody announces that one has begun to wait.
    staleTime: 0,
    refetchInterval: 30_000,
    queryFn: ({ pageParam }) => call<ProposalPage>('/proposals', { query: { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });

export default function ProposalsPage() {
  const { desk, frame, common } = useTexts();
  const { kindNames, urgencyNames } = useNames();
  const proposals = useProposals();
  return (
    <Page title={frame.pages.proposals} lead={desk.proposalsLead}>
      <Answered of={proposals}>
        {({ pages }) => {
          const items = pages.flatMap((p) => p.items);
          if (items.length === 0) return <Empty>{desk.proposalsEmpty}</Empty>;
          return (
            <>
              <ListTable list="proposals" label={frame.pages.proposals} more={proposals.hasNextPage}>
                <table className="grid" aria-label={frame.pages.proposals}>
                  <thead>
                    <tr>
                      <th scope="col">{desk.what}</th>
                      <th scope="col">{desk.kind}</th>
                      <th scope="col">{desk.urgency}</th>
                      <th scope="col">{desk.toDesk}</th>
                      <th scope="col">{desk.since}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((p) => (
                      <tr key={p.id}>
                        <td>
                          <Link to={`/proposals/${p.id}`}>{desk.proposalKinds[p.kind]}</Link>
                        </td>
                        <td>{kindNames[p.referralKind]}</td>
                        <td>
                          <Chip color={p.urgency === 'normal' ? 'gray' : 'orange'}>{urgencyNames[p.urgency]}</Chip>
                        </td>
                        <td>{p.to.name}</td>
                        <td>
                          <Moment at={p.since} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ListTable>
              {proposals.hasNextPage && (
                <div>
                  <Button disabled={proposals.isFetchingNextPage} onClick={() => void proposals.fetchNextPage()}>
                    {common.more}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
    </Page>
  );
}
