// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Submitted } from '@tsunagi/contracts';
import { useEffect, useState } from 'react';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { Chip, type ChipColor } from '../../parts/chip';
import { Failure } from '../../parts/states';
import { useTexts } from '../../texts';

export type Judged =
  | { readonly kind: 'none' | 'asking' }
  | { readonly kind: 'answer'; readonly answer: Submitted }
  | { readonly kind: 'problem'; readonly error: unknown };

/** Whoever types is let finish the word. */
const pauseMs = 700;

/** What the hub says would become of it, asked whenever it has changed. Nothing of it is kept, here or there. */
export function useJudgement(body: object | undefined, key: string): Judged {
  const [judged, setJudged] = useState<Judged>({ kind: 'none' });
  const text = body === undefined ? undefined : JSON.stringify(body);
  useEffect(() => {
    if (text === undefined) return setJudged({ kind: 'none' });
    const stopped = new AbortController();
    const timer = setTimeout(() => {
      setJudged((before) => (before.kind === 'none' ? { kind: 'asking' } : before));
      call<Submitted>('/referrals/validate', {
        body: JSON.parse(text) as object,
        idempotencyKey: key,
        signal: stopped.signal,
      }).then(
        (answer) => setJudged({ kind: 'answer', answer }),
        (error: unknown) => !stopped.signal.aborted && setJudged({ kind: 'problem', error }),
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stopped.abort();
    };
  }, [text, key]);
  return judged;
}

const colors: Readonly<Partial<Record<Submitted['outcome'], ChipColor>>> = {
  accepted: 'green',
  held: 'orange',
  denied: 'red',
  unrouted: 'orange',
  draft: 'blue',
};

export function Judgement({ judged, goTo }: { readonly judged: Judged; readonly goTo: (pointer: string) => void }) {
  const { desk, common } = useTexts();
  return (
    <section className="panel stack" data-gap="small" aria-label={desk.judgement}>
      <h2>{desk.judgement}</h2>
      <div role="status" className="stack" data-gap="small">
        {judged.kind === 'none' && <p className="dim">{desk.judgementNone}</p>}
        {judged.kind === 'asking' && <p className="dim">{common.loading}…</p>}
        {judged.kind === 'answer' && (
          <>
            <p>
              <Chip color={colors[judged.answer.outcome] ?? 'gray'}>{desk.outcomes[judged.answer.outcome]}</Chip>
            </p>
            <p>{judged.answer.sentence}</p>
            {judged.answer.outcome === 'held' && <p className="dim">{desk.heldHint}</p>}
          </>
        )}
        {judged.kind === 'problem' && <Lacking error={judged.error} goTo={goTo} />}
      </div>
    </section>
  );
}

/** What must still be said, each leading to its field. */
function Lacking({ error, goTo }: { readonly error: unknown; readonly goTo: (pointer: string) => void }) {
  const { desk } = useTexts();
  if (!(error instanceof ProblemError)) return <Failure error={error} />;
  const { errors = [], title, detail } = error.problem;
  return (
    <>
      <p>
        <Chip>{desk.notYet}</Chip>
      </p>
      {errors.length === 0 ? (
        <p>{[title, detail].join(' ')}</p>
      ) : (
        <ul className="plain">
          {errors.map((e) => (
            <li key={`${e.pointer} ${e.code}`}>
              {[e.message, e.hint].filter(Boolean).join(' ')}{' '}
              <Button look="text" size="xs" onClick={() => goTo(e.pointer)}>
                {desk.toField}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
