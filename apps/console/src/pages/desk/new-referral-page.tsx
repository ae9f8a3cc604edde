// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeskFunctionView, ReferralView, Stepped, Submitted } from '@tsunagi/contracts';
import { useRef, useState, type FocusEvent, type FormEvent, type ReactNode } from 'react';
import { newKey, withValueAt, type Draft } from './draft';
import { FormOf } from './form-fields';
import { Edited, HandedIn } from './handed-in';
import { Judgement, useJudgement } from './judgement';
import { ReferralFields } from './referral-fields';
import { draftOf, editOf, isBegun, newDraft, submissionOf } from './written';
import { call } from '../../api/call';
import { useIdInAddress } from '../../api/ids';
import { codeOf, ProblemError } from '../../api/problem';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { useDesks, useOwnDesks } from '../../parts/desks';
import { Page } from '../../parts/page';
import { Answered, Failure } from '../../parts/states';
import { Unsaved } from '../../parts/unsaved';
import { useTexts } from '../../texts';
import '../../look/desk.css';

/** The web desk: a referral written by hand. `?edit=` goes on with one that has not left; `?regarding=` answers or follows one. */
export default function NewReferralPage() {
  const desks = useDesks();
  const edited = useIdInAddress('edit');
  const regarding = useIdInAddress('regarding');
  const [round, setRound] = useState(0);
  const { frame, desk } = useTexts();
  return (
    <Page
      title={edited === undefined ? frame.pages.newReferral : desk.editTitle}
      lead={edited === undefined ? desk.newLead : desk.editLead}
    >
      <Answered of={desks}>
        {(all) => {
          if (edited !== undefined)
            return (
              <Loaded key={edited} id={edited}>
                {(view) => <Edit view={view} desks={all} />}
              </Loaded>
            );
          const another = () => setRound(round + 1);
          if (regarding === undefined) return <Write key={round} desks={all} draft={newDraft()} another={another} />;
          return (
            <Loaded key={regarding} id={regarding}>
              {(view) => <Write key={round} desks={all} draft={regardingOf(view, all)} another={another} />}
            </Loaded>
          );
        }}
      </Answered>
    </Page>
  );
}

/** What an inquiry is answered with goes back to who asked; out of an advice grows a request for support. */
function regardingOf(view: ReferralView, desks: readonly DeskFunctionView[]): Draft {
  const asker = desks.find((d) => d.code === view.from.code);
  return newDraft({
    regarding: view.id,
    ...(view.kind === 'inquiry' && { kind: 'inquiry', ...(asker && { to: { function: asker.id } }) }),
    ...(view.kind === 'advice' && { kind: 'support_request', form: { nobodyKnows: true } }),
  });
}

function Loaded({ id, children }: { readonly id: string; readonly children: (view: ReferralView) => ReactNode }) {
  const asked = useQuery({
    queryKey: ['referral', id, 'to write'],
    queryFn: () => call<ReferralView>(`/referrals/${id}`),
    // What is being written is not replaced from behind.
    staleTime: Infinity,
    gcTime: 0,
  });
  return <Answered of={asked}>{children}</Answered>;
}

/** What is typed, what of it was left once, and what the hub says of each place. */
function useWriting(begin: Draft) {
  const [draft, setDraft] = useState(begin);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  return {
    draft,
    form,
    typed: draft !== begin,
    onBlur: (event: FocusEvent) => {
      const place = event.target.closest('[data-at]')?.getAttribute('data-at');
      if (place) setLeft((before) => (before.has(place) ? before : new Set([...before, place])));
    },
    /** Of a place that nobody has come to yet nothing is said at the field. */
    of: (error: unknown, everywhere: boolean) => ({
      draft,
      set: (pointer: string, value: unknown) => setDraft((before) => withValueAt(before, pointer, value)),
      error: (pointer: string, below?: 'below') => {
        if (!(error instanceof ProblemError)) return undefined;
        const found = error.problem.errors?.find(
          (e) => e.pointer === pointer || (below !== undefined && e.pointer.startsWith(`${pointer}/`)),
        );
        if (!found || !(everywhere || left.has(pointer) || left.has(found.pointer))) return undefined;
        return [found.message, found.hint].filter(Boolean).join(' ');
      },
    }),
    goTo: (pointer: string) => {
      for (let place = pointer; place !== ''; place = place.slice(0, place.lastIndexOf('/'))) {
        const found = form.current?.querySelector(`[data-at="${place}"]`);
        if (!found) continue;
        const field = found.matches('input, select, textarea') ? found : found.querySelector('input, select, textarea');
        if (field instanceof HTMLElement) return field.focus();
      }
    },
  };
}

function Write(props: {
  readonly desks: readonly DeskFunctionView[];
  readonly draft: Draft;
  readonly another: () => void;
}) {
  const { desk } = useTexts();
  const { caller } = useSession();
  const queries = useQueryClient();
  const own = useOwnDesks();
  // Made once: whatever is sent again is the same request.
  const [once] = useState(() => ({ key: newKey(), at: new Date().toISOString(), draft: props.draft }));
  const writing = useWriting(once.draft);
  const { draft } = writing;
  const from = (draft['fromFunction'] as string | undefined) ?? (own.length === 1 ? own[0]?.id : undefined);
  const system = props.desks.find((d) => d.id === from)?.system;
  const body = submissionOf(draft, {
    ...{ key: once.key, at: once.at, from: from ?? '' },
    ...(system !== undefined && { system }),
    ...(caller.name !== undefined && { worker: caller.name }),
  });
  const sending = useMutation({
    mutationFn: () => call<Submitted>('/referrals', { body, idempotencyKey: once.key }),
    onSuccess: () => {
      for (const queryKey of [['queue'], ['todos']]) void queries.invalidateQueries({ queryKey });
    },
  });
  const ready = from !== undefined && isBegun(draft);
  const judged = useJudgement(ready && !sending.isSuccess ? body : undefined, once.key);
  if (sending.isSuccess)
    return (
      <div className="stack" data-gap="large">
        <HandedIn of={sending.data} another={props.another} />
      </div>
    );
  if (own.length === 0) return <Banner kind="warning" heading={desk.noDesk} />;
  const error = judged.kind === 'problem' ? judged.error : sending.error;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!sending.isPending) sending.mutate();
  };
  return (
    <FormOf value={writing.of(error, sending.isError)}>
      <form className="write" onSubmit={send} onBlur={writing.onBlur} ref={writing.form} noValidate>
        <div className="form" data-gap="large">
          <ReferralFields desks={props.desks} system={system} isEdit={false} />
        </div>
        <aside className="write__beside stack" aria-label={desk.judgement}>
          <Judgement judged={judged} goTo={writing.goTo} />
          {sending.isError && <Failure error={sending.error} />}
          <Button type="submit" look="solid-fill" size="lg" disabled={sending.isPending || !ready}>
            {judged.kind === 'answer' && judged.answer.outcome === 'draft' ? desk.keepDraft : desk.send}
          </Button>
          <p className="dim">{desk.nothingKept}</p>
        </aside>
      </form>
      <Unsaved typed={writing.typed} />
    </FormOf>
  );
}

function Edit(props: { readonly view: ReferralView; readonly desks: readonly DeskFunctionView[] }) {
  const { desks } = props;
  const { desk } = useTexts();
  const queries = useQueryClient();
  // What is typed goes on from this version, whatever the page hears of another one meanwhile.
  const [view] = useState(props.view);
  const [begin] = useState(() => draftOf(view));
  const writing = useWriting(begin);
  const system = desks.find((d) => d.code === view.from.code)?.system;
  const saving = useMutation({
    mutationFn: () =>
      call<Stepped>(`/referrals/${view.id}/edit`, { body: editOf(writing.draft, system), ifMatch: view.version }),
    onSuccess: () => {
      for (const queryKey of [['queue'], ['todos'], ['referral', view.id]])
        void queries.invalidateQueries({ queryKey });
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  if (saving.isSuccess) return <Edited of={saving.data} />;
  return (
    <FormOf value={writing.of(saving.error, true)}>
      <form className="write" onSubmit={save} onBlur={writing.onBlur} ref={writing.form} noValidate>
        <div className="form" data-gap="large">
          <ReferralFields desks={desks} system={system} isEdit />
        </div>
        <aside className="write__beside stack" aria-label={desk.judgement}>
          <p className="dim">{desk.editHint}</p>
          {saving.isError &&
            (codeOf(saving.error) === 'VERSION_CONFLICT' ? (
              <Banner kind="warning" heading={desk.changedMeanwhile}>
                <p>{desk.changedMeanwhileHint}</p>
              </Banner>
            ) : (
              <Failure error={saving.error} />
            ))}
          <Button type="submit" look="solid-fill" size="lg" disabled={saving.isPending}>
            {desk.saveEdit}
          </Button>
        </aside>
      </form>
      <Unsaved typed={writing.typed} />
    </FormOf>
  );
}
