const { until } = require('./waiting');

/** @typedef {import('./workbench').Workbench} Workbench */

/** The notebook editor that is to be seen. Cells count from 0, text cells among them. */
class Notebook {
  #workbench;
  page;

  /** @param {Workbench} workbench */
  constructor(workbench) {
    this.#workbench = workbench;
    this.page = workbench.page;
  }

  get #editor() {
    return this.page.locator('.notebookOverlay:visible');
  }

  get #toolbar() {
    return this.page.locator('.notebook-toolbar-container:visible');
  }

  async isDrawn() {
    // Only a cell of code is drawn here; text is, among the outputs.
    await this.#editor.locator('.monaco-list-row').first().waitFor({ state: 'attached' });
    // Nothing runs without a kernel, and VS Code asks for one if a cell is run before it has been chosen.
    await this.kernelLabel(/C#/).waitFor();
  }

  /** @param {string | RegExp} text */
  kernelLabel(text) {
    return this.#toolbar.locator('.notebook-toolbar-right').filter({ hasText: text });
  }

  /** A button of the notebook's own bar. @param {string} name */
  button(name) {
    return this.#toolbar.locator('.action-item:visible').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
  }

  /** @param {number} index */
  row(index) {
    return this.#editor.locator(`.cell-list-container > .monaco-list > .monaco-scrollable-element > .monaco-list-rows > .monaco-list-row[data-index="${index}"]`);
  }

  /** Scrolls until a cell is to be seen. @param {number} index */
  async reveal(index) {
    await until(`cell ${index} in sight`, async () => {
      const view = await this.#editor.boundingBox();
      const row = (await this.row(index).count()) > 0 ? await this.row(index).boundingBox({ timeout: 1000 }) : null;
      if (!view) return false;
      const [top, bottom] = [view.y, view.y + view.height - 80];
      if (row && row.y >= top && row.y <= bottom) return true;
      const first = Number(await this.#editor.locator('.cell-list-container .monaco-list-row').first().getAttribute('data-index'));
      await this.page.mouse.move(view.x + 20, view.y + view.height / 2);
      await this.page.mouse.wheel(0, (row ? row.y < top : index < first) ? -400 : 400);
      return false;
    });
  }

  // Running

  async runAll() {
    const before = await this.#countStates();
    await this.button('Run All').click();
    await this.#hasBegun(undefined, before);
  }

  /** Waits until nothing runs any more. @param {number} [timeout] */
  async isIdle(timeout) {
    // The bar is late by a moment, and between two cells there is one in which neither runs.
    await until(
      'all cells to end',
      async () => {
        if (!(await this.#isQuiet())) return false;
        await new Promise((resolve) => setTimeout(resolve, 500));
        return this.#isQuiet();
      },
      timeout,
    );
  }

  async #isQuiet() {
    return (
      (await this.#countUnfinished()) === 0 && (await this.button('Interrupt').count()) === 0 && (await this.button('Stop Execution').count()) === 0 && (await this.button('Run All').count()) === 1
    );
  }

  /** How many of the cells that are in sight wait or run. What has gone out of sight has no state any more. */
  #countUnfinished() {
    return this.page.evaluate(() => {
      const notebook = [...document.querySelectorAll('.notebookOverlay')].find((editor) => /** @type {HTMLElement} */ (editor).checkVisibility({ visibilityProperty: true }));
      return notebook?.querySelectorAll('.code-cell-row .cell-statusbar-container :is(.codicon-modifier-spin, [class*="notebook-state-pending"])').length ?? 0;
    });
  }

  /** Begins a cell with the button beside it. @param {number} index */
  async begin(index) {
    await this.reveal(index);
    const before = await this.#countStates();
    const row = this.row(index);
    await until(`the button of cell ${index}`, async () => {
      // It is there only while the mouse is on the cell, which moves if an output above it grows.
      await row.hover({ position: { x: 30, y: 20 }, timeout: 2000 });
      await row.locator('.run-button-container .action-label').first().click({ timeout: 2000 });
      return true;
    });
    await this.#hasBegun(index, before);
  }

  /** Ends a cell that runs with the button beside it. @param {number} index */
  async stop(index) {
    await this.row(index).hover({ position: { x: 30, y: 20 } });
    await this.row(index).locator('.run-button-container .action-label').first().click();
  }

  /** Runs a cell and waits until it has ended. @param {number} index @param {number} [timeout] @returns {Promise<'success' | 'error'>} */
  async run(index, timeout) {
    await this.begin(index);
    return this.hasEnded(index, timeout);
  }

  /** Waits until a cell that was begun has ended. @param {number} index @param {number} [timeout] @returns {Promise<'success' | 'error'>} */
  async hasEnded(index, timeout) {
    const state = await until(
      `cell ${index} to end`,
      async () => {
        const last = await this.state(index);
        return last === 'success' || last === 'error' ? last : undefined;
      },
      timeout,
    );
    return /** @type {'success' | 'error'} */ (state);
  }

  /** Waits until a cell that was begun is neither running nor waiting, however that has come. @param {number} index @param {number} [timeout] */
  async hasStopped(index, timeout) {
    await until(`cell ${index} to stop`, async () => !['running', 'pending'].includes(await this.state(index)), timeout);
  }

  /** @param {number} index */
  async isRunning(index) {
    await until(`cell ${index} to run`, async () => (await this.state(index)) === 'running');
  }

  /** `pending`, `running`, `success`, `error`, or nothing. @param {number} index @returns {Promise<string>} */
  state(index) {
    return this.page.evaluate(
      // @ts-ignore - cellWatch.js has put it there.
      (cell) => globalThis.cellStates().findLast((entry) => entry.cell === cell)?.state ?? '',
      index,
    );
  }

  /** The number in brackets beside a cell. @param {number} index */
  async order(index) {
    return (await this.row(index).locator('.execution-count-label').textContent())?.replace(/[[\]\s]/g, '') ?? '';
  }

  async interrupt() {
    await this.button('Interrupt').click();
  }

  async restart() {
    await this.#workbench.command('C# Notebook: Restart Kernel');
  }

  #countStates() {
    // @ts-ignore - cellWatch.js has put it there.
    return this.page.evaluate(() => globalThis.cellStates().length);
  }

  /** @param {number | undefined} index @param {number} since */
  async #hasBegun(index, since) {
    await until(index === undefined ? 'a cell to begin' : `cell ${index} to begin`, () =>
      this.page.evaluate(
        ([cell, first]) =>
          // @ts-ignore - cellWatch.js has put it there.
          globalThis.cellStates().slice(first).some((entry) => (cell === undefined || entry.cell === cell) && (entry.state === 'running' || entry.state === 'pending')),
        /** @type {[number | undefined, number]} */ ([index, since]),
      ),
    );
  }

  // Editing

  /** @param {number} index */
  editorOf(index) {
    return this.row(index).locator('.monaco-editor').first();
  }

  /** Puts the cursor at the end of a cell. @param {number} index */
  async focusCell(index) {
    await this.editorOf(index).locator('.view-lines').click();
    await until('the cursor in the cell', async () => (await this.editorOf(index).getAttribute('class'))?.includes('focused'));
    await this.page.keyboard.press('Control+End');
  }

  /** Replaces what a cell says. @param {number} index @param {string} code */
  async replaceCode(index, code) {
    await this.focusCell(index);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(code);
    await until('the new text of the cell', async () => (await this.codeOf(index)).replace(/\s/g, '') === code.replace(/\s/g, ''));
  }

  /** @param {number} index */
  async codeOf(index) {
    const lines = await this.editorOf(index).locator('.view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  // Outputs

  /** The frames with outputs: pages within pages, as outputs may hold a script. Each notebook that is open has one. */
  async #outputFrames() {
    const frames = [];
    for (const outer of await this.page.locator('iframe.webview.ready:visible').elementHandles()) {
      const webview = await outer.contentFrame();
      const inner = await webview?.waitForSelector('#active-frame', { state: 'attached', timeout: 5000 });
      const frame = await inner?.contentFrame();
      const box = await outer.boundingBox();
      if (frame && box) frames.push({ frame, top: box.y });
    }
    return frames;
  }

  /** Waits for something in the outputs of this notebook, and gives the one that is found first. @param {string} selector @param {string | RegExp} text */
  async inOutputs(selector, text) {
    const found = await until(`${selector} with ${text} in the outputs`, async () => {
      for (const { frame } of await this.#outputFrames()) {
        const found = frame.locator(selector).filter({ hasText: text, visible: true }).first();
        if ((await found.count()) > 0) return found;
      }
      return undefined;
    });
    return /** @type {import('playwright-core').Locator} */ (found);
  }

  /** The outputs of a cell, as text, in their order. @param {number} index @returns {Promise<string[]>} */
  async outputs(index) {
    const row = await this.row(index).boundingBox({ timeout: 2000 });
    for (const { frame, top } of row ? await this.#outputFrames() : []) {
      // The two pages lay a cell out at the same height, and have nothing else in common.
      const found = await frame.evaluate(
        ([rowTop, frameTop]) => {
          const isVisible = (/** @type {Element} */ element) => element.checkVisibility({ visibilityProperty: true });
          const cells = [...document.querySelectorAll('#container > .cell_container')].filter(isVisible);
          const own = cells.find((cell) => Math.abs(cell.getBoundingClientRect().top + frameTop - rowTop) < 4);
          return [...(own?.querySelectorAll('.output') ?? [])]
            .filter(isVisible)
            .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
            .map((output) => /** @type {HTMLElement} */ (output).innerText.trim())
            .filter((text) => text !== '');
        },
        [row?.y ?? 0, top],
      );
      if (found.length > 0) return found;
    }
    return [];
  }

  /** All outputs of a cell as one text. @param {number} index */
  async output(index) {
    return (await this.outputs(index)).join('\n');
  }

  /** Waits until the outputs of a cell have a text. @param {number} index @param {string | RegExp} text @param {number} [timeout] */
  async shows(index, text, timeout) {
    let last = '';
    try {
      return await until(
        'it',
        async () => {
          last = await this.output(index);
          return typeof text === 'string' ? last.includes(text) : text.test(last);
        },
        timeout,
      );
    } catch {
      throw new Error(`cell ${index} does not show ${text}, but: ${last.slice(0, 500) || 'nothing'}`);
    }
  }
}

module.exports = { Notebook };
