using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Calls into the C library pass nothing but numbers and pointers, so they compile ahead of time and need no stub.
[assembly: DisableRuntimeMarshalling]

// The C library is the system's; nobody should be able to put another beside this assembly.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
