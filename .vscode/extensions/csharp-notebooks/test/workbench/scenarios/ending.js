const assert = require('node:assert/strict');
const processes = require('../processes');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const cells = [
  '#r "../helpers/bin/Multiprocessing.dll"\nusing Multiprocessing;\nusing System.Threading;\nvar worker = new WorkerProcess(() => { while (true) { } });\nworker.Start();',
  'Console.WriteLine("begun");\nwhile (true) { }',
];

/** A notebook whose cell runs, and whose worker does. @param {import('../stage').Stage} stage @param {import('../stage').Session} [session] */
async function busyNotebook(stage, session) {
  const opened = await withCells(stage, cells, { session });
  await opened.notebook.run(0);
  await opened.notebook.begin(1);
  await opened.notebook.shows(1, 'begun');
  assert.equal(opened.server.kernels().length, 1);
  assert.ok(opened.server.workers().length >= 1);
  return opened;
}

/** Nothing that ran for a notebook is left, by what it inherited and by its command line. @param {import('../stage').Stage} stage @param {import('../server').Server} server @param {number} timeout */
async function nothingIsLeft(stage, server, timeout) {
  const left = () => {
    const ours = (/** @type {import('../processes').ProcessInfo} */ process) => processes.isKernel(process) || processes.isWorker(process);
    return [...server.processes().filter(ours), ...processes.withCommand(stage.workspace.folder).filter(ours)];
  };
  await until('kernels and workers to end', () => left().length === 0, timeout).catch((error) => {
    throw new Error(`${error.message}; left: ${left().map(({ pid, command }) => `${pid} ${command}`).join('; ')}`);
  });
}

module.exports = [
  scenario('closing a notebook whose cell runs ends its kernel and its workers', async (stage) => {
    const { server, page, workbench } = await busyNotebook(stage);
    await page.keyboard.press('Control+W');
    await workbench.dialog.getByRole('button', { name: "Don't Save" }).click();
    await nothingIsLeft(stage, server, 10_000);
  }),

  scenario('a notebook that was opened by a double click ends its kernel when it is closed, too', async (stage) => {
    const { workbench, server, page } = await stage.shared();
    stage.workspace.writeNotebook('notebooks/double.ipynb', ['1 + 1']);
    const notebook = await workbench.openNotebook('notebooks/double.ipynb', { clickCount: 2 });
    await notebook.run(0);
    await workbench.save('notebooks/double.ipynb');
    await page.keyboard.press('Control+W');
    await nothingIsLeft(stage, server, 10_000);
  }),

  scenario('loading the window anew ends kernels and workers', async (stage) => {
    const session = await stage.start();
    const { server, page } = await busyNotebook(stage, session);
    await page.reload();
    const old = [...server.kernels(), ...server.workers()].map(({ pid }) => pid);
    await until('the old kernel and workers to end', () => !server.processes().some(({ pid }) => old.includes(pid)), 15_000);
  }),

  scenario('closing the window ends kernels and workers', async (stage) => {
    const session = await stage.start();
    const { server, page } = await busyNotebook(stage, session);
    await page.close({ runBeforeUnload: false });
    await nothingIsLeft(stage, server, 30_000);
  }),

  scenario('ending VS Code by SIGTERM ends kernels and workers', async (stage) => {
    const session = await stage.start();
    const { server } = await busyNotebook(stage, session);
    await server.terminate();
    await nothingIsLeft(stage, server, 10_000);
    await until('all of VS Code to end', () => server.processes().length === 0, 10_000);
  }, { notInWine: 'Windows has no such signal' }),

  scenario('an extension host that is killed leaves no kernel and no worker', async (stage) => {
    const session = await stage.start();
    const { server } = await busyNotebook(stage, session);
    const old = [...server.kernels(), ...server.workers()].map(({ pid }) => pid);
    for (const { pid } of server.processes().filter(processes.isExtensionHost)) processes.signal(pid, 'SIGKILL');
    // VS Code may start another one at once, with a kernel for the notebook.
    await until('the old kernel and workers to end', () => !server.processes().some(({ pid }) => old.includes(pid)), 10_000);
  }),

  scenario('all of VS Code killed at once leaves no kernel and no worker', async (stage) => {
    const session = await stage.start();
    const { server } = await busyNotebook(stage, session);
    for (const process of server.processes()) if (!processes.isKernel(process) && !processes.isWorker(process)) processes.signal(process.pid, 'SIGKILL');
    await nothingIsLeft(stage, server, 10_000);
  }),

  scenario('a second start of VS Code runs the notebook without a question', async (stage) => {
    const home = stage.newHome();
    const file = 'notebooks/second-start.ipynb';
    stage.workspace.writeNotebook(file, ['Console.Write("ran " + Environment.ProcessId);']);
    for (const start of ['first', 'second', 'third']) {
      const session = await stage.start({ home });
      const { workbench, server } = session;
      const notebook = await workbench.openNotebook(file);
      assert.equal(await notebook.run(0), 'success');
      await until(`the output of this ${start} start`, async () => (stage.host.isWindows ? /^ran \d+$/.test(await notebook.output(0)) : (await notebook.output(0)) === `ran ${server.kernels()[0]?.pid}`));
      assert.deepEqual(await workbench.messages(), [], `the ${start} start asks or says something`);
      await workbench.save(file);
      await session.page.context().close();
      if (!stage.host.isWindows) {
        await server.terminate();
        await nothingIsLeft(stage, server, 10_000);
      }
      await stage.end(session);
    }
  }),
];
