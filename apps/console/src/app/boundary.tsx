// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Component, type ReactNode } from 'react';
import { Banner } from '../parts/banner';
import { Button } from '../parts/button';
import { useTexts } from '../texts';

/** A page that breaks takes nothing with it, and tells nobody what was in it. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override readonly state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { common } = useTexts();
  return (
    <Banner
      kind="error"
      heading={common.unexpected}
      actions={<Button onClick={() => location.reload()}>{common.again}</Button>}
    >
      <p>{common.unexpectedHint}</p>
    </Banner>
  );
}
