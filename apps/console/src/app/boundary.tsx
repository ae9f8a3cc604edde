// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Component, type ReactNode } from 'react';
import { Banner } from '../parts/banner';
import { Button } from '../parts/button';
import { Failure } from '../parts/states';
import { UnreachableError } from '../api/problem';
import { useTexts } from '../texts';

/** A page that breaks takes nothing with it, and tells nobody what was in it. */
export class Boundary extends Component<{ readonly children: ReactNode }, { readonly error?: unknown }> {
  override readonly state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    // The page itself could not be fetched. It has to come by itself once it can: to load all anew would need the line, too.
    if (error instanceof UnreachableError)
      return <Failure error={error} again={() => this.setState({ error: undefined })} />;
    return <Broken />;
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
