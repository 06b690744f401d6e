// Calls into the C library pass nothing but numbers and pointers, so they compile ahead of time and need no stub.
[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]
