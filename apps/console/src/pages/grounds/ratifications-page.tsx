// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { Todos } from '@tsunagi/contracts';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Ratifying, type Outcome } from './ratifying';
import { call } from '../../api/call';
import { useIdInAddress } from '../../api/ids';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { ListTable } from '../../parts/list-table';
import { Page, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import '../../look/grounds.css';

/** What was disclosed, or waits to be, without a consent, for the approver's word. */
export default function RatificationsPage() {
  const { frame, grounds } = useTexts();
  const [, setSearch] = useSearchParams();
  const [done, setDone] = useState<Outcome>();
  const place = useRef<HTMLDivElement>(null);
  const opened = useIdInAddress('referral');
  const todos = useQuery({
    queryKey: ['todos', 'ratify'],
    queryFn: ({ signal }) => call<Todos>('/todos', { query: { kind: 'ratify', limit: 500 }, signal }),
  });
  useEffect(() => {
    if (done) place.current?.focus();
  }, [done]);
  const open = (referral: string | undefined) => {
    setDone(undefined);
    setSearch(referral === undefined ? {} : { referral });
  };
  return (
    <Page title={frame.pages.ratifications} lead={grounds.ratifyLead}>
      {done && (
        <div ref={place} tabIndex={-1}>
          <Banner kind="success" heading={grounds[done]} />
        </div>
      )}
      {opened !== undefined ? (
        <Ratifying
          key={opened}
          referral={opened}
          onClose={() => open(undefined)}
          onDone={(outcome) => {
            open(undefined);
            setDone(outcome);
          }}
        />
      ) : (
        <Section heading={grounds.waiting}>
          <Answered of={todos}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty>{grounds.nothingWaits}</Empty>
              ) : (
                <ListTable list="ratifications" label={grounds.waiting}>
                  <table className="grid" aria-label={grounds.waiting}>
                    <thead>
                      <tr>
                        <th scope="col">{grounds.columns.from}</th>
                        <th scope="col">{grounds.columns.since}</th>
                        <th scope="col">{grounds.columns.state}</th>
                        <th scope="col">{grounds.columns.open}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {items.map(({ id, function: desk, createdAt, escalated, referralId }) => (
                        <tr key={id}>
                          <th scope="row">{desk?.name}</th>
                          <td>
                            <Moment at={createdAt} />
                          </td>
                          <td>{escalated && <Chip color="red">{grounds.escalated}</Chip>}</td>
                          <td>
                            <Button
                              aria-label={`${grounds.openShort} ${grounds.open(desk?.name ?? '')}`}
                              onClick={() => open(referralId)}
                            >
                              {grounds.openShort}
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
        </Section>
      )}
    </Page>
  );
}
