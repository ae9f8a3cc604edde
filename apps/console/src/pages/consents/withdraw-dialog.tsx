// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation } from '@tanstack/react-query';
import type { ConsentOnFile, Withdrawal, WithdrawalProof } from '@tsunagi/contracts';
import { useState } from 'react';
import { SpeakerFields } from './speaker-fields';
import { nobodyYet, speakerOf } from './wizard/draft';
import { call } from '../../api/call';
import { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { choicesOf, SelectField } from '../../parts/fields';
import { Failure } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Who takes it back and how, and what will follow. The hub answers with what it has brought about. */
export function WithdrawDialog(props: {
  readonly consent: ConsentOnFile;
  onClose(): void;
  onDone(proof: WithdrawalProof): void;
}) {
  const { consents } = useTexts();
  const { saidHowNames } = useNames();
  const [said, setSaid] = useState({ ...nobodyYet, giver: 'self' as typeof nobodyYet.giver });
  const [how, setHow] = useState('');
  const withdrawing = useMutation({
    mutationFn: () => {
      const body: Withdrawal = {
        ...speakerOf(said),
        ...(how !== '' && { how: how as NonNullable<Withdrawal['how']> }),
      };
      return call<WithdrawalProof>(`/consents/${props.consent.id}/withdraw`, { body });
    },
    onSuccess: props.onDone,
  });
  const { error } = withdrawing;
  const errorAt = (pointer: string) => (error instanceof ProblemError ? error.at(pointer) : undefined);
  return (
    <Dialog heading={consents.withdrawOf} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          withdrawing.mutate();
        }}
      >
        <p>{consents.withdrawHint}</p>
        {error && <Failure error={error} />}
        <SpeakerFields
          label={consents.withdrawGiver}
          said={said}
          forConsent={false}
          change={(change) => setSaid((now) => ({ ...now, ...change }))}
          errorAt={errorAt}
        />
        <SelectField
          label={consents.how}
          error={errorAt('/how')}
          choices={choicesOf(saidHowNames)}
          value={how}
          onChange={(e) => setHow(e.target.value)}
          required
        />
        <Button type="submit" look="solid-fill" size="md" disabled={withdrawing.isPending}>
          {consents.withdrawDo}
        </Button>
      </form>
    </Dialog>
  );
}
