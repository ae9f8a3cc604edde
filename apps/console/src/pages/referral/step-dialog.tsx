// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { Actions, ReferralView, Stepped, TimelineEntry } from '@tsunagi/contracts';
import { useState } from 'react';
import { ActionFields } from './action-fields';
import { bodyOf, type FormField, type Typed } from './action-forms';
import { useStepNames } from './timeline';
import { call } from '../../api/call';
import { codeOf, ProblemError } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Failure } from '../../parts/states';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** One step, in a dialog. Whoever comes second reads what the first one did, and keeps what was written. */
export function StepDialog(props: {
  readonly heading: string;
  /** Where it is taken. */
  readonly path: string;
  readonly fields: readonly FormField[];
  readonly of: ReferralView;
  onClose(): void;
  onDone(stepped: Stepped): void;
}) {
  const { referral, common } = useTexts();
  const { stateNames } = useNames();
  const stepNames = useStepNames();
  const queries = useQueryClient();
  const { heading, path, fields, of } = props;
  const [typed, setTyped] = useState<Typed>({});
  const [raced, setRaced] = useState<TimelineEntry>();
  const [version, setVersion] = useState(of.version);
  const { send, sending, error } = useSending(async () => {
    try {
      const stepped = await call<Stepped>(path, {
        body: bodyOf(fields, typed, of),
        ifMatch: version,
      });
      await queries.invalidateQueries({ queryKey: ['referral', of.id] });
      void queries.invalidateQueries({ queryKey: ['queue'] });
      void queries.invalidateQueries({ queryKey: ['todos'] });
      props.onDone(stepped);
    } catch (failed) {
      if (codeOf(failed) !== 'VERSION_CONFLICT') throw failed;
      const [{ version: now }, { items }] = await Promise.all([
        call<Actions>(`/referrals/${of.id}/actions`),
        call<{ items: TimelineEntry[] }>(`/referrals/${of.id}/timeline`),
      ]);
      setVersion(now);
      setRaced(items.at(-1));
      await queries.invalidateQueries({ queryKey: ['referral', of.id] });
    }
  });
  const problem = error instanceof ProblemError ? error : undefined;
  return (
    <Dialog heading={heading} onClose={props.onClose}>
      <form className="form" onSubmit={send}>
        {raced && (
          <Banner kind="warning" heading={referral.raced}>
            <p>{referral.racedHint(stepNames[raced.action] ?? raced.action, stateNames[raced.to])}</p>
          </Banner>
        )}
        {error !== undefined && <Failure error={error} />}
        <ActionFields
          {...{ fields, typed, of, problem }}
          onType={(at, entry) => setTyped((before) => ({ ...before, [at]: entry }))}
        />
        <div className="row">
          <Button type="submit" look="solid-fill" size="md" aria-disabled={sending || undefined}>
            {heading}
          </Button>
          <Button size="md" onClick={props.onClose}>
            {common.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
