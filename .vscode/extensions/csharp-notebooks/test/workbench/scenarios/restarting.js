const assert = require('node:assert/strict');
const processes = require('../processes');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

module.exports = [
  scenario('after a restart variables are gone, and cells count from 1', async (stage) => {
    const { notebook, server } = await withCells(stage, ['var lost = 1;', 'lost + 1', 'Console.Write("new");']);
    await notebook.run(0);
    await notebook.run(1);
    await notebook.shows(1, '2');
    const [before] = server.kernels();
    await notebook.restart();
    await until('another kernel', () => server.kernels().length === 1 && server.kernels()[0].pid !== before.pid);
    assert.equal(await notebook.run(1), 'error');
    await notebook.shows(1, 'CS0103');
    await notebook.run(2);
    await notebook.shows(2, 'new');
    assert.equal(await notebook.order(2), '2');
  }),

  scenario('a restart ends a cell that runs, and the workers', async (stage) => {
    const { notebook, server } = await withCells(stage, [
      '#r "../helpers/bin/Multiprocessing.dll"\nusing Multiprocessing;\nvar pool = new WorkerPool(2);\nConsole.WriteLine("begun");\npool.Map(i => { while (true) { } return i; }, new[] { 1, 2 });',
      'Console.Write("after");',
    ]);
    await notebook.begin(0);
    await notebook.shows(0, 'begun', 20_000);
    await until('workers', () => server.workers().length >= 2);
    const old = [...server.kernels(), ...server.workers()].map(({ pid }) => pid);
    await notebook.restart();
    await notebook.hasStopped(0);
    await until('the old processes to end', () => ![...server.kernels(), ...server.workers()].some(({ pid }) => old.includes(pid)), 5000);
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, 'after');
  }),

  scenario('a kernel that is killed while it is idle: the reader is told that variables are gone, and the next cell runs', async (stage) => {
    const { notebook, server, workbench } = await withCells(stage, ['var lost = 1;', 'Console.Write("next");', 'lost']);
    await notebook.run(0);
    const [kernel] = server.kernels();
    processes.signal(kernel.pid, 'SIGKILL');
    await workbench.notification(/variables are gone/i).waitFor();
    await workbench.statusBar(/variables are gone/i).waitFor();
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, 'next');
    assert.equal(await notebook.run(2), 'error');
    await notebook.shows(2, 'CS0103');
  }),

  scenario('a kernel that is killed while a cell runs: the cell says so, and the next cell runs', async (stage) => {
    const { notebook, server } = await withCells(stage, ['Console.WriteLine("begun");\nwhile (true) { }', 'Console.Write("next");']);
    await notebook.begin(0);
    await notebook.shows(0, 'begun', 20_000);
    const [kernel] = server.kernels();
    processes.signal(kernel.pid, 'SIGKILL');
    assert.equal(await notebook.hasEnded(0), 'error');
    await notebook.shows(0, /(SIGKILL|exited with code)[\s\S]*variables are gone/i);
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, 'next');
  }),

  scenario('a cell that ends its kernel: the cell says with which code, and the next cell runs', async (stage) => {
    const { notebook } = await withCells(stage, ['Console.WriteLine("last words");\nEnvironment.Exit(3);', 'Console.Write("next");']);
    assert.equal(await notebook.run(0), 'error');
    await notebook.shows(0, /last words[\s\S]*code 3[\s\S]*variables are gone/i);
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, 'next');
  }),
];
