/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {number} timeout Milliseconds.
 * @property {boolean} isPicture Whether it is only there to take pictures.
 * @property {boolean} isOfWindows Whether it is about what is so on Windows alone.
 * @property {string} [notInWine] Why it cannot be played where VS Code runs in Wine.
 * @property {(stage: import('../stage').Stage) => Promise<void>} run
 */

/**
 * @param {string} name
 * @param {(stage: import('../stage').Stage) => Promise<void>} run
 * @param {{ timeout?: number, isPicture?: boolean, isOfWindows?: boolean, notInWine?: string }} [options]
 * @returns {Scenario}
 */
function scenario(name, run, { timeout = 120_000, isPicture = false, isOfWindows = false, notInWine } = {}) {
  return { name, run, timeout, isPicture, isOfWindows, notInWine };
}

let count = 0;

/**
 * Opens a new notebook beside those of the chapter, in the VS Code that scenarios share.
 * @param {import('../stage').Stage} stage
 * @param {string[]} codes One for each cell.
 * @param {{ folder?: string, session?: import('../stage').Session }} [options]
 */
async function withCells(stage, codes, { folder = 'notebooks', session } = {}) {
  const { workbench, server, page } = session ?? (await stage.shared());
  const file = `${folder}/scratch-${++count}.ipynb`;
  stage.workspace.writeNotebook(file, codes);
  const notebook = await workbench.openNotebook(file);
  return { workbench, server, page, notebook, file };
}

module.exports = { scenario, withCells };
