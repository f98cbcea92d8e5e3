using System.Collections.Frozen;
using System.Text;

namespace Solodesk.Text.Languages;

/// <summary>Tells languages in Latin letters apart by their small words, their letters and their endings.</summary>
internal static class LatinLanguages
{
    private static readonly (string Code, string Words, string Letters, string Pieces)[] Profiles =
    [
        ("en",
            "the and is are was were you your i my me we our it this that these not have has had do does did don't doesn't can't can could would should will " +
            "be been to of in on for with from at by as an or if but so what when where why how who which please help thanks thank hello hi hey " +
            "there here about after before still just get got need want order account refund password email order's it's i'm i've any",
            "", "th wh ing tion ould ght ck ee oo ly"),
        ("de",
            "der die das und ist sind war nicht ich mein meine meinen meiner sie ihr ihre wir uns unser es ein eine einen einem einer zu von mit für auf im in den dem " +
            "des an bei nach aus wie was wann wo warum wer kann können könnte habe hat haben hatte wird werden wurde bitte danke hallo guten tag noch auch " +
            "aber oder wenn dass da doch kein keine sehr schon nur mehr über bestellung konto rechnung passwort rückerstattung",
            "äöüß", "sch ung eit cht ein ich en"),
        ("fr",
            "le la les un une des du de et est sont était ne pas je j'ai mon ma mes vous votre vos nous notre nos il elle ce cette ces que qui quoi quand où comment " +
            "pourquoi avec pour sur dans par au aux en à mais ou si bonjour merci salut s'il plaît peux puis pouvez peut avez ai a été plus très encore toujours " +
            "c'est qu'est n'est l'ai d'un d'une commande compte facture remboursement mot passe bonsoir",
            "éèêàùçîôûœë", "eau oux eux ais ez tion que"),
        ("es",
            "el la los las un una unos de del y es son era no yo mi mis me usted su sus nosotros nuestro lo le se que qué quién cuándo cuando dónde donde cómo como " +
            "por para con en al pero o si sí hola gracias favor buenos días puedo puede pueden quiero necesito tengo tiene he ha está están estoy fue más muy " +
            "todavía ya también porque pedido cuenta factura reembolso contraseña ayuda hay",
            "ñ¿¡áíóú", "ción ado ido mente ar os"),
        ("pt",
            "o a os as um uma uns de do da dos das e é são era não eu meu minha meus você seu sua nós nosso que quem quando onde como por para com em no na nos nas ao " +
            "mas ou se olá oi obrigado obrigada favor bom dia posso pode quero preciso tenho tem foi está estou estão mais muito ainda já também porque pedido conta " +
            "fatura reembolso senha ajuda",
            "ãõçáéíóúâêô", "ção ões lh nh ão mente"),
        ("it",
            "il lo la i gli le un uno una di del della dei delle e è sono era non io mio mia miei lei suo sua noi nostro che chi quando dove come perché per con in nel " +
            "nella su al alla ma o se ciao salve grazie favore buongiorno posso può voglio vorrei bisogno ho ha hai sto stato più molto ancora già anche ordine conto " +
            "fattura rimborso aiuto c'è dal dalla",
            "àèéìòù", "zione gli chi ato ire che"),
        ("nl",
            "de het een en is zijn was niet ik mijn me u uw jij je we wij ons onze hij zij ze dit dat deze van voor met op in aan bij naar uit om te er hoe wat wanneer " +
            "waar waarom wie kan kunt kunnen heb heeft hebben had wordt worden graag alstublieft dank bedankt hallo goedemorgen nog ook maar of als geen zeer al meer " +
            "bestelling rekening factuur wachtwoord terugbetaling",
            "ĳ", "ij oe aa ee ui sch"),
        ("sv",
            "och är var inte jag min mitt mina du din ni er vi vår det den en ett som att på av för med till från hur vad när var varför vem kan har hade blir tack hej " +
            "snälla ännu också men eller om ingen mycket redan bara mer beställning konto faktura lösenord återbetalning",
            "åäö", "ör ll tt ck"),
        ("pl",
            "i w na z do nie jest są był mój moja moje ja pan pani proszę dziękuję dzień dobry jak co kiedy gdzie dlaczego kto czy że się to ten ta te od po za przez " +
            "ale lub jeśli mogę może chcę mam ma już jeszcze bardzo zamówienie konto faktura zwrot hasło pomoc",
            "ąćęłńśźż", "sz cz rz dz ie"),
        ("tr",
            "ve bir bu şu o ben benim siz sizin biz için ile de da mi mı mu ne nasıl neden nerede zaman kim var yok değil lütfen teşekkürler merhaba ama veya daha çok " +
            "henüz sipariş hesap fatura iade şifre yardım istiyorum",
            "ğışçöü", "lar ler yor mak"),
        ("id",
            "yang dan di ke dari untuk dengan ini itu saya anda kami kita tidak bukan ada adalah bisa dapat akan sudah belum apa kapan dimana bagaimana kenapa mengapa " +
            "siapa tolong terima kasih halo pesanan akun pengembalian kata sandi bantuan mau",
            "", "ang nya kan ber meng"),
        ("vi",
            "và là của tôi bạn không có được cho với này đó một những các khi nào ở đâu sao như thế gì ai xin cảm ơn chào đơn hàng tài khoản hoàn tiền mật khẩu giúp",
            "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "ng nh"),
    ];

    private static readonly FrozenDictionary<string, int[]> WordOwners = OwnersOf(p => p.Words);
    private static readonly FrozenDictionary<string, int[]> PieceOwners = OwnersOf(p => p.Pieces);
    private static readonly FrozenDictionary<char, int[]> LetterOwners = LettersOf();

    internal static DetectedLanguage Detect(string text)
    {
        Span<double> scores = stackalloc double[Profiles.Length];
        var words = Words(text);
        foreach (var word in words)
        {
            Score(scores, word);
        }

        var best = 0;
        var second = -1;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
            {
                second = best;
                best = i;
            }
            else if (second < 0 || scores[i] > scores[second])
            {
                second = i;
            }
        }

        // Words that no profile knows (names, product codes) are most often part of an English conversation.
        if (scores[best] < 0.5)
        {
            return new DetectedLanguage("en", 0.2);
        }

        var margin = (scores[best] - scores[second]) / scores[best];
        var weight = 1 - Math.Exp(-scores[best] / 1.5);
        return new DetectedLanguage(Profiles[best].Code, Math.Clamp(0.2 + (0.8 * weight * Math.Sqrt(margin)), 0, 1));
    }

    private static void Score(Span<double> scores, string word)
    {
        if (WordOwners.TryGetValue(word, out var owners))
        {
            Share(scores, owners, 2.0);
        }

        foreach (var c in word)
        {
            if (c > 0x7F && LetterOwners.TryGetValue(c, out var letterOwners))
            {
                Share(scores, letterOwners, 1.0);
            }
        }

        var pieces = PieceOwners.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = 2; length <= 5 && length < word.Length; length++)
        {
            for (var at = 0; at + length <= word.Length; at++)
            {
                if (pieces.TryGetValue(word.AsSpan(at, length), out var pieceOwners))
                {
                    Share(scores, pieceOwners, 0.12 * length);
                }
            }
        }
    }

    private static void Share(Span<double> scores, int[] owners, double weight)
    {
        foreach (var owner in owners)
        {
            scores[owner] += weight / Math.Sqrt(owners.Length);
        }
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text.Length > LanguageDetector.LongestSample ? text.AsSpan(0, LanguageDetector.LongestSample) : text)
        {
            if (char.IsLetter(c) || c is '¿' or '¡' || (c is '\'' or '’' && word.Length > 0))
            {
                word.Append(c == '’' ? '\'' : char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static FrozenDictionary<string, int[]> OwnersOf(Func<(string Code, string Words, string Letters, string Pieces), string> list) =>
        Profiles.SelectMany((p, i) => list(p).Split(' ').Distinct().Select(w => (Word: w, Index: i)))
            .GroupBy(x => x.Word, x => x.Index, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static FrozenDictionary<char, int[]> LettersOf() =>
        Profiles.SelectMany((p, i) => p.Letters.Select(c => (Letter: c, Index: i)))
            .GroupBy(x => x.Letter, x => x.Index)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray());
}
