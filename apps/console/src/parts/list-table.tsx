// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ListName } from '@tsunagi/contracts';
import { useRef, type ReactNode } from 'react';
import { CsvButtons } from './csv-buttons';
import { readTable } from './read-table';
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
  return (
    <div className="stack" data-gap="small">
      <div ref={place} className={`scroll-x ${className}`.trim()} role="region" aria-label={label} tabIndex={0}>
        {children}
      </div>
      <CsvButtons
        label={label}
        file={async (encoding) => {
          const table = place.current?.querySelector('table');
          if (!table) return undefined;
          return fileOf('/exports', { body: { list, ...readTable(table, persons.masked), encoding } });
        }}
      >
        {more && <span className="dim">{common.csvShown}</span>}
      </CsvButtons>
    </div>
  );
}
