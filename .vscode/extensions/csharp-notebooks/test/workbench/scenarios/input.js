const assert = require('node:assert/strict');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const ask = 'Console.Write("이름? ");\nvar name = Console.ReadLine();\nConsole.WriteLine(name == null ? "nobody" : $"안녕, {name}!");';

module.exports = [
  scenario('Console.ReadLine() is answered in a box that shows what was asked', async (stage) => {
    const { notebook, workbench } = await withCells(stage, [ask]);
    await notebook.begin(0);
    await workbench.quickInput.waitFor();
    await until('the question', async () => {
      const input = workbench.quickInput.locator('input');
      return `${await workbench.quickInput.innerText()} ${await input.getAttribute('placeholder')}`.includes('이름?');
    });
    await workbench.answer('홍길동');
    assert.equal(await notebook.hasEnded(0), 'success');
    await notebook.shows(0, '안녕, 홍길동!');
  }),

  scenario('Escape in the box is no input, and the cell goes on', async (stage) => {
    const { notebook, workbench, page } = await withCells(stage, [ask]);
    await notebook.begin(0);
    await workbench.quickInput.waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await notebook.hasEnded(0), 'success');
    await notebook.shows(0, 'nobody');
  }),

  scenario('a cell that waits for input can be stopped, and the box goes away', async (stage) => {
    const { notebook, workbench } = await withCells(stage, [ask]);
    await notebook.begin(0);
    await workbench.quickInput.waitFor();
    // The box lies over the notebook's bar, and the palette would need the box for itself: what is left is the button beside the cell.
    await notebook.stop(0);
    await notebook.hasEnded(0);
    await workbench.quickInput.waitFor({ state: 'hidden' });
  }),
];
