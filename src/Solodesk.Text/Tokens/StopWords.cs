using System.Collections.Frozen;

namespace Solodesk.Text.Tokens;

/// <summary>Words that carry the grammar of a question and not its subject.</summary>
internal static class StopWords
{
    /// <summary>English function words, folded (apostrophes removed).</summary>
    internal static readonly FrozenSet<string> English = Set(
        "a an the and or but if of at by for with about to from in on into over out up down off as is are was were be been being am " +
        "do does did doing done have has had having i me my we our us you your he him his she her it its they them their this that " +
        "these those what which who whom whose when where why how can could will would shall should may might must not no nor so " +
        "than then there here too very just also any some all each im ive id ill dont doesnt didnt cant wont isnt arent whats hows " +
        "please hi hello hey thanks thank help");

    /// <summary>Words that frame a request in English (is it possible to, I would like, the easiest way): dropped from questions, kept in articles.</summary>
    internal static readonly FrozenSet<string> Frame = Set(
        "possible way ways like want wants wanna need needs somehow option options able achieve know tell easy easiest easily simple simplest best make sure " +
        "anyone anything something some thing things concerned possibility doable manage trying try");

    /// <summary>
    /// Chinese question frames and particles, simplified; longest first, so that cutting a run at them leaves what the
    /// question is about (请问怎么申请退款 → 申请退款).
    /// </summary>
    internal static readonly string[] Chinese =
    [
        .. ("请问一下 能不能够 为什么会 是不是 能不能 可不可以 有没有 怎么样 怎么办 为什么 什么时候 哪一个 请问 怎么 怎样 如何 什么 什么样 甚么 可以 能否 " +
            "哪一 哪位 哪种 哪边 何时 何处 何种 何人 多久 谁 哪 " +
            "是否 为何 哪里 哪儿 哪些 哪个 多少 一下 你们 我们 他们 她们 它们 您好 你好 谢谢 这个 那个 这里 那里 我想 我要 麻烦 " +
            "的 了 吗 呢 吧 啊 呀 么 嘛 是 在 我 你 您 他 她 它 请 和 与 及 或 就 都 也 还 很 把 被 给 让 到 从 对 为")
            .Split(' ').OrderByDescending(w => w.Length),
    ];

    /// <summary>The pieces of a dense run between Chinese stop words; empty when nothing else is in it.</summary>
    internal static List<string> Cut(string run)
    {
        var pieces = new List<string>();
        var start = 0;
        for (var i = 0; i < run.Length;)
        {
            var length = LengthAt(run, i);
            if (length == 0)
            {
                i++;
                continue;
            }

            if (i > start)
            {
                pieces.Add(run[start..i]);
            }

            i += length;
            start = i;
        }

        if (start < run.Length)
        {
            pieces.Add(run[start..]);
        }

        return pieces;
    }

    private static int LengthAt(string run, int at)
    {
        foreach (var word in Chinese)
        {
            // Single characters are grammar only at the edges of a run (的 in 目的 and 对 in 对账 belong to words), but who and which always ask.
            if (word.Length == 1 && at != 0 && at != run.Length - 1 && word is not ("谁" or "哪"))
            {
                continue;
            }

            if (string.CompareOrdinal(run, at, word, 0, word.Length) == 0)
            {
                return word.Length;
            }
        }

        return 0;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
