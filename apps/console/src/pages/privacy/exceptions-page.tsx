// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { DeskFunctionView, ExceptionReport } from '@tsunagi/contracts';
import { call } from '../../api/call';
import { useDesks } from '../../parts/desks';
import { ListTable } from '../../parts/list-table';
import { Page } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

export default function ExceptionsPage() {
  const { frame, privacy } = useTexts();
  const directory = useDesks();
  const report = useQuery({
    queryKey: ['reports', 'exceptions'],
    queryFn: ({ signal }) => call<ExceptionReport>('/reports/exceptions', { signal }),
  });
  return (
    <Page title={frame.pages.exceptions} lead={privacy.exceptionsLead}>
      <Answered of={report}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{privacy.noExceptions}</Empty>
          ) : (
            <Answered of={directory}>{(desks) => <Pairs {...{ items, desks }} />}</Answered>
          )
        }
      </Answered>
    </Page>
  );
}

function Pairs(props: { readonly items: ExceptionReport['items']; readonly desks: readonly DeskFunctionView[] }) {
  const { frame, privacy, referral } = useTexts();
  const { authorityNames } = useNames();
  const nameOf = (id: string) => props.desks.find((desk) => desk.id === id)?.name ?? '';
  return (
    <ListTable list="exceptions" label={frame.pages.exceptions}>
      <table className="grid">
        <caption className="dads-u-visually-hidden">{frame.pages.exceptions}</caption>
        <thead>
          <tr>
            <th scope="col">{privacy.month}</th>
            <th scope="col">{privacy.pair}</th>
            <th scope="col">{privacy.basis}</th>
            <th scope="col">{privacy.count}</th>
            <th scope="col">{privacy.occasional}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map(({ month, from, to, code, count, occasional, repeated }) => (
            <tr key={`${month} ${from} ${to} ${code}`}>
              <td>{month}</td>
              <th scope="row">{referral.fromTo(nameOf(from), nameOf(to))}</th>
              <td>{authorityNames[code]}</td>
              <td className="number">
                {count} {repeated && <strong className="late">{privacy.repeated}</strong>}
              </td>
              <td className="number">{occasional}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}
