/**
 * Runs in VS Code's page, and notes every state that a cell in sight has had, so that a cell that was quicker than a look from outside is known to have run.
 * A state is `pending`, `running`, `success`, `error`, or empty; with it goes the number in brackets.
 */
function watchCells() {
  /** By the name of the file. @type {Map<string, { cell: number, state: string, order: string }[]>} */
  const notebooks = new Map();

  const statesInFront = () => {
    const name = document.querySelector('.tabs-container .tab.active')?.getAttribute('data-resource-name') ?? '';
    const states = notebooks.get(name) ?? [];
    notebooks.set(name, states);
    return states;
  };

  function look() {
    const notebook = [...document.querySelectorAll('.notebookOverlay')].find((editor) => /** @type {HTMLElement} */ (editor).checkVisibility({ visibilityProperty: true }));
    const states = statesInFront();
    for (const row of notebook?.querySelectorAll('.code-cell-row') ?? []) {
      const cell = Number(row.getAttribute('data-index'));
      const icon = row.querySelector('.cell-statusbar-container .codicon')?.className ?? '';
      const state = icon.includes('modifier-spin') ? 'running' : (/notebook-state-(pending|success|error)/.exec(icon)?.[1] ?? '');
      const order = row.querySelector('.execution-count-label')?.textContent ?? '';
      const last = states.findLast((entry) => entry.cell === cell);
      if (last?.state !== state || last.order !== order) states.push({ cell, state, order });
    }
  }

  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['class', 'style'] });
  look();
  Object.assign(globalThis, { cellStates: statesInFront });
}

module.exports = { watchCells };
