// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { ConsentFormView, ConsentSheet } from '@tsunagi/contracts';
import type { Change, Draft, ErrorAt } from './draft';
import { ofForm } from './draft';
import { call } from '../../../api/call';
import { Button } from '../../../parts/button';
import { SelectField } from '../../../parts/fields';
import { Answered } from '../../../parts/states';
import { useTexts } from '../../../texts';

export function SheetStep(props: {
  readonly forms: readonly ConsentFormView[];
  readonly draft: Draft;
  readonly recipient: string | undefined;
  readonly change: Change;
  readonly errorAt: ErrorAt;
}) {
  const { consents } = useTexts();
  const { draft, forms } = props;
  const sheet = useQuery({
    queryKey: ['consent-form', draft.form, 'sheet'],
    queryFn: ({ signal }) => call<ConsentSheet>(`/consent-forms/${draft.form}/sheet`, { signal }),
  });
  return (
    <>
      <p className="no-print">{consents.sheetHint}</p>
      <div className="row no-print">
        <SelectField
          label={consents.form}
          error={props.errorAt('/formVersion')}
          value={draft.form}
          choices={forms.map(({ id, version, title }) => ({ value: id, name: `${title} ${version}` }))}
          onChange={(e) => {
            const form = forms.find((f) => f.id === e.target.value);
            if (form) props.change({ form: form.id, ...ofForm(form) });
          }}
          required
        />
        <Button onClick={() => print()} disabled={!sheet.data}>
          {consents.print}
        </Button>
      </div>
      <Answered of={sheet}>{(shown) => <Sheet sheet={shown} recipient={props.recipient} />}</Answered>
    </>
  );
}

/** The paper, in やさしい日本語 first. It holds no resident: what is written on it is written by hand. */
function Sheet({ sheet, recipient }: { readonly sheet: ConsentSheet; readonly recipient: string | undefined }) {
  const { consents } = useTexts();
  const { sheet: words, easyCategories, easyPurposes, easyFeedback } = consents;
  return (
    <section className="consent-sheet" aria-label={sheet.title} lang="ja">
      <h3>{sheet.title}</h3>
      {sheet.plainWording && <p className="consent-sheet__easy">{sheet.plainWording}</p>}
      <dl>
        <dt>{words.for}</dt>
        <dd>{recipient ?? <span className="consent-sheet__line">{words.anyDesk}</span>}</dd>
        <dt>{words.what}</dt>
        <dd>
          <p>{words.whatHint}</p>
          <ul className="consent-sheet__ticks">
            {sheet.categories.map(({ code, sensitive }) => (
              <li key={code}>
                □ {words.yes} {easyCategories[code]}
                {sensitive && ` (${words.sensitive})`}
              </li>
            ))}
          </ul>
        </dd>
        <dt>{words.why}</dt>
        <dd>{sheet.purposes.map(({ code }) => easyPurposes[code]).join('、')}</dd>
        <dt>{words.until}</dt>
        <dd>{words.days(sheet.days)}</dd>
        <dt>{words.goesBack}</dt>
        <dd>{easyFeedback[sheet.feedback.code]}</dd>
        <dt>{words.who}</dt>
        <dd>{sheet.givers.map(({ name }) => name).join('、')}</dd>
      </dl>
      <p className="consent-sheet__answer">
        <span>{words.agree}</span> <span>{words.refuse}</span>
      </p>
      <ul className="consent-sheet__write">
        {[words.signedOn, words.name, words.giver, words.worker].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>{words.stop}</p>
      {sheet.wording && (
        <div>
          <h4>{words.formal}</h4>
          <p>{sheet.wording}</p>
        </div>
      )}
      <p className="dim">
        {sheet.function.name} {words.version(sheet.version, sheet.approvedOn)}
      </p>
    </section>
  );
}
