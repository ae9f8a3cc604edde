// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FileTried, TriedRow } from '@tsunagi/contracts';
import { useId, useState } from 'react';
import { Told, useDoing } from './told';
import { call } from '../../api/call';
import { CheckBox } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Section } from '../../parts/page';
import { Remedy } from '../../parts/remedy';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** As much as the hub takes; what is larger need not be sent to be refused. */
const mostBytes = 80 * 1024;

interface Props {
  readonly plugin: string;
  /** Settings that are being written and hold nowhere yet. */
  readonly draft: Readonly<Record<string, unknown>> | undefined;
}

/** What would become of a file as the legacy system writes it, row by row, nothing kept. */
export function DryRun({ plugin, draft }: Props) {
  const { machines } = useTexts();
  const { dryRun: words } = machines;
  const { said, busy, act } = useDoing();
  const [over, setOver] = useState(false);
  const [withDraft, setWithDraft] = useState(false);
  const [tried, setTried] = useState<FileTried>();
  const id = useId();
  const config = withDraft ? draft : undefined;
  const take = async (file: File | undefined) => {
    if (!file || busy !== undefined) return;
    setTried(undefined);
    await act('dry-run', async () => {
      if (file.size > mostBytes) return { done: words.tooLarge, kind: 'warning' };
      const body = { name: file.name, content: await base64Of(file), ...(config && { config }) };
      const answered = await call<FileTried>(`/plugins/${plugin}/dry-run/file`, { body });
      setTried(answered);
      return { done: words.done(answered.rows.length) };
    });
  };
  return (
    <Section heading={words.heading}>
      <p className="dim">{words.lead}</p>
      <Told said={said}>{tried && <Counts of={tried} />}</Told>
      {draft !== undefined && (
        <CheckBox label={words.withDraft} checked={withDraft} onChange={(e) => setWithDraft(e.target.checked)} />
      )}
      <div
        className="drop no-print"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <label htmlFor={id}>{words.drop}</label>
        <input
          id={id}
          type="file"
          aria-label={words.choose}
          aria-describedby={`${id}-takes`}
          disabled={busy !== undefined}
          onChange={(event) => {
            const { files } = event.target;
            void take(files?.[0]);
            event.target.value = '';
          }}
        />
        <p className="dim" id={`${id}-takes`}>
          {words.takes} <code>{words.command(plugin)}</code>
        </p>
      </div>
      {busy !== undefined && <p role="status">{words.running}…</p>}
      {tried && tried.rows.length > 0 && <Rows of={tried.rows} />}
    </Section>
  );
}

/** How many of which outcome, in the order in which they first stand in the file. */
function Counts({ of: { rows, notJudged } }: { readonly of: FileTried }) {
  const { machines } = useTexts();
  const counts = new Map<TriedRow['outcome'], number>();
  for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return (
    <ul className="row" aria-label={machines.dryRun.counts}>
      {[...counts].map(([outcome, count]) => (
        <li key={outcome}>
          {machines.triedOutcomes[outcome]} {machines.count(count)}
        </li>
      ))}
      {notJudged > 0 && <li>{machines.dryRun.notJudged(notJudged)}</li>}
    </ul>
  );
}

function Rows({ of }: { readonly of: readonly TriedRow[] }) {
  const { machines, common } = useTexts();
  const { categoryNames } = useNames();
  const { dryRun: words } = machines;
  return (
    <ListTable list="dry-run" label={words.summary}>
      <table className="grid" aria-label={words.summary}>
        <thead>
          <tr>
            <th scope="col">{words.row}</th>
            <th scope="col">{words.outcome}</th>
            <th scope="col">{words.says}</th>
            <th scope="col">{words.route}</th>
            <th scope="col">{words.leaves}</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ row, outcome, codes, field, pointer, sentence, remedy, route, leaves }, index) => (
            // One row may ask for several things.
            <tr key={index}>
              <th scope="row">{row === 0 ? words.wholeFile : words.rowNumber(row)}</th>
              <td>{machines.triedOutcomes[outcome]}</td>
              <td>
                {sentence}
                {remedy !== undefined && ' '}
                <Remedy>{remedy}</Remedy>
                <span className="id">
                  {[
                    ...codes.map((code) => ` ${code}`),
                    field !== undefined && ` ${words.field(field)}`,
                    pointer && ` ${pointer}`,
                  ]
                    .filter(Boolean)
                    .join('')}
                </span>
              </td>
              <td>{route?.name}</td>
              <td>{leaves?.map((category) => categoryNames[category]).join(common.comma)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListTable>
  );
}

/** As bytes: what encoding they are in, the plugin knows. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '');
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}
