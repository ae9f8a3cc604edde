// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import { PasswordForm } from '../../app/sign-in';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { CheckBox, SelectField } from '../../parts/fields';
import { useKeys } from '../../parts/keys';
import { Page, Section } from '../../parts/page';
import { useLanguage, useTexts } from '../../texts';

/** Language, keys and one's own password. */
export default function SettingsPage() {
  const { frame, common } = useTexts();
  const { language, speak } = useLanguage();
  const keys = useKeys();
  const [changed, setChanged] = useState(false);
  return (
    <Page title={frame.pages.settings}>
      <Section heading={frame.language}>
        <div className="form">
          <SelectField
            label={frame.language}
            value={language}
            choices={[
              { value: 'ja', name: '日本語' },
              { value: 'en', name: 'English' },
            ]}
            onChange={(e) => speak(e.target.value === 'en' ? 'en' : 'ja')}
          />
        </div>
      </Section>
      <Section heading={frame.keys}>
        <div className="row">
          <CheckBox label={frame.keysOn} checked={keys.on} onChange={(e) => keys.switch(e.target.checked)} />
          <Button onClick={keys.showHelp}>{frame.keys}</Button>
        </div>
      </Section>
      <Section heading={frame.changePassword}>
        {changed && <Banner kind="success" heading={common.done} />}
        <PasswordForm onDone={() => setChanged(true)} />
      </Section>
    </Page>
  );
}
