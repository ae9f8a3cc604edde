// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PluginDryRunAnswered } from '@tsunagi/contracts';
import { useId, useState } from 'react';
import { isRow } from './schema';
import { Told, useDoing } from './told';
import { call } from '../../api/call';
import { ListTable } from '../../parts/list-table';
import { Section } from '../../parts/page';
import { useTexts } from '../../texts';

const most = 1_000;

/** What would become of a file, nothing kept. */
export function DryRun({ plugin }: { readonly plugin: string }) {
  const { machines } = useTexts();
  const { dryRun: words } = machines;
  const { said, busy, act } = useDoing();
  const [over, setOver] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [answers, setAnswers] = useState<PluginDryRunAnswered['answers']>([]);
  const id = useId();
  const take = async (file: File | undefined) => {
    if (!file) return;
    setAnswers([]);
    setWrong(undefined);
    const items = itemsIn(await file.text());
    if (!items) return setWrong(words.notJson);
    if (items.length > most) return setWrong(words.tooMany);
    await act('dry-run', async () => {
      const answered = await call<PluginDryRunAnswered>(`/plugins/${plugin}/dry-run`, { body: { items } });
      setAnswers(answered.answers);
      return { done: words.done(answered.answers.length) };
    });
  };
  return (
    <Section heading={words.heading}>
      <p className="dim">{words.lead}</p>
      <Told said={said} />
      {wrong !== undefined && (
        <p className="late" role="alert">
          {wrong}
        </p>
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
          accept=".json,application/json"
          aria-label={words.choose}
          disabled={busy !== undefined}
          onChange={(event) => {
            const { files } = event.target;
            void take(files?.[0]);
            event.target.value = '';
          }}
        />
        <p className="dim">
          {words.takes} <code>{words.command(plugin)}</code>
        </p>
      </div>
      {busy !== undefined && <p role="status">{words.running}…</p>}
      {answers.length > 0 && (
        <ListTable list="dry-run" label={words.summary}>
          <table className="grid" aria-label={words.summary}>
            <thead>
              <tr>
                <th scope="col">{words.row}</th>
                <th scope="col">{words.outcome}</th>
                <th scope="col">{words.says}</th>
                <th scope="col">{words.route}</th>
              </tr>
            </thead>
            <tbody>
              {answers.map(({ itemId, outcome, codes, sentence, route }, index) => (
                <tr key={`${itemId} ${index}`}>
                  <th scope="row" className="id">
                    {itemId}
                  </th>
                  <td>{machines.outcomes[outcome]}</td>
                  <td>
                    {sentence}
                    {codes.length > 0 && <span className="id"> {codes.join(' ')}</span>}
                  </td>
                  <td>{route?.name}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ListTable>
      )}
    </Section>
  );
}

/** Items as they would be sent; bare submissions get their place as name. */
function itemsIn(text: string): { itemId: string; submission: unknown }[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const items = isRow(json) ? json['items'] : json;
  if (!Array.isArray(items) || items.length === 0) return undefined;
  return items.map((item: unknown, index) =>
    isRow(item) && typeof item['itemId'] === 'string' && 'submission' in item
      ? { itemId: item['itemId'], submission: item['submission'] }
      : { itemId: `row/${index + 1}`, submission: item },
  );
}
