const vscode = require('vscode');

/** The editor's type of .ipynb files, whoever runs them. */
const notebookType = 'jupyter-notebook';

/** What a cell in C# calls its language: VS Code itself, and Polyglot Notebooks where that is installed. */
const languageIds = ['csharp', 'polyglot-notebook', 'dotnet-interactive.csharp'];

const names = new Set(['c#', 'csharp', 'cs', '.net-csharp', 'polyglot-notebook', 'dotnet-interactive']);

/** What a notebook or a cell has in its file. VS Code had it under `custom` once. @param {vscode.NotebookDocument | vscode.NotebookCell} owner */
function metadataOf({ metadata }) {
  return metadata.custom?.metadata ?? metadata.metadata ?? metadata;
}

/** Whether a notebook is what an editor works at: what a comparison shows of an older version is not. @param {vscode.NotebookDocument} notebook */
function isEditable(notebook) {
  return ['file', 'untitled'].includes(notebook.uri.scheme);
}

/** Whether a notebook is in C#, as far as it says. @param {vscode.NotebookDocument} notebook */
function isCSharpNotebook(notebook) {
  if (notebook.notebookType !== notebookType) return false;
  const metadata = metadataOf(notebook);
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
  const metadata = metadataOf(cell);
  const language = metadata.polyglot_notebook?.kernelName ?? metadata.dotnet_interactive?.language ?? 'csharp';
  return names.has(language.toLowerCase());
}

/** A cell's tags. @param {vscode.NotebookCell} cell @returns {string[]} */
function tagsOf(cell) {
  const { tags } = metadataOf(cell);
  return Array.isArray(tags) ? tags : [];
}

/** The cells in C#, for providers of what an editor asks about a language. @type {vscode.DocumentSelector} */
const cellSelector = languageIds.map((language) => ({ language, notebookType }));

module.exports = { notebookType, languageIds, isCSharpNotebook, isCSharpCell, isEditable, tagsOf, cellSelector };
