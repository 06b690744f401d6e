using NotebookRunner.Commands;

return await RunnerCommandLine.InvokeAsync(args);
