// dotnet.exe for .ci/windows: the packs bring the runtime, but not the program that starts it. Like the real one it hands its arguments to hostfxr.dll, of which there is one version beside it.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

typedef int(__cdecl *hostfxr_main_fn)(int argc, const wchar_t **argv);

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

    return run(argc, (const wchar_t **)argv);
}
