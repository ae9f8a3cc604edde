// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { PersonProtection } from '@tsunagi/contracts';
import { call } from '../../api/call';
import { Facts, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Day, Moment } from '../../parts/time';
import { useTexts } from '../../texts';

/** That this person must not be found, and by whom, as one's own desk has recorded it. */
export function Protection({ person }: { readonly person: string }) {
  const { consents } = useTexts();
  const asked = useQuery({
    queryKey: ['person', person, 'protection'],
    queryFn: ({ signal }) => call<PersonProtection>(`/persons/${person}/protection`, { signal }),
    refetchOnWindowFocus: false,
  });
  return (
    <Section heading={consents.protection}>
      <Answered of={asked}>
        {({ seals, dangers }) => (
          <>
            {seals.length + dangers.length === 0 && <Empty>{consents.protectionNone}</Empty>}
            {seals.map((seal) => (
              <div key={seal.id} className="panel">
                <Facts
                  of={[
                    [consents.seal, consents.sealGrounds[seal.ground]],
                    [
                      consents.periodFact,
                      <>
                        <Day on={seal.from} /> – {seal.until && <Day on={seal.until} />}{' '}
                        {seal.lapsed && consents.sealLapsed}
                      </>,
                    ],
                  ]}
                />
              </div>
            ))}
            {dangers.map((danger) => (
              <div key={danger.id} className="panel">
                <Facts
                  of={[
                    [
                      consents.dangerFrom,
                      <>
                        {danger.from === 'household' ? consents.dangerHousehold : consents.dangerOnePerson}{' '}
                        <Moment at={danger.recordedAt} />
                      </>,
                    ],
                  ]}
                />
              </div>
            ))}
          </>
        )}
      </Answered>
    </Section>
  );
}
