"""Unsafe HTML: samples, and a parser that finds what could run in a browser."""

import re
from html.parser import HTMLParser

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<img src=x onerror=alert(1)>",
    "<img src='x'onerror='alert(1)'>",
    '<img src="x`y" ONERROR="alert(1)">',
    "<img/src=x/onerror=alert(1)>",
    '<img alt="<script>" src=x onload=alert(1)//">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='data:text/html,<script>alert(1)</script>'>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<body onload=alert(1)>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='//evil.example/x.css'>",
    "<style>@import '//evil.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<video><source onerror=alert(1)></video>",
    "<template><img src=x onerror=alert(1)></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml ><img src=x onerror=alert(1)> ?>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&Tab;script&colon;alert(1)'>x</a>",
    "<a href='jav&#x0A;ascript:alert(1)'>x</a>",
    "<a href='&#106&#97&#118&#97script:alert(1)'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;ava&Tab;script&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox(1))",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![x" onerror="alert(1)](a.jpg)',
    '[x](a.md "t\\" onclick=\\"alert(1)")',
    '*[x]: y" onclick="alert(1)\n\nx',
    '[^" onclick="alert(1)]\n\n[^" onclick="alert(1)]: x',
    "## x <img src=x onerror=alert(1)>",
    "a | b\n--|--\n<img src=x onerror=alert(1)> | <script>alert(1)</script>",
    "`<script>`<script>alert(1)</script>",
]


FORBIDDEN = re.compile(
    "script|style|svg|math|iframe|object|embed|form|input|button|textarea|base|meta|link|video|audio"
    "|source|template|noscript|title|marquee|body|html|head|frame|frameset|plaintext|xmp"
)


def as_browsers_read(address: str) -> str:
    """Return an address without the characters that browsers skip (URL Standard, 4.4, basic URL parser)."""
    return re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", address).lower()


class Danger(HTMLParser):
    """Parser that records every tag, attribute and address that could run or load something."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if FORBIDDEN.fullmatch(tag):
            self.found.append(tag)
        for name, value in attrs:
            scheme, colon, _ = as_browsers_read(value or "").partition(":")
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.found.append(name)
            if colon and scheme in ("javascript", "vbscript", "data"):
                self.found.append(f"{name}={value}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)
