// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { TextField } from '../../parts/fields';
import { useTexts } from '../../texts';

/** A person decides, and says why: it stays in the audit. */
export function ReasonDialog(props: {
  readonly heading: string;
  readonly lead: string;
  readonly confirm: string;
  readonly children?: ReactNode;
  onClose(): void;
  onReason(reason: string): void;
}) {
  const { machines, common } = useTexts();
  const [reason, setReason] = useState('');
  return (
    <Dialog heading={props.heading} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          props.onReason(reason);
        }}
      >
        <p>{props.lead}</p>
        {props.children}
        <div className="form">
          <TextField
            label={machines.reason}
            hint={machines.reasonHint}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
            maxLength={200}
            required
          />
        </div>
        <div className="row" data-end>
          <Button onClick={props.onClose}>{common.cancel}</Button>
          <Button type="submit" look="solid-fill">
            {props.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
