using Multiprocessing.Benchmarks;

return await BenchmarkCommandLine.InvokeAsync(args);
