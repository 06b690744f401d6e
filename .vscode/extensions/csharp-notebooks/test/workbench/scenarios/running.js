const assert = require('node:assert/strict');
const { scenario, withCells } = require('./scenario');

module.exports = [
  scenario('a cell runs, and the next one has its variables', async (stage) => {
    const { notebook } = await withCells(stage, ['int answer = 41;\nConsole.WriteLine($"한글 {answer}");', 'answer + 1']);
    assert.equal(await notebook.run(0), 'success');
    await notebook.shows(0, '한글 41');
    assert.equal(await notebook.run(1), 'success');
    await notebook.shows(1, '42');
    assert.deepEqual([await notebook.order(0), await notebook.order(1)], ['1', '2']);
  }),

  scenario('a changed value is what the cell gives when it is run again', async (stage) => {
    const { notebook } = await withCells(stage, ['int size = 3;', 'string.Join(",", Enumerable.Range(1, size))']);
    await notebook.run(0);
    await notebook.run(1);
    await notebook.shows(1, '1,2,3');
    await notebook.replaceCode(0, 'int size = 5;');
    await notebook.run(0);
    await notebook.run(1);
    await notebook.shows(1, '1,2,3,4,5');
    assert.equal(await notebook.order(1), '4');
  }),

  scenario('cells run out of order', async (stage) => {
    const { notebook } = await withCells(stage, ['word + "!"', 'var word = "나중";', 'Console.Write(word);']);
    assert.equal(await notebook.run(0), 'error');
    await notebook.shows(0, 'CS0103');
    await notebook.run(1);
    await notebook.run(2);
    await notebook.run(0);
    await notebook.shows(0, '나중!');
    assert.equal(await notebook.order(0), '4');
  }),

  scenario('Run All stops at a cell that fails, and the cells after it are as they were', async (stage) => {
    const { notebook } = await withCells(stage, ['Console.Write("one");', 'throw new Exception("two");', 'Console.Write("three");']);
    await notebook.runAll();
    await notebook.isIdle();
    await notebook.shows(0, 'one');
    await notebook.shows(1, 'two');
    assert.equal(await notebook.output(2), '');
    assert.equal(await notebook.order(2), '');
  }),

  scenario('two notebooks at once have variables of their own', async (stage) => {
    const first = await withCells(stage, ['var mine = "first";', 'Console.Write(mine + " " + Environment.ProcessId);']);
    await first.notebook.run(0);
    const second = await withCells(stage, ['var mine = "second";', 'Console.Write(mine + " " + Environment.ProcessId);']);
    await second.notebook.run(0);
    await second.notebook.run(1);
    await second.notebook.shows(1, /^second \d+$/);
    const secondId = await second.notebook.output(1);
    await first.workbench.openNotebook(first.file);
    await first.notebook.run(1);
    await first.notebook.shows(1, /^first \d+$/);
    assert.notEqual((await first.notebook.output(1)).split(' ')[1], secondId.split(' ')[1]);
    assert.equal(first.server.kernels().length, 2);
  }),
];
