/**
 * The lines between an editor and the kernel: those of .NET Interactive's stdio protocol, as far as we use them, and two commands of our own about worker processes.
 *
 * @typedef {{ mimeType: string, value?: string, suppressDisplay?: boolean }} FormattedValue
 * @typedef {{ line: number, character: number }} LinePosition
 * @typedef {{ start: LinePosition, end: LinePosition }} LinePositionSpan
 * @typedef {{ linePositionSpan: LinePositionSpan, severity: string, code: string, message: string }} Diagnostic
 * @typedef {{ displayText: string, kind: string, filterText?: string, sortText?: string, insertText?: string, documentation?: string }} Completion
 * @typedef {{ label: string, documentation?: FormattedValue, parameters: { label: string, documentation?: FormattedValue }[] }} Signature
 * @typedef {{ name: string, typeName?: string, formattedValue?: FormattedValue, size?: number }} ValueInfo
 * @typedef {{ processId: number, name: string, cell?: string, task?: string, memory: number, processorTime: number }} Worker
 *
 * @typedef {object} Event What an event says; which members there are depends on its type.
 * @property {string} [message]
 * @property {string} [valueId]
 * @property {FormattedValue[]} [formattedValues]
 * @property {FormattedValue} [formattedValue]
 * @property {FormattedValue[]} [content]
 * @property {LinePositionSpan} [linePositionSpan]
 * @property {Diagnostic[]} [diagnostics]
 * @property {Completion[]} [completions]
 * @property {Signature[]} [signatures]
 * @property {number} [activeSignatureIndex]
 * @property {number} [activeParameterIndex]
 * @property {ValueInfo[]} [valueInfos]
 * @property {Worker[]} [workers]
 * @property {string} [standardErrorMark] What stands between two zeros on the kernel's standard error where the cell has ended.
 *
 * @typedef {object} Command What a command says; which members there are depends on its type.
 * @property {string} [targetKernelName]
 * @property {string} [code]
 * @property {LinePosition} [linePosition]
 * @property {string} [name]
 * @property {string} [mimeType]
 * @property {number} [processId]
 * @property {string} [prompt]
 * @property {boolean} [isPassword]
 *
 * @typedef {{ token?: string, commandType?: string, command?: Command, routingSlip?: string[] }} CommandEnvelope
 * @typedef {{ event: Event, eventType: string, command?: CommandEnvelope }} EventEnvelope
 */

const kernelName = 'csharp';

/** What this editor can do for a kernel: it can ask its user for a line. Sent when a kernel is ready. */
const editorInfo = {
  eventType: 'KernelInfoProduced',
  event: {
    kernelInfo: {
      localName: 'vscode',
      uri: 'kernel://vscode',
      displayName: 'vscode',
      aliases: [],
      isProxy: false,
      isComposite: false,
      supportedKernelCommands: [{ name: 'RequestInput' }],
    },
  },
  routingSlip: ['kernel://vscode'],
};

/** A command within a command 7 is called 7.1. @param {string} token */
function rootOf(token) {
  return token.split('.')[0];
}

module.exports = { kernelName, editorInfo, rootOf };
