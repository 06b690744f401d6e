(() => {
  'use strict';
  const storageKey = 'handout-theme';
  const root = document.documentElement;
  const feature = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;
  const written = new Map();
  let choice = '';
  try { choice = localStorage.getItem(storageKey) || ''; } catch { /* A browser may keep nothing for files. */ }

  // All that depends on light and dark, in the page and in the drawings and outputs inside it, depends on one media feature.
  // With a choice, the feature becomes one that is always or never true.
  function applyTo(rules) {
    for (const rule of rules) {
      if (rule.media) {
        if (!written.has(rule)) written.set(rule, rule.media.mediaText);
        rule.media.mediaText = written.get(rule).replace(feature, (own, theme) =>
          choice === '' ? own : theme === choice ? '(min-width: 0px)' : '(max-width: 0px)');
      }
      if (rule.cssRules) applyTo(rule.cssRules);
    }
  }

  function apply() {
    for (const sheet of document.styleSheets) applyTo(sheet.cssRules);
    root.style.colorScheme = choice;
  }

  function startTheme() {
    const label = document.querySelector('body > .bar > .theme');
    const select = label.querySelector('select');
    select.value = choice;
    select.addEventListener('change', () => {
      choice = select.value;
      try { localStorage.setItem(storageKey, choice); } catch { /* It holds for this page then. */ }
      apply();
    });
    label.hidden = false;
  }

  // Folded where there is little room, open beside the text. On paper there is nothing to unfold it with.
  function startContents() {
    const contents = document.querySelector('main > .contents > details');
    if (!contents) return;
    const small = matchMedia('(max-width: 40rem)');
    contents.open = !small.matches;
    small.addEventListener('change', () => { contents.open = !small.matches; });
    contents.addEventListener('click', event => { if (small.matches && event.target.closest('a')) contents.open = false; });
    addEventListener('beforeprint', () => { contents.open = true; });
  }

  // On paper, and in a PDF that goes to somebody else, the other files are not there.
  function startPrinting() {
    const links = [...document.querySelectorAll('a[href]')].filter(link => link.protocol === 'file:' && !link.getAttribute('href').startsWith('#'));
    const addresses = links.map(link => link.getAttribute('href'));
    addEventListener('beforeprint', () => links.forEach(link => link.removeAttribute('href')));
    addEventListener('afterprint', () => links.forEach((link, index) => link.setAttribute('href', addresses[index])));
  }

  // What scrolls by itself must be reachable without a mouse.
  function startScrolling() {
    const check = () => {
      for (const box of document.querySelectorAll('div.table, .output > .html')) {
        if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
        else box.removeAttribute('tabindex');
      }
    };
    check();
    addEventListener('resize', check);
  }

  apply();
  document.addEventListener('DOMContentLoaded', () => {
    if (choice !== '') apply();
    startTheme();
    startContents();
    startScrolling();
    startPrinting();
  });
})();
