// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditLine, AuditPage } from '@tsunagi/contracts';
import { Link, useSearchParams } from 'react-router';
import { asked, AuditNarrowing, type Asked } from './audit-narrowing';
import { useAuditWords } from './audit-words';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { useDeskNames, useDesks } from '../../parts/desks';
import { ListTable } from '../../parts/list-table';
import { Section } from '../../parts/page';
import { Answered, Empty, Lacking } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

const said = (query: Asked): Record<string, string> =>
  Object.fromEntries(
    asked.flatMap((name) => {
      const value = query[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );

/** Who did what to what. Ids and codes only, in the address too. */
export function AuditLines() {
  const { frame, privacy, common } = useTexts();
  const [search, setSearch] = useSearchParams();
  const query = said(Object.fromEntries(search));
  const words = useAuditWords();
  const desks = useDesks();
  const lines = useInfiniteQuery({
    queryKey: ['audit', 'lines', query],
    queryFn: ({ pageParam, signal }) =>
      call<AuditPage>('/audit', { signal, query: { ...query, cursor: pageParam, limit: 100 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // A look is written down as well.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  return (
    <Section heading={frame.pages.audit}>
      <AuditNarrowing query={query} onNarrow={(typed) => setSearch(said(typed))} />
      <Lacking of={desks} what={common.lists.deskNames} />
      <Answered of={lines}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty>{privacy.noLines}</Empty>;
          return (
            <>
              <ListTable list="audit" label={frame.pages.audit} more={lines.hasNextPage}>
                <table className="grid">
                  <caption className="dads-u-visually-hidden">{frame.pages.audit}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{privacy.line}</th>
                      <th scope="col">{privacy.when}</th>
                      <th scope="col">{privacy.actor}</th>
                      <th scope="col">{privacy.action}</th>
                      <th scope="col">{privacy.object}</th>
                      <th scope="col">{privacy.details}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((line) => (
                      <Line key={line.line} {...{ line, query, words }} />
                    ))}
                  </tbody>
                </table>
              </ListTable>
              {lines.hasNextPage && (
                <div>
                  <Button onClick={() => void lines.fetchNextPage()}>{common.more}</Button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
    </Section>
  );
}

function Line(props: {
  readonly line: AuditLine;
  readonly query: Asked;
  readonly words: ReturnType<typeof useAuditWords>;
}) {
  const { line, query } = props;
  const deskName = useDeskNames();
  const { actOf, kindOf, whoIs, detailsOf } = props.words;
  const { actor, action, objectKind, object } = line;
  return (
    <tr>
      <td className="number">{line.line}</td>
      <td>
        <Moment at={line.at} />
      </td>
      <td>
        <Only query={{ ...query, actor }}>{whoIs(line)}</Only>{' '}
        {line.function !== undefined && `${deskName(line.function)} `}
        <Code>{actor}</Code>
      </td>
      <th scope="row">
        <Only query={{ ...query, action }}>{actOf(action)}</Only> {actOf(action) !== action && <Code>{action}</Code>}
      </th>
      <td>
        {kindOf(objectKind)} {deskKinds.has(objectKind) && `${deskName(object)} `}
        <Only query={{ ...query, object }}>{object}</Only>
      </td>
      <td>{detailsOf(line)}</td>
    </tr>
  );
}

/** Kinds of what is a desk: it has a name. */
const deskKinds: ReadonlySet<string> = new Set(['desk_function', 'function']);

/** Says what stands there, and narrows the list to it. */
function Only({ query, children }: { readonly query: Asked; readonly children: string }) {
  const { privacy } = useTexts();
  return (
    <Link to={{ search: String(new URLSearchParams(said(query))) }} aria-label={privacy.only(children)}>
      {children}
    </Link>
  );
}

/** What the line itself has, and the address. */
function Code({ children }: { readonly children: string }) {
  return <small className="id dim">{children}</small>;
}
