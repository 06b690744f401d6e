// dotnet.exe for .ci/windows: the packs bring the runtime, but not the program that starts it. Like the real one it hands its arguments to hostfxr.dll, of which there is one version beside it,
// and it makes good what Wine does to exceptions, and to threads that a collection suspends.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

typedef int(__cdecl *hostfxr_main_fn)(int argc, const wchar_t **argv);

// Wine links a record into a list of the thread (TEB.ExceptionList, which Windows does not use on x64) around each structured exception handler that it calls. The runtime's handler does not return when an
// exception has crossed native frames - of MethodInfo.Invoke, of a static constructor - and is caught: .NET goes on in the catch by itself. The record is left, and points into a stack that is used again; the next
// exception of the thread calls whatever is there by then: the process hangs, or crashes anywhere. So such records are taken out of the list before each exception is handed on.
struct record
{
    struct record *previous;
    void *handler;
};

static BOOL is_of_wine(void *handler)
{
    static const wchar_t *const names[] = { L"ntdll.dll", L"kernelbase.dll", L"kernel32.dll" };
    MEMORY_BASIC_INFORMATION region;
    if (VirtualQuery(handler, &region, sizeof region) == 0 || region.Type != MEM_IMAGE)
        return FALSE;
    for (int i = 0; i < 3; i++)
    {
        if (region.AllocationBase == (void *)GetModuleHandleW(names[i]))
            return TRUE;
    }

    return FALSE;
}

static LONG CALLBACK drop_dangling_records(EXCEPTION_POINTERS *exception)
{
    struct record *const end = (struct record *)~(ULONG_PTR)0;
    NT_TIB *thread = (NT_TIB *)NtCurrentTeb();
    struct record **link = (struct record **)&thread->ExceptionList;
    while (*link != end)
    {
        struct record *at = *link;
        if ((void *)at < thread->StackLimit || (void *)at >= thread->StackBase || !is_of_wine(at->handler) || (at->previous != end && at->previous <= at))
            *link = end;
        else if ((DWORD64)at < exception->ContextRecord->Rsp)
            *link = at->previous;
        else
            link = &at->previous;
    }

    return EXCEPTION_CONTINUE_SEARCH;
}

// Wine does not say of a suspended thread whether it is in a system call or handles an exception (CONTEXT_EXCEPTION_REPORTING), and the runtime redirects none of which it does not know that: a collection waits for ever
// for a thread that computes in a loop. Threads that the runtime redirects run managed code, which is neither, so the answer is completed.
static NTSTATUS(NTAPI *get_context)(HANDLE, CONTEXT *);
static ULONG(NTAPI *to_error)(NTSTATUS);

static BOOL WINAPI complete_thread_context(HANDLE thread, CONTEXT *context)
{
    const DWORD request = 0x40000000, reporting = 0x80000000;
    BOOL is_asked = (context->ContextFlags & request) != 0;
    NTSTATUS status = get_context(thread, context);
    if (status != 0)
    {
        SetLastError(to_error(status));
        return FALSE;
    }

    if (is_asked)
        context->ContextFlags |= reporting;
    return TRUE;
}

static void replace_get_thread_context(void)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    unsigned char *code = (unsigned char *)(void *)GetProcAddress(GetModuleHandleW(L"kernel32.dll"), "GetThreadContext");
    DWORD before;
    get_context = (void *)GetProcAddress(ntdll, "NtGetContextThread");
    to_error = (void *)GetProcAddress(ntdll, "RtlNtStatusToDosError");
    if (code == NULL || get_context == NULL || to_error == NULL || !VirtualProtect(code, 12, PAGE_EXECUTE_READWRITE, &before))
        return;

    // mov rax, address; jmp rax
    code[0] = 0x48;
    code[1] = 0xB8;
    *(void **)(code + 2) = (void *)complete_thread_context;
    code[10] = 0xFF;
    code[11] = 0xE0;
    VirtualProtect(code, 12, before, &before);
}

int wmain(int argc, wchar_t **argv)
{
    wchar_t folder[MAX_PATH], path[MAX_PATH];
    DWORD length = GetModuleFileNameW(NULL, folder, MAX_PATH);
    wchar_t *name = length > 0 && length < MAX_PATH ? wcsrchr(folder, L'\\') : NULL;
    if (name == NULL)
    {
        fwprintf(stderr, L"error: the path of this program is too long\n");
        return 1;
    }

    *name = 0;
    WIN32_FIND_DATAW found;
    swprintf(path, MAX_PATH, L"%ls\\host\\fxr\\*", folder);
    HANDLE search = FindFirstFileW(path, &found);
    BOOL is_found = search != INVALID_HANDLE_VALUE;
    while (is_found && found.cFileName[0] == L'.')
        is_found = FindNextFileW(search, &found);
    if (!is_found)
    {
        fwprintf(stderr, L"error: there is no %ls\n", path);
        return 1;
    }

    FindClose(search);
    swprintf(path, MAX_PATH, L"%ls\\host\\fxr\\%ls\\hostfxr.dll", folder, found.cFileName);
    HMODULE library = LoadLibraryW(path);
    hostfxr_main_fn run = library == NULL ? NULL : (hostfxr_main_fn)(void *)GetProcAddress(library, "hostfxr_main");
    if (run == NULL)
    {
        fwprintf(stderr, L"error: %ls cannot be loaded\n", path);
        return 1;
    }

    replace_get_thread_context();
    AddVectoredExceptionHandler(TRUE, drop_dangling_records);
    return run(argc, (const wchar_t **)argv);
}
