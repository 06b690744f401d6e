const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

module.exports = [
  scenario('a notebook far from the runner: the cell says what to do, and the setting does it', async (stage) => {
    const folder = stage.newFolder('elsewhere');
    const file = path.join(folder, 'far.ipynb');
    stage.workspace.writeNotebook(path.relative(stage.workspace.folder, file), ['Console.Write(Environment.CurrentDirectory);']);
    const session = await stage.start({ folder });
    const { workbench } = session;
    const notebook = await workbench.openNotebook('far.ipynb');
    assert.equal(await notebook.run(0), 'error');
    await notebook.shows(0, /csharpNotebooks\.runner/);
    await workbench.notification(/csharpNotebooks\.runner/).waitFor();
    await workbench.dismissNotifications();
    session.server.changeSettings({ 'csharpNotebooks.runner': stage.host.path(stage.workspace.path('helpers/NotebookRunner')) });
    await until('the cell to run', async () => (await notebook.run(0)) === 'success');
    await notebook.shows(0, stage.host.path(folder));
  }),

  scenario('a dotnet that is not there: the cell says so', async (stage) => {
    const session = await stage.start({ userSettings: { 'csharpNotebooks.dotnet': '/nowhere/dotnet' } });
    const { notebook } = await withCells(stage, ['1'], { session });
    assert.equal(await notebook.run(0), 'error');
    await notebook.shows(0, '/nowhere/dotnet');
  }),

  scenario(
    'a runner that is not built, and one that is older than its source: Build is offered, and does it',
    async (stage) => {
      const workspace = stage.copyWorkspace();
      fs.rmSync(workspace.path('helpers/NotebookRunner/bin'), { recursive: true });
      const session = await stage.start({ folder: workspace.folder });
      const { workbench, server } = session;
      workspace.writeNotebook('notebooks/unbuilt.ipynb', ['Console.Write("built");', 'Console.Write(Environment.ProcessId);']);
      const notebook = await workbench.openNotebook('notebooks/unbuilt.ipynb');
      await notebook.begin(0);
      await workbench.press(/not been built/, 'Build');
      await workbench.statusBar(/C#: building/).waitFor();
      assert.equal(await notebook.hasEnded(0, 400_000), 'success');
      await notebook.shows(0, 'built');
      assert.ok(workspace.has('helpers/NotebookRunner/bin/Debug/net10.0/NotebookRunner.dll'));

      const source = workspace.path('helpers/NotebookRunner/Program.cs');
      fs.appendFileSync(source, '\n// Changed.\n');
      await notebook.restart();
      // A kernel with variables is not ended unasked.
      assert.equal(await notebook.run(1), 'success');
      await workbench.press(/newer than what was built/, 'Build');
      await workbench.notification(/has been built/).waitFor({ timeout: 300_000 });
      const [before] = server.kernels();
      await workbench.press(/has been built/, 'Restart');
      await until('another kernel', () => server.kernels().length === 1 && server.kernels()[0].pid !== before.pid);
      assert.equal(await notebook.run(1), 'success');
    },
    { timeout: 900_000, notInWine: 'there is no SDK in it' },
  ),

  scenario(
    'before a build ends the kernels on Windows it is asked, and who says no keeps the variables',
    async (stage) => {
      const { notebook, workbench } = await withCells(stage, ['var kept = 7;', 'Console.Write($"still {kept}");']);
      await notebook.run(0);
      await workbench.command('C# Notebook: Build the Kernel');
      await workbench.dialog.filter({ hasText: /variables of your C# notebooks/ }).getByRole('button', { name: 'Cancel' }).click();
      await workbench.notification(/has not been built/).waitFor();
      assert.equal(await notebook.run(1), 'success');
      await notebook.shows(1, 'still 7');
    },
    { isOfWindows: true },
  ),
];
