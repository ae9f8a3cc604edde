// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GroundBasis, NewGround, ReferralView } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/contracts/words';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { CheckBox, choicesOf, ChoiceGroup, SelectField, TextArea, TextField } from '../../parts/fields';
import { Facts } from '../../parts/page';
import { Answered, Failure } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

interface Given {
  readonly id: string;
  readonly possible: readonly GroundBasis[];
  onDone(): void;
}

export function GroundForm(given: Given) {
  const referral = useQuery({
    queryKey: ['referral', given.id],
    queryFn: ({ signal }) => call<ReferralView>(`/referrals/${given.id}`, { signal }),
  });
  return <Answered of={referral}>{(of) => <Filled {...given} referral={of} />}</Answered>;
}

/** What the chosen row of the law asks for, and nothing else. */
function Filled({ id, possible, onDone, referral }: Given & { readonly referral: ReferralView }) {
  const { grounds, common } = useTexts();
  const names = useNames();
  const queries = useQueryClient();
  const place = useRef<HTMLFormElement>(null);
  const [code, setCode] = useState('');
  const [persons, setPersons] = useState<string[]>(['subject']);
  const [categories, setCategories] = useState<string[]>([]);
  const [why, setWhy] = useState('');
  const [texts, setTexts] = useState({ reason: '', law: '', article: '' });
  const [harmsNobody, setHarmsNobody] = useState(false);
  const [missing, setMissing] = useState<Readonly<Record<string, string>>>({});
  const basis = possible.find((p) => p.code === code);
  const members = referral.members ?? [];
  const there = new Set(members.filter((m) => persons.includes(m.ref)).flatMap((m) => Object.keys(m.items)));
  const open = basis?.categories.filter((c) => there.has(c)) ?? [];

  const recording = useMutation({
    mutationFn: () => {
      const { reason, law, article } = texts;
      const body: NewGround = {
        code: code as NewGround['code'],
        persons,
        categories: categories.filter((c) => open.includes(c as DataCategory)) as DataCategory[],
        reason,
        whyNoConsent: why as NewGround['whyNoConsent'],
        ...(law !== '' && { law }),
        ...(article !== '' && { article }),
        ...(harmsNobody && { harmsNobody }),
      };
      return call(`/referrals/${id}/grounds`, { body });
    },
    onSuccess: async () => {
      await Promise.all(
        [['referral', id], ['queue'], ['todos']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
      // What is said of it then is of the state that it has led to.
      onDone();
    },
  });
  const { error } = recording;
  const errorAt = (pointer: string) =>
    missing[pointer] ?? (error instanceof ProblemError ? error.at(pointer) : undefined);
  useEffect(() => {
    if (!error && Object.keys(missing).length === 0) return;
    place.current
      ?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset:has(.dads-input-text__error-text) input')
      ?.focus();
  }, [error, missing]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = {
      ...(!basis && { '/code': grounds.needed }),
      ...(basis && !categories.some((c) => open.includes(c as DataCategory)) && { '/categories': grounds.needed }),
      ...(persons.length === 0 && { '/persons': grounds.needed }),
    };
    setMissing(lacks);
    if (Object.keys(lacks).length === 0) recording.mutate();
  };
  const text = (key: 'law' | 'article') => (
    <TextField
      label={grounds[key]}
      error={errorAt(`/${key}`)}
      value={texts[key]}
      onChange={(e) => setTexts({ ...texts, [key]: e.target.value })}
      required
    />
  );
  return (
    <form className="form" onSubmit={submit} ref={place}>
      {error && <Failure error={error} />}
      <ChoiceGroup
        label={grounds.basis}
        hint={grounds.basisHint}
        error={errorAt('/code')}
        several={false}
        required
        choices={possible.map((p) => ({ value: p.code, name: names.authorityNames[p.code] }))}
        value={code === '' ? [] : [code]}
        onChange={([value = '']) => {
          setMissing({});
          setCode(value);
        }}
      />
      {basis && (
        <>
          <div className="panel">
            <Facts
              of={[
                [grounds.statute, basis.statute],
                [grounds.approval, grounds.approvalNames[basis.approval]],
                [grounds.endsAt, basis.hours !== undefined && grounds.hours(basis.hours)],
                [grounds.asks, basis.needs.map((fact) => names.groundFactNames[fact]).join(common.comma)],
                [grounds.conditions, basis.conditions.join('\n')],
              ]}
            />
          </div>
          {members.length > 1 && (
            <ChoiceGroup
              label={grounds.persons}
              error={errorAt('/persons')}
              several
              required
              choices={members.map((m) => ({
                value: m.ref,
                name: [m.relation ?? names.relativeNames[m.role], m.items.identity?.name].filter(Boolean).join(' '),
              }))}
              value={persons}
              onChange={setPersons}
            />
          )}
          <ChoiceGroup
            label={grounds.categories}
            hint={grounds.categoriesHint}
            error={errorAt('/categories')}
            several
            required
            choices={open.map((c) => ({ value: c, name: names.categoryNames[c] }))}
            value={categories}
            onChange={setCategories}
          />
          <SelectField
            label={grounds.whyNoConsent}
            error={errorAt('/whyNoConsent')}
            choices={choicesOf(grounds.whyNames)}
            value={why}
            onChange={(e) => setWhy(e.target.value)}
            required
          />
          <TextArea
            label={grounds.reason}
            hint={grounds.reasonHint}
            error={errorAt('/reason')}
            value={texts.reason}
            onChange={(e) => setTexts({ ...texts, reason: e.target.value })}
            required
          />
          {basis.needs.includes('law') && text('law')}
          {basis.needs.includes('article') && text('article')}
          {basis.needs.includes('harms_nobody') && (
            <CheckBox
              label={grounds.harmsNobody}
              checked={harmsNobody}
              required
              onChange={(e) => setHarmsNobody(e.target.checked)}
            />
          )}
        </>
      )}
      <div className="row">
        <Button type="submit" look="solid-fill" size="md" disabled={recording.isPending}>
          {grounds.record}
        </Button>
      </div>
    </form>
  );
}
