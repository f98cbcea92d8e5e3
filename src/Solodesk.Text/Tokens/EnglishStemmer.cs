namespace Solodesk.Text.Tokens;

/// <summary>
/// The stem of an English word: Porter's second algorithm (M. F. Porter, "The English (Porter2) stemming algorithm", 2002),
/// without its list of exceptional words but for the few that a help desk meets.
/// </summary>
/// <remarks>Takes folded words (a–z). Anything else, and words of up to two letters, come back unchanged.</remarks>
public static class EnglishStemmer
{
    private static readonly (string Suffix, string Replacement)[] Step2 =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"),
        ("biliti", "ble"), ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"),
        ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"),
        ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Suffix, string Replacement)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""),
        ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
        "al", "er", "ic",
    ];

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["news"] = "news", ["early"] = "earli",
        ["only"] = "onli", ["gently"] = "gentl", ["ugly"] = "ugli", ["singly"] = "singl", ["his"] = "his", ["this"] = "this",
        ["was"] = "was", ["has"] = "has", ["does"] = "does", ["always"] = "always", ["inning"] = "inning", ["outing"] = "outing",
        ["proceed"] = "proceed", ["exceed"] = "exceed", ["succeed"] = "succeed", ["herring"] = "herring", ["canning"] = "canning",
    };

    /// <summary>The stem of <paramref name="word"/>.</summary>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Length < 3 || word.Length > RunScanner.LongestWord || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return word;
        }

        return Exceptions.TryGetValue(word, out var known) ? known : Strip(word);
    }

    private static string Strip(string word)
    {
        Span<char> buffer = stackalloc char[word.Length + 2];
        word.CopyTo(buffer);
        MarkConsonantY(buffer[..word.Length]);
        var r1 = RegionOne(buffer[..word.Length]);
        var stem = new WordStem(buffer, word.Length, r1, Region(buffer[..word.Length], r1));
        stem.Plural();
        stem.PastAndGerund();
        stem.FinalY();
        stem.Replace(Step2, secondStep: true);
        stem.Replace(Step3, secondStep: false);
        stem.Delete(Step4);
        stem.FinalEAndL();
        return stem.ToString().Replace('Y', 'y');
    }

    private static void MarkConsonantY(Span<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == 'y' && (i == 0 || IsVowel(word[i - 1])))
            {
                word[i] = 'Y';
            }
        }
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static int RegionOne(ReadOnlySpan<char> word)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["gener", "commun", "arsen"])
        {
            if (word.StartsWith(prefix))
            {
                return prefix.Length;
            }
        }

        return Region(word, 0);
    }

    // After the first consonant that follows a vowel, counted from start.
    private static int Region(ReadOnlySpan<char> word, int start)
    {
        for (var i = start + 1; i < word.Length; i++)
        {
            if (!IsVowel(word[i]) && IsVowel(word[i - 1]))
            {
                return i + 1;
            }
        }

        return word.Length;
    }

    /// <summary>A word on its way to its stem; the steps are the paper's.</summary>
    private ref struct WordStem(Span<char> buffer, int length, int r1, int r2)
    {
        private readonly Span<char> _buffer = buffer;
        private int _length = length;

        private readonly ReadOnlySpan<char> Word => _buffer[.._length];

        public readonly override string ToString() => Word.ToString();

        public void Plural()
        {
            if (Word.EndsWith("sses"))
            {
                _length -= 2;
            }
            else if (Word.EndsWith("ied") || Word.EndsWith("ies"))
            {
                _length -= _length > 4 ? 2 : 1;
            }
            else if (Word.EndsWith('s') && !Word.EndsWith("us") && !Word.EndsWith("ss") && HasVowel(_length - 2))
            {
                _length--;
            }
        }

        public void PastAndGerund()
        {
            var eed = Word.EndsWith("eedly") ? 5 : Word.EndsWith("eed") ? 3 : 0;
            if (eed > 0)
            {
                if (_length - eed >= r1)
                {
                    _length -= eed - 2;
                }

                return;
            }

            var cut = Word.EndsWith("ingly") ? 5 : Word.EndsWith("edly") ? 4 : Word.EndsWith("ing") ? 3 : Word.EndsWith("ed") ? 2 : 0;
            if (cut == 0 || !HasVowel(_length - cut))
            {
                return;
            }

            _length -= cut;
            if (Word.EndsWith("at") || Word.EndsWith("bl") || Word.EndsWith("iz"))
            {
                Append('e');
            }
            else if (EndsInDouble())
            {
                _length--;
            }
            else if (r1 >= _length && EndsInShortSyllable())
            {
                Append('e');
            }
        }

        public readonly void FinalY()
        {
            if (_length > 2 && Word[^1] is 'y' or 'Y' && !IsVowel(Word[^2]))
            {
                _buffer[_length - 1] = 'i';
            }
        }

        public void Replace((string Suffix, string Replacement)[] rules, bool secondStep)
        {
            foreach (var (suffix, replacement) in rules)
            {
                if (!Word.EndsWith(suffix))
                {
                    continue;
                }

                var at = _length - suffix.Length;
                if (at >= r1 && Allowed(suffix, at, secondStep))
                {
                    replacement.CopyTo(_buffer[at..]);
                    _length = at + replacement.Length;
                }

                return;
            }
        }

        public void Delete(string[] suffixes)
        {
            foreach (var suffix in suffixes)
            {
                if (!Word.EndsWith(suffix))
                {
                    continue;
                }

                var at = _length - suffix.Length;
                if (at >= r2 && (suffix != "ion" || (at > 0 && Word[at - 1] is 's' or 't')))
                {
                    _length = at;
                }

                return;
            }
        }

        public void FinalEAndL()
        {
            if (Word.EndsWith('e'))
            {
                var at = _length - 1;
                if (at >= r2 || (at >= r1 && !EndsInShortSyllable(at)))
                {
                    _length--;
                }
            }
            else if (Word.EndsWith("ll") && _length - 1 >= r2)
            {
                _length--;
            }
        }

        private readonly bool Allowed(string suffix, int at, bool secondStep) => suffix switch
        {
            "ogi" => at > 0 && Word[at - 1] == 'l',
            "li" => at > 0 && "cdeghkmnrt".Contains(Word[at - 1], StringComparison.Ordinal),
            "ative" when !secondStep => at >= r2,
            _ => true,
        };

        private void Append(char c) => _buffer[_length++] = c;

        private readonly bool HasVowel(int end)
        {
            for (var i = 0; i < end; i++)
            {
                if (IsVowel(_buffer[i]))
                {
                    return true;
                }
            }

            return false;
        }

        private readonly bool EndsInDouble() =>
            _length > 1 && Word[^1] == Word[^2] && Word[^1] is 'b' or 'd' or 'f' or 'g' or 'm' or 'n' or 'p' or 'r' or 't';

        private readonly bool EndsInShortSyllable() => EndsInShortSyllable(_length);

        private readonly bool EndsInShortSyllable(int end)
        {
            var word = _buffer[..end];
            if (end == 2)
            {
                return IsVowel(word[0]) && !IsVowel(word[1]);
            }

            return end > 2 && !IsVowel(word[^1]) && word[^1] is not ('w' or 'x' or 'Y') && IsVowel(word[^2]) && !IsVowel(word[^3]);
        }
    }
}
