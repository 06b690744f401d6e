const assert = require('node:assert/strict');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const declared = '/// <summary>Adds two numbers.</summary>\nint Sum(int left, int right) => left + right;\nvar words = new List<string> { "하나", "둘" };';

module.exports = [
  scenario('after a dot the members are offered', async (stage) => {
    const { notebook, page } = await withCells(stage, [declared, '']);
    await notebook.run(0);
    const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
    await notebook.focusCell(1);
    for (let round = 0; round < 5; round++) {
      // At once, as no list is to open before the dot.
      await page.keyboard.insertText('words');
      const start = performance.now();
      await page.keyboard.type('.');
      await suggestions.first().waitFor();
      stage.measured('completions after a dot', performance.now() - start);
      await page.keyboard.type('AddR');
      await suggestions.filter({ hasText: /^AddRange/ }).first().waitFor();
      await page.keyboard.press('Escape');
      await suggestions.first().waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
    }
  }),

  scenario('a completion is put in', async (stage) => {
    const { notebook, page } = await withCells(stage, [declared, '']);
    await notebook.run(0);
    await notebook.focusCell(1);
    await page.keyboard.type('words.Coun', { delay: 60 });
    await page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: /^Count/ }).waitFor();
    await page.keyboard.press('Tab');
    await until('the whole word', async () => (await notebook.codeOf(1)).trim() === 'words.Count');
  }),

  scenario('after a bracket the parameters are shown', async (stage) => {
    const { notebook, page } = await withCells(stage, [declared, '']);
    await notebook.run(0);
    await notebook.focusCell(1);
    await page.keyboard.type('Sum(', { delay: 60 });
    const hints = page.locator('.parameter-hints-widget.visible');
    await hints.waitFor();
    assert.match(await hints.innerText(), /Sum\(int left, int right\)/);
    assert.match(await hints.locator('.parameter.active').innerText(), /left/);
    await page.keyboard.type('1, ', { delay: 60 });
    await until('the second parameter', async () => /right/.test(await hints.locator('.parameter.active').innerText()));
  }),

  scenario('the mouse on a name shows what it is', async (stage) => {
    const { notebook, page } = await withCells(stage, [declared, 'Sum(1, 2)']);
    await notebook.run(0);
    await notebook.editorOf(1).locator('.view-line span', { hasText: /^Sum/ }).last().hover();
    const hover = page.locator('.monaco-hover:visible');
    await hover.waitFor();
    await until('the signature and what its comment says', async () => /int Sum\(int left, int right\)/.test((await hover.innerText()).replaceAll('\u00a0', ' ')));
  }),

  scenario('an error is underlined as it is typed, and not any more when it is mended', async (stage) => {
    const { notebook, page } = await withCells(stage, [declared, '']);
    await notebook.run(0);
    await notebook.focusCell(1);
    await page.keyboard.insertText('int number = "text";');
    await notebook.editorOf(1).locator('.squiggly-error').first().waitFor();
    await notebook.replaceCode(1, 'int number = words.Count;');
    await notebook.editorOf(1).locator('.squiggly-error').waitFor({ state: 'detached' });
  }),

  scenario('an error that is mended is not underlined any more while the cell runs', async (stage) => {
    const { notebook } = await withCells(stage, ['']);
    await notebook.replaceCode(0, 'int wrong = "text";');
    await notebook.editorOf(0).locator('.squiggly-error').first().waitFor();
    await notebook.replaceCode(0, 'Console.WriteLine("begun");\nwhile (true) { }');
    await notebook.begin(0);
    await notebook.shows(0, 'begun');
    await notebook.editorOf(0).locator('.squiggly-error').waitFor({ state: 'detached', timeout: 10_000 });
    await notebook.interrupt();
    await notebook.hasEnded(0);
  }),

  scenario('a cell whose names come from a cell above that has not run is not full of errors that are none', async (stage) => {
    const { notebook } = await withCells(stage, ['var text = "abc";\nConsole.Write("ran");', 'text.Length']);
    await notebook.focusCell(1);
    await notebook.run(0);
    await notebook.shows(0, 'ran');
    await notebook.editorOf(1).locator('.squiggly-error').waitFor({ state: 'detached' });
  }),
];
