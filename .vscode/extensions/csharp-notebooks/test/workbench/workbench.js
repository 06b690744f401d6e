const { patient, until } = require('./waiting');
const { Notebook } = require('./notebook');
const { watchCells } = require('./cellWatch');

/** @typedef {import('playwright-core').Page} Page */

/** VS Code's window as a reader sees it: what can be clicked, typed and read there. */
class Workbench {
  page;

  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {string} url */
  async open(url) {
    await this.page.goto(url);
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: patient(60_000) });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: patient(30_000) });
    await this.page.evaluate(watchCells);
    // Until VS Code knows its extensions, a notebook is a file of text for it.
    await until('the extensions', () => this.hasCommand('C# Notebook: New Notebook'), 60_000);
  }

  // Files and editors

  /** The notebook in the editor that is to be seen. */
  get notebook() {
    return new Notebook(this);
  }

  /** A file in the Explorer, its folders unfolded, scrolled to. @param {string} file With its folders. */
  async inExplorer(file) {
    const parts = file.split('/');
    const name = /** @type {string} */ (parts.pop());
    for (const folder of parts) {
      const row = await this.#explorerRow(folder);
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
    }
    return this.#explorerRow(name);
  }

  /** @param {string} label */
  async #explorerRow(label) {
    const list = this.page.locator('.explorer-folders-view');
    const row = list.locator(`.monaco-list-row[aria-label="${label}"]`);
    let looks = 0;
    await until(`${label} in the Explorer`, async () => {
      if ((await row.count()) > 0) return true;
      // Views below take their room, and only rows in sight are in the page. After some steps down it goes on from the top.
      await list.hover();
      await this.page.mouse.wheel(0, ++looks % 30 === 0 ? -10_000 : 150);
      // Where VS Code is told of no new files it looks for them when it is asked to.
      if (looks % 50 === 0) await this.page.getByRole('button', { name: 'Refresh Explorer' }).click();
      return false;
    });
    return row;
  }

  /** @param {string} file @param {{ clickCount?: number }} [options] @returns {Promise<Notebook>} */
  async openNotebook(file, { clickCount = 1 } = {}) {
    await (await this.inExplorer(file)).click({ clickCount });
    await this.tab(file.split('/').at(-1) ?? file).waitFor();
    await this.notebook.isDrawn();
    return this.notebook;
  }

  /** @param {string} label */
  tab(label) {
    return this.page.locator(`.tabs-container .tab:is([data-resource-name="${label}"], [aria-label^="${label}"])`);
  }

  /** Saves the file in the editor, and waits until that is done. @param {string} file */
  async save(file) {
    const tab = this.tab(file.split('/').at(-1) ?? file);
    await this.command('File: Save');
    await until(`${file} to be saved`, async () => !(await tab.getAttribute('class'))?.includes('dirty'));
  }

  /** Closes every editor, and throws away what is not saved. */
  async closeEditors() {
    await this.dismissNotifications();
    if (await this.page.locator('.part.panel').isVisible()) await this.command('View: Hide Panel');
    for (let tabs = await this.page.locator('.tabs-container .tab').count(); tabs > 0; tabs = await this.page.locator('.tabs-container .tab').count()) {
      await this.command('View: Revert and Close Editor');
      // What a thread of a cell has printed meanwhile is a change again.
      const throwAway = this.dialog.getByRole('button', { name: "Don't Save" });
      await until('an editor to be closed', async () => {
        if (await throwAway.isVisible()) await throwAway.click();
        return (await this.page.locator('.tabs-container .tab').count()) < tabs;
      });
    }
  }

  // Commands and what they ask

  /** Runs a command from the palette. @param {string} title With its category. */
  async command(title) {
    const label = this.page.locator('.quick-input-list .monaco-list-row .label-name').filter({ hasText: exactly(title) });
    // The palette closes when something else that has just been opened takes the focus.
    await until(`the command ${title}`, async () => {
      await this.#quickOpen(`>${title}`);
      await label.first().click({ timeout: 3000 });
      return true;
    });
  }

  /** Whether the palette has a command now. @param {string} title */
  async hasCommand(title) {
    await this.#quickOpen(`>${title}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row .label-name');
    await rows.first().waitFor();
    const labels = await rows.allInnerTexts();
    await this.page.keyboard.press('Escape');
    return labels.includes(title);
  }

  /** @param {string} text */
  async #quickOpen(text) {
    const input = this.quickInput.locator('input[type=text]');
    // A list that is still open, or a window that is busy for a moment, swallows the key.
    await until('the palette', async () => {
      await this.page.keyboard.press(text.startsWith('>') ? 'F1' : 'Control+P');
      await input.waitFor({ timeout: 1000 });
      return true;
    });
    await input.fill(text, { timeout: 3000 });
  }

  /** The box at the top that asks for something. */
  get quickInput() {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** Answers an input box. @param {string} text */
  async answer(text) {
    await this.quickInput.locator('input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  // What it says

  get notifications() {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /** @param {string | RegExp} text */
  notification(text) {
    return this.notifications.filter({ hasText: text });
  }

  /** @param {string | RegExp} text Of the notification. @param {string} button */
  async press(text, button) {
    await this.notification(text).getByRole('button', { name: button, exact: true }).click();
  }

  async dismissNotifications() {
    if ((await this.notifications.count()) > 0) await this.command('Notifications: Clear All Notifications');
  }

  /** A dialog in the middle of the window. */
  get dialog() {
    return this.page.locator('.monaco-dialog-box');
  }

  /** @param {string | RegExp} text */
  statusBar(text) {
    return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
  }

  /** What the window shows that may be in the way or unexpected: for the report of a failure. */
  async messages() {
    const texts = [...(await this.notifications.allInnerTexts()), ...(await this.dialog.allInnerTexts())];
    if (await this.quickInput.isVisible()) texts.push(await this.quickInput.innerText());
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  // Views

  /** A view of the side bar, unfolded. @param {string} name */
  async view(name) {
    const pane = this.page.locator('.pane').filter({ has: this.page.locator(`.pane-header[aria-label^="${name} "]`) });
    const header = pane.locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    return pane;
  }

  /** The rows of a view as text. @param {string} name @returns {Promise<string[]>} */
  async rowsOfView(name) {
    const pane = await this.view(name);
    return (await pane.locator('.monaco-list-row').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** What an output channel says. @param {string} name */
  async outputChannel(name) {
    await this.command('Output: Show Output Channels...');
    await this.quickInput.locator('.monaco-list-row .label-name', { hasText: name }).first().click();
    const lines = this.page.locator('.part.panel .view-lines');
    await lines.waitFor();
    const text = (await lines.innerText()).replaceAll('\u00a0', ' ');
    await this.command('View: Hide Panel');
    return text;
  }
}

/** @param {string} text */
function exactly(text) {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

module.exports = { Workbench };
