const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const rounds = 5;

const options = { notInWine: 'how fast something is there says nothing' };

module.exports = [
  scenario('speed: file clicked to first output', async (stage) => {
    const { workbench } = await stage.shared();
    for (let round = 0; round < rounds; round++) {
      const file = `notebooks/speed-${round}.ipynb`;
      stage.workspace.writeNotebook(file, ['Console.Write("first output");']);
      const row = await workbench.inExplorer(file);
      const start = performance.now();
      await row.click();
      await workbench.tab(`speed-${round}.ipynb`).waitFor();
      await workbench.notebook.isDrawn();
      await workbench.notebook.begin(0);
      await workbench.notebook.shows(0, 'first output');
      stage.measured('file clicked to first output', performance.now() - start);
      await workbench.closeEditors();
    }
  }, options),

  scenario('speed: restart and first cell', async (stage) => {
    const { workbench, server } = await stage.shared();
    stage.workspace.writeNotebook('notebooks/speed-restart.ipynb', ['Console.Write("by " + Environment.ProcessId);']);
    const notebook = await workbench.openNotebook('notebooks/speed-restart.ipynb');
    await notebook.run(0);
    await until('the restart button', async () => (await notebook.button('Restart').count()) === 1);
    for (let round = 0; round < rounds; round++) {
      const [{ pid }] = server.kernels();
      const start = performance.now();
      await notebook.button('Restart').click();
      await notebook.begin(0);
      await until('the output of another kernel', async () => {
        const output = await notebook.output(0);
        return /^by \d+$/.test(output) && output !== `by ${pid}`;
      });
      stage.measured('restart and first cell', performance.now() - start);
      await notebook.hasEnded(0);
    }
  }, options),

  ...[
    ['interrupt', 'Console.WriteLine("begun");\nwhile (true) { }'],
    ['interrupt of a loop that prints', 'Console.WriteLine("begun");\nfor (long i = 0; ; i++) Console.WriteLine(i);'],
  ].map(([name, code]) =>
    scenario(`speed: ${name}`, async (stage) => {
      const { notebook } = await withCells(stage, [code]);
      for (let round = 0; round < rounds; round++) {
        await notebook.begin(0);
        await notebook.shows(0, 'begun');
        const start = performance.now();
        await notebook.interrupt();
        await notebook.hasEnded(0);
        stage.measured(name, performance.now() - start);
      }
    }, options),
  ),
];
