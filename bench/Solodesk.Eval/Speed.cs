using System.Diagnostics;
using Solodesk.Text.Search;

namespace Solodesk.Eval;

/// <summary>How long a search takes among many articles: new ones are mixed from the sentences of the given documents until there are enough.</summary>
internal static class Speed
{
    private const int Seed = 3;

    internal static object Run(Options options)
    {
        var wanted = int.Parse(options.Optional("--entries") ?? "10000", System.Globalization.CultureInfo.InvariantCulture);
        var documents = Table.Read(options.One("--documents"));
        var queries = Table.Read(options.One("--queries"));
        var id = documents.Needed([.. Relevance.DocumentIds, "id", "_id"]);
        var text = queries.Needed("text", "query", "question", "q");
        var entries = Enumerable.Range(0, documents.Count).Select(i => Retrieval.Entry(documents, i, id)).ToList();
        var sentences = entries.SelectMany(e => Sentences.Split(e.Body).Select(r => e.Body[r])).ToList();
        var random = new Random(Seed);
        while (entries.Count < wanted)
        {
            var body = string.Join(' ', Enumerable.Range(0, random.Next(3, 15)).Select(_ => sentences[random.Next(sentences.Count)]));
            var title = sentences[random.Next(sentences.Count)];
            entries.Add(new KnowledgeEntry($"made{entries.Count}", title.Length > 40 ? title[..40] : title, body, HeadingKind.Title));
        }

        using var index = new KnowledgeIndex();
        var clock = Stopwatch.StartNew();
        index.Rebuild(entries);
        var built = clock.Elapsed;
        var times = new List<double>();
        var spent = TimeSpan.Zero;
        for (var round = 0; round < 2; round++)
        {
            times.Clear(); // The first round is the compiler's.
            spent = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Math.Min(2000, queries.Count); i++)
            {
                var began = Stopwatch.GetTimestamp();
                index.Search(queries.Cell(i, text));
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        // What a search costs by itself: on a busy machine the clock also counts waiting for others.
        var processor = (Environment.CpuUsage.TotalTime - spent).TotalMilliseconds / Math.Max(1, times.Count);
        clock.Restart();
        for (var i = 0; i < 200; i++)
        {
            index.Put(entries[i * 7 % entries.Count]);
        }

        return new
        {
            task = "speed",
            entries = entries.Count,
            buildMs = Math.Round(built.TotalMilliseconds),
            putMs = Math.Round(clock.Elapsed.TotalMilliseconds / 200, 2),
            msPerQuery = Timing.Of(times),
            processorMsPerQuery = Math.Round(processor, 3),
        };
    }
}
