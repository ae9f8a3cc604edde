// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { IncidentList } from '@tsunagi/contracts';
import { Link } from 'react-router';
import { nextDue } from './dues';
import { call } from '../../api/call';
import { Chip } from '../../parts/chip';
import { ListTable } from '../../parts/list-table';
import { Page } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Day, Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

export default function IncidentsPage() {
  const { frame, privacy, common } = useTexts();
  const { incidentKindNames } = useNames();
  const incidents = useQuery({
    queryKey: ['incidents'],
    queryFn: ({ signal }) => call<IncidentList>('/incidents', { signal }),
  });
  return (
    <Page title={frame.pages.incidents} lead={privacy.incidentsLead}>
      <Answered of={incidents}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{privacy.noIncidents}</Empty>
          ) : (
            <ListTable list="incidents" label={frame.pages.incidents}>
              <table className="grid">
                <caption className="dads-u-visually-hidden">{frame.pages.incidents}</caption>
                <thead>
                  <tr>
                    <th scope="col">{privacy.kind}</th>
                    <th scope="col">{privacy.noticed}</th>
                    <th scope="col">{privacy.from}</th>
                    <th scope="col">{privacy.recipients}</th>
                    <th scope="col">{privacy.dues}</th>
                    <th scope="col">{privacy.state}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => {
                    const due = nextDue(one);
                    return (
                      <tr key={one.id}>
                        <th scope="row">
                          <Link to={`/incidents/${one.id}`}>{incidentKindNames[one.kind]}</Link>{' '}
                          {one.sensitive && <Chip color="red">{privacy.sensitive}</Chip>}
                        </th>
                        <td>
                          <Moment at={one.noticedAt} />
                        </td>
                        <td>{one.from.name}</td>
                        <td>{one.recipients.map(({ name }) => name).join(common.comma)}</td>
                        <td>
                          {due && (
                            <>
                              {privacy.duesNames[due.what]} <Day on={due.on} />
                            </>
                          )}
                        </td>
                        <td>{one.closedAt ? privacy.closed : privacy.open}</td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </ListTable>
          )
        }
      </Answered>
    </Page>
  );
}
