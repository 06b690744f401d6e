using System.Globalization;

namespace Multiprocessing.Notebooks.Listing;

/// <summary>What a notebook shows when workers have been ended.</summary>
internal static class KilledWorkers
{
    /// <summary>Says how many they were.</summary>
    public static string Describe(int count) =>
        count == 0 ? "끝낼 작업 프로세스가 없습니다." : string.Create(CultureInfo.InvariantCulture, $"작업 프로세스 {count}개를 끝냈습니다.");
}
