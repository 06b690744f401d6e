const assert = require('node:assert/strict');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const setup = '#r "../helpers/bin/Multiprocessing.dll"\nusing Multiprocessing;\nusing System.Threading;\nvar kept = 7;';

/**
 * A cell that would run for ever is stopped; the kernel and its variables stay.
 * @param {string} name
 * @param {string} code It has printed `begun` before it does what it has to be stopped at.
 * @param {{ check?: (server: import('../server').Server) => Promise<void> }} [options]
 */
function stops(name, code, { check } = {}) {
  return scenario(`Interrupt stops ${name}, and variables are kept`, async (stage) => {
    const { notebook, server } = await withCells(stage, [setup, code, 'Console.Write($"still {kept}");']);
    await notebook.run(0, 30_000);
    await notebook.begin(1);
    await notebook.shows(1, 'begun', 20_000);
    const kernels = server.kernels().map(({ pid }) => pid);
    await notebook.interrupt();
    assert.equal(await notebook.hasEnded(1, 10_000), 'error');
    await check?.(server);
    assert.equal(await notebook.run(2), 'success');
    await notebook.shows(2, 'still 7');
    assert.deepEqual(
      server.kernels().map(({ pid }) => pid),
      kernels,
      'the kernel is another one',
    );
  });
}

module.exports = [
  stops('while (true) { }', 'Console.WriteLine("begun");\nwhile (true) { }'),
  stops('a loop that prints', 'Console.WriteLine("begun");\nfor (long i = 0; ; i++) Console.WriteLine(i);'),
  stops('a sleep', 'Console.WriteLine("begun");\nThread.Sleep(Timeout.Infinite);'),
  stops('await Task.Delay', 'Console.WriteLine("begun");\nawait Task.Delay(-1);'),
  stops('pool.Map of long work', 'var pool = new WorkerPool(2);\nConsole.WriteLine("begun");\npool.Map(i => { while (true) { } return i; }, new[] { 1, 2 });', {
    check: async (server) => {
      await until('the workers of the stopped cell to end', () => server.workers().every(({ pid }) => !isBusy(pid)), 5000);
    },
  }),

  scenario('Interrupt says that code of a library runs on, the next cell runs beside it, and Restart ends it', async (stage) => {
    const trying = 'Console.WriteLine("begun");\nSystem.Text.RegularExpressions.Regex.IsMatch(new string(\'a\', 60) + "b", "^(a+)+$")';
    const { notebook, workbench, server } = await withCells(stage, [trying, 'Console.Write("next");']);
    await notebook.begin(0);
    await notebook.shows(0, 'begun', 20_000);
    const kernels = server.kernels().map(({ pid }) => pid);
    await notebook.interrupt();
    assert.equal(await notebook.hasEnded(0, 10_000), 'error');
    await notebook.shows(0, 'still runs');
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, 'next');
    await workbench.press(/still runs/, 'Restart');
    await until('the kernel to be another one', () => server.kernels().every(({ pid }) => !kernels.includes(pid)), 10_000);
    await until('the code to have ended', () => kernels.every((pid) => !isBusy(pid)), 10_000);
  }),

  scenario('Interrupt takes back the cells that wait', async (stage) => {
    const { notebook } = await withCells(stage, ['Console.WriteLine("begun");\nwhile (true) { }', 'Console.Write("never");']);
    await notebook.runAll();
    await notebook.shows(0, 'begun', 20_000);
    await notebook.interrupt();
    await notebook.isIdle();
    assert.equal(await notebook.order(1), '');
    assert.equal(await notebook.output(1), '');
  }),
];

/** Whether a process has used a processor within the last tenth of a second. @param {number} pid */
function isBusy(pid) {
  const before = ticks(pid);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  return ticks(pid) - before > 5;
}

/** @param {number} pid */
function ticks(pid) {
  try {
    const stat = require('node:fs').readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}
