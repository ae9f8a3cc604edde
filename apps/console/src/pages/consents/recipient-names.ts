// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsentOnFile } from '@tsunagi/contracts';
import { useDeskNames, useDesks } from '../../parts/desks';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

type Recipient = ConsentOnFile['scope']['recipients'][number];

/** To whom a consent permits, in words. */
export function useRecipientNames(): (recipients: readonly Recipient[]) => string {
  const { data: desks = [] } = useDesks();
  const deskName = useDeskNames();
  const { consents, common } = useTexts();
  const { domainNames } = useNames();
  const nameOf = (recipient: Recipient): string => {
    if ('function' in recipient) return deskName(recipient.function);
    if ('domain' in recipient)
      return recipient.domain === 'takikan'
        ? consents.coordinators
        : consents.wholeDomain(domainNames[recipient.domain]);
    const [first] = desks.filter((d) => d.functionType === recipient.functionType);
    return first ? `${first.name} ${consents.wholeType}` : consents.wholeType;
  };
  return (recipients) => recipients.map(nameOf).join(common.comma);
}
