const assert = require('node:assert/strict');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

// What goes on when its cell has ended, and what would never end.
module.exports = [
  scenario('what a thread prints when its cell has ended is shown under that cell, while another one runs and while none does', async (stage) => {
    const { notebook, workbench } = await withCells(stage, [
      'using System.Threading;\nvar go = new ManualResetEventSlim();\nConsole.WriteLine("begun");\n' +
        'var t = new Thread(() => { go.Wait(); Console.WriteLine("during"); Thread.Sleep(4000); for (int i = 1; i <= 3; i++) { Console.WriteLine($"after {i}"); Thread.Sleep(300); } display("shown"); });\nt.Start();',
      'go.Set();\nThread.Sleep(2000);\nConsole.WriteLine("mine");',
    ]);
    assert.equal(await notebook.run(0), 'success');
    await notebook.begin(1);
    await notebook.shows(0, 'during');
    assert.equal(await notebook.hasEnded(1), 'success');
    await notebook.shows(0, 'shown');
    assert.deepEqual(await notebook.outputs(0), ['begun\nduring\nafter 1\nafter 2\nafter 3', 'shown']);
    assert.deepEqual(await notebook.outputs(1), ['mine']);
    await until('the cell to be as one that has ended well', async () => (await notebook.state(0)) === 'success' && (await notebook.order(0)) === '1');
    assert.deepEqual(await workbench.messages(), []);
  }),

  scenario('when a cell is run again, what a thread of its former run prints is not mixed in', async (stage) => {
    const { notebook } = await withCells(stage, [
      'static class Run { public static int Number; }',
      'int run = ++Run.Number;\nConsole.WriteLine($"run {run}");\nvar t = new System.Threading.Thread(() => { for (int i = 0; i < 40; i++) { System.Threading.Thread.Sleep(100); Console.WriteLine($"thread of run {run}"); } });\nt.Start();',
    ]);
    await notebook.run(0);
    await notebook.run(1);
    await notebook.shows(1, 'thread of run 1');
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, 'thread of run 2');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.doesNotMatch(await notebook.output(1), /run 1/);
  }),

  scenario('a cell that is run while a thread of it prints runs', async (stage) => {
    const { notebook } = await withCells(stage, [
      'var t = new System.Threading.Timer(_ => Console.WriteLine("tick"), null, 50, 50);\nConsole.WriteLine(DateTime.Now.Ticks);',
    ]);
    for (let run = 1; run <= 4; run++) {
      assert.equal(await notebook.run(0), 'success');
      assert.equal(await notebook.order(0), String(run));
      await notebook.shows(0, 'tick');
    }
  }),

  scenario('what a process writes to standard error is shown in its cell', async (stage) => {
    const { notebook } = await withCells(stage, ['bool isWindows = OperatingSystem.IsWindows();\nSystem.Diagnostics.Process.Start(isWindows ? "cmd" : "sh", [isWindows ? "/c" : "-c", isWindows ? "echo out& echo err>&2" : "echo out; echo err >&2"]).WaitForExit();']);
    assert.equal(await notebook.run(0), 'success');
    await notebook.shows(0, 'err');
    await notebook.shows(0, 'out');
  }),

  scenario('of values without end the first and the last are shown, and the cell stops', async (stage) => {
    const { notebook } = await withCells(stage, ['for (int i = 0; ; i++) display($"value {i}");', 'Console.Write("next");']);
    await notebook.begin(0);
    await notebook.shows(0, 'left out here', 60_000);
    await notebook.interrupt();
    assert.equal(await notebook.hasEnded(0, 20_000), 'error');
    const outputs = await notebook.outputs(0);
    assert.ok(outputs.length <= 103, `${outputs.length} outputs`);
    assert.deepEqual(outputs.slice(0, 2), ['value 0', 'value 1']);
    assert.match(outputs[50], /left out here/);
    assert.equal(await notebook.run(1), 'success');
  }),

  scenario('of text without end the beginning and the end are shown, and the cell stops', async (stage) => {
    const { notebook } = await withCells(stage, ['for (int i = 0; ; i++) Console.WriteLine($"line {i}");', 'Console.Write("next");']);
    await notebook.begin(0);
    await notebook.shows(0, 'left out here', 60_000);
    await notebook.interrupt();
    assert.equal(await notebook.hasEnded(0, 20_000), 'error');
    assert.match((await notebook.outputs(0))[0], /^line 0\nline 1\n/);
    assert.equal(await notebook.run(1), 'success');
  }),

  scenario('a thread that prints without end does not keep the next cell from running, and is bounded', async (stage) => {
    const { notebook } = await withCells(stage, ['new System.Threading.Thread(() => { for (int i = 0; ; i++) Console.WriteLine($"line {i}"); }).Start();', 'Console.Write("mine");']);
    assert.equal(await notebook.run(0), 'success');
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, 'mine');
    await notebook.shows(0, 'left out here', 60_000);
  }),
];
