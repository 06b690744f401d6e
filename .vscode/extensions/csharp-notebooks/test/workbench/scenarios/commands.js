const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const noTerminal = 'there are no terminals in it';

module.exports = [
  scenario('Export as Handout writes the page', async (stage) => {
    const { notebook, workbench, file } = await withCells(stage, ['Console.Write("on the handout");']);
    await notebook.run(0);
    await workbench.command('C# Notebook: Export as Handout');
    const page = `out/handouts/${path.basename(file, '.ipynb')}.html`;
    await until('the handout', () => stage.workspace.has(page));
    // What is in the editor, saved or not.
    await until('the output in it', () => fs.readFileSync(stage.workspace.path(page), 'utf8').includes('on the handout'));
    await workbench.tab(path.basename(page)).waitFor();
    assert.equal(await workbench.notifications.count(), 0);
  }, { notInWine: noTerminal }),

  scenario('Check says whether the outputs are still what is stored', async (stage) => {
    const { notebook, workbench, file } = await withCells(stage, ['Console.WriteLine("as ever");']);
    await notebook.run(0);
    await workbench.command('C# Notebook: Check');
    await workbench.notification(/everything is as it should be/).waitFor({ timeout: 60_000 });
    await workbench.dismissNotifications();
    await workbench.save(file);
    await notebook.replaceCode(0, 'Console.WriteLine("not as ever");');
    await workbench.command('C# Notebook: Check');
    await workbench.notification(/not as it should be/).waitFor({ timeout: 60_000 });
  }, { notInWine: noTerminal }),

  scenario('Show Log shows what was started', async (stage) => {
    const { notebook, workbench, page } = await withCells(stage, ['1']);
    await notebook.run(0);
    await workbench.command('C# Notebook: Show Log');
    await page.locator('.part.panel .view-line').filter({ hasText: /NotebookRunner\.dll/ }).first().waitFor();
    await workbench.command('View: Hide Panel');
  }),

  scenario('commands for a notebook are offered where there is one', async (stage) => {
    const { workbench } = await withCells(stage, ['1']);
    assert.ok(await workbench.hasCommand('C# Notebook: Restart Kernel'));
    await workbench.closeEditors();
    await until('the command to go', async () => !(await workbench.hasCommand('C# Notebook: Restart Kernel')));
    assert.ok(await workbench.hasCommand('C# Notebook: New Notebook'));
  }),

  scenario('Ctrl+Enter runs the cell, and Shift+Enter the cell and goes to the next', async (stage) => {
    const { notebook, page } = await withCells(stage, ['Console.Write("first " + Environment.TickCount64);', 'Console.Write("second");']);
    await notebook.focusCell(0);
    await page.keyboard.press('Control+Enter');
    await notebook.shows(0, 'first');
    await page.keyboard.press('Shift+Enter');
    await until('the cell to run again', async () => (await notebook.order(0)) === '2');
    await page.keyboard.press('Shift+Enter');
    await notebook.shows(1, 'second');
  }),
];
