// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useId, type ReactNode } from 'react';

type Kind = 'success' | 'error' | 'warning' | 'info-1';

const marks: Readonly<Record<Kind, string>> = {
  success: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm5.6 7.6-7 7-4.3-4.3L7.7 11l2.9 2.9 5.7-5.6Z',
  error: 'M8.3 22 2 15.7V8.3L8.3 2h7.4L22 8.3v7.4L15.7 22Zm3-9h1.5V7h-1.5Zm.7 4a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
  warning: 'M1 21 12 2l11 19Zm10.3-6h1.5V9h-1.5Zm.7 3a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
  'info-1': 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-.8 15v-6h1.6v6Zm.8-8a1 1 0 1 1 0-2 1 1 0 0 1 0 2Z',
};

/** Something that must be seen: why a thing was not done, that it was, that something waits. Spoken when it appears. */
export function Banner(props: {
  readonly kind: Kind;
  readonly heading: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const id = useId();
  return (
    <div
      className="dads-notification-banner"
      data-style="standard"
      data-type={props.kind}
      role={props.kind === 'error' ? 'alert' : 'status'}
      aria-labelledby={id}
    >
      <p className="dads-notification-banner__heading">
        <svg className="dads-notification-banner__icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
          <path d={marks[props.kind]} fill="currentcolor" fillRule="evenodd" />
        </svg>
        <span className="dads-notification-banner__heading-text" id={id}>
          {props.heading}
        </span>
      </p>
      {props.children && <div className="dads-notification-banner__body">{props.children}</div>}
      {props.actions && <div className="dads-notification-banner__actions">{props.actions}</div>}
    </div>
  );
}
