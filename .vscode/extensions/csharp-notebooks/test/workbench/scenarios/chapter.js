const assert = require('node:assert/strict');
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { until } = require('../waiting');
const { scenario } = require('./scenario');

const folder = path.resolve(__dirname, '../../../../../../notebooks');

// The glossary has nothing to run.
const notebooks = fs
  .readdirSync(folder)
  .filter((name) => name.endsWith('.ipynb'))
  .filter((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')).cells.some((/** @type {any} */ cell) => cell.cell_type === 'code'));

/** Everything that was saved, compared by the runner's own rules. @param {import('../stage').Stage} stage @param {string} file */
function compare(stage, file) {
  const runner = path.join(stage.repository, 'helpers/NotebookRunner/bin/Debug/net10.0/NotebookRunner.dll');
  const args = [runner, 'check', '--saved', stage.workspace.path(file), path.join(stage.repository, file)];
  return /** @type {Promise<{ exitCode: number, text: string }>} */ (
    new Promise((resolve) => {
      execFile('dotnet', args, { cwd: stage.workspace.folder, timeout: 60_000 }, (error, stdout, stderr) => resolve({ exitCode: error ? 1 : 0, text: stdout + stderr }));
    })
  );
}

module.exports = [
  scenario('figures in the text are shown', async (stage) => {
    const { workbench } = await stage.shared();
    const notebook = await workbench.openNotebook('notebooks/30-2-address-space.ipynb');
    const cells = stage.workspace.readNotebook('notebooks/30-2-address-space.ipynb').cells;
    await notebook.reveal(cells.findIndex((/** @type {any} */ cell) => cell.cell_type === 'markdown' && cell.source.join('').includes('images/')));
    const figure = await notebook.inOutputs('div:has(> p > img), div:has(> img)', '');
    await until('the figure', () => figure.locator('img').first().evaluate((image) => /** @type {HTMLImageElement} */ (image).complete && /** @type {HTMLImageElement} */ (image).naturalWidth > 100));
  }),

  ...notebooks.map((name) =>
    scenario(
      `${name}: Run All, save: what is saved is what is stored`,
      async (stage) => {
        const { workbench } = await stage.shared();
        const file = `notebooks/${name}`;
        const notebook = await workbench.openNotebook(file);
        await notebook.runAll();
        await notebook.isIdle(240_000);
        await workbench.save(file);
        const { exitCode, text } = await compare(stage, file);
        assert.equal(exitCode, 0, text);
        assert.deepEqual(await workbench.messages(), []);
      },
      { timeout: 330_000 },
    ),
  ),
];
