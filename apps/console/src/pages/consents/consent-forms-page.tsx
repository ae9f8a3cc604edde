// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConsentFormView, Page as PageOf } from '@tsunagi/contracts';
import { useEffect, useRef, useState } from 'react';
import { DraftDialog } from './draft-dialog';
import { RetireDialog } from './retire-dialog';
import { call } from '../../api/call';
import { useDeskNames, useDesks } from '../../parts/desks';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { CheckBox } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Facts, Page, Section } from '../../parts/page';
import { Answered, Empty, Failure, Lacking } from '../../parts/states';
import { dayText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import '../../look/consents.css';

const colors = { draft: 'orange', inForce: 'green', retired: 'gray' } as const;
const stateOf = ({ approvedOn, inForce }: ConsentFormView) =>
  approvedOn === undefined ? 'draft' : inForce ? 'inForce' : 'retired';

/** 同意書の様式: drafted at a desk, approved by whoever answers for personal data, retired when another follows. */
export default function ConsentFormsPage() {
  const { frame, consents, common } = useTexts();
  const { roles } = useSession();
  const queries = useQueryClient();
  const desks = useDesks();
  const deskName = useDeskNames();
  const [onlyWaiting, setOnlyWaiting] = useState(false);
  const [drafting, setDrafting] = useState(false);
  const [retiring, setRetiring] = useState<ConsentFormView>();
  const [done, setDone] = useState<string>();
  const place = useRef<HTMLDivElement>(null);
  const forms = useQuery({
    queryKey: ['consent-forms'],
    queryFn: ({ signal }) => call<PageOf<ConsentFormView>>('/consent-forms', { query: { limit: 500 }, signal }),
  });
  const approving = useMutation({
    mutationFn: ({ id, revision }: ConsentFormView) =>
      call<ConsentFormView>(`/consent-forms/${id}/approve`, { method: 'POST', ifMatch: revision }),
    onSuccess: ({ version }) => finish(consents.approved(version)),
    onError: () => queries.invalidateQueries({ queryKey: ['consent-forms'] }),
  });
  const finish = async (says: string) => {
    setDrafting(false);
    setRetiring(undefined);
    setDone(says);
    await queries.invalidateQueries({ queryKey: ['consent-forms'] });
  };
  useEffect(() => {
    if (done !== undefined) place.current?.focus();
  }, [done]);
  const mayDraft = (['caseworker', 'supervisor', 'it_admin'] as const).some((role) => roles.has(role));
  return (
    <Page
      title={frame.pages.consentForms}
      lead={consents.formsLead}
      actions={mayDraft && <Button onClick={() => setDrafting(true)}>{consents.draft}</Button>}
    >
      {done !== undefined && (
        <div ref={place} tabIndex={-1}>
          <Banner kind="success" heading={done} />
        </div>
      )}
      {approving.error && <Failure error={approving.error} />}
      <Section heading={frame.pages.consentForms}>
        <CheckBox
          label={consents.onlyWaiting}
          checked={onlyWaiting}
          onChange={(e) => setOnlyWaiting(e.target.checked)}
        />
        <Lacking of={desks} what={common.lists.deskNames} />
        <Answered of={forms}>
          {({ items }) => (
            <Rows
              forms={items.filter((f) => !onlyWaiting || f.approvedOn === undefined)}
              deskName={deskName}
              {...(roles.has('privacy_officer') && {
                onApprove: (form: ConsentFormView) => approving.mutate(form),
                onRetire: setRetiring,
              })}
            />
          )}
        </Answered>
      </Section>
      {drafting && <DraftDialog onClose={() => setDrafting(false)} onDone={(v) => void finish(consents.drafted(v))} />}
      {retiring && (
        <RetireDialog
          form={retiring}
          onClose={() => setRetiring(undefined)}
          onDone={(version) => void finish(consents.retired(version))}
        />
      )}
    </Page>
  );
}

function Rows(props: {
  readonly forms: readonly ConsentFormView[];
  deskName(id: string): string;
  onApprove?(form: ConsentFormView): void;
  onRetire?(form: ConsentFormView): void;
}) {
  const { frame, consents } = useTexts();
  const { forms, deskName, onApprove, onRetire } = props;
  const columns = consents.formColumns;
  if (forms.length === 0) return <Empty />;
  return (
    <ListTable list="consent-forms" label={frame.pages.consentForms}>
      <table className="grid" aria-label={frame.pages.consentForms}>
        <thead>
          <tr>
            <th scope="col">{columns.desk}</th>
            <th scope="col">{columns.version}</th>
            <th scope="col">{columns.title}</th>
            <th scope="col">{columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {forms.map((form) => {
            const state = stateOf(form);
            const of = `${deskName(form.function)} ${form.version}`;
            return (
              <tr key={form.id}>
                <td>{deskName(form.function)}</td>
                <td>{form.version}</td>
                <th scope="row">
                  {form.title}
                  <details>
                    <summary aria-label={`${consents.formDetails} ${of}`}>{consents.formDetails}</summary>
                    <Content form={form} />
                  </details>
                </th>
                <td>
                  <div className="stack" data-gap="small">
                    <span>
                      <Chip color={colors[state]}>{consents.formStates[state]}</Chip>
                    </span>
                    {state === 'draft' && onApprove && (
                      <span>
                        <Button aria-label={`${consents.approve} ${of}`} onClick={() => onApprove(form)}>
                          {consents.approve}
                        </Button>
                      </span>
                    )}
                    {state === 'inForce' && onRetire && form.retiredOn === undefined && (
                      <span>
                        <Button look="text" aria-label={`${consents.retire} ${of}`} onClick={() => onRetire(form)}>
                          {consents.retire}
                        </Button>
                      </span>
                    )}
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ListTable>
  );
}

function Content({ form }: { readonly form: ConsentFormView }) {
  const { consents, common } = useTexts();
  const { language } = useLanguage();
  const names = useNames();
  const { profile, givers } = form;
  return (
    <Facts
      of={[
        [consents.plainWording, form.plainWording],
        [consents.wording, form.wording],
        [consents.scriptText, form.script],
        [consents.partsField, form.parts.map((p) => names.formPartNames[p]).join(common.comma)],
        [consents.categories, profile.categories.map((c) => names.categoryNames[c]).join(common.comma)],
        [consents.purposes, profile.purposes.map((p) => names.purposeNames[p]).join(common.comma)],
        [consents.feedback, names.feedbackNames[profile.feedback]],
        [consents.days, String(profile.days)],
        [consents.mayAnswer, givers?.map((g) => names.giverNames[g]).join(common.comma) ?? consents.all],
        [consents.keepsPaper, form.keepsPaper && '✓'],
        [consents.approve, form.approvedOn && dayText(form.approvedOn, language)],
        [consents.retireFrom, form.retiredOn && dayText(form.retiredOn, language)],
      ]}
    />
  );
}
