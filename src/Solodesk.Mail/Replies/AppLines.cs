using System.Buffers;

namespace Solodesk.Mail.Replies;

/// <summary>Lines that a phone or a mail program adds on its own: "Sent from my iPhone", "发自我的iPhone", "iPhoneから送信".</summary>
internal static class AppLines
{
    private const int LongestLine = 110;

    /// <summary>Beginnings that no one writes for another reason.</summary>
    private static readonly Beginnings Sure = new(
    [
        "sent from my", "reply to this email directly", "sent from mail for", "sent from outlook", "sent from yahoo", "sent from gmail", "sent from proton", "sent from mobile", "sent from samsung", "sent from huawei", "sent from xiaomi", "sent via mobile",
        "sent from windows mail", "sent from mailbox", "sent from android", "sent from iphone", "sent from ipad", "sent from spark", "sent from aol", "sent from nine", "sent from zoho", "sent from myMail", "sent from workspace",
        "sent from the all new", "sent with airmail", "sent with spark", "sent via superhuman", "sent with proton", "sent via the samsung", "sent using", "sent with bluemail", "sent via bluemail", "sent with tutanota", "sent with mailspring", "sent via", "get outlook for", "download outlook for", "get bluemail", "get typeapp", "yahoo mail:", "yahoo mail for",
        "von meinem iphone", "von meinem ipad", "von meinem smartphone", "von meinem handy", "von meinem android", "von meinem samsung", "von meinem mobil", "von meinem huawei", "diese nachricht wurde von mein", "gesendet mit der", "gesendet von mein", "gesendet von outlook", "gesendet von mail", "gesendet von yahoo", "gesendet aus der", "gesendet mit", "holen sie sich outlook", "outlook für ios", "outlook für android", "hol dir outlook", "outlook für",
        "envoyé de mon", "envoye de mon", "envoyé depuis", "envoyé à partir d", "envoyé avec", "envoyé via", "envoyé d’un", "obtenir outlook", "obtenez outlook", "télécharger outlook", "téléchargez outlook", "provenance :",
        "enviado desde", "enviado con", "obtener outlook", "descargar outlook", "descarga outlook", "obtén outlook",
        "inviato da iphone", "inviato da ipad", "inviato dal mio", "inviato dalla mia", "inviato da outlook", "inviato da posta", "inviato da mail", "inviato da yahoo", "inviato da smartphone", "inviato dal", "ottieni outlook", "scarica outlook", "ottenere outlook", "outlook per ios", "outlook per android", "inviato con",
        "enviado do meu", "enviado do", "enviado a partir d", "enviado por mobile", "enviado via", "enviada do meu", "enviado pelo", "obter o outlook", "obtenha o outlook", "baixe o outlook", "enviado de meu", "enviado de mi",
        "verstuurd vanaf", "verzonden vanaf", "verzonden met", "verstuurd met", "verzonden vanuit", "verstuurd vanuit", "verstuurd via", "outlook voor", "download outlook voor", "outlook downloaden voor",
        "wysłane z", "wysłano z", "wysłane przez", "pobierz outlook", "pobierz program outlook", "uzyskaj outlook",
        "отправлено с", "отправлено из", "отправлено от", "отправлено через", "получить outlook", "скачать outlook", "скачайте outlook", "отправлено со",
        "sendt fra", "sendt med", "hent outlook", "få outlook", "last ned outlook", "skaff deg outlook", "sendt via", "skickat från", "skickat med", "sänt från", "hämta outlook", "skaffa outlook", "skickat via",
        "lähetetty", "hanki outlook", "lataa outlook", "đã gửi từ", "được gửi từ", "gửi từ", "tải outlook", "lấy outlook", "tải xuống outlook", "nhận outlook",
        "从我的", "從我的", "傳送自我的", "发送自我的", "寄自我的", "发自我的", "發自我的", "来自我的", "來自我的", "获取 outlook", "获取outlook", "取得 outlook", "取得 ios 版 outlook", "取得 android 版 outlook", "获取 ios 版 outlook", "获取 android 版 outlook", "下载 ios 版 outlook", "下载 android 版 outlook", "下载 outlook", "下載 outlook", "适用于 ios 的 outlook", "签名由", "使用网易邮箱", "获取适用于", "取得適用於", "來自 outlook",
        "由 windows", "使用 outlook",
        "iphoneから", "ipadから", "私のiphoneから", "androidから", "outlook for ios", "outlook for android", "windows 版のメール", "windows 用 メール", "나의 ", "내 iphone", "ios용 outlook", "android용 outlook", "outlook for",
        "odesláno z", "odoslané z", "elküldve", "iphone'umdan gönderildi", "trimis de pe", "надіслано з", "στάλθηκε από", "enviat des",
    ]);

    /// <summary>Beginnings that are an app's line only with a device or a mail program behind them.</summary>
    private static readonly Beginnings WithDevice = new(
        ["发自", "發自", "来自", "來自", "发送自", "傳送自", "發送自", "寄自", "通过", "使用", "由", "sent from", "sent with", "sent by", "sent on", "from my", "from mobile", "via", "typed on", "written on", "envoyé", "gesendet", "inviato", "enviado", "verzonden", "sendt", "skickat", "från min", "fra min", "von", "送信"]);

    private static readonly string[] Devices =
    [
        "iphone", "ipad", "ipod", "ios", "android", "安卓", "手机", "手機", "平板", "outlook", "foxmail", "qq邮箱", "qq mail", "qqmail", "网易", "網易", "163", "126", "新浪", "139", "189", "钉钉", "釘釘", "钉邮", "飞书", "企业微信", "企業微信", "微信", "小米", "华为", "華為", "huawei", "honor", "荣耀", "vivo", "oppo", "魅族", "三星", "samsung", "galaxy", "锤子", "一加", "oneplus", "realme", "红米", "redmi", "努比亚", "中兴",
        "阿里", "windows", "macbook", "apple", "blackberry", "mobile", "phone", "smartphone", "tablet", "gmail", "yahoo", "airmail", "spark", "thunderbird", "mailmaster", "邮箱大师", "移动", "客户端", "mail", "邮件", "nokia", "pixel", "xperia", "handy", "telefon", "téléphone", "móvil", "cellulare", "device", "app", "coremail", "搜狐", "鸿蒙", "邮箱", "郵箱", "信箱", "电脑", "電腦", "笔记本", "mac", "pc", "设备", "設備", "浏览器",
    ];

    private static readonly Beginnings ThisMail = new(["本邮件由", "此邮件由", "该邮件由", "这封邮件由", "该邮件从", "本邮件从", "此邮件从", "本郵件由", "此郵件由", "此信由"]);

    private static readonly SearchValues<string> AnyDevice = SearchValues.Create(Devices, StringComparison.OrdinalIgnoreCase);

    /// <summary>Endings, for languages that put the verb last.</summary>
    private static readonly string[] Endings =
        ["から送信", "から送信されました", "から送信しました", "より送信", "を入手", "에서 보냄", "에서 보낸 메일", "에서 보냈습니다", "에서 전송", "에서 보낸 편지", "에서 발송", "を使用して送信", "발송", "传送", "傳送", "发送", "發送", "寄出", "定制", "다운로드", "다운로드하세요", "iphone gesendet", "ipad gesendet", "mobiltelefon gesendet", "handy gesendet", "smartphone gesendet", "gerät gesendet", "mail gesendet"];

    public static bool Is(string flat)
    {
        if (IsVirusNote(flat))
        {
            return true;
        }

        if (flat.Length > LongestLine)
        {
            return false;
        }

        var line = flat.Trim('-', ' ', '*', '_', '<', '>', '(', ')', '（', '）', '[', ']', '《', '》', '—', '~', '.', '。', '|', '【', '】');
        if (line.Length < 4)
        {
            return false;
        }

        if (line.Contains("outlook", StringComparison.OrdinalIgnoreCase) && line.Contains("aka.ms/", StringComparison.OrdinalIgnoreCase))
        {
            return true; // "Get Outlook for iOS" in whatever language, with its link
        }

        if (ExcusesItself(line))
        {
            return true;
        }

        return (Sure.Begins(line) && IsShort(line)) || (WithDevice.Begins(line) && HasDevice(line) && IsBrief(line)) || EndsAsApp(line);
    }

    // "Virus-free. www.avast.com <https://www.avast.com/sig-email?…>" in whatever language.
    private static bool IsVirusNote(string flat) => flat.Length <= 400 && flat.AsSpan().Count(' ') <= 8
        && (flat.Contains("www.avast.com", StringComparison.OrdinalIgnoreCase) || flat.Contains("www.avg.com", StringComparison.OrdinalIgnoreCase))
        && (flat.Contains("sig-email", StringComparison.OrdinalIgnoreCase) || flat.EndsWith(".com", StringComparison.OrdinalIgnoreCase));

    // "Please excuse my brevity, sent from my phone", "本邮件由手机发送，如有错别字请见谅"
    private static bool ExcusesItself(string line) =>
        (line.Contains("excuse", StringComparison.OrdinalIgnoreCase) && Words.Count(line) <= 16
            && (line.Contains("brevity", StringComparison.OrdinalIgnoreCase) || line.Contains("typo", StringComparison.OrdinalIgnoreCase)))
        || (line.Length <= 45 && ThisMail.Begins(line) && HasDevice(line) && (line.Contains('发', StringComparison.Ordinal) || line.Contains('發', StringComparison.Ordinal) || line.Contains('傳', StringComparison.Ordinal)));

    private static bool EndsAsApp(string line) => line.Length <= 60 && (Words.IsIdeograph(line[^1]) || line[^1] is 't' or 'T') && HasDevice(line) && Array.Exists(Endings, ending => line.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && line.AsSpan().IndexOfAny(Words.Punctuation) < 0;

    private static bool HasDevice(string line) => line.AsSpan().ContainsAny(AnyDevice);

    // "从我的 iPhone 传送", but not "从我的角度看，这件事……".
    private static bool IsShort(string line)
    {
        var withoutLink = line.IndexOf("http", StringComparison.OrdinalIgnoreCase) is > 0 and var link ? line[..link] : line;
        var ideographic = Words.IsIdeograph(line[0]);
        return Words.Count(withoutLink) <= 13 && !TellsSomething(withoutLink) && (!ideographic || (HasDevice(line) && withoutLink.Length <= 40 && line.AsSpan().IndexOfAny(Words.FullStops) < 0));
    }

    // "Sent from my desk, which is easier than the phone." is something that a person says.
    private static bool TellsSomething(string line) => line.IndexOf(", ", StringComparison.Ordinal) is > 0 and var comma && Words.Count(line.AsSpan(comma)) >= 4 && !line.AsSpan(0, comma).ContainsAny(AnyDevice);

    private static bool IsBrief(string line) => Words.Count(line) <= 10 && line.AsSpan().IndexOfAny(Words.Punctuation) < 0 && !line.Contains('"', StringComparison.Ordinal) && !line.Contains(". ", StringComparison.Ordinal);
}
