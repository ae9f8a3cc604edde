// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeskFunctionView } from '@tsunagi/contracts';
import { useDesks } from './desks';
import { Lacking } from './states';
import { useTexts } from '../texts';

export const isOnDuty = ({ dutyTelephone, nextDutyTelephone }: DeskFunctionView): boolean =>
  dutyTelephone !== undefined || nextDutyTelephone !== undefined;

/** 即日: whom one telephones there, and whom next when nobody answers. */
export function DutyNumbers({ of }: { readonly of: DeskFunctionView }) {
  const { common } = useTexts();
  return <>{isOnDuty(of) ? common.dutyNumbers(of.dutyTelephone, of.nextDutyTelephone) : common.dutyNone}</>;
}

/** The same of a desk that one knows by its code. */
export function DutyNumbersOf({ code }: { readonly code: string }) {
  const { common } = useTexts();
  const desks = useDesks();
  const desk = desks.data?.find((d) => d.code === code);
  if (!desks.data) return <Lacking of={desks} what={common.lists.duty} />;
  return desk ? <DutyNumbers of={desk} /> : null;
}
