const assert = require('node:assert/strict');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

module.exports = [
  scenario('Variables: name, type, size and value, anew after each cell', async (stage) => {
    const { notebook, workbench } = await withCells(stage, ['var numbers = new[] { 1, 2, 3 };\nstring 이름 = "홍길동";', 'numbers = new int[1000];\nvar added = 1.5;']);
    await notebook.run(0);
    const rows = () => workbench.rowsOfView('C# Variables');
    await until('the variables', async () => (await rows()).some((row) => /numbers.*int\[\].*3.*1, 2, 3/.test(row)) && (await rows()).some((row) => /이름.*string.*홍길동/.test(row)));
    await notebook.run(1);
    await until('the new values', async () => (await rows()).some((row) => /numbers.*1,?000/.test(row)) && (await rows()).some((row) => /added.*double.*1\.5/.test(row)));
    await notebook.restart();
    await until('an empty list', async () => (await rows()).every((row) => !/numbers/.test(row)));
  }),

  scenario('Variables are those of the notebook that is in front', async (stage) => {
    const first = await withCells(stage, ['var inFirst = 1;']);
    await first.notebook.run(0);
    const second = await withCells(stage, ['var inSecond = 2;']);
    await second.notebook.run(0);
    const rows = async () => (await first.workbench.rowsOfView('C# Variables')).join('\n');
    await until('those of the second', async () => /inSecond/.test(await rows()) && !/inFirst/.test(await rows()));
    await first.workbench.openNotebook(first.file);
    await until('those of the first', async () => /inFirst/.test(await rows()) && !/inSecond/.test(await rows()));
  }),

  scenario('Workers: a living worker is shown with its cell, and is ended with its button', async (stage) => {
    const { notebook, workbench, server } = await withCells(stage, [
      '#r "../helpers/bin/Multiprocessing.dll"\nusing Multiprocessing;\nusing System.Threading;',
      'var busy = new WorkerProcess(() => Thread.Sleep(Timeout.Infinite));\nbusy.Start();',
      'busy.Join();\nConsole.Write($"alive: {busy.IsAlive}");',
    ]);
    await notebook.run(0);
    await notebook.run(1);
    const pane = await workbench.view('C# Worker Processes');
    const row = pane.locator('.monaco-list-row').filter({ hasText: /cell 2/ });
    await row.waitFor();
    assert.match(await row.innerText(), /MB/);
    // Windows has numbers of its own, which are not those by which processes are known here.
    const pid = stage.host.isWindows ? server.workers()[0].pid : Number(/(\d+)\s*$/.exec((await row.locator('.label-description').innerText()).trim())?.[1]);
    assert.ok(server.workers().some((worker) => worker.pid === pid), `process ${pid} is no worker of this notebook`);
    await row.hover();
    await row.locator('.action-label').first().click();
    await until('the process to end', () => !server.workers().some((worker) => worker.pid === pid), 5000);
    await row.waitFor({ state: 'detached' });
    assert.equal(await notebook.run(2), 'success');
    await notebook.shows(2, 'alive: False');
  }),

  scenario('the status bar says what the kernel does', async (stage) => {
    const { notebook, workbench } = await withCells(stage, ['Console.WriteLine("begun");\nwhile (true) { }']);
    await workbench.statusBar(/C#: ready/).waitFor();
    await notebook.begin(0);
    await workbench.statusBar(/C#: running cell 1/).waitFor();
    await notebook.interrupt();
    await workbench.statusBar(/C#: ready/).waitFor();
  }),
];
