const vscode = require('vscode');

/**
 * Runs a program in a terminal, where its user sees how it goes and can stop it.
 * @param {string} name What the terminal is called.
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @param {string} [problemMatcher] What finds errors in the output.
 * @returns {Promise<number | undefined>} The exit code; undefined if the program did not get to run.
 */
async function runInTerminal(name, program, args, cwd, problemMatcher) {
  // By its definition VS Code knows a task from another: what is the same runs only once at a time.
  const definition = { type: 'csharp-notebooks', command: [program, ...args, cwd].join(' ') };
  const task = new vscode.Task(definition, vscode.TaskScope.Workspace, name, 'C#', new vscode.ProcessExecution(program, args, { cwd }), problemMatcher ?? []);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Shared, clear: true, showReuseMessage: false };
  const execution = await vscode.tasks.executeTask(task);
  return await new Promise((resolve) => {
    const listeners = [
      vscode.tasks.onDidEndTaskProcess((event) => event.execution === execution && finish(event.exitCode)),
      // One that has ended without a process says so here alone.
      vscode.tasks.onDidEndTask((event) => event.execution === execution && setTimeout(finish, 200, undefined)),
    ];
    const finish = (/** @type {number | undefined} */ exitCode) => {
      for (const listener of listeners) listener.dispose();
      resolve(exitCode);
    };
  });
}

module.exports = { runInTerminal };
