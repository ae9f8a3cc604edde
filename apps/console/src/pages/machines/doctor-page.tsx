// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import '../../look/machines.css';
import { useQuery } from '@tanstack/react-query';
import type { DoctorFinding, DoctorView } from '@tsunagi/contracts';
import { Link } from 'react-router';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { Chip, type ChipColor } from '../../parts/chip';
import { ListTable } from '../../parts/list-table';
import { Page } from '../../parts/page';
import { Remedy } from '../../parts/remedy';
import { Answered } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

const colors: Readonly<Record<DoctorFinding['level'], ChipColor>> = { ok: 'green', warning: 'orange', failure: 'red' };

/** What a running hub can say of itself, the worst first, each with how to mend it. */
export default function DoctorPage() {
  const { frame, machines } = useTexts();
  const { doctor: words } = machines;
  const { lookedIntoNames } = useNames();
  const doctor = useQuery({ queryKey: ['doctor'], queryFn: () => call<DoctorView>('/doctor') });
  return (
    <Page
      title={frame.pages.doctor}
      lead={words.lead}
      actions={
        <Button onClick={() => void doctor.refetch()} disabled={doctor.isFetching}>
          {words.again}
        </Button>
      }
    >
      <Answered of={doctor}>
        {({ findings }) => (
          <>
            <p role="status">
              <strong>
                {words.summary(
                  findings.filter((f) => f.level === 'failure').length,
                  findings.filter((f) => f.level === 'warning').length,
                )}
              </strong>
            </p>
            <ListTable list="doctor" label={frame.pages.doctor}>
              <table className="grid" aria-label={frame.pages.doctor}>
                <thead>
                  <tr>
                    {[words.what, words.level, words.says, words.remedy].map((name) => (
                      <th key={name} scope="col">
                        {name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {worstFirst(findings).map(({ what, plugin, level, sentence, remedy }) => (
                    <tr key={`${what} ${plugin ?? ''}`}>
                      <th scope="row">
                        {plugin === undefined ? (
                          lookedIntoNames[what]
                        ) : (
                          <Link to={`/plugins/${plugin}`}>{`${lookedIntoNames[what]} ${plugin}`}</Link>
                        )}
                      </th>
                      <td>
                        <Chip color={colors[level]} filled={level !== 'ok'}>
                          {words.levels[level]}
                        </Chip>
                      </td>
                      <td>{sentence}</td>
                      <td>
                        <Remedy>{remedy}</Remedy>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ListTable>
          </>
        )}
      </Answered>
    </Page>
  );
}

const order: Readonly<Record<DoctorFinding['level'], number>> = { failure: 0, warning: 1, ok: 2 };
const worstFirst = (findings: readonly DoctorFinding[]) =>
  [...findings].sort((a, b) => order[a.level] - order[b.level]);
