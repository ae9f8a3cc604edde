// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { AuditLine } from '@tsunagi/contracts';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

type Words = Readonly<Record<string, string>>;

/** What stands in a line of the audit, in words. What a hub of before has written stays the code that it is. */
export function useAuditWords() {
  const { common, privacy } = useTexts();
  const names = useNames();
  const steps: Words = { ...names.actionNames, ...names.coreStepNames, ...names.besideStepsNames };
  const acts: Words = {
    ...names.auditActionNames,
    ...Object.fromEntries(Object.entries(steps).map(([step, name]) => [`referral.${step}`, privacy.step(name)])),
  };
  const kinds: Words = names.auditKindNames;
  const detailNames: Words = names.auditDetailNames;
  const actorKinds: Words = privacy.actorKinds;

  /** In which words the value of a detail is said: the same code means another thing in another line. */
  const vocabularyOf = (name: string, { action, objectKind }: AuditLine): Words | undefined => {
    const isStep = action.startsWith('referral.');
    switch (name) {
      case 'what':
        return names.lookedAtNames;
      case 'page':
        return privacy.pages;
      case 'askedBy':
        return privacy.askedByNames;
      case 'authority':
        return names.authorityNames;
      case 'code':
        return objectKind === 'referral' || objectKind === 'authority' ? names.authorityNames : undefined;
      case 'categories':
        return names.categoryNames;
      case 'answer':
        return objectKind === 'incident' ? privacy.answerNames : undefined;
      case 'group':
        return privacy.groups;
      case 'action':
        return acts;
      case 'objectKind':
        return kinds;
      case 'from':
      case 'to':
        return isStep ? names.stateNames : undefined;
      case 'role':
      case 'roles':
        return names.roleNames;
      case 'purpose':
        return action === 'names.revealed' || action.startsWith('reveal.')
          ? names.revealPurposeNames
          : names.purposeNames;
      default:
        return undefined;
    }
  };

  return {
    acts,
    actOf: (action: string): string => acts[action] ?? action,
    kindOf: (kind: string): string => kinds[kind] ?? kind,
    /** The name as it is known today, or else what kind of a doer it is. */
    whoIs: ({ actor, actorName }: AuditLine): string => actorName ?? actorKinds[actor.split(':', 1)[0] ?? ''] ?? actor,
    detailsOf: (line: AuditLine): string =>
      Object.entries(line.details)
        .map(([name, value]) => {
          const words = vocabularyOf(name, line);
          const said = (one: string | number | boolean) =>
            typeof one === 'boolean' ? (one ? common.yes : common.no) : (words?.[one] ?? String(one));
          return `${detailNames[name] ?? name}: ${Array.isArray(value) ? value.map(said).join(' / ') : said(value)}`;
        })
        .join(common.comma),
  };
}
