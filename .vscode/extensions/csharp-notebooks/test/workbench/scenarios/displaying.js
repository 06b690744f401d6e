const assert = require('node:assert/strict');
const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

module.exports = [
  scenario('display(x).Update(y) changes the value in its place', async (stage) => {
    const { notebook } = await withCells(stage, ['var shown = display("before");\nConsole.WriteLine("between");\nshown.Update("after");', 'shown.Update("much later");']);
    assert.equal(await notebook.run(0), 'success');
    await notebook.shows(0, 'after');
    assert.deepEqual(await notebook.outputs(0), ['after', 'between']);
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(0, 'much later');
    assert.deepEqual(await notebook.outputs(0), ['much later', 'between']);
    assert.deepEqual(await notebook.outputs(1), []);
  }),

  scenario('a value is updated by a task and by a timer after its cell has ended', async (stage) => {
    const { notebook, workbench } = await withCells(stage, [
      'using System.Threading;\nvar byTask = display("task: waiting");\nvar byTimer = display("timer: 0");\n' +
        '_ = Task.Run(async () => { await Task.Delay(1500); byTask.Update("task: done"); });\n' +
        'int ticks = 0;\nvar timer = new Timer(_ => byTimer.Update($"timer: {++ticks}"), null, 1200, 200);',
      'timer.Dispose();',
    ]);
    assert.equal(await notebook.run(0), 'success');
    assert.deepEqual(await notebook.outputs(0), ['task: waiting', 'timer: 0'], 'the cell has not ended before its updates');
    await notebook.shows(0, 'task: done');
    await notebook.shows(0, /timer: ([3-9]|\d\d)/);
    assert.equal((await notebook.outputs(0)).length, 2);
    assert.equal(await notebook.run(1), 'success');
    await until('the cell to be as one that has ended well', async () => (await notebook.state(0)) === 'success' && (await notebook.order(0)) === '1');
    assert.deepEqual(await workbench.messages(), []);
  }),

  scenario('a carriage return writes a line anew', async (stage) => {
    const { notebook } = await withCells(stage, ['for (int i = 1; i <= 50; i++)\n{\n    Console.Write($"\\rstep {i} of 50");\n    await Task.Delay(5);\n}\nConsole.WriteLine();\nConsole.Write("end");']);
    assert.equal(await notebook.run(0), 'success');
    await notebook.shows(0, 'end');
    assert.equal(await notebook.output(0), 'step 50 of 50\nend');
  }),

  scenario('text appears while the cell runs', async (stage) => {
    const { notebook } = await withCells(stage, ['using System.Threading;\nfor (int i = 1; i <= 3; i++) { Console.WriteLine($"line {i}"); await Task.Delay(700); }']);
    await notebook.begin(0);
    await notebook.shows(0, 'line 1');
    assert.equal(await notebook.state(0), 'running');
    assert.ok(!(await notebook.output(0)).includes('line 3'), 'it was shown at the end only');
    assert.equal(await notebook.hasEnded(0), 'success');
    await notebook.shows(0, 'line 3');
  }),

  scenario('an exception has a link to the line of its cell', async (stage) => {
    const { notebook, page } = await withCells(stage, ['int Divide(int a, int b)\n{\n    return a / b;\n}', 'Divide(1, 0)']);
    await notebook.run(0);
    assert.equal(await notebook.run(1), 'error');
    await notebook.shows(1, 'DivideByZeroException');
    await (await notebook.inOutputs('.output a', /line 3|:3/)).click();
    await until('the cursor on line 3 of the first cell', async () => {
      const cursor = await page.locator('.monaco-editor.focused .cursors-layer .cursor').first().boundingBox();
      const line = await notebook.editorOf(0).locator('.view-line').filter({ hasText: 'return' }).boundingBox();
      return cursor !== null && line !== null && Math.abs(cursor.y - line.y) < line.height / 2;
    });
  }),

  scenario('an error of the compiler says where', async (stage) => {
    const { notebook } = await withCells(stage, ['var fine = 1;\nint wrong = "text";']);
    assert.equal(await notebook.run(0), 'error');
    await notebook.shows(0, 'CS0029');
    await notebook.inOutputs('.output a', /line 2|:2/);
  }),

  scenario('a flood of text does not stop the window', async (stage) => {
    const { notebook } = await withCells(stage, ['for (int i = 0; i < 200_000; i++) Console.WriteLine($"line {i} of a flood");\nConsole.Write("dry");', 'Console.Write("after");']);
    assert.equal(await notebook.run(0, 40_000), 'success');
    assert.equal(await notebook.run(1, 20_000), 'success');
  }),
];
