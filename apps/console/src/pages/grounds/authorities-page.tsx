// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { AuthorityList, AuthorityView } from '@tsunagi/contracts';
import { useEffect, useRef, useState } from 'react';
import { CheckDialog } from './check-dialog';
import { call } from '../../api/call';
import { useDeskNames, useDesks } from '../../parts/desks';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { ChoiceGroup } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Facts, Page, Section } from '../../parts/page';
import { Answered, Empty, Lacking } from '../../parts/states';
import { Day, dayText, momentText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import '../../look/grounds.css';

const filters = ['all', 'counts', 'unchecked'] as const;
type Filter = (typeof filters)[number];
const isShown: Readonly<Record<Filter, (row: AuthorityView) => boolean>> = {
  all: () => true,
  counts: ({ counts }) => counts,
  unchecked: ({ checkedBy }) => checkedBy === undefined,
};

/** On what, beside a consent, something may leave here; and who has checked it. */
export default function AuthoritiesPage() {
  const { frame, grounds, common } = useTexts();
  const names = useNames();
  const desks = useDesks();
  const [filter, setFilter] = useState<Filter>('all');
  const [checking, setChecking] = useState<AuthorityView>();
  const [checked, setChecked] = useState<AuthorityView>();
  const place = useRef<HTMLDivElement>(null);
  const list = useQuery({
    queryKey: ['authorities'],
    queryFn: ({ signal }) => call<AuthorityList>('/authorities', { signal }),
  });
  useEffect(() => {
    if (checked) place.current?.focus();
  }, [checked]);
  return (
    <Page title={frame.pages.authorities} lead={grounds.tableLead}>
      {checked && (
        <div ref={place} tabIndex={-1}>
          <Banner kind="success" heading={grounds.checkDone(names.authorityNames[checked.code])} />
        </div>
      )}
      <Section heading={grounds.rows}>
        <div className="no-print">
          <ChoiceGroup
            label={grounds.filter}
            several={false}
            choices={filters.map((value) => ({ value, name: grounds.filters[value] }))}
            value={[filter]}
            onChange={([value]) => setFilter(value as Filter)}
          />
        </div>
        <Answered of={list}>
          {({ items }) => (
            <>
              <Lacking of={desks} what={common.lists.deskNames} />
              <Rows rows={items.filter(isShown[filter])} onCheck={setChecking} />
            </>
          )}
        </Answered>
      </Section>
      {checking && (
        <CheckDialog
          row={checking}
          onClose={() => setChecking(undefined)}
          onDone={(row) => {
            setChecking(undefined);
            setChecked(row);
          }}
        />
      )}
    </Page>
  );
}

function Rows({ rows, onCheck }: { readonly rows: readonly AuthorityView[]; onCheck(row: AuthorityView): void }) {
  const { grounds } = useTexts();
  const { language } = useLanguage();
  const { roles } = useSession();
  const names = useNames();
  if (rows.length === 0) return <Empty />;
  return (
    <ListTable list="authorities" label={grounds.rows}>
      <table className="grid authorities" aria-label={grounds.rows}>
        <thead>
          <tr>
            <th scope="col">{grounds.basis}</th>
            <th scope="col">{grounds.state}</th>
            <th scope="col">{grounds.checked}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {names.authorityNames[row.code]}
                <p className="dim">{row.statute}</p>
                <details>
                  <summary>{grounds.details}</summary>
                  <Details row={row} />
                </details>
              </th>
              <td>
                <Chip color={row.counts ? 'green' : 'gray'}>{row.counts ? grounds.counts : grounds.countsNot}</Chip>
                {row.why && <p className="dim">{names.authorityOffNames[row.why]}</p>}
              </td>
              <td>
                <div className="stack" data-gap="small">
                  {row.checkedBy && row.checkedOn ? (
                    grounds.checkedBy(row.checkedBy, dayText(row.checkedOn, language))
                  ) : (
                    <span className="soon">{grounds.unchecked}</span>
                  )}
                  {roles.has('privacy_officer') && (
                    <span className="no-print">
                      <Button
                        onClick={() => onCheck(row)}
                        aria-label={[grounds.check, names.authorityNames[row.code], row.statute].join(' ')}
                      >
                        {grounds.check}
                      </Button>
                    </span>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}

function Details({ row }: { readonly row: AuthorityView }) {
  const { grounds, common } = useTexts();
  const { language } = useLanguage();
  const names = useNames();
  const deskName = useDeskNames();
  const bodies = (kinds: AuthorityView['senders']) => kinds.map((k) => names.bodyKindNames[k]).join(common.comma);
  return (
    <Facts
      of={[
        [grounds.ownRow, row.overrides && '✓'],
        [grounds.senders, bodies(row.senders)],
        [grounds.recipients, bodies(row.recipients)],
        [grounds.kinds, row.kinds.map((k) => names.kindNames[k]).join(common.comma)],
        [grounds.purposes, row.purposes.map((p) => names.purposeNames[p]).join(common.comma)],
        [grounds.categories, row.categories.map((c) => names.categoryNames[c]).join(common.comma)],
        [grounds.asks, row.needs.map((n) => names.groundFactNames[n]).join(common.comma)],
        [
          grounds.approval,
          [names.approvalNames[row.approval], row.hours !== undefined && grounds.hours(row.hours)]
            .filter(Boolean)
            .join(common.comma),
        ],
        [
          grounds.approvers,
          row.approvers
            .map(({ role, function: desk }) =>
              [desk && deskName(desk), names.roleNames[role]].filter(Boolean).join(' '),
            )
            .join(common.comma),
        ],
        [grounds.overRefusal, names.overRefusalNames[row.overRefusal]],
        [grounds.feedback, row.feedback === 'arrival' ? grounds.arrival : names.feedbackNames[row.feedback]],
        [grounds.way, names.authorityWayNames[row.way]],
        [grounds.conditions, row.conditions.join('\n')],
        [grounds.occasional, row.occasional !== undefined && grounds.occasionalOf(row.occasional)],
        [
          names.groundFactNames.window,
          row.windows
            ?.map(({ from, until }) => `${momentText(from, language)} – ${momentText(until, language)}`)
            .join('\n'),
        ],
        [
          grounds.period,
          <>
            <Day on={row.validFrom} /> – {row.validTo && <Day on={row.validTo} />}
          </>,
        ],
      ]}
    />
  );
}
