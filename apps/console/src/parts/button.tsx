// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentProps } from 'react';
import { Link, type LinkProps } from 'react-router';

interface Look {
  readonly look?: 'solid-fill' | 'outline' | 'text';
  readonly size?: 'lg' | 'md' | 'sm' | 'xs';
}

export function Button({ look = 'outline', size = 'sm', type = 'button', ...rest }: ComponentProps<'button'> & Look) {
  return <button {...rest} type={type} className="dads-button" data-type={look} data-size={size} />;
}

/** Leads somewhere, and looks like what one presses. */
export function ButtonLink({ look = 'outline', size = 'sm', ...rest }: LinkProps & Look) {
  return <Link {...rest} className="dads-button" data-type={look} data-size={size} />;
}
