// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, type RefObject } from 'react';

/**
 * The focus is never lost inside here. A step that is done takes what was pressed off the page, a dialog closes, a line
 * leaves its list: whoever works with the keyboard stays at the heading of the part in which it was.
 */
export function useFocusKept(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const within = root.current;
    if (!within) return;
    let last: { readonly element: Element; readonly around: readonly Element[] } | undefined;
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof Element) last = { element: target, around: ancestorsOf(target, within) };
    };
    const forget = () => void (last = undefined);
    // Whoever presses beside everything wants no focus, and gets none.
    const press = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || !last?.element.contains(target)) forget();
    };
    const keep = (changes: readonly MutationRecord[]) => {
      if (!last || document.activeElement !== document.body) return;
      if (last.element.isConnected) {
        // A button that cannot be pressed while something is sent loses the focus, and has it again when it failed.
        const { element } = last;
        const isBack = element.matches(':enabled') && changes.some(({ target }) => target === element);
        if (isBack && element instanceof HTMLElement) element.focus({ preventScroll: true });
        return;
      }
      // What is drawn only near the window has been scrolled away, and the browser knows where to go on.
      if (last.element.closest('[data-row]')) return forget();
      for (const part of last.around) {
        const heading = part.isConnected ? part.querySelector<HTMLElement>('h1, h2, h3') : null;
        if (!heading) continue;
        if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
        return;
      }
    };
    const watching = new MutationObserver(keep);
    watching.observe(within, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    within.addEventListener('focusin', remember);
    addEventListener('pointerdown', press);
    return () => {
      watching.disconnect();
      within.removeEventListener('focusin', remember);
      removeEventListener('pointerdown', press);
    };
  }, []);
}

/** The parts with a heading of their own, the nearest first. */
function ancestorsOf(element: Element, root: HTMLElement): Element[] {
  const found: Element[] = [];
  for (let at = element.parentElement; at && root.contains(at); at = at.parentElement)
    if (at === root || at.matches('section, dialog, article')) found.push(at);
  return found;
}
