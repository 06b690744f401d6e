const { until } = require('../waiting');
const { scenario, withCells } = require('./scenario');

const themes = /** @type {const} */ ([
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
]);

module.exports = themes.map(([name, theme]) =>
  scenario(
    `pictures, ${name}`,
    async (stage) => {
      const session = await stage.start({ dark: name === 'dark', userSettings: { 'workbench.colorTheme': theme } });
      const { workbench, page } = session;
      const picture = (/** @type {string} */ what) => stage.picture(session, `${name}-${what}`);

      for (const file of ['30-1-threads-and-processes', '30-5-pool']) {
        const chapter = await workbench.openNotebook(`notebooks/${file}.ipynb`);
        await chapter.runAll();
        await chapter.isIdle(240_000);
        await workbench.view('C# Variables');
        await workbench.view('C# Worker Processes');
        const cells = stage.workspace.readNotebook(`notebooks/${file}.ipynb`).cells;
        let shown = 0;
        for (const [index, cell] of cells.entries()) {
          const hasFigure = cell.cell_type === 'code' ? JSON.stringify(cell.outputs).includes('<svg') : cell.source.join('').includes('images/');
          if (!hasFigure && index !== 0) continue;
          await chapter.reveal(index);
          await picture(`${file}-${++shown}`);
        }
        await workbench.closeEditors();
      }

      const { notebook } = await withCells(
        stage,
        [
          '#r "../helpers/bin/Multiprocessing.dll"\nusing Multiprocessing;\nusing System.Threading;\nvar words = new List<string> { "하나", "둘" };\nvar squares = Enumerable.Range(1, 100).Select(i => i * i).ToArray();\n' +
            'var sleeper = new WorkerProcess(() => Thread.Sleep(Timeout.Infinite));\nsleeper.Start();',
          'int Divide(int a, int b)\n{\n    return a / b;\n}',
          'Divide(1, 0)',
          'words',
        ],
        { session },
      );
      for (const index of [0, 1, 2, 3]) await notebook.run(index);
      await notebook.shows(2, 'DivideByZeroException');
      await until('the variables', async () => (await workbench.rowsOfView('C# Variables')).length > 0);
      await until('the worker', async () => (await workbench.rowsOfView('C# Worker Processes')).length > 0);
      await picture('views-and-error');
      await notebook.replaceCode(3, 'words');
      await page.keyboard.type('.');
      await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
      await picture('completions');
      await page.keyboard.press('Escape');
      await notebook.replaceCode(3, 'int wrong = "text";');
      await notebook.editorOf(3).locator('.squiggly-error').first().waitFor();
      await until('the hover', async () => {
        // A mouse that rests where it was when the text came does not hover.
        await page.mouse.move(0, 0);
        await notebook.editorOf(3).locator('.view-line span', { hasText: 'text' }).last().hover();
        await page.locator('.monaco-hover:visible').waitFor({ timeout: 3000 });
        return true;
      });
      await picture('error-while-typing');
      await notebook.replaceCode(3, 'Console.Write("이름? ");\nvar name = Console.ReadLine();');
      await notebook.begin(3);
      await workbench.quickInput.waitFor();
      // It fades in.
      await workbench.quickInput.evaluate((box) => Promise.all(box.getAnimations().map((animation) => animation.finished)));
      await picture('input-and-status-bar');
      await page.keyboard.press('Escape');
      await notebook.hasEnded(3);
    },
    { timeout: 600_000, isPicture: true },
  ),
);
