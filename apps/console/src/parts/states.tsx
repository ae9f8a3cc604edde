// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Banner } from './banner';
import { Button } from './button';
import { ProblemError, UnreachableError } from '../api/problem';
import { useTexts } from '../texts';

/** What every page says while it loads, when there is nothing, when it failed. */

export function Loading() {
  const { common } = useTexts();
  return (
    <p role="status" className="dim">
      {common.loading}…
    </p>
  );
}

export function Empty({ children }: { readonly children?: ReactNode }) {
  const { common } = useTexts();
  return <p className="dim">{children ?? common.empty}</p>;
}

/** The hub's own sentence, or that it could not be reached. Nothing of what went wrong inside. */
export function Failure({ error, again }: { readonly error: unknown; readonly again?: (() => void) | undefined }) {
  const { common } = useTexts();
  const { heading, hint } = useWordsOf(error);
  return (
    <Banner kind="error" heading={heading} actions={again && <Button onClick={again}>{common.again}</Button>}>
      {hint && <p>{hint}</p>}
      {error instanceof ProblemError && (
        <>
          {error.problem.errors && error.problem.errors.length > 0 && (
            <ul>
              {error.problem.errors.map((e) => (
                <li key={`${e.pointer} ${e.code}`}>{[e.message, e.hint].filter(Boolean).join(' ')}</li>
              ))}
            </ul>
          )}
          <p className="dim">{common.requestId(error.problem.requestId)}</p>
        </>
      )}
    </Banner>
  );
}

function useWordsOf(error: unknown): { heading: string; hint?: string } {
  const { common } = useTexts();
  if (error instanceof ProblemError) return { heading: error.problem.title, hint: error.problem.detail };
  if (error instanceof UnreachableError) return { heading: common.unreachable, hint: common.unreachableHint };
  return { heading: common.failed, hint: common.unexpectedHint };
}

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  refetch(): unknown;
}

/** An answer, or what there is instead of it. What is shown stays while it is asked for anew. */
export function Answered<T>(props: { readonly of: Asked<T>; readonly children: (data: T) => ReactNode }) {
  const { data, error, refetch } = props.of;
  const queries = useQueryClient();
  // With it whatever else of the page has failed, also what is shown only once this one is there: nobody presses twice.
  const again = () => {
    void refetch();
    void queries.refetchQueries(
      { type: 'active', predicate: ({ state }) => state.status === 'error' },
      { cancelRefetch: false },
    );
  };
  if (data === undefined) return error ? <Failure {...{ error, again }} /> : <Loading />;
  return (
    <>
      {error != null && <Failure {...{ error, again }} />}
      {props.children(data)}
    </>
  );
}
