// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useId } from 'react';
import { useDesks } from './desks';
import { Unnamed } from './fields';
import { Lacking } from './states';
import { useTexts } from '../texts';
import { useNames } from '../texts/names';

/** To whom: a desk, a domain of which the municipality's table finds the desk, or nobody known. Values as in `addresseeOf`. */
export function DeskField(props: {
  readonly label: string;
  readonly required?: boolean | undefined;
  readonly error?: string | undefined;
  readonly value: string;
  onChange(value: string): void;
}) {
  const { common, referral } = useTexts();
  const { domainNames } = useNames();
  const asked = useDesks();
  const desks = asked.data ?? [];
  const id = useId();
  const domains = [...new Set(desks.map((desk) => desk.domain))];
  const choices = [
    ...domains.map((domain) => `domain:${domain}`),
    ...desks.map((desk) => `function:${desk.id}`),
    'unknown',
  ].map((value) => ({ value }));
  return (
    <div className="dads-form-control-label" data-size="md">
      <label className="dads-form-control-label__label" htmlFor={id}>
        {props.label}
        {props.required && (
          <span className="dads-form-control-label__requirement" data-required="true">
            ※{common.required}
          </span>
        )}
      </label>
      <span className="dads-select__control">
        <select
          id={id}
          className="dads-select__select"
          data-size="md"
          required={props.required}
          value={props.value}
          aria-describedby={props.error && `${id}-error`}
          aria-invalid={props.error ? true : undefined}
          onChange={(e) => props.onChange(e.target.value)}
        >
          <option value="">{common.choose}</option>
          <Unnamed value={props.value} choices={choices} />
          <optgroup label={referral.desk.domain}>
            {domains.map((domain) => (
              <option key={domain} value={`domain:${domain}`}>
                {domainNames[domain]}
              </option>
            ))}
          </optgroup>
          {domains.map((domain) => (
            <optgroup key={domain} label={`${referral.desk.function} – ${domainNames[domain]}`}>
              {desks
                .filter((desk) => desk.domain === domain)
                .map((desk) => (
                  <option key={desk.id} value={`function:${desk.id}`}>
                    {desk.name}
                  </option>
                ))}
            </optgroup>
          ))}
          <option value="unknown">{referral.desk.unknown}</option>
        </select>
      </span>
      <Lacking of={asked} what={common.lists.desks} />
      {props.error && (
        <p id={`${id}-error`} className="dads-input-text__error-text">
          ＊{props.error}
        </p>
      )}
    </div>
  );
}
