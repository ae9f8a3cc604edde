// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConferenceStepped, ConferenceView } from '@tsunagi/contracts';
import { useState, type FormEvent, type ReactNode } from 'react';
import { call } from '../../api/call';
import { codeOf, ProblemError } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Failure } from '../../parts/states';
import { useTexts } from '../../texts';
import { said, withValueAt, type Draft } from '../desk/draft';
import { FormOf } from '../desk/form-fields';

/** The conference as it was seen, and what is said when a step of it was taken. */
export interface Seen {
  readonly conference: ConferenceView;
  /** What was done, in words; the page shows it with the focus on it. */
  onDone(words: string, answer: ConferenceStepped): void;
}

/** Takes a step from the version that was seen. */
export function useStep({ conference, onDone }: Seen, action: string, words: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: object) =>
      call<ConferenceStepped>(`/conferences/${conference.id}/${action}`, { body, ifMatch: conference.version }),
    onSuccess: async (answer) => {
      for (const queryKey of [['conferences'], ['todos']]) void queries.invalidateQueries({ queryKey });
      await queries.invalidateQueries({ queryKey: ['conference', conference.id] });
      onDone(words, answer);
    },
  });
}

/** Why a step was not taken; of one who came later it is said kindly, and what was typed stays. */
export function NotTaken({ error }: { readonly error: unknown }) {
  const { conferences } = useTexts();
  if (error == null) return null;
  if (codeOf(error) !== 'VERSION_CONFLICT') return <Failure error={error} />;
  return (
    <Banner kind="warning" heading={conferences.changed}>
      <p>{conferences.changedHint}</p>
    </Banner>
  );
}

/** A step that needs something said, folded away until it is wanted. */
export function StepForm(props: {
  readonly seen: Seen;
  readonly action: string;
  readonly heading: string;
  readonly submit: string;
  readonly done: string;
  readonly hint?: string;
  readonly begin?: Draft;
  /** The body, when it is not simply what was typed. */
  readonly body?: (draft: Draft) => object;
  readonly children: ReactNode;
}) {
  const queries = useQueryClient();
  const begin = props.begin ?? {};
  const [draft, setDraft] = useState<Draft>(begin);
  const [open, setOpen] = useState(false);
  const step = useStep(props.seen, props.action, props.done);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (step.isPending) return;
    const body = props.body?.(draft) ?? (said(draft) as object | undefined) ?? {};
    step.mutate(body, {
      onSuccess: () => {
        setDraft(begin);
        setOpen(false);
      },
      onError: (error) => {
        // What is newer is shown beside what was typed, and sent from there.
        if (codeOf(error) === 'VERSION_CONFLICT')
          void queries.invalidateQueries({ queryKey: ['conference', props.seen.conference.id] });
      },
    });
  };
  return (
    <details className="panel no-print" open={open}>
      <summary
        onClick={(event) => {
          // The browser tells of it only later: whoever tabs on at once would pass by what has just been opened.
          event.preventDefault();
          setOpen(!open);
        }}
      >
        {props.heading}
      </summary>
      {open && (
        <FormOf
          value={{
            draft,
            set: (pointer, value) => setDraft((before) => withValueAt(before, pointer, value)),
            error: (pointer, below) => at(step.error, pointer, below !== undefined),
          }}
        >
          <form className="form" onSubmit={send} noValidate aria-label={props.heading}>
            {props.hint !== undefined && <p className="dim">{props.hint}</p>}
            {props.children}
            <NotTaken error={step.error} />
            <div>
              <Button type="submit" look="solid-fill" size="md" disabled={step.isPending}>
                {props.submit}
              </Button>
            </div>
          </form>
        </FormOf>
      )}
    </details>
  );
}

function at(error: unknown, pointer: string, below: boolean): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  const found = error.problem.errors?.find(
    (e) => e.pointer === pointer || (below && e.pointer.startsWith(`${pointer}/`)),
  );
  return found && [found.message, found.hint].filter(Boolean).join(' ');
}

/** A step that needs nothing said. */
export function StepButton(props: {
  readonly seen: Seen;
  readonly action: string;
  readonly body?: object;
  readonly done: string;
  readonly children: ReactNode;
  readonly primary?: boolean;
}) {
  const step = useStep(props.seen, props.action, props.done);
  return (
    <div className="stack no-print" data-gap="small">
      <NotTaken error={step.error} />
      <div>
        <Button
          look={props.primary ? 'solid-fill' : 'outline'}
          size={props.primary ? 'md' : 'sm'}
          disabled={step.isPending}
          onClick={() => step.mutate(props.body ?? {})}
        >
          {props.children}
        </Button>
      </div>
    </div>
  );
}
