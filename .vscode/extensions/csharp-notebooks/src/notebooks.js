const vscode = require('vscode');

/** The editor's type of .ipynb files, whoever runs them. */
const notebookType = 'jupyter-notebook';

/** What a cell in C# calls its language: VS Code itself, and Polyglot Notebooks where that is installed. */
const languageIds = ['csharp', 'polyglot-notebook', 'dotnet-interactive.csharp'];

const names = new Set(['c#', 'csharp', 'cs', '.net-csharp', 'polyglot-notebook', 'dotnet-interactive']);

/** Whether a notebook is in C#, as far as it says. @param {vscode.NotebookDocument} notebook */
function isCSharpNotebook(notebook) {
  if (notebook.notebookType !== notebookType) return false;
  // VS Code 1.96 moved what it had under `custom`.
  const metadata = notebook.metadata.custom?.metadata ?? notebook.metadata.metadata ?? notebook.metadata;
  const said = [
    metadata.polyglot_notebook?.kernelInfo?.defaultKernelName,
    metadata.kernelspec?.name,
    metadata.kernelspec?.language,
    metadata.language_info?.name,
  ].filter((name) => typeof name === 'string');
  if (said.length > 0) return names.has(said[0].toLowerCase());
  return notebook.getCells().some(isCSharpCell);
}

/** Whether a cell has C# to run. @param {vscode.NotebookCell} cell */
function isCSharpCell(cell) {
  if (cell.kind !== vscode.NotebookCellKind.Code || !languageIds.includes(cell.document.languageId)) return false;
  const metadata = cell.metadata.custom?.metadata ?? cell.metadata.metadata ?? cell.metadata;
  const language = metadata?.polyglot_notebook?.kernelName ?? metadata?.dotnet_interactive?.language ?? 'csharp';
  return names.has(language.toLowerCase());
}

/** A cell's tags. @param {vscode.NotebookCell} cell @returns {string[]} */
function tagsOf(cell) {
  const metadata = cell.metadata.custom?.metadata ?? cell.metadata.metadata ?? cell.metadata;
  return Array.isArray(metadata?.tags) ? metadata.tags : [];
}

/** The cells in C#, for providers of what an editor asks about a language. @type {vscode.DocumentSelector} */
const cellSelector = languageIds.map((language) => ({ language, notebookType }));

module.exports = { notebookType, languageIds, isCSharpNotebook, isCSharpCell, tagsOf, cellSelector };
