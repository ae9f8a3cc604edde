// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueryClient } from '@tanstack/react-query';
import type { PluginCheck, PluginConfigJudged, PluginDetail, SettingsTried } from '@tsunagi/contracts';
import { useEffect, useState, type FormEvent } from 'react';
import { Findings, useRenewed } from './plugin-switch';
import type { Schema } from './schema';
import { SchemaForm } from './schema-form';
import { Told, useDoing, type Said } from './told';
import { call } from '../../api/call';
import { codeOf, ProblemError } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Section } from '../../parts/page';
import { Remedy } from '../../parts/remedy';
import { useTexts } from '../../texts';

/** The settings that hold; and on demand a form of them. */
export function Settings({ of, onDraft }: { readonly of: PluginDetail; readonly onDraft: OnDraft }) {
  const { machines } = useTexts();
  const { settings: words } = machines;
  const [editing, setEditing] = useState(false);
  const [said, setSaid] = useState<Said>();
  return (
    <Section
      heading={words.heading}
      actions={
        !editing && (
          <Button
            onClick={() => {
              setSaid(undefined);
              setEditing(true);
            }}
          >
            {words.edit}
          </Button>
        )
      }
    >
      <p className="dim">{words.lead}</p>
      <Told said={said} />
      {editing ? (
        <Form
          {...{ of, onDraft }}
          onCancel={() => setEditing(false)}
          onSaved={(what) => {
            setEditing(false);
            setSaid(what);
          }}
        />
      ) : (
        <details>
          <summary>{words.values}</summary>
          <pre className="json">
            <code>{JSON.stringify(of.config, null, 2)}</code>
          </pre>
        </details>
      )}
    </Section>
  );
}

/** What is written and not saved; undefined: nothing is being written. */
type OnDraft = (draft: Record<string, unknown> | undefined) => void;

/** What is written stays written, whatever others do meanwhile: the page renews itself around it. */
function Form(props: {
  readonly of: PluginDetail;
  readonly onDraft: OnDraft;
  onCancel(): void;
  onSaved(said: Said): void;
}) {
  const { of, onDraft, onCancel, onSaved } = props;
  const { machines } = useTexts();
  const { settings: words } = machines;
  const queries = useQueryClient();
  const renewed = useRenewed(of.id);
  const { said, busy, act } = useDoing();
  const [schema] = useState(() => of.configSchema as Schema);
  const [draft, setDraft] = useState<Record<string, unknown>>(() => of.config);
  /** The version that was seen when one began, or when one was told of another. */
  const [seen, setSeen] = useState(of.configVersion);
  const [tried, setTried] = useState<SettingsTried>();
  useEffect(() => onDraft(draft), [draft, onDraft]);
  useEffect(() => () => onDraft(undefined), [onDraft]);
  const error = said && 'error' in said ? said.error : undefined;
  const conflict = codeOf(error) === 'VERSION_CONFLICT';
  const errorAt = (pointer: string) =>
    error instanceof ProblemError && pointer !== '' ? error.at(pointer) : undefined;

  const judge = () => {
    setTried(undefined);
    return act('judge', async () => {
      const { changed, configVersion } = await call<PluginConfigJudged>(`/plugins/${of.id}/config/validate`, {
        body: draft,
      });
      return { done: changed ? words.judged(configVersion) : words.unchanged };
    });
  };
  /** The running host tries it, beside what holds: whether the folder can be written, the database entered, the other side called. */
  const connect = () => {
    setTried(undefined);
    return act('connect', async () => {
      const answered = await call<SettingsTried>(`/plugins/${of.id}/config/check`, { body: draft });
      setTried(answered);
      return { done: answered.says, kind: answered.ok ? 'success' : 'warning' };
    });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(undefined);
    void act('save', async () => {
      const saved = await call<PluginDetail>(`/plugins/${of.id}/config`, {
        method: 'PUT',
        body: draft,
        ifMatch: seen,
      }).catch(async (problem: unknown) => {
        if (codeOf(problem) === 'VERSION_CONFLICT') {
          const now = await call<PluginDetail>(`/plugins/${of.id}`);
          setSeen(now.configVersion);
          await queries.invalidateQueries({ queryKey: ['plugins', of.id] });
        }
        throw problem;
      });
      const version = saved.configVersion;
      const outcome = await checked(of.id, saved.host?.fresh === true);
      await renewed();
      onSaved(
        outcome === undefined
          ? { done: words.savedUnchecked(version), kind: 'warning' }
          : { done: words.savedChecked(version, outcome), kind: outcome ? 'success' : 'warning' },
      );
      return undefined;
    });
  };
  return (
    <form className="form" onSubmit={save}>
      {conflict ? (
        <Banner kind="warning" heading={words.changedMeanwhile}>
          <p>{words.changedMeanwhileHint}</p>
        </Banner>
      ) : (
        <Told said={said}>
          {tried && (
            <>
              {tried.remedy !== undefined && (
                <p>
                  <Remedy>{tried.remedy}</Remedy>
                </p>
              )}
              <Findings of={tried.findings} label={words.tried} />
            </>
          )}
        </Told>
      )}
      {busy === 'connect' && <p role="status">{words.connecting}…</p>}
      <SchemaForm {...{ schema, value: draft, errorAt }} onChange={setDraft} />
      <div className="row" data-end>
        <Button onClick={onCancel}>{words.cancel}</Button>
        <Button onClick={() => void judge()} disabled={busy !== undefined}>
          {words.judge}
        </Button>
        <Button onClick={() => void connect()} disabled={busy !== undefined}>
          {words.connect}
        </Button>
        <Button type="submit" look="solid-fill" disabled={busy !== undefined}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

/** Whether the host finds the new settings good; undefined: it does not say. */
async function checked(id: string, hostIsThere: boolean): Promise<boolean | undefined> {
  if (!hostIsThere) return undefined;
  try {
    const { ok, outdated } = await call<PluginCheck>(`/plugins/${id}/check`, { method: 'POST' });
    return ok && outdated !== true;
  } catch {
    return undefined;
  }
}
