// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Judgements, MergeConsequences } from '@tsunagi/contracts';
import { useId, useState, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { call } from '../../api/call';
import { codeOf } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Facts, Page, Section } from '../../parts/page';
import { Answered, Empty, Failure } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';

type How = 'merge' | 'split';

/** What desks say of a person – that two are one, that one is two –, what would follow, and the decision of the municipality. */
export default function JudgementPage() {
  const { frame, privacy, common } = useTexts();
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const [done, setDone] = useState<{ readonly how: How; readonly of: MergeConsequences }>();
  const asked = useQuery({
    queryKey: ['person', id, 'judgements'],
    queryFn: ({ signal }) =>
      call<Judgements>(`/persons/${id}/judgements`, { signal }).catch((error: unknown) => {
        // Nobody asks for anything (any more).
        if (codeOf(error) === 'NOT_FOUND') return { merges: [], splits: [] };
        throw error;
      }),
    refetchOnWindowFocus: false,
  });
  const settled = (how: How) => (of: MergeConsequences) => {
    setDone({ how, of });
    for (const queryKey of [['person', id], ['todos'], ['incidents'], ['queue'], ['referral']])
      void queries.invalidateQueries({ queryKey });
  };
  return (
    <Page title={frame.pages.judgement} lead={privacy.judging.lead}>
      {done && (
        <Section heading={privacy.judging.happened}>
          <Banner kind="success" heading={done.how === 'merge' ? privacy.judging.merged : privacy.judging.apart} />
          <Consequences of={done.of} done />
        </Section>
      )}
      <Answered of={asked}>
        {({ merges, splits }) => (
          <>
            {merges.length + splits.length === 0 && !done && <Empty>{privacy.judging.none}</Empty>}
            {merges.length > 0 && (
              <Section heading={privacy.judging.merges}>
                {merges.map((one) => (
                  <Asked
                    key={one.id}
                    {...{ person: id, of: one, how: 'merge', body: { into: one.other } }}
                    onDone={settled('merge')}
                  >
                    <Facts
                      of={[
                        [privacy.judging.askedAt, <Moment key="at" at={one.askedAt} />],
                        [
                          privacy.judging.agreed,
                          one.agreed.map((item) => privacy.judging.agreedNames[item]).join(common.comma),
                        ],
                      ]}
                    />
                  </Asked>
                ))}
              </Section>
            )}
            {splits.length > 0 && (
              <Section heading={privacy.judging.splits}>
                {splits.map((one) => (
                  <Asked
                    key={one.id}
                    {...{ person: id, of: one, how: 'split', body: { doubt: one.id } }}
                    onDone={settled('split')}
                  >
                    <Facts
                      of={[
                        [privacy.judging.askedAt, <Moment key="at" at={one.askedAt} />],
                        [privacy.judging.why, privacy.judging.reasons[one.reason]],
                        [privacy.judging.undoes, one.merged && privacy.judging.undoesMerge],
                        [privacy.judging.named, one.referrals.length > 0 && <Referrals ids={one.referrals} />],
                        [privacy.judging.numbers, one.numbers > 0 && privacy.judging.counted(one.numbers)],
                      ]}
                    />
                  </Asked>
                ))}
              </Section>
            )}
          </>
        )}
      </Answered>
    </Page>
  );
}

/** One request of a desk: first what would follow, then it is done. */
function Asked(props: {
  readonly person: string;
  readonly of: { readonly function: { readonly name: string } };
  readonly how: How;
  readonly body: object;
  readonly children: ReactNode;
  onDone(of: MergeConsequences): void;
}) {
  const { privacy } = useTexts();
  const { person, how, body } = props;
  const heading = useId();
  const [would, setWould] = useState<MergeConsequences>();
  const { send, sending, error } = useSending(async () => {
    const answer = await call<MergeConsequences>(`/persons/${person}/${how}`, {
      body: { ...body, ...(!would && { dryRun: true }) },
    });
    if (would) props.onDone(answer);
    else setWould(answer);
  });
  return (
    <article className="panel stack" aria-labelledby={heading}>
      <h3 id={heading}>{privacy.judging.of(props.of.function.name)}</h3>
      {props.children}
      {error !== undefined && <Failure error={error} />}
      <div role="status" className="stack">
        {would && (
          <>
            <h4>{privacy.judging.would}</h4>
            <Consequences of={would} />
          </>
        )}
      </div>
      <div>
        <Button look={would ? 'solid-fill' : 'outline'} size="md" disabled={sending} onClick={() => send()}>
          {would ? privacy.judging[how] : privacy.judging.preview}
        </Button>
      </div>
    </article>
  );
}

/** Of what has only been tried, the incidents are nowhere yet. */
function Consequences({ of, done = false }: { readonly of: MergeConsequences; readonly done?: boolean }) {
  const { privacy } = useTexts();
  const words = privacy.judging;
  const counts = (['consents', 'refusals', 'expired', 'deliveries'] as const).map(
    (what) => [words[what], words.counted(of[what].length)] as const,
  );
  return (
    <Facts
      of={[
        [words.moving, of.referrals.length === 0 ? words.counted(0) : <Referrals key="moving" ids={of.referrals} />],
        ...counts,
        [
          words.incidents,
          of.incidents.length === 0 || !done ? (
            words.counted(of.incidents.length)
          ) : (
            <ul key="incidents">
              {of.incidents.map((incident, n) => (
                <li key={incident}>
                  <Link to={`/incidents/${incident}`}>{words.incident(n + 1)}</Link>
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  );
}

function Referrals({ ids }: { readonly ids: readonly string[] }) {
  const { privacy } = useTexts();
  return (
    <ul>
      {ids.map((id, n) => (
        <li key={id}>
          <Link to={`/referrals/${id}`}>{privacy.judging.nth(n + 1)}</Link>
        </li>
      ))}
    </ul>
  );
}
