// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CsvEncoding } from '@tsunagi/contracts';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from './button';
import { Failure } from './states';
import { useSending } from './use-sending';
import type { AnsweredFile } from '../api/call';
import { useTexts } from '../texts';

/** Saves a list as a file, in either encoding, and says of it what it does not hold. */
export function CsvButtons(props: {
  /** Of which list. */
  readonly label: string;
  readonly children?: ReactNode;
  /** Absent while there is no table. */
  file(encoding: CsvEncoding): Promise<AnsweredFile | undefined>;
}) {
  const { common } = useTexts();
  const encoding = useRef<CsvEncoding>('utf-8-bom');
  const [saved, setSaved] = useState<AnsweredFile>();
  const { send, sending, error } = useSending(async () => {
    setSaved(undefined);
    const file = await props.file(encoding.current);
    setSaved(file);
    if (file) save(file);
  });
  const button = (name: string, chosen: CsvEncoding) => (
    <Button
      size="xs"
      look="text"
      disabled={sending}
      aria-label={`${name}: ${props.label}`}
      onClick={() => {
        encoding.current = chosen;
        send();
      }}
    >
      {name}
    </Button>
  );
  return (
    <>
      <div className="row no-print" data-end="">
        {props.children}
        <span role="status">
          {saved && saved.lost > 0 && common.csvLost(saved.lost)}
          {saved?.isCut && ` ${common.csvCut}`}
        </span>
        {button(common.csv, 'utf-8-bom')}
        {button(common.csvOld, 'cp932')}
      </div>
      {error !== undefined && <Failure error={error} />}
    </>
  );
}

function save({ blob, name }: AnsweredFile): void {
  const href = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  // A browser may begin to read it only after the click.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
