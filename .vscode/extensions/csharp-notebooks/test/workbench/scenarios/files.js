const assert = require('node:assert/strict');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const cells = ['var kept = 7;', 'Console.Write($"{kept} {Environment.ProcessId}");'];

module.exports = [
  scenario('a notebook that is renamed while it is open keeps its variables', async (stage) => {
    const { notebook, workbench, page, server, file } = await withCells(stage, cells);
    await notebook.run(0);
    await notebook.run(1);
    await notebook.shows(1, /^7 \d+$/);
    const before = await notebook.output(1);
    await workbench.save(file);
    await (await workbench.inExplorer(file)).click();
    await page.keyboard.press('F2');
    const box = page.locator('.explorer-folders-view .monaco-inputbox input');
    await box.fill('renamed.ipynb');
    await page.keyboard.press('Enter');
    await workbench.tab('renamed.ipynb').waitFor();
    await notebook.isDrawn();
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, before);
    assert.equal(server.kernels().length, 1);
  }),

  scenario('a notebook that is saved under another name keeps its variables', async (stage) => {
    const { notebook, workbench, server, file } = await withCells(stage, cells);
    await notebook.run(0);
    await notebook.run(1);
    await notebook.shows(1, /^7 \d+$/);
    const before = await notebook.output(1);
    await workbench.command('File: Save As...');
    const name = workbench.quickInput.locator('input[type=text]');
    // It fills in the old name by itself, a little later.
    await until('the old name', async () => (await name.inputValue()).replaceAll('\\', '/').endsWith(file));
    await name.fill(stage.host.path(stage.workspace.path('notebooks/another.ipynb')));
    await workbench.quickInput.getByRole('button', { name: 'OK' }).click();
    await workbench.tab('another.ipynb').waitFor();
    await notebook.isDrawn();
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, before);
    await until('one kernel', () => server.kernels().length === 1);
  }),

  scenario('what is saved has the outputs, and each notebook its own', async (stage) => {
    const { notebook, workbench, file } = await withCells(stage, ['Console.WriteLine("one");', '6 * 7', 'throw new InvalidOperationException("안 됨");']);
    await notebook.runAll();
    await notebook.isIdle();
    await workbench.save(file);
    const { cells: saved, metadata } = stage.workspace.readNotebook(file);
    assert.deepEqual(saved[0].outputs, [{ name: 'stdout', output_type: 'stream', text: ['one\n'] }]);
    assert.equal(saved[1].outputs[0].output_type, 'execute_result');
    assert.match([].concat(saved[1].outputs[0].data['text/plain'] ?? saved[1].outputs[0].data['text/html']).join(''), /42/);
    assert.equal(saved[2].outputs[0].output_type, 'error');
    assert.equal(saved[2].outputs[0].ename, 'System.InvalidOperationException');
    assert.equal(saved[2].outputs[0].evalue, '안 됨');
    assert.deepEqual(
      saved.map((/** @type {any} */ cell) => cell.execution_count),
      [1, 2, 3],
    );
    assert.equal(metadata.kernelspec.name, '.net-csharp');
  }),

  scenario('a new notebook is a C# notebook that runs', async (stage) => {
    const { workbench, page } = await stage.shared();
    await workbench.command('C# Notebook: New Notebook');
    const { notebook } = workbench;
    await notebook.isDrawn();
    await notebook.focusCell(0);
    await page.keyboard.insertText('Console.Write("new " + (40 + 2));');
    assert.equal(await notebook.run(0), 'success');
    await notebook.shows(0, 'new 42');
  }),
];
