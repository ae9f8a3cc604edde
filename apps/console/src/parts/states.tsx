// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { Banner } from './banner';
import { Button } from './button';
import { Remedy } from './remedy';
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
      {hint && (
        <p>
          <Remedy>{hint}</Remedy>
        </p>
      )}
      {error instanceof ProblemError && (
        <>
          {error.problem.errors && error.problem.errors.length > 0 && (
            <ul>
              {error.problem.errors.map((e) => (
                <li key={`${e.pointer} ${e.code}`}>
                  {e.message} <Remedy>{e.hint}</Remedy>
                </li>
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

export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  refetch(): unknown;
}

/** With it whatever else of the page has failed, also what is shown only once this one is there: nobody presses twice. */
function useAgain(refetch: () => unknown): () => void {
  const queries = useQueryClient();
  return () => {
    void refetch();
    void queries.refetchQueries(
      // The order of a list stays as one has seen it; whoever walks it asks for the rest.
      { type: 'active', predicate: ({ state, queryKey: [of] }) => state.status === 'error' && of !== 'list' },
      { cancelRefetch: false },
    );
  };
}

/** An answer, or what there is instead of it. What is shown stays while it is asked for anew. */
export function Answered<T>(props: { readonly of: Asked<T>; readonly children: (data: T) => ReactNode }) {
  const { data, error, refetch } = props.of;
  const again = useAgain(refetch);
  if (data === undefined) return error ? <Failure {...{ error, again }} /> : <Loading />;
  return (
    <>
      {error != null && <Failure {...{ error, again }} />}
      {props.children(data)}
    </>
  );
}

/**
 * Beside what goes on without the answer, be it a field without its choices or a row without a name: that it is on its way, or that
 * it did not come. Nobody takes what is not there yet for all that there is.
 */
export function Lacking({ of, what }: { readonly of: Asked<unknown>; readonly what: string }) {
  const { common } = useTexts();
  const again = useAgain(of.refetch);
  const id = useId();
  if (of.data !== undefined) return null;
  return (
    <span className="row" data-gap="small">
      <span id={id} role="status" className={of.error ? 'soon' : 'dim'}>
        {of.error ? common.lacking(what) : common.loadingOf(what)}
      </span>
      {of.error != null && (
        <Button aria-describedby={id} onClick={again}>
          {common.again}
        </Button>
      )}
    </span>
  );
}
