// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GroundList, GroundView, Ratify } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/contracts/words';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { GroundCard, GroundFacts } from './ground-facts';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { ChoiceGroup, TextArea, TextField } from '../../parts/fields';
import { Section } from '../../parts/page';
import { Answered, Failure } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

export type Outcome = 'approved' | 'refused';

/** Everything that was recorded for one referral, and the word on what waits. */
export function Ratifying(props: { readonly referral: string; onClose(): void; onDone(outcome: Outcome): void }) {
  const { grounds } = useTexts();
  const { referral, onClose, onDone } = props;
  const back = useRef<HTMLDivElement>(null);
  useEffect(() => back.current?.focus(), []);
  const list = useQuery({
    queryKey: ['referral', referral, 'grounds'],
    queryFn: ({ signal }) => call<GroundList>(`/referrals/${referral}/grounds`, { signal }),
    // To read it is a line of the ledger.
    refetchOnWindowFocus: false,
  });
  return (
    <div className="stack" ref={back} tabIndex={-1}>
      <div>
        <Button onClick={onClose}>{grounds.close}</Button>
      </div>
      <Answered of={list}>
        {({ items }) => (
          <>
            {items.map((ground) =>
              ground.decided || ground.approval === 'none' ? (
                <GroundCard key={ground.id} ground={ground} />
              ) : (
                <Deciding key={ground.id} {...{ ground, referral, onDone }} />
              ),
            )}
          </>
        )}
      </Answered>
    </div>
  );
}

function Deciding(props: { readonly ground: GroundView; readonly referral: string; onDone(outcome: Outcome): void }) {
  const { grounds } = useTexts();
  const names = useNames();
  const queries = useQueryClient();
  const { ground, referral, onDone } = props;
  const [categories, setCategories] = useState<string[]>([...ground.categories]);
  const [until, setUntil] = useState('');
  const [words, setWords] = useState('');
  const [missing, setMissing] = useState<string>();
  const deciding = useMutation({
    mutationFn: (outcome: Outcome) => {
      const body: Ratify = {
        ground: ground.id,
        outcome,
        categories: outcome === 'approved' ? (categories as DataCategory[]) : [],
        ...(until !== '' && outcome === 'approved' && { until }),
        ...(words !== '' && { words }),
      };
      return call(`/decisions/${ground.decision}/ratify`, { body, ifMatch: ground.version });
    },
    onSuccess: async (_, outcome) => {
      await Promise.all([['todos'], ['queue']].map((queryKey) => queries.invalidateQueries({ queryKey })));
      queries.removeQueries({ queryKey: ['referral', referral, 'grounds'] });
      onDone(outcome);
    },
    // Somebody else was first: what is there now is shown, what was typed stays.
    onError: () => queries.invalidateQueries({ queryKey: ['referral', referral, 'grounds'] }),
  });
  const { error } = deciding;
  const errorAt = (pointer: string) => (error instanceof ProblemError ? error.at(pointer) : undefined);
  const approve = (event: FormEvent) => {
    event.preventDefault();
    setMissing(categories.length === 0 ? grounds.needed : undefined);
    if (categories.length > 0) deciding.mutate('approved');
  };
  return (
    <Section heading={grounds.decideOn(names.authorityNames[ground.code])}>
      <div className="panel">
        <GroundFacts ground={ground} />
      </div>
      <form className="form" onSubmit={approve}>
        {error && <Failure error={error} />}
        <ChoiceGroup
          label={grounds.approveItems}
          hint={grounds.approveItemsHint}
          error={missing ?? errorAt('/categories')}
          several
          choices={ground.categories.map((c) => ({ value: c, name: names.categoryNames[c] }))}
          value={categories}
          onChange={setCategories}
        />
        <TextField
          label={grounds.until}
          hint={grounds.untilHint}
          error={errorAt('/until')}
          type="date"
          value={until}
          onChange={(e) => setUntil(e.target.value)}
        />
        <TextArea
          label={grounds.words}
          hint={grounds.wordsHint}
          error={errorAt('/words')}
          value={words}
          onChange={(e) => setWords(e.target.value)}
        />
        <div className="row">
          <Button type="submit" look="solid-fill" size="md" disabled={deciding.isPending}>
            {grounds.approve}
          </Button>
          <Button size="md" disabled={deciding.isPending} onClick={() => deciding.mutate('refused')}>
            {grounds.refuse}
          </Button>
        </div>
      </form>
    </Section>
  );
}
