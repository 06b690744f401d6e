const vscode = require('vscode');
const { toRange } = require('./cellRequests');
const { cellSelector } = require('../notebooks');

/** @typedef {import('./cellRequests').CellRequests} CellRequests */

/** In Roslyn's words, and in VS Code's. @type {Record<string, vscode.CompletionItemKind>} */
const kinds = {
  Class: vscode.CompletionItemKind.Class,
  Constant: vscode.CompletionItemKind.Constant,
  Delegate: vscode.CompletionItemKind.Function,
  Enum: vscode.CompletionItemKind.Enum,
  EnumMember: vscode.CompletionItemKind.EnumMember,
  Event: vscode.CompletionItemKind.Event,
  ExtensionMethod: vscode.CompletionItemKind.Method,
  Field: vscode.CompletionItemKind.Field,
  Interface: vscode.CompletionItemKind.Interface,
  Keyword: vscode.CompletionItemKind.Keyword,
  Local: vscode.CompletionItemKind.Variable,
  Method: vscode.CompletionItemKind.Method,
  Namespace: vscode.CompletionItemKind.Module,
  Property: vscode.CompletionItemKind.Property,
  Structure: vscode.CompletionItemKind.Struct,
};

/** Completions, signature help and hover texts, which the kernel knows. @param {CellRequests} requests @returns {vscode.Disposable} */
function registerProviders(requests) {
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      cellSelector,
      { provideCompletionItems: (document, position, token) => complete(requests, document, position, token) },
      '.',
    ),
    vscode.languages.registerSignatureHelpProvider(
      cellSelector,
      { provideSignatureHelp: (document, position, token) => helpWithSignature(requests, document, position, token) },
      { triggerCharacters: ['(', ',', '[', '<'], retriggerCharacters: [')', ']'] },
    ),
    vscode.languages.registerHoverProvider(cellSelector, { provideHover: (document, position, token) => hover(requests, document, position, token) }),
  );
}

/** @param {CellRequests} requests @param {vscode.TextDocument} document @param {vscode.Position} position @param {vscode.CancellationToken} token */
async function complete(requests, document, position, token) {
  const event = await requests.ask(document, position, 'RequestCompletions', 'CompletionsProduced', token);
  return event?.completions?.map((completion) => {
    const item = new vscode.CompletionItem(completion.displayText, kinds[completion.kind]);
    item.insertText = completion.insertText;
    item.filterText = completion.filterText;
    item.sortText = completion.sortText;
    item.detail = completion.documentation;
    return item;
  });
}

/** @param {CellRequests} requests @param {vscode.TextDocument} document @param {vscode.Position} position @param {vscode.CancellationToken} token */
async function helpWithSignature(requests, document, position, token) {
  const event = await requests.ask(document, position, 'RequestSignatureHelp', 'SignatureHelpProduced', token);
  if (!event?.signatures?.length) return undefined;
  const help = new vscode.SignatureHelp();
  help.activeSignature = event.activeSignatureIndex ?? 0;
  help.activeParameter = event.activeParameterIndex ?? 0;
  help.signatures = event.signatures.map((signature) => {
    const information = new vscode.SignatureInformation(signature.label, toMarkdown(signature.documentation?.value));
    information.parameters = signature.parameters.map(
      (parameter) => new vscode.ParameterInformation(parameter.label, toMarkdown(parameter.documentation?.value)),
    );
    return information;
  });
  return help;
}

/** @param {CellRequests} requests @param {vscode.TextDocument} document @param {vscode.Position} position @param {vscode.CancellationToken} token */
async function hover(requests, document, position, token) {
  const event = await requests.ask(document, position, 'RequestHoverText', 'HoverTextProduced', token);
  if (!event?.content?.length) return undefined;
  const texts = event.content.map((content) => new vscode.MarkdownString(content.value ?? ''));
  return new vscode.Hover(texts, event.linePositionSpan && toRange(event.linePositionSpan));
}

/** @param {string | undefined} text */
function toMarkdown(text) {
  return text ? new vscode.MarkdownString(text) : undefined;
}

module.exports = { registerProviders };
