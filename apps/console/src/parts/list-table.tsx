// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CsvEncoding, ListName } from '@tsunagi/contracts';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from './button';
import { readTable } from './read-table';
import { Failure } from './states';
import { useSending } from './use-sending';
import { fileOf } from '../api/call';
import { useTexts } from '../texts';

/** A table that is a list: it scrolls in itself where it is too wide, and can be taken along as it stands there. */
export function ListTable(props: {
  /** By what name the audit says that it was taken along. */
  readonly list: ListName;
  readonly label: string;
  /** What stands here is not all there is: more can be loaded. */
  readonly more?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const { common, persons } = useTexts();
  const { list, label, more = false, className = '', children } = props;
  const place = useRef<HTMLDivElement>(null);
  const encoding = useRef<CsvEncoding>('utf-8-bom');
  const [lost, setLost] = useState(0);
  const { send, sending, error } = useSending(async () => {
    const table = place.current?.querySelector('table');
    if (!table) return;
    setLost(0);
    const body = { list, ...readTable(table, persons.masked), encoding: encoding.current };
    const file = await fileOf('/exports', { body });
    setLost(file.lost);
    save(file.blob, file.name);
  });
  const saveAs = (chosen: CsvEncoding) => {
    encoding.current = chosen;
    send();
  };
  return (
    <div className="stack" data-gap="small">
      <div ref={place} className={`scroll-x ${className}`.trim()} role="region" aria-label={label} tabIndex={0}>
        {children}
      </div>
      <div className="row no-print" data-end="">
        {more && <span className="dim">{common.csvShown}</span>}
        <span role="status">{lost > 0 && common.csvLost(lost)}</span>
        <Button
          size="xs"
          look="text"
          disabled={sending}
          aria-label={`${common.csv}: ${label}`}
          onClick={() => saveAs('utf-8-bom')}
        >
          {common.csv}
        </Button>
        <Button
          size="xs"
          look="text"
          disabled={sending}
          aria-label={`${common.csvOld}: ${label}`}
          onClick={() => saveAs('cp932')}
        >
          {common.csvOld}
        </Button>
      </div>
      {error !== undefined && <Failure error={error} />}
    </div>
  );
}

function save(blob: Blob, name: string): void {
  const href = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  // A browser may begin to read it only after the click.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
